import { ledgerUrl } from '#features/ledger/urls';
import { CustomerPointStockDocument, type CustomerPointStockQuery } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { type Column, DataList, nothing, whole } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { ButtonLink } from '#ui/links';
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconCoin } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { CustomerHead } from './CustomerPage';
import { ExchangeReward } from './ExchangeReward';
import { PointDialog, type PointAct } from './PointDialog';
import { PointStatement } from './PointStatement';
import { Referrals } from './Referrals';

type Stock = NonNullable<CustomerPointStockQuery['customer']>;
type Lot = Stock['pointLots'][number];
type Hold = Stock['pointHolds'][number];

/** What a customer's points are: lots, holds, and every line of the ledger; and what staff does with them. */
export function PointsTab(props: { customer: CustomerHead }) {
  const { t } = useTranslation('customers');
  const { id, anonymous } = props.customer;
  const mayWrite = useScope('points:write') && !anonymous;
  const [act, setAct] = useState<PointAct>();
  const [exchanging, setExchanging] = useState(false);
  const [{ data, error, fetching }, reload] = useQuery({ query: CustomerPointStockDocument, variables: { id } });
  const again = () => reload({ requestPolicy: 'network-only' });
  const stock = data?.customer ?? undefined;
  return (
    <Stack gap="xl">
      <Group gap="xs" justify="flex-end">
        <ButtonLink {...ledgerUrl({ customer: id })} variant="subtle">
          {t('pointsTab.ledger')}
        </ButtonLink>
        {mayWrite && (
          <>
            <Button variant="default" onClick={() => setExchanging(true)}>
              {t('pointsTab.act.exchange')}
            </Button>
            <Button variant="default" onClick={() => setAct({ kind: 'hold' })}>
              {t('pointsTab.act.hold')}
            </Button>
            <Button variant="default" onClick={() => setAct({ kind: 'deduct' })}>
              {t('pointsTab.act.deduct')}
            </Button>
          </>
        )}
      </Group>
      {stock && stock.pointHolds.length > 0 && <Holds holds={stock.pointHolds} mayWrite={mayWrite} onAct={setAct} />}
      <Lots lots={stock?.pointLots} asked={{ fetching, error }} reload={again} />
      <PointStatement customerId={id} onReverse={mayWrite ? (line) => setAct({ kind: 'reverse', ...line }) : undefined} />
      <Referrals customerId={id} />
      {exchanging && <ExchangeReward customer={props.customer} onDone={again} onClose={() => setExchanging(false)} />}
      {act && (
        <PointDialog
          customer={props.customer}
          act={act}
          onDone={again}
          onClose={() => setAct(undefined)}
        />
      )}
    </Stack>
  );
}

function Holds(props: { holds: readonly Hold[]; mayWrite: boolean; onAct: (act: PointAct) => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return (
    <section>
      <Title order={3} mb="sm">
        {t('pointsTab.holds')}
      </Title>
      <Stack gap="xs">
        {props.holds.map((hold) => (
          <Group key={hold.id} justify="space-between" gap="xs">
            <Text size="sm">
              {format.points(hold.amount)}
              <Text span size="xs" c="dimmed" ml="xs">
                {t('pointsTab.until', { date: format.dateTime(hold.expiresAt) })}
              </Text>
            </Text>
            {props.mayWrite && (
              <Group gap="xs">
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => props.onAct({ kind: 'capture', id: hold.id, points: hold.amount })}
                >
                  {t('pointsTab.act.capture')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  onClick={() => props.onAct({ kind: 'release', id: hold.id, points: hold.amount })}
                >
                  {t('pointsTab.act.release')}
                </Button>
              </Group>
            )}
          </Group>
        ))}
      </Stack>
    </section>
  );
}

function Lots(props: { lots: readonly Lot[] | undefined; asked: Parameters<typeof whole>[1]; reload: () => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const columns = useMemo<Column<Lot>[]>(
    () => [
      { key: 'earned', header: t('pointsTab.lot.earned'), fit: true, narrow: 'line', cell: (lot) => format.date(lot.earnedAt) },
      {
        key: 'expires',
        header: t('pointsTab.lot.expires'),
        fit: true,
        narrow: 'title',
        cell: (lot) => (lot.expiresOn ? format.date(lot.expiresOn) : t('pointsTab.never')),
      },
      {
        key: 'state',
        header: t('pointsTab.lot.state'),
        narrow: 'mark',
        cell: (lot) =>
          [
            t(lot.usable ? 'pointsTab.lot.usable' : 'pointsTab.lot.waits'),
            !lot.usable && (lot.usableAt ? t('pointsTab.lot.from', { date: format.date(lot.usableAt) }) : t('pointsTab.lot.shipment')),
            lot.held > 0 && t('pointsTab.lot.heldOf', { points: format.points(lot.held) }),
          ]
            .filter(Boolean)
            .join(' · '),
      },
      {
        key: 'origin',
        header: t('pointsTab.lot.origin'),
        fit: true,
        narrow: 'mark',
        cell: (lot) => (lot.origin === 'PAID' ? t('pointsTab.origin.PAID') : nothing),
      },
      { key: 'granted', header: t('pointsTab.lot.granted'), align: 'right', narrow: 'line', cell: (lot) => format.points(lot.amount) },
      { key: 'remaining', header: t('pointsTab.lot.remaining'), align: 'right', narrow: 'side', cell: (lot) => format.points(lot.remaining) },
    ],
    [t, format],
  );
  return (
    <section>
      <Title order={3} mb="sm">
        {t('pointsTab.lots')}
      </Title>
      <DataList
        label={t('pointsTab.lots')}
        columns={columns}
        source={whole(props.lots, props.asked, props.reload)}
        rowKey={(lot) => [lot.earnedAt, lot.expiresOn, lot.amount, lot.remaining].join(' ')}
        empty={<EmptyState icon={IconCoin} title={t('pointsTab.noLots')} />}
      />
    </section>
  );
}
