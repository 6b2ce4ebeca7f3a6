import { ConnectionCreateDocument, type ConnectionFieldsFragment, ConnectionTestDocument, ConnectionUpdateDocument } from '#gql/connections/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope, useViewer } from '#lib/viewer';
import { localOf } from '#lib/zoned';
import { EmptyState } from '#ui/EmptyState';
import { FormErrors } from '#ui/FormErrors';
import { MallDot } from '#ui/MallDot';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { SideDrawer } from '#ui/SideDrawer';
import { DateField } from '#ui/DateField';
import { Alert, Button, Group, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { type ConnectionShop, connectionInput, type ConnectionValues, type Service, serviceFor } from './connections';
import { Fields } from './Fields';
import { TroubleAlert } from './TroubleAlert';
import { connectionsUrl } from './urls';
import { useEvery } from './useEvery';

const paces = [5, 15, 30, 60, 180, 360, 720, 1440];

/** The form of a connection, or of a new one of a shop. */
export function ConnectionDrawer(props: {
  connection: ConnectionFieldsFragment | undefined;
  shop: ConnectionShop | undefined;
  services: readonly Service[];
  onClose: () => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation('connections');
  const mayWrite = useScope('settings:write');
  const shop = props.connection?.shop ?? props.shop;
  const service = shop && serviceFor(shop, props.services);
  return (
    <SideDrawer onClose={props.onClose} title={shop && <MallDot mall={shop.mall} label={t('connectTitle', { shop: shop.name })} />}>
      {shop && service && mayWrite ? (
        <Form connection={props.connection} shop={shop} service={service} onClose={props.onClose} onChanged={props.onChanged} />
      ) : (
        <EmptyState title={t('missing')} />
      )}
    </SideDrawer>
  );
}

function Form(props: {
  connection: ConnectionFieldsFragment | undefined;
  shop: ConnectionShop;
  service: Service;
  onClose: () => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation('connections');
  const every = useEvery();
  const zone = useViewer().merchant.timeZone;
  const { connection, shop, service } = props;
  const [values, setValues] = useState<ConnectionValues>(() => ({
    fields: Object.fromEntries(
      service.fields.map((field) => [field.name, connection?.values.find((each) => each.name === field.name)?.value ?? '']),
    ),
    everyMinutes: connection?.everyMinutes ?? Math.max(15, service.leastMinutes),
    firstFrom: localOf(connection?.firstFrom ?? new Date(Date.now() - 90 * 86_400_000).toISOString(), zone).slice(0, 10),
    expiresOn: connection?.expiresAt && !connection.expiresTold ? localOf(connection.expiresAt, zone).slice(0, 10) : '',
    code: '',
  }));
  const set = (change: Partial<ConnectionValues>) => setValues((was) => ({ ...was, ...change }));
  const [, create] = useMutation(ConnectionCreateDocument);
  const [, update] = useMutation(ConnectionUpdateDocument);
  const { run, errors, busy, clear } = useSubmit();
  const errorAt = useFieldErrors(errors, 'connections');
  const redirect = `${window.location.origin}${connectionsUrl().to}`;
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const input = connectionInput(values, zone, redirect);
    const done = connection
      ? await run(update({ input: { id: connection.id, ...input } }), (data) => data.updateMallConnection.userErrors)
      : await run(create({ input: { shopId: shop.id, service: service.service, ...input } }), (data) => data.connectMall.userErrors);
    if (!done) return;
    toastDone(t(connection ? 'done.update' : 'done.create'));
    props.onChanged();
    props.onClose();
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <FormErrors form="connection" errors={errors} namespace="connections" />
        <Text size="sm">{t(`service.${service.service}.how`)}</Text>
        <Fields service={service} kept={Boolean(connection)} values={values} redirect={redirect} errorAt={errorAt} onChange={set} />
        <Test connection={connection} shop={shop} service={service} values={values} onTest={clear} />
        <Select
          id="connection-everyMinutes"
          label={t('form.every')}
          data={paces.filter((pace) => pace >= service.leastMinutes || pace === values.everyMinutes).map((pace) => ({ value: String(pace), label: every(pace) }))}
          value={String(values.everyMinutes)}
          error={errorAt('everyMinutes')}
          allowDeselect={false}
          onChange={(chosen) => set({ everyMinutes: Number(chosen) })}
        />
        <DateField
          id="connection-firstFrom"
          label={t('form.firstFrom')}
          description={service.oldestDays ? t('form.oldest', { days: service.oldestDays }) : t('form.firstHelp')}
          value={values.firstFrom || null}
          error={errorAt('firstFrom')}
          onChange={(day) => set({ firstFrom: day ?? '' })}
        />
        {service.service !== 'RAKUTEN_RMS' && (
          <DateField
            id="connection-expiresAt"
            label={t('form.expires')}
            description={t('form.expiresHelp')}
            value={values.expiresOn || null}
            onChange={(day) => set({ expiresOn: day ?? '' })}
          />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={!values.firstFrom}>
            {t(connection ? 'form.save' : 'form.start')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Asks the service with what stands in the form, and says what it answers. */
function Test(props: {
  connection: ConnectionFieldsFragment | undefined;
  shop: ConnectionShop;
  service: Service;
  values: ConnectionValues;
  onTest: () => void;
}) {
  const { t } = useTranslation('connections');
  const format = useFormat();
  const [{ data }, test] = useMutation(ConnectionTestDocument);
  const { run, errors, busy } = useSubmit();
  const { connection, shop, service, values } = props;
  const result = data?.testMallConnection.result;
  const submit = () => {
    props.onTest();
    const sent = Object.entries(values.fields).map(([name, value]) => ({ name, value: value.trim() }));
    const input = connection ? { id: connection.id, values: sent } : { shopId: shop.id, service: service.service, values: sent };
    return run(test({ input }), (answer) => answer.testMallConnection.userErrors);
  };
  return (
    <div>
      <FormErrors form="connection" errors={errors} namespace="connections" />
      <Group gap="sm" mt={errors.length > 0 ? 'xs' : undefined}>
        <Button variant="light" loading={busy} onClick={() => void submit()}>
          {t('test.try')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('test.help')}
        </Text>
      </Group>
      {!busy && errors.length === 0 && result?.trouble && <TroubleAlert trouble={result.trouble} service={service.service} />}
      {!busy && errors.length === 0 && result && !result.trouble && (
        <Alert color="green" mt="md" role="status" title={t('test.works')}>
          {[
            result.shopName && t('test.shop', { shop: result.shopName }),
            result.expiresAt && t('test.until', { day: format.date(result.expiresAt) }),
          ]
            .filter(Boolean)
            .join(' ')}
        </Alert>
      )}
    </div>
  );
}
