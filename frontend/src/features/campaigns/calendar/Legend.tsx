import { useTranslation } from 'react-i18next';
import classes from './Items.module.css';

const lines = ['SURE', 'PREDICTED', 'ABOUT'] as const;

/** What the lines of a calendar say. */
export function Legend() {
  const { t } = useTranslation('campaigns');
  return (
    <ul className={classes.legend} aria-label={t('calendar.legend')}>
      {lines.map((line) => (
        <li key={line}>
          <span className={classes.line} data-line={line} />
          {t(`calendar.line.${line}`)}
        </li>
      ))}
    </ul>
  );
}
