import { productsUrl } from '#features/products/urls';
import { CustomerProfitDocument } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { TextLink } from '#ui/links';
import { SmallFigure } from '#ui/Figure';
import { useNetSales } from '#ui/netSales/useNetSales';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { CustomerHead } from './CustomerPage';
import classes from './customers.module.css';
import { StageFigure } from './StageFigure';

/** What a customer is worth and holds, in one row under the name. */
export function CustomerFigures(props: { customer: CustomerHead }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const netSales = useNetSales();
  const { stats, points, stage, memberSince } = props.customer;
  const money = (value: { amount: number; currency: string }) => format.money(value.amount, value.currency);
  // Sums over currencies do not exist: what was bought in another one stands beside.
  const others = stats.byMall.filter((mall) => mall.netSales.currency !== stats.netSales.currency);
  const sums = stats.netSales.amount === 0 && others.length > 0 ? [] : [stats.netSales];
  return (
    <div className={classes.figures}>
      <SmallFigure
        label={t('figure.netSales')}
        definition={netSales}
        value={[...sums, ...others.map((mall) => mall.netSales)].map(money).join(' + ')}
      />
      <Profit customerId={props.customer.id} />
      <SmallFigure label={t('figure.orders')} value={t('times', { count: stats.orderCount, shown: format.number(stats.orderCount) })} />
      <SmallFigure label={t('figure.average')} value={stats.orderCount > 0 && sums.length > 0 ? money(stats.averageOrder) : '–'} />
      <div className={classes.roomy}>
        <SmallFigure label={t('figure.last')} value={stats.lastOrderAt ? format.date(stats.lastOrderAt) : '–'} />
      </div>
      {memberSince && (
        <div className={classes.balance}>
          <SmallFigure
            label={t('figure.points')}
            definition={t('figure.pointsDefinition')}
            value={format.points(points.available)}
          />
          <Text size="xs" c="dimmed" component="div">
            {[
              points.pending > 0 && t('points.pending', { points: format.points(points.pending) }),
              points.held > 0 && t('points.held', { points: format.points(points.held) }),
              points.debt > 0 && t('points.debt', { points: format.points(points.debt) }),
              points.expiringNext &&
                t('points.expiring', {
                  points: format.points(points.expiringNext.amount),
                  date: format.date(points.expiringNext.on),
                }),
            ]
              .filter((line) => line !== false && line !== null)
              .map((line) => (
                <div key={line}>{line}</div>
              ))}
          </Text>
        </div>
      )}
      {stage && <StageFigure stage={stage} />}
    </div>
  );
}

/** What the customer's orders left, as far as their costs are known. */
function Profit(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const netSales = useNetSales();
  const [{ data }] = useQuery({ query: CustomerProfitDocument, variables: { id: props.customerId } });
  const rows = data?.customer?.profit.filter((row) => row.orders > 0) ?? [];
  if (rows.length === 0) return null;
  const known = rows.filter((row) => typeof row.profit === 'number');
  return (
    <div className={classes.roomy}>
      <SmallFigure
        label={t('profit.label')}
        definition={t('profit.define', { netSales })}
        value={known.length > 0 ? known.map((row) => format.money(row.profit ?? 0, row.currency)).join(' + ') : t('profit.unknown')}
      />
      {rows.map((row) => (
        <Text key={row.currency} size="xs" c="dimmed">
          {t('profit.of', { costed: format.number(row.costedOrders), orders: format.number(row.orders) })}
        </Text>
      ))}
      {rows.some((row) => row.costedOrders < row.orders) && (
        <TextLink {...productsUrl()} size="xs">
          {t('profit.set')}
        </TextLink>
      )}
    </div>
  );
}
