import { type ShopFieldsFragment, ShopListDocument } from '#gql/shops/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { type Column, DataList, nothing, whole } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { ButtonLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { Badge, Switch, Text } from '@mantine/core';
import { IconBuildingStore, IconPlus } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ShopDrawer } from './ShopDrawer';
import { shopsUrl } from './urls';
import classes from './shops.module.css';

const route = getRouteApi('/shell/settings/shops');

/** The merchant's storefronts on all malls; one opens beside the list. */
export function ShopsPage() {
  const { t } = useTranslation('shops');
  const { open, archived = false } = route.useSearch();
  const navigate = useNavigate({ from: '/settings/shops' });
  const mayWrite = useScope('shops:write');
  const columns = useColumns();
  const [{ data, error, fetching }, ask] = useQuery({ query: ShopListDocument, variables: { includeArchived: true } });
  const reload = () => ask({ requestPolicy: 'network-only' });
  const all = data?.shops ?? [];
  const shown = all.filter((shop) => archived || !shop.archivedAt);
  const add = mayWrite && (
    <ButtonLink {...shopsUrl('new')} leftSection={<IconPlus size="1rem" aria-hidden />}>
      {t('add')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={(!data || shown.length > 0) && add} />
      <DataList
        label={t('title')}
        columns={columns}
        source={whole(data && shown, { fetching, error }, reload)}
        rowKey={(row) => row.id}
        rowLink={(row) => shopsUrl(row.id)}
        toolbar={
          all.some((shop) => shop.archivedAt) && (
            <Switch
              mb="sm"
              label={t('showArchived')}
              checked={archived}
              onChange={(event) => {
                const on = event.currentTarget.checked;
                void navigate({ search: (was) => ({ ...was, archived: on || undefined }) });
              }}
            />
          )
        }
        empty={
          <EmptyState icon={IconBuildingStore} title={t('empty.title')} action={add}>
            {t('empty.body')}
          </EmptyState>
        }
      />
      {open !== undefined && data && (
        <ShopDrawer
          key={open}
          shop={all.find((shop) => shop.id === open)}
          codes={all.map((shop) => shop.code)}
          onClose={() => void navigate({ search: (was) => ({ ...was, open: undefined }) })}
          onChanged={reload}
        />
      )}
    </>
  );
}

function useColumns(): Column<ShopFieldsFragment>[] {
  const { t } = useTranslation('shops');
  const format = useFormat();
  return [
    { key: 'name', header: t('column.name'), narrow: 'title', cell: (row) => row.name },
    { key: 'mall', header: t('column.mall'), fit: true, cell: (row) => <MallDot mall={row.mall} /> },
    { key: 'code', header: t('column.code'), cell: (row) => <span className={classes.code} title={row.code}>{row.code}</span> },
    { key: 'currency', header: t('column.currency'), fit: true, roomy: true, cell: (row) => row.currency },
    { key: 'url', header: t('column.url'), narrow: 'wide', cell: (row) => (row.url || row.moreUrls.length > 0 ? <Addresses shop={row} /> : nothing) },
    { key: 'since', header: t('column.since'), fit: true, roomy: true, narrow: 'hide', cell: (row) => format.date(row.createdAt) },
    {
      key: 'state',
      header: t('column.state'),
      fit: true,
      narrow: 'side',
      cell: (row) => (
        <Badge color={row.archivedAt ? 'gray' : 'green'}>{t(row.archivedAt ? 'state.archived' : 'state.open')}</Badge>
      ),
    },
  ];
}

function Addresses(props: { shop: ShopFieldsFragment }) {
  const { t } = useTranslation('shops');
  const { url, moreUrls } = props.shop;
  return (
    <span className={classes.url} title={url}>
      {url.replace(/^https?:\/\//, '')}
      {moreUrls.length > 0 && (
        <Text span size="xs" c="dimmed">
          {' '}
          {t('more', { count: moreUrls.length })}
        </Text>
      )}
    </span>
  );
}
