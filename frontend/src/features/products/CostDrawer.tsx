import { ProductCostsDocument, type ProductCostsQuery, ProductRemoveCostDocument, ProductSetCostDocument } from '#gql/products/graphql';
import { minorDigits } from '#lib/format';
import { useFormat } from '#lib/FormatContext';
import { useScope, useViewer } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useCalendar } from '#ui/useCalendar';
import { useSubmit } from '#ui/useSubmit';
import { SideDrawer } from '#ui/SideDrawer';
import { Button, Group, NumberInput, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';

type Cost = ProductCostsQuery['productCosts'][number];

/** The costs of one product beside the list: what it costs from which day on, and a field for the next. */
export function CostDrawer(props: { sku: string; name: string; onClose: () => void; onChanged: () => void }) {
  const { t } = useTranslation('products');
  const mayWrite = useScope('settings:write');
  const [{ data, error }, ask] = useQuery({ query: ProductCostsDocument, variables: { sku: props.sku } });
  const reload = () => {
    ask({ requestPolicy: 'network-only' });
    props.onChanged();
  };
  return (
    <SideDrawer size="md" onClose={props.onClose} title={props.name || props.sku}>
      <Stack gap="lg">
        <Text size="sm" c="dimmed">
          {props.sku}
        </Text>
        {mayWrite && <SetCost sku={props.sku} first={data?.productCosts.length === 0} onDone={reload} />}
        <section aria-labelledby="costs">
          <Title order={3} id="costs" mb="xs">
            {t('drawer.costs')}
          </Title>
          {error && !data ? (
            <ErrorState error={error} retry={reload} />
          ) : !data ? (
            <Skeleton height="6rem" />
          ) : data.productCosts.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('drawer.none')}
            </Text>
          ) : (
            <Table aria-labelledby="costs">
              <Table.Tbody>
                {data.productCosts.map((cost) => (
                  <CostRow key={`${cost.currency}${cost.from}`} sku={props.sku} cost={cost} onRemoved={reload} />
                ))}
              </Table.Tbody>
            </Table>
          )}
        </section>
      </Stack>
    </SideDrawer>
  );
}

function CostRow(props: { sku: string; cost: Cost; onRemoved: () => void }) {
  const { t } = useTranslation('products');
  const format = useFormat();
  const mayWrite = useScope('settings:write');
  const [{ fetching }, remove] = useMutation(ProductRemoveCostDocument);
  const { currency, cost, from } = props.cost;
  const since = from ? t('since', { date: format.date(from) }) : t('always');
  return (
    <Table.Tr>
      <Table.Td>{since}</Table.Td>
      <Table.Td ta="right">{format.money(cost, currency)}</Table.Td>
      {mayWrite && (
        <Table.Td ta="right">
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            loading={fetching}
            aria-label={t('drawer.removeNamed', { since })}
            onClick={() => void remove({ input: { sku: props.sku, currency, from } }).then(props.onRemoved)}
          >
            {t('drawer.remove')}
          </Button>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

function SetCost(props: { sku: string; first: boolean; onDone: () => void }) {
  const { t } = useTranslation('products');
  const { merchant } = useViewer();
  const calendar = useCalendar();
  const [cost, setCost] = useState<number | string>('');
  const [from, setFrom] = useState('');
  const [, set] = useMutation(ProductSetCostDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'products');
  const currency = merchant.baseCurrency;
  const digits = minorDigits(currency);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const input = { sku: props.sku, currency, cost: Math.round(Number(cost) * 10 ** digits), from: from || null };
    if (!(await run(set({ input }), (data) => data.setProductCost.userErrors))) return;
    toastDone(t('drawer.saved'));
    setCost('');
    setFrom('');
    props.onDone();
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <FormErrors form="cost" errors={errors} namespace="products" />
        <Group grow align="flex-start">
          <NumberInput
            id="cost-cost"
            label={t('drawer.cost', { currency })}
            min={0}
            decimalScale={digits}
            thousandSeparator=","
            hideControls
            value={cost}
            error={errorAt('cost')}
            onChange={setCost}
          />
          <DatePickerInput
            id="cost-from"
            {...calendar}
            clearable
            label={t('drawer.from')}
            placeholder={t('always')}
            value={from || null}
            error={errorAt('from')}
            onChange={(day) => setFrom(day ?? '')}
          />
        </Group>
        <Text size="xs" c="dimmed">
          {t('drawer.help')}
        </Text>
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={cost === ''}>
            {t(props.first ? 'drawer.setFirst' : 'drawer.set')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
