import { InsightEventsTabDocument, type InsightEventsTabQuery } from '#gql/insight/graphql';
import { useFormat } from '#lib/FormatContext';
import { Figure, FigureRow } from '#ui/Figure';
import { MallDot } from '#ui/MallDot';
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Answer } from './Answer';
import { Columns } from './Columns';
import { monthLabels, shade, shareCell, shareText } from './figures';
import classes from './insight.module.css';
import { PeopleLink } from './PeopleLink';
import { RateFigure } from './RateFigure';
import { Section } from './Section';

type Found = InsightEventsTabQuery['insightEvents'];

/** A part of a whole in basis points. */
const shareOf = (part: number, whole: number): number | null => (whole > 0 ? Math.round((part / whole) * 10_000) : null);

/** How much of the business hangs on the malls' sales, and whether who began in one comes back. */
export function EventsTab(props: { months: number }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  return (
    <Answer
      query={InsightEventsTabDocument}
      variables={{ months: props.months }}
      empty={({ insightEvents: found }) => found.total.orders === 0}
      asOf={(data) => data.insightEvents.asOf}
    >
      {({ insightEvents: found }) => {
        const { total, first } = found;
        const note = t('events.note', { from: format.date(found.from), to: format.date(found.to) });
        return (
          <>
            <FigureRow>
              <Figure
                label={t('events.orders')}
                definition={t('events.ordersDefinition')}
                value={shareText(shareOf(total.inSale, total.orders), format)}
                note={t('events.ofOrders', { part: format.number(total.inSale), whole: format.number(total.orders) })}
              />
              <Figure
                label={t('events.sales')}
                definition={t('events.salesDefinition')}
                value={shareText(shareOf(total.netInSale.amount, total.netSales.amount), format)}
                note={t('events.ofSales', { part: format.money(total.netInSale.amount, total.netInSale.currency) })}
              />
              <RateFigure label={t('events.buyers')} definition={t('events.buyersDefinition')} rate={total.buyers} />
              <RateFigure label={t('events.firstSale')} definition={t('events.firstDefinition')} rate={first.sale} />
              <RateFigure label={t('events.firstOther')} definition={t('events.firstDefinition')} rate={first.other} />
            </FigureRow>
            <Months months={found.months} note={note} />
            <Malls rows={found.byMall} total={total} note={note} />
            <Each rows={found.events} orders={total.orders} note={note} />
            <Firsts rows={found.firstByMall} total={first} note={t('firstIn', { from: format.date(found.from), to: format.date(found.to) })} />
          </>
        );
      }}
    </Answer>
  );
}

function Months(props: { months: Found['months']; note: string }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  return (
    <Section
      title={t('events.byMonth')}
      definition={t('events.byMonthDefinition')}
      note={props.note}
      csv={() => [
        [t('events.month'), t('events.allOrders'), t('events.inSale'), t('events.share'), t('events.saleBuyers')],
        ...props.months.map((m) => [m.month, m.orders, m.inSale, shareCell(shareOf(m.inSale, m.orders)), m.people.count]),
      ]}
    >
      <Columns
        label={t('events.byMonth')}
        columns={props.months.map((m, at) => {
          const share = shareOf(m.inSale, m.orders);
          return {
            key: m.month,
            ...monthLabels(m.month, at, format),
            value: share,
            written: shareText(share, format),
            people: m.people,
            who: t('events.inMonth', { month: format.month(m.month) }),
          };
        })}
      />
    </Section>
  );
}

function Malls(props: { rows: Found['byMall']; total: Found['total']; note: string }) {
  const { t } = useTranslation('insight');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const heads = [t('events.mall'), t('events.allOrders'), t('events.inSale'), t('events.share'), t('events.salesShare'), t('events.allBuyers'), t('events.saleBuyers'), t('events.buyersShare')];
  const name = (row: Found['total']) => (row.mall ? tUi(`mall.${row.mall}`) : t('allMalls'));
  const rows = [...props.rows, props.total];
  const most = Math.max(...props.rows.map((row) => shareOf(row.inSale, row.orders) ?? 0), 1);
  return (
    <Section
      title={t('events.byMall')}
      definition={t('events.byMallDefinition')}
      note={props.note}
      csv={() => [
        heads,
        ...rows.map((row) => [
          name(row),
          row.orders,
          row.inSale,
          shareCell(shareOf(row.inSale, row.orders)),
          shareCell(shareOf(row.netInSale.amount, row.netSales.amount)),
          row.buyers.of.count,
          row.buyers.hit.count,
          shareCell(row.buyers.share),
        ]),
      ]}
    >
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.sticky}`}>
          <Head heads={heads} />
          <tbody>
            {rows.map((row) => {
              const share = shareOf(row.inSale, row.orders);
              return (
                <tr key={row.mall ?? ''}>
                  <th scope="row">{row.mall ? <MallDot mall={row.mall} /> : t('allMalls')}</th>
                  <td>{format.number(row.orders)}</td>
                  <td>{format.number(row.inSale)}</td>
                  <td className={classes.shaded} style={shade(row.mall ? (share ?? 0) : 0, most)}>
                    {shareText(share, format)}
                  </td>
                  <td>{shareText(shareOf(row.netInSale.amount, row.netSales.amount), format)}</td>
                  <td>
                    <PeopleLink people={row.buyers.of} label={`${name(row)} ${t('events.allBuyers')}`} />
                  </td>
                  <td>
                    <PeopleLink people={row.buyers.hit} label={`${name(row)} ${t('events.saleBuyers')}`} />
                  </td>
                  <td>{shareText(row.buyers.share, format)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

/** The heads of a table; `words` is the column beside the first that holds no figures. */
function Head(props: { heads: readonly string[]; words?: number }) {
  return (
    <thead>
      <tr>
        {props.heads.map((head, column) => (
          <th key={head} scope="col" className={column === props.words ? classes.words : undefined}>
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Each(props: { rows: Found['events']; orders: number; note: string }) {
  const { t, i18n } = useTranslation('insight');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const heads = [t('events.event'), t('events.mall'), t('events.times'), t('events.allOrders'), t('events.ofAll'), t('events.netSales'), t('events.allBuyers')];
  const name = (row: Found['events'][number]) => (i18n.language.startsWith('ja') ? row.name : row.nameEn);
  return (
    <Section
      title={t('events.byEvent')}
      definition={t('events.byEventDefinition')}
      note={props.note}
      csv={() => [
        heads,
        ...props.rows.map((row) => [
          name(row),
          row.mall ? tUi(`mall.${row.mall}`) : '',
          row.times,
          row.orders,
          shareCell(shareOf(row.orders, props.orders)),
          row.netSales.amount,
          row.people.count,
        ]),
      ]}
    >
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.sticky}`}>
          <Head heads={heads} words={1} />
          <tbody>
            {props.rows.map((row) => (
              <tr key={row.code}>
                <th scope="row" className={classes.category}>
                  {name(row)}{' '}
                  {row.sale && (
                    <Badge variant="light" color="gray" size="sm">
                      {t('events.sale')}
                    </Badge>
                  )}
                  {row.mall && (
                    <span className={classes.below}>
                      <MallDot mall={row.mall} />
                    </span>
                  )}
                </th>
                <td className={classes.words}>{row.mall ? <MallDot mall={row.mall} /> : '–'}</td>
                <td>{t('times', { times: format.number(row.times) })}</td>
                <td>{format.number(row.orders)}</td>
                <td>{shareText(shareOf(row.orders, props.orders), format)}</td>
                <td>{format.money(row.netSales.amount, row.netSales.currency)}</td>
                <td>
                  <PeopleLink people={row.people} label={`${name(row)} ${t('events.allBuyers')}`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Firsts(props: { rows: Found['firstByMall']; total: Found['first']; note: string }) {
  const { t } = useTranslation('insight');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const heads = [t('firstMall'), t('events.beganInSale'), t('events.backFromSale'), t('events.rateInSale'), t('events.beganElse'), t('events.backFromElse'), t('events.rateElse')];
  const rows = [...props.rows, props.total];
  const name = (row: Found['first']) => (row.mall ? tUi(`mall.${row.mall}`) : t('allMalls'));
  return (
    <Section
      title={t('events.first')}
      definition={t('events.firstDefinition')}
      note={props.note}
      csv={() => [
        heads,
        ...rows.map((row) => [
          name(row),
          row.sale.of.count,
          row.sale.hit.count,
          shareCell(row.sale.share),
          row.other.of.count,
          row.other.hit.count,
          shareCell(row.other.share),
        ]),
      ]}
    >
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.sticky}`}>
          <Head heads={heads} />
          <tbody>
            {rows.map((row) => (
              <tr key={row.mall ?? ''}>
                <th scope="row">{row.mall ? <MallDot mall={row.mall} /> : t('allMalls')}</th>
                <td>
                  <PeopleLink people={row.sale.of} label={`${name(row)} ${t('events.beganInSale')}`} />
                </td>
                <td>
                  <PeopleLink people={row.sale.hit} label={`${name(row)} ${t('events.backFromSale')}`} />
                </td>
                <td>{shareText(row.sale.share, format)}</td>
                <td>
                  <PeopleLink people={row.other.of} label={`${name(row)} ${t('events.beganElse')}`} />
                </td>
                <td>
                  <PeopleLink people={row.other.hit} label={`${name(row)} ${t('events.backFromElse')}`} />
                </td>
                <td>{shareText(row.other.share, format)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
