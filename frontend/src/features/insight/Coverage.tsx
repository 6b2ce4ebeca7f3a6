import { useFormat } from '#lib/FormatContext';
import type { Cell } from '#lib/csv';
import { MallDot } from '#ui/MallDot';
import { useTranslation } from 'react-i18next';
import type { Circulation } from './CirculationTab';
import { shade, shareCell, shareOf, shareText } from './figures';
import classes from './insight.module.css';
import { PeopleLink } from './PeopleLink';
import { Section } from './Section';

/** Of each mall, how many orders and customers can be known again on another one. */
export function Coverage(props: { covered: Circulation['covered'] }) {
  const { t } = useTranslation('insight');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const heads = ['mall', 'ordersShare', 'peopleShare', 'orders', 'nameless', 'joinable', 'people', 'known'] as const;
  const ofOrders = (row: Row) => shareOf(row.joinable, row.orders);
  const ofPeople = (row: Row) => shareOf(row.known.count ?? 0, row.people.count ?? 0);
  return (
    <Section
      title={t('coverage.title')}
      definition={t('coverage.definition')}
      csv={() => [
        heads.map((head) => t(`coverage.${head}`)),
        ...props.covered.map((row): Cell[] => [
          tUi(`mall.${row.mall}`),
          shareCell(ofOrders(row)),
          shareCell(ofPeople(row)),
          row.orders,
          row.nameless,
          row.joinable,
          row.people.count,
          row.known.count,
        ]),
      ]}
    >
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.sticky}`}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(`coverage.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {props.covered.map((row) => (
              <tr key={row.mall}>
                <th scope="row">
                  <MallDot mall={row.mall} />
                </th>
                <td className={classes.shaded} style={shade(ofOrders(row) ?? 0, whole)}>
                  {shareText(ofOrders(row), format)}
                </td>
                <td className={classes.shaded} style={shade(ofPeople(row) ?? 0, whole)}>
                  {shareText(ofPeople(row), format)}
                </td>
                <td>{format.number(row.orders)}</td>
                <td>{format.number(row.nameless)}</td>
                <td>{format.number(row.joinable)}</td>
                <td>
                  <PeopleLink people={row.people} label={t('circulation.mallWho', { mall: tUi(`mall.${row.mall}`) })} />
                </td>
                <td>
                  <PeopleLink people={row.known} label={t('coverage.knownWho', { mall: tUi(`mall.${row.mall}`) })} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

type Row = Circulation['covered'][number];

/** All of it, in basis points. */
const whole = 10_000;
