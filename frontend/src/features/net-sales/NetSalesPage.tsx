import { type NetSalesQuery, NetSalesDocument, NetSalesSaveDocument } from '#gql/ui/graphql';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { type NetSalesDefinition, type NetSalesPart, netSalesParts } from '#ui/netSales/formula';
import { useNetSalesFormula } from '#ui/netSales/useNetSales';
import { PageHeader } from '#ui/PageHeader';
import { toastDone } from '#ui/toast';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { useSubmit } from '#ui/useSubmit';
import { Alert, Button, Group, Progress, Skeleton, Stack, Switch, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './netSales.module.css';

type Setting = NetSalesQuery['netSales'];

/** How often a change is looked at while it is under way, in milliseconds. */
const lookEvery = 1000;

/** What counts as net sales in every report. */
export function NetSalesPage() {
  const { t } = useTranslation('net-sales');
  const [{ data, error }, reload] = useQuery({ query: NetSalesDocument });
  const changing = data?.netSales.coming != null;
  useEffect(() => {
    if (!changing) return;
    const timer = setInterval(() => reload({ requestPolicy: 'network-only' }), lookEvery);
    return () => clearInterval(timer);
  }, [changing, reload]);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {error && !data ? (
        <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />
      ) : !data ? (
        <Skeleton height="24rem" className={classes.form} />
      ) : (
        <Stack gap="xl" className={classes.form}>
          <Standing setting={data.netSales} />
          <DefinitionForm key={JSON.stringify(chosen(data.netSales))} setting={data.netSales} onSaved={() => reload({ requestPolicy: 'network-only' })} />
        </Stack>
      )}
    </>
  );
}

/** What staff chose last. */
const chosen = (setting: Setting): NetSalesDefinition => setting.coming ?? setting.inForce;

/** What reports follow now, and how far a change is. */
function Standing(props: { setting: Setting }) {
  const { t } = useTranslation('net-sales');
  const write = useNetSalesFormula();
  const { inForce, coming, progress } = props.setting;
  return (
    <section aria-labelledby="net-sales-now">
      <Title order={2} id="net-sales-now" mb="xs">
        {t('now')}
      </Title>
      <Text>{write(inForce)}</Text>
      <Text size="sm" c="dimmed">
        {t('always')}
      </Text>
      {coming && (
        <Alert mt="md" title={t('changing.title')}>
          <Text size="sm">{t('changing.to', { formula: write(coming) })}</Text>
          <Progress value={(progress ?? 0) * 100} mt="xs" mb="xs" aria-label={t('changing.title')} />
          <Text size="sm">{t('changing.until')}</Text>
        </Alert>
      )}
    </section>
  );
}

function DefinitionForm(props: { setting: Setting; onSaved: () => void }) {
  const { t } = useTranslation('net-sales');
  const { t: tUi } = useTranslation('ui');
  const write = useNetSalesFormula();
  const mayWrite = useScope('settings:write');
  const start = chosen(props.setting);
  const [values, setValues] = useState(() => only(start));
  const [, save] = useMutation(NetSalesSaveDocument);
  const { run, errors, busy } = useSubmit();
  const dirty = netSalesParts.some(({ key }) => values[key] !== start[key]);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!(await run(save({ input: values }), (data) => data.updateNetSales.userErrors))) return;
    toastDone(t('saved'));
    props.onSaved();
  };
  const group = (legend: string, sign: '+' | '−') => (
    <fieldset className={classes.group}>
      <legend>{legend}</legend>
      <Stack gap="md">
        {netSalesParts
          .filter((part) => part.sign === sign)
          .map(({ key }) => (
            <Switch
              key={key}
              classNames={{ label: classes.name }}
              label={tUi(`netSales.part.${key}`)}
              description={t(`help.${key}`)}
              checked={values[key]}
              disabled={!mayWrite}
              onChange={(event) => setValues({ ...values, [key]: event.currentTarget.checked })}
            />
          ))}
      </Stack>
    </fieldset>
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <UnsavedGuard dirty={dirty} />
      <Stack gap="lg">
        <FormErrors form="netSales" errors={errors} namespace="net-sales" />
        {group(t('plus'), '+')}
        {group(t('less'), '−')}
        {dirty && (
          <Text size="sm" role="status">
            {t('becomes', { formula: write(values) })}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t(mayWrite ? 'past' : 'readOnly')}
        </Text>
        {mayWrite && (
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!dirty}>
              {t('save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** The definition as the input has it. */
function only(definition: NetSalesDefinition): Record<NetSalesPart, boolean> {
  const { withShipping, withFees, lessShopCoupons, lessMallCoupons, lessPoints } = definition;
  return { withShipping, withFees, lessShopCoupons, lessMallCoupons, lessPoints };
}
