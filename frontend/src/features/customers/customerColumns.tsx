import type { CustomerListQuery } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { Address } from '#ui/Address';
import { type Column, nothing } from '#ui/DataList';
import { MallDot } from '#ui/MallDot';
import { Timestamp } from '#ui/Timestamp';
import { Badge, Group, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './customers.module.css';
import { type Property, shownValue } from './propertyValue';

/** Begins the keys of columns of properties, here and in files. */
export const propertyColumn = 'property.';

type Row = CustomerListQuery['customers']['edges'][number]['node'];

/** Every column the list of customers can show; those that are extra wait to be chosen. */
export function useCustomerColumns(properties: readonly Property[]): readonly Column<Row>[] {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  return useMemo((): Column<Row>[] => {
    const money = (value: { amount: number; currency: string }) => format.money(value.amount, value.currency);
    const times = (count: number) => t('times', { count, shown: format.number(count) });
    const day = (at: string | null | undefined) => (at ? <Timestamp at={at} dateOnly /> : nothing);
    const plain = (key: 'kana' | 'phone' | 'prefecture', of: (row: Row) => string): Column<Row> => ({
      key,
      header: t(`column.${key}`),
      extra: true,
      fit: true,
      cell: (row) => of(row) || nothing,
    });
    const yesNo = { yes: t('properties.yes'), no: t('properties.no') };
    const kept = (property: Property): Column<Row> => ({
      key: propertyColumn + property.key,
      header: property.name,
      extra: true,
      align: property.type === 'NUMBER' ? 'right' : undefined,
      cell: (row) => shownValue(property, row.properties?.find((one) => one.property.id === property.id)?.value, format, yesNo) || nothing,
    });
    return [
      { key: 'name', header: t('column.name'), narrow: 'title', cell: (row) => <Name row={row} /> },
      { key: 'stage', header: t('column.stage'), narrow: 'mark', cell: (row) => <Stage row={row} /> },
      {
        key: 'malls',
        header: t('column.malls'),
        narrow: 'mark',
        cell: (row) =>
          row.stats.malls.length === 0 ? (
            nothing
          ) : (
            <Group gap="0.125rem 0.75rem" component="span" className={classes.mallsOf}>
              {row.stats.malls.map((mall) => (
                <MallDot key={mall} mall={mall} label={tUi(`mallShort.${mall}`)} />
              ))}
            </Group>
          ),
      },
      {
        key: 'orders',
        header: t('column.orders'),
        align: 'right',
        narrow: 'mark',
        sort: 'ORDER_COUNT',
        cell: (row) => times(row.stats.orderCount),
      },
      {
        key: 'sales',
        header: t('column.netSales'),
        align: 'right',
        narrow: 'side',
        sort: 'NET_SALES',
        cell: (row) => money(row.stats.netSales),
      },
      {
        key: 'points',
        header: t('column.points'),
        align: 'right',
        roomy: true,
        narrow: 'hide',
        cell: (row) => (row.memberSince ? format.points(row.points.available) : nothing),
      },
      {
        key: 'last',
        header: t('column.lastOrder'),
        align: 'right',
        sort: 'LAST_ORDER',
        cell: (row) => day(row.stats.lastOrderAt),
      },
      { key: 'first', header: t('column.firstOrder'), align: 'right', extra: true, cell: (row) => day(row.stats.firstOrderAt) },
      {
        key: 'average',
        header: t('column.average'),
        align: 'right',
        extra: true,
        cell: (row) => (row.stats.orderCount > 0 ? money(row.stats.averageOrder) : nothing),
      },
      {
        key: 'cancelled',
        header: t('column.cancelled'),
        align: 'right',
        extra: true,
        cell: (row) => times(row.stats.cancelledCount),
      },
      { key: 'member', header: t('column.memberSince'), align: 'right', extra: true, cell: (row) => day(row.memberSince) },
      {
        key: 'created',
        header: t('column.created'),
        align: 'right',
        sort: 'CREATED',
        extra: true,
        cell: (row) => day(row.createdAt),
      },
      plain('kana', (row) => `${row.familyKana} ${row.givenKana}`.trim()),
      plain('phone', (row) => row.phoneNational),
      plain('prefecture', (row) => row.prefecture),
      {
        key: 'tags',
        header: t('tags.title'),
        extra: true,
        cell: (row) => format.list(row.tags?.map((tag) => tag.name) ?? []) || nothing,
      },
      ...properties.filter((property) => property.places.includes('LIST')).map(kept),
    ];
  }, [t, tUi, format, properties]);
}

function Name(props: { row: Row }) {
  const { row } = props;
  return (
    <>
      <Address>{row.displayName}</Address>
      {row.email && row.email !== row.displayName && (
        <Text size="xs" c="dimmed" fw={400}>
          <Address>{row.email}</Address>
        </Text>
      )}
    </>
  );
}

function Stage(props: { row: Row }) {
  const { t } = useTranslation('customers');
  const { row } = props;
  if (row.stage) return <Badge>{row.stage.stage.name}</Badge>;
  return (
    <Text size="xs" c="dimmed" span>
      {row.anonymous ? t('anonymous') : t('notMember')}
    </Text>
  );
}
