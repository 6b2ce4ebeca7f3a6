import { importsUrl } from '#features/imports/urls';
import { ProductGoodsDocument, type ProductGoodsQuery } from '#gql/products/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope, useViewer } from '#lib/viewer';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { ButtonLink } from '#ui/links';
import { ListToolbar } from '#ui/ListToolbar';
import { PageHeader } from '#ui/PageHeader';
import { Button, Switch, Text } from '@mantine/core';
import { IconPackage, IconUpload } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CostDrawer } from './CostDrawer';
import { CostImport } from './CostImport';
import classes from './products.module.css';
import { productsUrl } from './urls';

const route = getRouteApi('/shell/settings/products');
const pageSize = 50;

type Good = ProductGoodsQuery['goods']['edges'][number]['node'];
const goodsOf = (data: ProductGoodsQuery) => data.goods;

/** The products as orders and events name them, with what they cost the merchant. */
export function ProductsPage() {
  const { t } = useTranslation('products');
  const format = useFormat();
  const { q = '', unknown = false, open } = route.useSearch();
  const navigate = useNavigate({ from: '/settings/products' });
  const mayWrite = useScope('settings:write');
  const [importing, setImporting] = useState(false);
  const columns = useColumns();
  const source = usePagedQuery(ProductGoodsDocument, { first: pageSize, search: q, unknownCost: unknown }, goodsOf);
  const coverage = source.data?.costCoverage;
  return (
    <>
      <PageHeader
        title={t('title')}
        count={
          coverage && coverage.products > 0
            ? t('coverage', { costed: format.number(coverage.costed), products: format.number(coverage.products) })
            : undefined
        }
        description={t('description')}
        actions={
          mayWrite && (
            <Button leftSection={<IconUpload size="1rem" aria-hidden />} onClick={() => setImporting(true)}>
              {t('import.open')}
            </Button>
          )
        }
      />
      <DataList
        label={t('title')}
        columns={columns}
        source={source}
        rowKey={(row) => row.sku}
        rowLink={(row) => productsUrl(row.sku)}
        toolbar={
          <ListToolbar
            search={{
              value: q,
              placeholder: t('search'),
              onChange: (value) => void navigate({ search: (was) => ({ ...was, q: value || undefined }), replace: true }),
            }}
            filters={
              <Switch
                label={t('onlyUnknown')}
                checked={unknown}
                onChange={(event) => {
                  const on = event.currentTarget.checked;
                  void navigate({ search: (was) => ({ ...was, unknown: on || undefined }) });
                }}
              />
            }
          />
        }
        empty={
          q || unknown ? (
            <EmptyState icon={IconPackage} title={t('nothingFound')} />
          ) : (
            <EmptyState icon={IconPackage} title={t('empty.title')} action={<ButtonLink {...importsUrl()}>{t('empty.action')}</ButtonLink>}>
              {t('empty.body')}
            </EmptyState>
          )
        }
      />
      {open !== undefined && (
        <CostDrawer
          key={open}
          sku={open}
          name={source.nodes.find((good) => good.sku === open)?.name ?? ''}
          onClose={() => void navigate({ search: (was) => ({ ...was, open: undefined }) })}
          onChanged={source.reload}
        />
      )}
      {importing && <CostImport onClose={() => setImporting(false)} onImported={source.reload} />}
    </>
  );
}

function useColumns(): Column<Good>[] {
  const { t } = useTranslation('products');
  const { merchant } = useViewer();
  const format = useFormat();
  const money = (amount: number) => format.money(amount, merchant.baseCurrency);
  return [
    { key: 'sku', header: t('column.sku'), narrow: 'title', cell: (row) => row.sku },
    { key: 'name', header: t('column.name'), narrow: 'wide', cell: (row) => row.name || nothing },
    { key: 'category', header: t('column.category'), cell: (row) => (row.category ? <span className={classes.category}>{row.category}</span> : nothing) },
    {
      key: 'price',
      header: t('column.price'),
      align: 'right',
      cell: (row) => (typeof row.price === 'number' ? money(row.price) : nothing),
    },
    {
      key: 'cost',
      header: t('column.cost'),
      align: 'right',
      narrow: 'side',
      cell: (row) =>
        typeof row.cost === 'number' ? (
          money(row.cost)
        ) : (
          <Text span size="sm" c="dimmed">
            {t('unknown')}
          </Text>
        ),
    },
    {
      key: 'stock',
      header: t('column.stock'),
      align: 'right',
      cell: (row) => (typeof row.stock === 'number' ? format.number(row.stock) : nothing),
    },
    {
      key: 'margin',
      header: t('column.margin'),
      align: 'right',
      cell: (row) =>
        typeof row.cost === 'number' && typeof row.price === 'number' && row.price > 0
          ? format.share((row.price - row.cost) / row.price)
          : nothing,
    },
    {
      key: 'since',
      header: t('column.since'),
      fit: true,
      roomy: true,
      cell: (row) => (typeof row.cost !== 'number' ? nothing : row.costFrom ? format.date(row.costFrom) : t('always')),
    },
  ];
}
