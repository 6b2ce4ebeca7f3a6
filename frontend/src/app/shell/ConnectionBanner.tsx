import { useFormat } from '#lib/FormatContext';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '#lib/connection';
import classes from './ConnectionBanner.module.css';

/** Says that live figures stand still, and since when; gone as soon as they move again. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const connection = useConnection();
  const format = useFormat();
  return (
    <div role="status">
      {connection.state === 'lost' && (
        <div className={classes.banner}>
          <IconPlugConnectedX className={classes.icon} aria-hidden />
          {t('shell.connectionLost', { time: format.time(connection.since) })}
        </div>
      )}
    </div>
  );
}
