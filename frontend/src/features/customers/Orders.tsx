import { CustomerOrdersDocument, type CustomerOrdersQuery } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { MallDot } from '#ui/MallDot';
import { Badge, Text } from '@mantine/core';
import { IconShoppingBag } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './customers.module.css';

type Order = NonNullable<CustomerOrdersQuery['customer']>['orders']['edges'][number]['node'];

const pageSize = 25;
const connectionOf = (data: CustomerOrdersQuery) => data.customer?.orders;
const linesShown = 3;

/** A customer's orders of all malls, newest first, with what was in them. */
export function Orders(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const variables = useMemo(() => ({ id: props.customerId, first: pageSize }), [props.customerId]);
  const source = usePagedQuery(CustomerOrdersDocument, variables, connectionOf);
  const columns = useColumns();
  return (
    <DataList
      label={t('tab.orders')}
      columns={columns}
      source={source}
      rowKey={(order) => order.id}
      empty={
        <EmptyState icon={IconShoppingBag} title={t('orders.empty')}>
          {t('orders.emptyBody')}
        </EmptyState>
      }
    />
  );
}

function useColumns(): Column<Order>[] {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'at',
        header: t('orders.at'),
        narrow: 'title',
        fit: true,
        cell: (order) => format.dateTime(order.orderedAt),
      },
      {
        key: 'what',
        header: t('orders.what'),
        narrow: 'wide',
        cell: (order) => (
          <div>
            <div>
              {order.lines.slice(0, linesShown).map((line) => (
                <div key={line.lineKey} className={classes.bought}>
                  <span className={classes.boughtName} title={line.name}>
                    {[line.name || line.sku, line.option].filter(Boolean).join(' ')}
                  </span>
                  {line.quantity !== 1 && <span className={classes.pieces}>× {format.number(line.quantity)}</span>}
                </div>
              ))}
              {order.lines.length > linesShown && t('orders.moreLines', { count: order.lines.length - linesShown })}
            </div>
            <Text size="xs" c="dimmed" component="div">
              <MallDot mall={order.shop.mall} label={order.shop.name} /> · {order.orderNo}
              {order.couponCodes.length > 0 && ` · ${t('orders.coupon', { codes: order.couponCodes.join(', ') })}`}
            </Text>
          </div>
        ),
      },
      {
        key: 'status',
        header: t('orders.status'),
        fit: true,
        cell: (order) => (
          <Badge color={order.status === 'CANCELLED' ? 'red' : 'gray'}>
            {order.kind === 'SALE' ? t(`orderStatus.${order.status}`) : t(`orderKind.${order.kind}`)}
          </Badge>
        ),
      },
      {
        key: 'total',
        header: t('orders.total'),
        align: 'right',
        narrow: 'side',
        cell: (order) => (
          <Text
            span
            size="sm"
            fw={600}
            td={order.status === 'CANCELLED' ? 'line-through' : undefined}
            c={order.status === 'CANCELLED' ? 'dimmed' : undefined}
          >
            {format.money(order.total.amount, order.total.currency)}
          </Text>
        ),
      },
    ],
    [t, format],
  );
}
