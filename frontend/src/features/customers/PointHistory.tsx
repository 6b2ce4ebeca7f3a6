import { CustomerPointsDocument, type CustomerPointsQuery } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { Text } from '@mantine/core';
import { IconCoin } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './customers.module.css';

type Booking = NonNullable<CustomerPointsQuery['customer']>['pointHistory']['edges'][number]['node'];

const pageSize = 50;
const connectionOf = (data: CustomerPointsQuery) => data.customer?.pointHistory;

/** The customer's ledger, newest first: each line with why it exists and who did it. */
export function PointHistory(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const variables = useMemo(() => ({ id: props.customerId, first: pageSize }), [props.customerId]);
  const source = usePagedQuery(CustomerPointsDocument, variables, connectionOf);
  const columns = useColumns();
  return (
    <DataList
      label={t('tab.points')}
      columns={columns}
      source={source}
      rowKey={(booking) => booking.id}
      empty={
        <EmptyState icon={IconCoin} title={t('points.empty')}>
          {t('points.emptyBody')}
        </EmptyState>
      }
    />
  );
}

function useColumns(): Column<Booking>[] {
  const { t, i18n } = useTranslation('customers');
  const format = useFormat();
  return useMemo(() => {
    const why = (reason: string) => {
      const key = `customers:pointReason.${reason}`;
      return i18n.exists(key) ? String(t(key as never)) : reason;
    };
    return [
      {
        key: 'at',
        header: t('points.at'),
        fit: true,
        cell: (booking) => format.dateTime(booking.occurredAt),
      },
      { key: 'kind', header: t('points.kind'), narrow: 'title', cell: (booking) => t(`pointKind.${booking.kind}`) },
      {
        key: 'why',
        header: t('points.why'),
        cell: (booking) => (
          <div>
            {[why(booking.reason), booking.order?.orderNo].filter(Boolean).join(' · ')}
            {booking.note && (
              <Text size="xs" c="dimmed">
                {booking.note}
              </Text>
            )}
          </div>
        ),
      },
      { key: 'who', header: t('points.who'), fit: true, cell: (booking) => t(`actor.${booking.actorKind}`) },
      {
        key: 'amount',
        header: t('points.amount'),
        align: 'right',
        narrow: 'side',
        // Points that wait become usable without the balance changing: there is no figure to show.
        cell: (booking) =>
          booking.amount === 0 ? (
            nothing
          ) : (
            <span className={classes.booked}>
              {booking.amount > 0 && '+'}
              {format.points(booking.amount)}
            </span>
          ),
      },
    ];
  }, [t, i18n, format]);
}
