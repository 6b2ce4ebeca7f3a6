import { importsUrl, importUrl } from '#features/imports/urls';
import { useFormat } from '#lib/FormatContext';
import { MallDot } from '#ui/MallDot';
import { Timestamp } from '#ui/Timestamp';
import { Badge } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './home.module.css';
import { useImports } from './latest';
import { Section } from './Section';

const shown = 5;
const colors = { QUEUED: 'gray', RUNNING: 'ai', STOPPED: 'yellow', DONE: 'green', FAILED: 'red' } as const;

/** The newest imports: how fresh the figures are. */
export function LatestImports() {
  const { t } = useTranslation('home');
  const format = useFormat();
  const imports = useImports();
  if (!imports) return null;
  return (
    <Section title={t('imports.title')} all={importsUrl()} empty={imports.length === 0 ? t('imports.empty') : undefined}>
      <ul className={classes.rows}>
        {imports.slice(0, shown).map((one) => (
          <li key={one.id}>
            <Link {...importUrl(one.id)} className={classes.row}>
              <span className={classes.fileName}>{one.fileName}</span>
              {one.status !== 'DONE' && <Badge color={colors[one.status]}>{t(`imports.status.${one.status}`)}</Badge>}
              <span className={classes.rowNote}>
                <span className={classes.source} title={one.shop.name}>
                  <MallDot mall={one.shop.mall} label={one.shop.name} />
                </span>
                {' · '}
                {t('imports.rows', { count: one.rows, rows: format.number(one.rows) })}
                {' · '}
                <Timestamp at={one.finishedAt ?? one.createdAt} relative />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
