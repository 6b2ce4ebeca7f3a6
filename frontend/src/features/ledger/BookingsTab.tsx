import { customerUrl } from '#features/customers/urls';
import { pointsProgramUrl } from '#features/points-program/urls';
import { LedgerBookingsDocument, type LedgerBookingsQuery } from '#gql/ledger/graphql';
import { download } from '#lib/download';
import { useFormat } from '#lib/FormatContext';
import { lotWords, rulesOf } from '#lib/pointLots';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { ButtonLink, TextLink } from '#ui/links';
import { Timestamp } from '#ui/Timestamp';
import { toastFailed } from '#ui/toast';
import { Button, Text } from '@mantine/core';
import { IconBook2, IconDownload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BookingFilters } from './BookingFilters';
import { fileAddress, filterOf } from './filter';
import classes from './ledger.module.css';
import type { LedgerSearch } from './urls';
import { usePointReason } from './usePointReason';

type Booking = LedgerBookingsQuery['pointLedger']['edges'][number]['node'];

const route = getRouteApi('/shell/ledger');
const connectionOf = (data: LedgerBookingsQuery) => data.pointLedger;

/** Every booking of every customer, newest first. */
export function BookingsTab() {
  const { t } = useTranslation('ledger');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filter = filterOf(search);
  const key = JSON.stringify(filter);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is what is narrowed by.
  const variables = useMemo(() => ({ filter, first: 50 }), [key]);
  const source = usePagedQuery(LedgerBookingsDocument, variables, connectionOf);
  const columns = useColumns();
  const change = (next: LedgerSearch) => void navigate({ search: (was) => ({ ...was, ...next }), replace: true });
  const narrowed = Object.values(filter).some((each) => each !== undefined);
  return (
    <DataList
      label={t('tab.bookings')}
      columns={columns}
      source={source}
      rowKey={(booking) => booking.id}
      toolbar={<BookingFilters search={search} onChange={change} end={<Download search={search} />} />}
      empty={
        <EmptyState
          icon={IconBook2}
          title={t(narrowed ? 'bookings.none' : 'bookings.empty')}
          action={
            narrowed ? (
              <Button variant="default" onClick={() => void navigate({ search: {} })}>
                {t('bookings.clear')}
              </Button>
            ) : (
              <ButtonLink {...pointsProgramUrl()} variant="default">
                {t('bookings.toRules')}
              </ButtonLink>
            )
          }
        >
          {t(narrowed ? 'bookings.noneBody' : 'bookings.emptyBody')}
        </EmptyState>
      }
    />
  );
}

/** Why it was booked; the number of the order is kept in one piece where there is room. */
function Why(props: { reason: string; order: string | null | undefined }) {
  if (!props.order) return props.reason;
  return (
    <>
      {props.reason && `${props.reason} · `}
      <span className={classes.order}>{props.order}</span>
    </>
  );
}

function Download(props: { search: LedgerSearch }) {
  const { t, i18n } = useTranslation('ledger');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await download(fileAddress(props.search, i18n.language), 'points.csv');
    } catch {
      toastFailed(t('download.failed'), t('download.failedBody'));
    }
    setBusy(false);
  };
  return (
    <Button variant="default" leftSection={<IconDownload size="1rem" aria-hidden />} loading={busy} onClick={() => void save()}>
      {t('csv')}
    </Button>
  );
}

function useColumns(): Column<Booking>[] {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  const why = usePointReason();
  return useMemo(() => {
    const lots = (row: Booking) =>
      lotWords(row.lots, { date: format.date, why }).map((told) =>
        'points' in told ? t(`lotWords.${told.key}`, { ...told, points: format.points(told.points) }) : t(`lotWords.${told.key}`, told),
      );
    return [
      { key: 'at', header: t('bookings.at'), fit: true, narrow: 'mark', cell: (row) => <Timestamp at={row.occurredAt} /> },
      {
        key: 'customer',
        header: t('bookings.customer'),
        narrow: 'title',
        cell: (row) =>
        row.customer ? (
          <TextLink {...customerUrl(row.customer.id, { tab: 'points' })} lineClamp={2} title={row.customer.displayName}>
            {row.customer.displayName}
          </TextLink>
        ) : (
          nothing
        ),
      },
      { key: 'kind', header: t('bookings.kind'), fit: true, narrow: 'mark', cell: (row) => t(`kind.${row.kind}`) },
      {
        key: 'why',
        header: t('bookings.why'),
        narrow: 'wide',
        cell: (row) => (
          <div>
            <Why reason={(row.reason === 'ACTION' && rulesOf(row.lots)) || why(row.reason, row.kind)} order={row.orderNo ?? row.order?.orderNo} />
            {[row.note, ...lots(row)].filter(Boolean).map((text) => (
              <Text key={text} size="xs" c="dimmed" lineClamp={2} title={text ?? undefined} className={classes.note}>
                {text}
              </Text>
            ))}
          </div>
        ),
      },
      { key: 'who', header: t('bookings.who'), fit: true, roomy: true, narrow: 'mark', cell: (row) => (row.actor ?? row.client)?.name ?? t(`actor.${row.actorKind}`) },
      {
        key: 'points',
        header: t('bookings.points'),
        align: 'right',
        narrow: 'side',
        cell: (row) =>
          row.amount === 0 ? (
            <Text span size="sm" c="dimmed">
              {t('bookings.moved', { points: format.points(row.points) })}
            </Text>
          ) : (
            <span className={classes.booked}>
              {row.amount > 0 ? '+' : '−'}
              {format.points(Math.abs(row.amount))}
            </span>
          ),
      },
      {
        key: 'after',
        header: t('bookings.after'),
        align: 'right',
        roomy: true,
        narrow: 'line',
        cell: (row) => format.points(row.availableAfter),
      },
    ];
  }, [t, format, why]);
}
