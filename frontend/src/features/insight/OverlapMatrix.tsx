import { useFormat } from '#lib/FormatContext';
import type { Cell } from '#lib/csv';
import { type MallKind, MallDot } from '#ui/MallDot';
import { useTranslation } from 'react-i18next';
import type { Circulation } from './CirculationTab';
import { mallsOf } from './CrossingMatrix';
import { columns, shade, shareCell, shareOf, shareText } from './figures';
import classes from './insight.module.css';
import { PeopleLink } from './PeopleLink';
import { Section } from './Section';

const nobody = { count: 0, rule: null };

/** Of each mall's customers, how many have bought on each other mall. */
export function OverlapMatrix(props: { circulation: Circulation }) {
  const { t } = useTranslation('insight');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const malls = mallsOf(props.circulation);
  const both = (a: MallKind, b: MallKind) =>
    props.circulation.overlap.find((one) => (one.a === a && one.b === b) || (one.a === b && one.b === a))?.people ?? nobody;
  const share = (row: MallKind, column: MallKind) => shareOf(both(row, column).count, both(row, row).count);
  const pairs = malls.flatMap((row) => malls.filter((column) => column !== row).map((column) => ({ row, column })));
  const most = Math.max(...pairs.map(({ row, column }) => share(row, column) ?? 0), 1);
  return (
    <Section
      title={t('circulation.overlap')}
      definition={t('circulation.overlapDefinition')}
      csv={() => [
        [t('circulation.mall'), t('circulation.customers'), t('circulation.otherMall'), t('circulation.both'), t('circulation.overlapShare')],
        ...pairs.map(({ row, column }): Cell[] => [
          tUi(`mall.${row}`),
          both(row, row).count,
          tUi(`mall.${column}`),
          both(row, column).count,
          shareCell(share(row, column)),
        ]),
      ]}
    >
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.matrix} ${classes.sticky}`} style={columns(malls.length + 1)}>
          <thead>
            <tr>
              <th scope="col">{t('circulation.mall')}</th>
              <th scope="col">{t('circulation.customers')}</th>
              {malls.map((mall) => (
                <th key={mall} scope="col">
                  <MallDot mall={mall} label={tUi(`mallShort.${mall}`)} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {malls.map((row) => (
              <tr key={row}>
                <th scope="row">
                  <MallDot mall={row} />
                </th>
                <td>
                  <PeopleLink people={both(row, row)} label={t('circulation.mallWho', { mall: tUi(`mall.${row}`) })} />
                </td>
                {malls.map((column) =>
                  row === column ? (
                    <td key={column} className={classes.diagonal} aria-label={t('circulation.same')} />
                  ) : (
                    <td key={column} className={classes.shaded} style={shade(share(row, column) ?? 0, most)}>
                      <PeopleLink
                        people={both(row, column)}
                        label={t('circulation.bothWho', { a: tUi(`mall.${row}`), b: tUi(`mall.${column}`) })}
                      >
                        {shareText(share(row, column), format)}
                      </PeopleLink>
                      <span className={classes.cellNote}>{format.people(both(row, column).count)}</span>
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
