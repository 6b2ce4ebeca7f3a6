import {
  CustomerCountDocument,
  type CustomerFilter,
  CustomerListDocument,
  type CustomerListQuery,
  CustomerSegmentsDocument,
  CustomerStagesDocument,
} from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { Timestamp } from '#ui/Timestamp';
import { Badge, Button, Group, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { CustomerToolbar } from './CustomerToolbar';
import { customerUrl, type CustomersSearch } from './urls';

type Row = CustomerListQuery['customers']['edges'][number]['node'];

const route = getRouteApi('/shell/customers');
const pageSize = 50;
const connectionOf = (data: CustomerListQuery) => data.customers;

/** Everybody, whatever the mall: to look for, to narrow, to open. */
export function CustomersPage() {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const [{ data: stages }] = useQuery({ query: CustomerStagesDocument });
  const [{ data: segments }] = useQuery({ query: CustomerSegmentsDocument });
  const filter = useMemo(() => filterOf(search), [search]);
  const variables = useMemo(
    () => ({
      first: pageSize,
      filter,
      sort: search.sort ?? 'LAST_ORDER',
      direction: search.asc ? ('ASC' as const) : ('DESC' as const),
    }),
    [filter, search.sort, search.asc],
  );
  const source = usePagedQuery(CustomerListDocument, variables, connectionOf);
  const [count] = useQuery({ query: CustomerCountDocument, variables: { filter } });
  const columns = useColumns();
  const change = (next: Partial<CustomersSearch>) =>
    void navigate({ search: (was) => ({ ...was, ...next }), replace: true });
  const narrowed = Object.values({ ...search, sort: undefined, asc: undefined }).some((value) => value !== undefined);

  return (
    <>
      <PageHeader
        title={t('title')}
        count={count.data && !count.stale ? format.people(count.data.customers.totalCount) : undefined}
      />
      <DataList
        label={t('title')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        rowLink={(row) => customerUrl(row.id)}
        sort={{ key: variables.sort, descending: !search.asc }}
        onSort={(sort) =>
          change({ sort: sort.key as CustomersSearch['sort'], asc: sort.descending ? undefined : true })
        }
        toolbar={
          <CustomerToolbar
            search={search}
            stages={stages?.stages ?? []}
            segments={segments?.segments ?? []}
            onChange={change}
          />
        }
        empty={
          narrowed ? (
            <EmptyState
              icon={IconUsers}
              title={t('none.title')}
              action={
                <Button variant="default" onClick={() => void navigate({ search: {} })}>
                  {t('none.action')}
                </Button>
              }
            >
              {t('none.body')}
            </EmptyState>
          ) : (
            <EmptyState icon={IconUsers} title={t('empty.title')}>
              {t('empty.body')}
            </EmptyState>
          )
        }
      />
    </>
  );
}

function filterOf(search: CustomersSearch): CustomerFilter {
  return {
    search: search.q,
    malls: search.malls,
    stageIds: search.stages,
    segmentId: search.segment,
    member: search.members,
    mailConsent: search.mail,
    includeAnonymous: search.anonymous ?? false,
  };
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'name',
        header: t('column.name'),
        narrow: 'title',
        cell: (row) => (
          <>
            {row.displayName}
            {row.email && row.email !== row.displayName && (
              <Text size="xs" c="dimmed" fw={400}>
                {row.email}
              </Text>
            )}
          </>
        ),
      },
      {
        key: 'stage',
        header: t('column.stage'),
        narrow: 'side',
        cell: (row) =>
          row.stage ? (
            <Badge>{row.stage.stage.name}</Badge>
          ) : (
            <Text size="xs" c="dimmed" span>
              {row.anonymous ? t('anonymous') : t('notMember')}
            </Text>
          ),
      },
      {
        key: 'malls',
        header: t('column.malls'),
        cell: (row) => (
          <Group gap="xs" wrap="nowrap" component="span">
            {row.stats.malls.map((mall) => (
              <MallDot key={mall} mall={mall} bare />
            ))}
          </Group>
        ),
      },
      {
        key: 'orders',
        header: t('column.orders'),
        align: 'right',
        sort: 'ORDER_COUNT',
        cell: (row) => t('times', { count: row.stats.orderCount, shown: format.number(row.stats.orderCount) }),
      },
      {
        key: 'sales',
        header: t('column.netSales'),
        align: 'right',
        sort: 'NET_SALES',
        cell: (row) => format.money(row.stats.netSales.amount, row.stats.netSales.currency),
      },
      {
        key: 'points',
        header: t('column.points'),
        align: 'right',
        narrow: 'hide',
        cell: (row) => (row.memberSince ? format.points(row.points.available) : '–'),
      },
      {
        key: 'last',
        header: t('column.lastOrder'),
        align: 'right',
        sort: 'LAST_ORDER',
        cell: (row) => (row.stats.lastOrderAt ? <Timestamp at={row.stats.lastOrderAt} dateOnly /> : '–'),
      },
    ],
    [t, format],
  );
}
