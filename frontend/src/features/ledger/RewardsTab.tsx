import { customerUrl } from '#features/customers/urls';
import {
  LedgerCancelExchangeDocument,
  LedgerHandOverDocument,
  LedgerRewardsDocument,
  type LedgerRewardsQuery,
} from '#gql/ledger/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { type Column, DataList, nothing, whole } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { TextLink } from '#ui/links';
import { Timestamp } from '#ui/Timestamp';
import { useSubmit } from '#ui/useSubmit';
import { Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconGift, IconPlus, IconTruckDelivery } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './ledger.module.css';
import { RewardForm } from './RewardForm';
import { ledgerUrl } from './urls';

export type Reward = LedgerRewardsQuery['rewards'][number];
type Exchange = LedgerRewardsQuery['rewardExchanges']['edges'][number]['node'];

const route = getRouteApi('/shell/ledger');
const connectionOf = (data: LedgerRewardsQuery) => data.rewardExchanges;
const variables = { first: 50 };

/** What points are exchanged for, and who waits for what. */
export function RewardsTab() {
  const { t } = useTranslation('ledger');
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useScope('points:write');
  const source = usePagedQuery(LedgerRewardsDocument, variables, connectionOf);
  const [closing, setClosing] = useState<Exchange>();
  const rewards = source.data?.rewards;
  const columns = useRewardColumns();
  const exchangeColumns = useExchangeColumns(mayWrite, () => source.reload(), setClosing);
  const show = (id: string | undefined) => void navigate({ search: (was) => ({ ...was, open: id }) });
  const editing = open && (open === 'new' || rewards?.some((one) => one.id === open));
  return (
    <Stack gap="xl">
      <section>
        <Group justify="space-between" mb="sm">
          <Title order={2}>{t('reward.catalogue')}</Title>
          {mayWrite && (
            <Button leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => show('new')}>
              {t('reward.add')}
            </Button>
          )}
        </Group>
        <DataList
          label={t('reward.catalogue')}
          columns={columns}
          source={whole(rewards, { fetching: source.fetching, error: source.error }, () => source.reload())}
          rowKey={(row) => row.id}
          rowLink={mayWrite ? (row) => ledgerUrl({ tab: 'rewards', open: row.id }) : undefined}
          empty={
            <EmptyState icon={IconGift} title={t('reward.empty')}>
              {t('reward.emptyBody')}
            </EmptyState>
          }
        />
      </section>
      <section>
        <Title order={2} mb="sm">
          {t('reward.exchanges')}
        </Title>
        <DataList
          label={t('reward.exchanges')}
          columns={exchangeColumns}
          source={source}
          rowKey={(row) => row.id}
          empty={
            <EmptyState icon={IconTruckDelivery} title={t('reward.noExchanges')}>
              {t('reward.noExchangesBody')}
            </EmptyState>
          }
        />
      </section>
      {editing && (
        <RewardForm
          reward={rewards?.find((one) => one.id === open)}
          onClose={() => show(undefined)}
          onSaved={() => {
            source.reload();
            show(undefined);
          }}
        />
      )}
      {closing && (
        <CancelExchange
          exchange={closing}
          onClose={() => setClosing(undefined)}
          onDone={() => {
            setClosing(undefined);
            source.reload();
          }}
        />
      )}
    </Stack>
  );
}

function useRewardColumns(): Column<Reward>[] {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'name',
        header: t('reward.name'),
        narrow: 'title',
        cell: (row) => (
          <div>
            {row.name}
            {row.description && (
              <Text size="xs" c="dimmed" lineClamp={1}>
                {row.description}
              </Text>
            )}
          </div>
        ),
      },
      { key: 'kind', header: t('reward.kind'), fit: true, narrow: 'mark', cell: (row) => row.offer?.name ?? t(`reward.kinds.${row.kind}`) },
      { key: 'points', header: t('reward.points'), align: 'right', narrow: 'side', cell: (row) => format.points(row.points) },
      {
        key: 'stock',
        header: t('reward.stock'),
        align: 'right',
        narrow: 'line',
        cell: (row) => (typeof row.stock === 'number' ? format.number(row.stock) : t('reward.endless')),
      },
      {
        key: 'each',
        header: t('reward.perCustomer'),
        align: 'right',
        narrow: 'line',
        cell: (row) => (typeof row.perCustomer === 'number' ? format.number(row.perCustomer) : t('reward.endless')),
      },
    ],
    [t, format],
  );
}

const colors = { ORDERED: 'yellow', HANDED_OVER: 'green', CANCELLED: 'gray' } as const;

function useExchangeColumns(mayWrite: boolean, reload: () => void, cancel: (row: Exchange) => void): Column<Exchange>[] {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  return [
    { key: 'at', header: t('reward.orderedAt'), fit: true, narrow: 'mark', cell: (row) => <Timestamp at={row.orderedAt} short /> },
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
    {
      key: 'reward',
      header: t('reward.name'),
      narrow: 'wide',
      cell: (row) => <div className={classes.reward}>{[row.reward?.name, row.code].filter(Boolean).join(' · ')}</div>,
    },
    { key: 'points', header: t('reward.spent'), align: 'right', fit: true, roomy: true, narrow: 'line', cell: (row) => format.points(row.points) },
    {
      key: 'status',
      header: t('adjust.status'),
      fit: true,
      narrow: 'side',
      cell: (row) => <Badge color={colors[row.status]}>{t(`reward.state.${row.status}`)}</Badge>,
    },
    {
      key: 'act',
      header: t('reward.act'),
      fit: true,
      narrow: 'foot',
      cell: (row) => (mayWrite && row.status !== 'CANCELLED' ? <Acts exchange={row} onDone={reload} onCancel={() => cancel(row)} /> : nothing),
    },
  ];
}

function Acts(props: { exchange: Exchange; onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation('ledger');
  const { run, busy } = useSubmit();
  const [, handOver] = useMutation(LedgerHandOverDocument);
  const { id, status } = props.exchange;
  return (
    <Group gap="xs" wrap="nowrap">
      {status === 'ORDERED' && (
        <Button
          size="compact-sm"
          variant="default"
          loading={busy}
          onClick={async () => {
            if (await run(handOver({ input: { id } }), (data) => data.handOverReward.userErrors)) props.onDone();
          }}
        >
          {t('reward.handOver')}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="red" onClick={props.onCancel}>
        {t('reward.cancel')}
      </Button>
    </Group>
  );
}

function CancelExchange(props: { exchange: Exchange; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  const [reason, setReason] = useState('');
  const { run, errors, busy } = useSubmit();
  const [, cancel] = useMutation(LedgerCancelExchangeDocument);
  return (
    <FormDialog
      title={t('reward.cancelTitle', { name: props.exchange.reward?.name ?? '' })}
      submit={t('reward.cancelConfirm')}
      danger
      busy={busy}
      onClose={props.onClose}
      onSubmit={async () => {
        if (await run(cancel({ input: { id: props.exchange.id, reason } }), (data) => data.cancelRewardExchange.userErrors)) props.onDone();
      }}
    >
      <FormErrors form="cancel" errors={errors} namespace="ledger" />
      <Text size="sm">{t('reward.cancelBody', { points: format.points(props.exchange.points) })}</Text>
      <TextInput label={t('reward.reason')} value={reason} maxLength={200} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus />
    </FormDialog>
  );
}
