import { type InsightRepeatFieldsFragment, InsightRepeatTabDocument } from '#gql/insight/graphql';
import { useFormat } from '#lib/FormatContext';
import type { Cell } from '#lib/csv';
import { Figure, FigureRow } from '#ui/Figure';
import { MallDot } from '#ui/MallDot';
import { useNetSales } from '#ui/netSales/useNetSales';
import { useTranslation } from 'react-i18next';
import { Answer } from './Answer';
import { shade, shareCell, shareText } from './figures';
import classes from './insight.module.css';
import { PeopleLink } from './PeopleLink';
import { RateFigure } from './RateFigure';
import { Versus } from './Rates';
import { Section } from './Section';

type Row = InsightRepeatFieldsFragment;

/** Who ordered again, by the mall of the first order. */
export function RepeatTab(props: { months: number }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const netSales = useNetSales();
  return (
    <Answer
      query={InsightRepeatTabDocument}
      variables={{ months: props.months }}
      empty={({ insightRepeat: found }) => found.total.rate.of.count === 0}
      asOf={(data) => data.insightRepeat.asOf}
    >
      {({ insightRepeat: { total, byMall, from, to } }) => (
        <>
          <FigureRow>
            <RateFigure label={t('repeat.rate')} definition={t('repeat.rateDefinition')} rate={total.rate} />
            <Figure
              label={t('repeat.median')}
              definition={t('conversion.medianDefinition')}
              value={total.medianDays === null ? '–' : t('days', { days: format.number(total.medianDays) })}
            />
            <Figure
              label={t('repeat.orders')}
              definition={t('repeat.ordersDefinition')}
              value={t('times', { times: perHead(total).toFixed(2) })}
            />
            <Figure
              label={t('repeat.sales')}
              definition={t('repeat.salesDefinition', { netSales })}
              value={format.money(salesPerHead(total), total.netSales.currency)}
            />
          </FigureRow>
          <MallTable rows={byMall} total={total} note={t('firstIn', { from: format.date(from), to: format.date(to) })} />
        </>
      )}
    </Answer>
  );
}

const perHead = (row: Row) => row.orders / (row.rate.of.count || 1);
const salesPerHead = (row: Row) => Math.round(row.netSales.amount / (row.rate.of.count || 1));

function MallTable(props: { rows: readonly Row[]; total: Row; note: string }) {
  const { t } = useTranslation('insight');
  const { t: tUi } = useTranslation('ui');
  const { rows, total } = props;
  const most = Math.max(...rows.map((row) => row.rate.share ?? 0), 1);
  const heads = [t('firstMall'), t('repeat.customers'), t('repeat.again'), t('repeat.rate'), t('versus'), t('repeat.same'), t('repeat.elsewhere'), t('medianDays'), t('repeat.orders'), t('repeat.sales')];
  return (
    <Section
      title={t('repeat.byMall')}
      definition={t('repeat.byMallDefinition')}
      note={props.note}
      csv={() => [
        [...heads.slice(0, 4), t('previous'), ...heads.slice(5)],
        ...[...rows, total].map(
          (row): Cell[] => [
            row.mall ? tUi(`mall.${row.mall}`) : t('allMalls'),
            row.rate.of.count,
            row.rate.hit.count,
            shareCell(row.rate.share),
            shareCell(row.rate.previous),
            row.same.count,
            row.elsewhere.count,
            row.medianDays,
            Number(perHead(row).toFixed(2)),
            salesPerHead(row),
          ],
        ),
      ]}
    >
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.sticky}`}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <MallRow key={row.mall} row={row} most={most} />
            ))}
          </tbody>
          <tfoot>
            <MallRow row={total} most={0} />
          </tfoot>
        </table>
      </div>
    </Section>
  );
}

function MallRow(props: { row: Row; most: number }) {
  const { t } = useTranslation('insight');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const { row } = props;
  const who = row.mall ? tUi(`mall.${row.mall}`) : t('allMalls');
  return (
    <tr>
      <th scope="row">{row.mall ? <MallDot mall={row.mall} /> : t('allMalls')}</th>
      <td>
        <PeopleLink people={row.rate.of} label={`${who} ${t('repeat.customers')}`} />
      </td>
      <td>
        <PeopleLink people={row.rate.hit} label={`${who} ${t('repeat.again')}`} />
      </td>
      <td className={classes.shaded} style={shade(props.most ? (row.rate.share ?? 0) : 0, props.most)}>
        {shareText(row.rate.share, format)}
      </td>
      <td>
        <Versus now={row.rate.share} before={row.rate.previous} />
      </td>
      <td>
        <PeopleLink people={row.same} label={`${who} ${t('repeat.same')}`} />
      </td>
      <td>
        <PeopleLink people={row.elsewhere} label={`${who} ${t('repeat.elsewhere')}`} />
      </td>
      <td>{row.medianDays === null ? '–' : t('days', { days: format.number(row.medianDays) })}</td>
      <td>{t('times', { times: perHead(row).toFixed(2) })}</td>
      <td>{format.money(salesPerHead(row), row.netSales.currency)}</td>
    </tr>
  );
}
