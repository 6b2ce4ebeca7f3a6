import { shopsUrl } from '#features/shops/urls';
import { netSalesUrl } from '#features/net-sales/urls';
import { type FeeRateFieldsFragment, FeesPageDocument, type FeesPageQuery, FeeWithdrawDocument } from '#gql/fees/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { EmptyState } from '#ui/EmptyState';
import { ButtonLink, TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { useNetSales } from '#ui/netSales/useNetSales';
import { PageHeader } from '#ui/PageHeader';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Anchor, Badge, Button, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { IconBuildingStore, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './fees.module.css';
import { NewFee } from './NewFee';
import { type Series, seriesOf } from './fees';

/** What malls and payment services take, by mall and shop, with the days from which it holds. */
export function FeesPage() {
  const { t } = useTranslation('fees');
  const mayWrite = useScope('settings:write');
  const [adding, setAdding] = useState(false);
  const [{ data, error }, ask] = useQuery({ query: FeesPageDocument });
  const reload = () => ask({ requestPolicy: 'network-only' });
  const shown = malls.filter(
    (mall) => data?.shops.some((shop) => shop.mall === mall) || data?.feeRates.some((rate) => rate.mall === mall && !rate.estimated),
  );
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          mayWrite &&
          (!data || shown.length > 0) && (
            <Button leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
          )
        }
      />
      {error && !data ? (
        <ErrorState error={error} retry={reload} />
      ) : !data ? (
        <Skeleton height="24rem" />
      ) : (
        <Stack gap="xl" maw="60rem">
          <Basis />
          {shown.length === 0 && (
            <EmptyState icon={IconBuildingStore} title={t('noShops')} action={<ButtonLink {...shopsUrl()}>{t('toShops')}</ButtonLink>}>
              {t('noShopsBody')}
            </EmptyState>
          )}
          {shown.map((mall) => (
            <section key={mall} aria-labelledby={`fees-${mall}`}>
              <Title order={2} id={`fees-${mall}`} mb="xs">
                <MallDot mall={mall} />
              </Title>
              <Rates
                series={seriesOf(data.feeRates.filter((rate) => rate.mall === mall))}
                shops={data.shops.filter((shop) => shop.mall === mall)}
                onChanged={reload}
              />
            </section>
          ))}
        </Stack>
      )}
      {adding && data && (
        <NewFee
          shops={data.shops}
          rates={data.feeRates}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            reload();
          }}
        />
      )}
    </>
  );
}

/** The shops of a mall, whose currency its amounts are in. */
type Shops = FeesPageQuery['shops'];

/** How profit is worked out. */
function Basis() {
  const { t } = useTranslation('fees');
  const netSales = useNetSales();
  return (
    <section aria-labelledby="profit-basis">
      <Title order={2} id="profit-basis" mb="xs">
        {t('basis.title')}
      </Title>
      <Text size="sm" mb="xs">
        {t('basis.formula')}
        <br />
        {netSales}
      </Text>
      <TextLink {...netSalesUrl()} size="sm">
        {t('basis.change')}
      </TextLink>
    </section>
  );
}

function Rates(props: { series: readonly Series[]; shops: Shops; onChanged: () => void }) {
  const { t } = useTranslation('fees');
  if (props.series.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('none')}
      </Text>
    );
  }
  return (
    <Table layout="fixed" className={classes.rates}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('column.kind')}</Table.Th>
          <Table.Th ta="right">{t('column.rate')}</Table.Th>
          <Table.Th>{t('column.since')}</Table.Th>
          <Table.Th>{t('column.note')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {props.series.flatMap((series) =>
          [...series.coming, ...(series.current ? [series.current] : []), ...series.past.filter((rate) => !rate.estimated)].map((rate) => (
            <Rate key={rate.id} rate={rate} shops={props.shops} onChanged={props.onChanged} />
          )),
        )}
      </Table.Tbody>
    </Table>
  );
}

function Rate(props: { rate: FeeRateFieldsFragment; shops: Shops; onChanged: () => void }) {
  const { t } = useTranslation('fees');
  const format = useFormat();
  const write = useErrorText('fees');
  const mayWrite = useScope('settings:write');
  const [{ fetching }, withdraw] = useMutation(FeeWithdrawDocument);
  const { rate, shops } = props;
  const currency = (shops.find((shop) => shop.id === rate.shop?.id) ?? shops[0])?.currency ?? 'JPY';
  const parts = [
    (rate.rate > 0 || rate.amount === 0) && t('rate', { rate: rate.rate / 100 }),
    rate.amount > 0 && t('perOrder', { amount: format.money(rate.amount, currency) }),
  ].filter((part) => part !== false);
  const remove = async () => {
    const { data } = await withdraw({ input: { id: rate.id } });
    const [wrong] = data?.withdrawFeeRate.userErrors ?? [];
    if (wrong) toastFailed(t('failed'), write(wrong));
    else toastDone(t('withdrawn'));
    props.onChanged();
  };
  return (
    <Table.Tr c={rate.state === 'PAST' ? 'dimmed' : undefined}>
      <Table.Td>
        {t(`kind.${rate.kind}`)}
        <Text size="xs" c="dimmed">
          {rate.shop?.name ?? t('everyShop')}
        </Text>
      </Table.Td>
      <Table.Td ta="right">
        {parts.join(' + ')}
        {rate.rate > 0 && (
          <Text size="xs" c="dimmed">
            {t(`basisOf.${rate.basis}`)}
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label={t('column.since')}>
        {rate.from ? format.date(rate.from) : t('always')}
        {rate.state !== 'IN_FORCE' && (
          <div>
            <Badge color={rate.state === 'COMING' ? 'yellow' : 'gray'}>{t(`state.${rate.state}`)}</Badge>
          </div>
        )}
      </Table.Td>
      <Table.Td>
        {rate.estimated && (
          <Badge color="gray" mr="xs">
            {t('estimated')}
          </Badge>
        )}
        {rate.note}
        {rate.source && (
          <Text size="xs" c="dimmed">
            <Anchor href={rate.source} target="_blank" rel="noreferrer" size="xs" underline="always">
              {t('source')}
            </Anchor>
            {rate.checkedOn && ` ${t('checked', { date: format.date(rate.checkedOn) })}`}
          </Text>
        )}
        {rate.withdrawable && mayWrite && (
          <div>
            <Button size="compact-xs" variant="subtle" color="red" px={0} loading={fetching} onClick={() => void remove()}>
              {t('withdraw')}
            </Button>
          </div>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
