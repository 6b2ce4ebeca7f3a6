import { kinds } from '#features/ledger/urls';
import { CustomerPointsDocument, type CustomerPointsQuery } from '#gql/customers/graphql';
import { download } from '#lib/download';
import { useFormat } from '#lib/FormatContext';
import { lotWords, rulesOf } from '#lib/pointLots';
import { pointReasonKey } from '#lib/pointReason';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { toastFailed } from '#ui/toast';
import { useCalendar } from '#ui/useCalendar';
import { Button, Group, MultiSelect, Text, Title } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { IconCoin, IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './customers.module.css';
import { Earned } from './Earned';

type Line = NonNullable<CustomerPointsQuery['customer']>['pointStatement']['edges'][number]['node'];

const pageSize = 50;
const connectionOf = (data: CustomerPointsQuery) => data.customer?.pointStatement;

/** ポイント明細: what was booked, newest first, why, by whom, into which lots, and the balance after it. */
export function PointStatement(props: { customerId: string; onReverse?: (line: { id: string; points: number }) => void }) {
  const { t } = useTranslation('customers');
  const calendar = useCalendar();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [period, setPeriod] = useState<[string | null, string | null]>([null, null]);
  const [from, to] = period;
  const variables = useMemo(() => {
    const narrowed = kinds.filter((kind) => chosen.includes(kind));
    const whole = from !== null && to !== null;
    return {
      id: props.customerId,
      first: pageSize,
      kinds: narrowed.length > 0 ? narrowed : undefined,
      from: whole ? from : undefined,
      to: whole ? to : undefined,
    };
  }, [props.customerId, chosen, from, to]);
  const source = usePagedQuery(CustomerPointsDocument, variables, connectionOf);
  const columns = useColumns(props.onReverse);
  const narrowed = Boolean(variables.kinds ?? variables.from);
  return (
    <section>
      <Title order={3} mb="sm">
        {t('pointsTab.statement')}
      </Title>
      <DataList
        label={t('pointsTab.statement')}
        columns={columns}
        source={source}
        rowKey={(line) => line.booking.id}
        toolbar={
          <Group gap="xs" mb="sm" justify="space-between">
            <Group gap="xs">
              <MultiSelect
                aria-label={t('points.kind')}
                placeholder={chosen.length > 0 ? undefined : t('pointsTab.anyKind')}
                data={kinds.map((kind) => ({ value: kind, label: t(`pointKind.${kind}`) }))}
                value={[...chosen]}
                clearable
                clearButtonProps={{ 'aria-label': t('pointsTab.clearKinds') }}
                onChange={setChosen}
              />
              <DatePickerInput
                type="range"
                className={classes.period}
                placeholder={t('pointsTab.anyTime')}
                {...calendar}
                allowSingleDateInRange
                clearable
                clearButtonProps={{ 'aria-label': t('pointsTab.clearPeriod') }}
                value={period}
                onChange={setPeriod}
              />
            </Group>
            <Download customerId={props.customerId} />
          </Group>
        }
        empty={
          <EmptyState icon={IconCoin} title={t(narrowed ? 'pointsTab.none' : 'points.empty')}>
            {!narrowed && t('points.emptyBody')}
          </EmptyState>
        }
      />
    </section>
  );
}

function Download(props: { customerId: string }) {
  const { t, i18n } = useTranslation('customers');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      const query = new URLSearchParams({ customer: props.customerId, locale: i18n.language });
      await download(`/points.csv?${query.toString()}`, 'points.csv');
    } catch {
      toastFailed(t('pointsTab.csvFailed'), t('pointsTab.csvFailedBody'));
    }
    setBusy(false);
  };
  return (
    <Button variant="subtle" leftSection={<IconDownload size="1rem" aria-hidden />} loading={busy} onClick={() => void save()}>
      {t('pointsTab.csv')}
    </Button>
  );
}

function useColumns(onReverse?: (line: { id: string; points: number }) => void): Column<Line>[] {
  const { t, i18n } = useTranslation('customers');
  const format = useFormat();
  return useMemo(() => {
    const why = (reason: string, kind: string) => {
      const key = `customers:pointReason.${pointReasonKey(reason, kind)}`;
      return i18n.exists(key) ? String(t(key as never)) : reason;
    };
    const reason = ({ booking, lots }: Line) => (booking.reason === 'ACTION' && rulesOf(lots)) || why(booking.reason, booking.kind);
    const lots = (line: Line) =>
      lotWords(line.lots, { date: format.date, why }).map((told) =>
        'points' in told ? t(`lotWords.${told.key}`, { ...told, points: format.points(told.points) }) : t(`lotWords.${told.key}`, told),
      );
    return [
      { key: 'at', header: t('points.at'), fit: true, narrow: 'mark', cell: ({ booking }) => format.dateTime(booking.occurredAt) },
      { key: 'kind', header: t('points.kind'), narrow: 'title', cell: ({ booking }) => t(`pointKind.${booking.kind}`) },
      {
        key: 'why',
        header: t('points.why'),
        narrow: 'wide',
        cell: (line) => (
          <div>
            {[reason(line), line.booking.orderNo ?? line.booking.order?.orderNo].filter(Boolean).join(' · ')}
            {[line.booking.note, ...lots(line)].filter(Boolean).map((text) => (
              <Text key={text} size="xs" c="dimmed" lineClamp={2} title={text ?? undefined}>
                {text}
              </Text>
            ))}
            <Earned booking={line.booking} />
            {onReverse && line.reversible > 0 && (
              <Button
                size="compact-xs"
                variant="transparent"
                px={0}
                onClick={() => onReverse({ id: line.booking.id, points: line.reversible })}
              >
                {t('pointsTab.act.reverse')}
              </Button>
            )}
          </div>
        ),
      },
      { key: 'who', header: t('points.who'), fit: true, roomy: true, narrow: 'mark', cell: ({ booking }) => (booking.actor ?? booking.client)?.name ?? t(`actor.${booking.actorKind}`) },
      {
        key: 'amount',
        header: t('points.amount'),
        align: 'right',
        narrow: 'side',
        // Points that wait become usable without the balance changing: there is no figure to show.
        cell: ({ booking }) =>
          booking.amount === 0 ? (
            nothing
          ) : (
            <span className={classes.booked}>
              {booking.amount > 0 ? '+' : '−'}
              {format.points(Math.abs(booking.amount))}
            </span>
          ),
      },
      {
        key: 'after',
        header: t('pointsTab.after'),
        align: 'right',
        narrow: 'line',
        cell: ({ booking }) => <span className={classes.booked}>{format.points(booking.availableAfter)}</span>,
      },
    ];
  }, [t, i18n, format, onReverse]);
}
