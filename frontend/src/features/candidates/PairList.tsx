import { Button, Checkbox, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconHome2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PairRow } from './CandidatesPage';
import classes from './candidates.module.css';

/** The pairs in one column: who, why, how sure; one is shown beside, several can be ticked. */
export function PairList(props: {
  rows: readonly PairRow[];
  shown: string | undefined;
  chosen: readonly string[];
  /** Absent where nothing is to be decided. */
  onChoose?: (chosen: string[]) => void;
  onShow: (row: PairRow) => void;
  more?: { loading: boolean; load: () => void };
}) {
  const { t } = useTranslation('candidates');
  const { rows, chosen, onChoose } = props;
  return (
    <div>
      <ul className={classes.list} aria-label={t('list')}>
        {rows.map((row) => (
          <li key={row.id} data-shown={row.id === props.shown || undefined}>
            {onChoose && (
              <Checkbox
                aria-label={t('choose', { left: row.survivor.displayName, right: row.other.displayName })}
                checked={chosen.includes(row.id)}
                onChange={(event) =>
                  onChoose(event.currentTarget.checked ? [...chosen, row.id] : chosen.filter((id) => id !== row.id))
                }
              />
            )}
            <UnstyledButton
              className={classes.row}
              aria-current={row.id === props.shown || undefined}
              onClick={() => props.onShow(row)}
            >
              <span className={classes.names}>
                {row.survivor.displayName}
                <span className={classes.with}>{t('with')}</span>
                {row.other.displayName}
              </span>
              <span className={classes.score}>{t('score', { score: row.score })}</span>
              <span className={classes.why}>
                {t(`reason.${row.reason}`)}
                {row.household && (
                  <span className={classes.mark}>
                    <IconHome2 className={classes.small} aria-hidden />
                    {t('householdMark')}
                  </span>
                )}
                {!row.household && row.contradictions.length > 0 && (
                  <span className={classes.mark}>
                    <IconAlertTriangle className={classes.small} aria-hidden />
                    {t('contradicted')}
                  </span>
                )}
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {props.more && (
        <Button variant="default" fullWidth mt="xs" loading={props.more.loading} onClick={props.more.load}>
          {t('more')}
        </Button>
      )}
    </div>
  );
}
