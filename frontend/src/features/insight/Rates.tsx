import { useFormat } from '#lib/FormatContext';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { change, shareText } from './figures';
import classes from './insight.module.css';
import { PeopleLink, type Some } from './PeopleLink';

interface Row {
  key: string;
  name: ReactNode;
  /** The name as it is read out. */
  who: string;
  /** Of the bar, where it is not the accent. */
  color?: string;
  of: Some;
  hit: Some;
  share: number | null;
  previous: number | null;
  medianDays?: number | null;
}

/** Rates beside each other: a zero-based line for each, the people it is of, and what it was before. */
export function Rates(props: { heads: { name: string; of: string; hit: string; share: string }; rows: readonly Row[] }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const { heads, rows } = props;
  const most = Math.max(...rows.map((row) => row.share ?? 0), 1);
  const compared = rows.some((row) => row.previous !== null);
  const timed = rows.some((row) => row.medianDays !== undefined);
  return (
    <div className={classes.scroll}>
      <table className={`${classes.table} ${classes.sticky}`}>
        <thead>
          <tr>
            <th scope="col">{heads.name}</th>
            <th scope="col">{heads.of}</th>
            <th scope="col">{heads.hit}</th>
            <td className={classes.line} aria-hidden />
            <th scope="col">{heads.share}</th>
            {compared && <th scope="col">{t('versus')}</th>}
            {timed && <th scope="col">{t('medianDays')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row" className={classes.category}>
                {row.name}
              </th>
              <td>
                <PeopleLink people={row.of} label={`${row.who} ${heads.of}`} />
              </td>
              <td>
                <PeopleLink people={row.hit} label={`${row.who} ${heads.hit}`} />
              </td>
              <td className={classes.line} aria-hidden>
                <span style={{ inlineSize: `${((row.share ?? 0) / most) * 100}%`, background: row.color }} />
              </td>
              <td>{shareText(row.share, format)}</td>
              {compared && (
                <td>
                  <Versus now={row.share} before={row.previous} />
                </td>
              )}
              {timed && <td>{row.medianDays == null ? '–' : t('days', { days: format.number(row.medianDays) })}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a share gained or lost since the period before. */
export function Versus(props: { now: number | null; before: number | null }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const found = change(props.now, props.before, format);
  if (!found) return <span className={classes.small}>–</span>;
  const tone = { up: classes.up, down: classes.down, flat: classes.small }[found.direction];
  return (
    <span className={tone} title={t('before', { share: shareText(props.before, format) })}>
      {found.change}
    </span>
  );
}
