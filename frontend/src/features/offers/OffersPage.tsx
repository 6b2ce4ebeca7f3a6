import { type OfferFieldsFragment, OfferListDocument } from '#gql/offers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { ButtonLink } from '#ui/links';
import { Badge, Switch, Text } from '@mantine/core';
import { IconDiscount2, IconPlus } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { OfferDrawer } from './OfferDrawer';
import classes from './offers.module.css';
import { offersUrl } from './urls';
import { useOfferWords } from './useOfferWords';

const route = getRouteApi('/shell/offers');

/** The offers of all malls; one opens beside the list. */
export function OffersPage() {
  const { t } = useTranslation('offers');
  const { open, archived } = route.useSearch();
  const navigate = useNavigate({ from: '/offers' });
  const mayWrite = useScope('offers:write');
  const [{ data, error, fetching }, reload] = useQuery({
    query: OfferListDocument,
    variables: { includeArchived: archived === true },
  });
  const columns = useColumns();
  const offers = data?.offers ?? [];
  const add = mayWrite && (
    <ButtonLink {...offersUrl('new')} leftSection={<IconPlus size="1rem" aria-hidden />}>
      {t('add')}
    </ButtonLink>
  );

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={add} />
      <DataList
        label={t('title')}
        columns={columns}
        source={{
          nodes: offers,
          fetching: fetching && !data,
          error,
          hasMore: false,
          loadingMore: false,
          loadMore: () => undefined,
          reload: () => reload({ requestPolicy: 'network-only' }),
        }}
        rowKey={(row) => row.id}
        rowLink={(row) => offersUrl(row.id)}
        toolbar={
          <Switch
            mb="sm"
            label={t('showArchived')}
            checked={archived === true}
            onChange={(event) => {
              const shown = event.currentTarget.checked;
              void navigate({ search: (was) => ({ ...was, archived: shown || undefined }) });
            }}
          />
        }
        empty={
          <EmptyState icon={IconDiscount2} title={t('empty.title')} action={add}>
            {t('empty.body')}
          </EmptyState>
        }
      />
      {open !== undefined && (open === 'new' || data) && (
        <OfferDrawer
          key={open}
          offer={offers.find((offer) => offer.id === open)}
          onClose={() => void navigate({ search: (was) => ({ ...was, open: undefined }) })}
          onChanged={() => reload({ requestPolicy: 'network-only' })}
        />
      )}
    </>
  );
}

function useColumns(): Column<OfferFieldsFragment>[] {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const words = useOfferWords();
  return [
    { key: 'name', header: t('column.name'), narrow: 'title', cell: (row) => row.name },
    { key: 'mall', header: t('column.mall'), cell: (row) => <MallDot mall={row.mall} /> },
    {
      key: 'value',
      header: t('column.value'),
      narrow: 'side',
      cell: (row) => (
        <>
          {words(row)}
          <Text size="xs" c="dimmed" span display="block">
            {t(`kind.${row.kind}`)}
          </Text>
        </>
      ),
    },
    {
      key: 'period',
      header: t('column.period'),
      cell: (row) => `${format.date(row.startsAt)} – ${format.date(row.endsAt)}`,
    },
    { key: 'codes', header: t('column.codes'), align: 'right', cell: (row) => <Codes offer={row} /> },
    {
      key: 'used',
      header: t('column.used'),
      align: 'right',
      cell: (row) => (row.results ? t('orders', { count: row.results.orders, orders: format.number(row.results.orders) }) : nothing),
    },
    {
      key: 'sales',
      header: t('column.sales'),
      align: 'right',
      cell: (row) => (row.results ? format.money(row.results.sales.amount, row.results.sales.currency) : nothing),
    },
    { key: 'state', header: t('column.state'), fit: true, cell: (row) => <OfferState offer={row} /> },
  ];
}

/** The code everybody gets, or how many of a pool are left; a pool that runs low says so. */
function Codes(props: { offer: OfferFieldsFragment }) {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const { codes, proof, sharedCode } = props.offer;
  if (proof === 'SHARED_CODE') return <span className={classes.code}>{sharedCode}</span>;
  if (!codes) return t('proof.NONE');
  return (
    <>
      {codes.low && (
        <Badge color={codes.left === 0 ? 'red' : 'yellow'} mr="xs">
          {t(codes.left === 0 ? 'pool.empty' : 'pool.low')}
        </Badge>
      )}
      {t('codesLeft', { left: format.number(codes.left), total: format.number(codes.total) })}
    </>
  );
}

function OfferState(props: { offer: OfferFieldsFragment }) {
  const { t } = useTranslation('offers');
  const now = Date.now();
  const { archivedAt, startsAt, endsAt } = props.offer;
  if (archivedAt) return <Badge color="gray">{t('state.archived')}</Badge>;
  if (Date.parse(endsAt) < now) return <Badge color="gray">{t('state.ended')}</Badge>;
  if (Date.parse(startsAt) > now) return <Badge color="yellow">{t('state.coming')}</Badge>;
  return <Badge color="green">{t('state.running')}</Badge>;
}
