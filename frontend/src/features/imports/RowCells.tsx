import type { ImportQuarantineQuery } from '#gql/imports/graphql';
import { useTranslation } from 'react-i18next';
import { faultyColumns } from './faults';
import classes from './RowCells.module.css';

type Row = NonNullable<ImportQuarantineQuery['import']>['quarantine']['edges'][number]['node'];

/** So many cells stand in the list; the editor shows them all. */
const shownCells = 6;

/** A refused row as pairs of heading and content, those at fault first and marked; as it stood where it could not be taken apart. */
export function RowCells(props: { header: readonly string[]; row: Row }) {
  const { t } = useTranslation('imports');
  const { header, row } = props;
  if (header.length < 2 || row.cells.length !== header.length) {
    return (
      <code className={classes.raw} title={row.raw}>
        {row.raw}
      </code>
    );
  }
  const atFault = faultyColumns(header, row.faults);
  const filled = header.map((_, at) => at).filter((at) => !atFault.includes(at) && (row.cells[at] ?? '') !== '');
  const shown = [...atFault, ...filled.slice(0, shownCells)];
  return (
    <>
      <dl className={classes.cells} title={row.raw}>
        {shown.map((at) => (
          <div key={at} className={classes.cell} data-fault={atFault.includes(at) || undefined}>
            <dt>{header[at]}</dt>
            <dd>{row.cells[at] === '' ? t('quarantine.blank') : row.cells[at]}</dd>
          </div>
        ))}
      </dl>
      {filled.length > shownCells && <span className={classes.more}>{t('quarantine.more', { count: filled.length - shownCells })}</span>}
    </>
  );
}
