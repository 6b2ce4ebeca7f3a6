import { CampaignProfitDocument, type CampaignProfitQuery, type MetricsFieldsFragment, type ProfitFieldsFragment } from '#gql/campaigns/graphql';
import { productsUrl } from '#features/products/urls';
import { useFormat } from '#lib/FormatContext';
import { Definition } from '#ui/Definition';
import { useNetSales } from '#ui/netSales/useNetSales';
import { TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { Group, Skeleton, Table, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { rate } from '../figures';
import classes from './LivePage.module.css';

/** What the orders credited to the campaign left, by variant, as far as costs are known. */
export function Profit(props: { campaignId: string; metrics: MetricsFieldsFragment }) {
  const { t } = useTranslation('campaigns');
  const netSales = useNetSales();
  const { converted } = props.metrics.total;
  const [{ data }, ask] = useQuery({ query: CampaignProfitDocument, variables: { id: props.campaignId } });
  // Another order counts: its profit is asked for, too.
  useEffect(() => {
    if (converted > 0) ask({ requestPolicy: 'network-only' });
  }, [converted, ask]);
  const profit = data?.campaign?.profit;
  if (converted === 0 && !profit?.spent.length) return null;
  return (
    <section className={classes.section} aria-labelledby="profit">
      <Group gap="xs" mb="sm">
        <Title order={2} id="profit">
          {t('profit.title')}
        </Title>
        <Definition label={t('profit.title')}>{t('profit.define', { netSales })}</Definition>
      </Group>
      {profit ? <Rows profit={profit} metrics={props.metrics} /> : <Skeleton height="6rem" />}
    </section>
  );
}

type Profited = NonNullable<NonNullable<CampaignProfitQuery['campaign']>['profit']>;

const amounts = ['knownSales', 'cost', 'fees', 'points', 'profit'] as const;

function Rows(props: {
  profit: Profited;
  metrics: MetricsFieldsFragment;
}) {
  const { t } = useTranslation('campaigns');
  const { total, byVariant } = props.profit;
  const mallOf = (variantId: string) => props.metrics.byVariant.find((row) => row.variantId === variantId)?.mall;
  return (
    <>
      {total.length > 0 && (
      <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
        <Table aria-labelledby="profit">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('profit.column.variant')}</Table.Th>
              <Table.Th ta="right">{t('profit.column.orders')}</Table.Th>
              {amounts.map((name) => (
                <Table.Th key={name} ta="right">
                  {t(`profit.column.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {byVariant.flatMap(({ variantId, figures }) => {
              const mall = mallOf(variantId);
              return figures.map((row) => (
                <Row key={`${variantId}${row.currency}`} row={row} head={mall ? <MallDot mall={mall} /> : '–'} />
              ));
            })}
            {byVariant.length > 1 && total.map((row) => <Row key={row.currency} row={row} head={t('profit.total')} bold />)}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      )}
      {total.map((row) => (
        <Foot key={row.currency} row={row} />
      ))}
      {props.profit.spent.map((spent) => (
        <Spent key={spent.currency} spent={spent} row={total.find((row) => row.currency === spent.currency)} />
      ))}
    </>
  );
}

function Row(props: { row: ProfitFieldsFragment; head: React.ReactNode; bold?: boolean }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { row } = props;
  return (
    <Table.Tr fw={props.bold ? 700 : undefined}>
      <Table.Td>{props.head}</Table.Td>
      <Table.Td ta="right">{format.number(row.orders)}</Table.Td>
      {amounts.map((name) => (
        <Table.Td key={name} ta="right">
          {row.costedOrders > 0 ? format.money(row[name] ?? 0, row.currency) : name === 'profit' ? t('profit.unknown') : '–'}
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** What files of costs booked on the campaign, and what is left of its profit then. */
function Spent(props: { spent: Profited['spent'][number]; row: ProfitFieldsFragment | undefined }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { spent, row } = props;
  const paid = t('profit.spent', { amount: format.money(spent.amount, spent.currency), count: spent.entries });
  return (
    <Text size="sm">
      {paid}
      {typeof row?.profit === 'number' && ` ${t('profit.afterSpent', { amount: format.money(row.profit - spent.amount, spent.currency) })}`}
    </Text>
  );
}

/** How much of it is known, and what it rests on. */
function Foot(props: { row: ProfitFieldsFragment }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { row } = props;
  const parts = [
    t('profit.ofOrders', {
      costed: format.number(row.costedOrders),
      orders: format.number(row.orders),
      share: format.share(rate(row.costedOrders, row.orders)),
    }),
    row.estimated && t('profit.estimated'),
  ].filter((part) => part !== false);
  return (
    <Text size="xs" c="dimmed">
      {parts.join(' · ')}{' '}
      {row.costedOrders < row.orders && (
        <TextLink {...productsUrl()} size="xs" underline="always">
          {t('profit.set')}
        </TextLink>
      )}
    </Text>
  );
}
