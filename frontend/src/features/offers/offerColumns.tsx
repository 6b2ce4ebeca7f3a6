import type { OfferFieldsFragment } from '#gql/offers/graphql';
import { useFormat } from '#lib/FormatContext';
import { type Column, nothing } from '#ui/DataList';
import { MallDot } from '#ui/MallDot';
import { Badge, Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { stateOf } from './listed';
import classes from './offers.module.css';
import type { OfferState } from './urls';
import { useOfferWords } from './useOfferWords';

/** Every column the list of offers can show; those that are extra wait to be chosen. */
export function useOfferColumns(): readonly Column<OfferFieldsFragment>[] {
  const { t } = useTranslation('offers');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const words = useOfferWords();
  return useMemo(
    (): Column<OfferFieldsFragment>[] => [
      { key: 'name', header: t('column.name'), narrow: 'title', sort: 'name', cell: (row) => row.name },
      { key: 'state', header: t('column.state'), fit: true, narrow: 'side', cell: (row) => <State offer={row} /> },
      { key: 'mall', header: t('column.mall'), fit: true, narrow: 'mark', cell: (row) => <MallDot mall={row.mall} label={tUi(`mallShort.${row.mall}`)} /> },
      {
        key: 'value',
        header: t('column.value'),
        narrow: 'mark',
        cell: (row) => (
          <span className={classes.value}>
            {words(row)}
            {row.kind !== 'FREE_SHIPPING' && (
              <Text size="xs" c="dimmed" span className={classes.kind}>
                {t(`kind.${row.kind}`)}
              </Text>
            )}
          </span>
        ),
      },
      {
        key: 'period',
        header: t('column.period'),
        narrow: 'wide',
        sort: 'ends',
        cell: (row) => (
          <>
            <span className={classes.day}>{format.date(row.startsAt)} –</span>{' '}
            <span className={classes.day}>{format.lastDay(row.endsAt)}</span>
          </>
        ),
      },
      { key: 'codes', header: t('column.codes'), align: 'right', sort: 'left', cell: (row) => <Codes offer={row} /> },
      {
        key: 'used',
        header: t('column.used'),
        align: 'right',
        roomy: true,
        sort: 'orders',
        cell: (row) =>
          row.results ? t('orders', { count: row.results.orders, orders: format.number(row.results.orders) }) : nothing,
      },
      {
        key: 'customers',
        header: t('column.customers'),
        align: 'right',
        extra: true,
        cell: (row) => (row.results ? format.people(row.results.customers) : nothing),
      },
      {
        key: 'sales',
        header: t('column.sales'),
        align: 'right',
        sort: 'sales',
        cell: (row) => (row.results ? format.money(row.results.sales.amount, row.results.sales.currency) : nothing),
      },
      { key: 'terms', header: t('column.terms'), extra: true, narrow: 'wide', cell: (row) => row.terms || nothing },
    ],
    [t, tUi, format, words],
  );
}

/** The code everybody gets, or how many of a pool are left; a pool that runs low says so. */
function Codes(props: { offer: OfferFieldsFragment }) {
  const { t } = useTranslation('offers');
  const format = useFormat();
  const { codes, proof, sharedCode } = props.offer;
  if (proof === 'SHARED_CODE') return <span className={classes.code}>{sharedCode}</span>;
  if (!codes) return t('proof.NONE');
  return (
    <span className={classes.pool}>
      {codes.low && <Badge color={codes.left === 0 ? 'red' : 'yellow'}>{t(codes.left === 0 ? 'pool.empty' : 'pool.low')}</Badge>}
      <span>{t('codesLeft', { left: format.number(codes.left), total: format.number(codes.total) })}</span>
    </span>
  );
}

const colors: Record<OfferState, string> = { running: 'green', coming: 'yellow', ended: 'gray', archived: 'gray' };

function State(props: { offer: OfferFieldsFragment }) {
  const { t } = useTranslation('offers');
  const state = stateOf(props.offer, Date.now());
  return <Badge color={colors[state]}>{t(`state.${state}`)}</Badge>;
}
