import { type WebhookEndpointFieldsFragment, WebhooksEndpointsDocument } from '#gql/webhooks/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { type Column, DataList, nothing, whole } from '#ui/DataList';
import { DocumentLink } from '#ui/DocumentLink';
import { EmptyState } from '#ui/EmptyState';
import { PageHeader } from '#ui/PageHeader';
import { ShownOnce } from '#ui/ShownOnce';
import { Timestamp } from '#ui/Timestamp';
import { toastDone } from '#ui/toast';
import { Button } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { EndpointDrawer } from './EndpointDrawer';
import { EndpointForm, type ShownSecret } from './EndpointForm';
import { Standing } from './Standing';
import { newEndpoint, webhooksUrl } from './urls';
import classes from './webhooks.module.css';

const route = getRouteApi('/shell/settings/webhooks');

/** Where programs of partners hear what happens, and how that goes. */
export function WebhooksPage() {
  const { t } = useTranslation('webhooks');
  const mayWrite = useScope('clients:write');
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const [shown, setShown] = useState<ShownSecret>();
  const [asked, reload] = useQuery({ query: WebhooksEndpointsDocument });
  const endpoints = asked.data?.webhookEndpoints;
  const again = () => reload({ requestPolicy: 'network-only' });
  const show = (id?: string) => void navigate({ search: { open: id } });
  const columns = useColumns();
  const add = mayWrite && (
    <Button leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => show(newEndpoint)}>
      {t('add')}
    </Button>
  );
  const endpoint = endpoints?.find((each) => each.id === open);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={endpoints && endpoints.length > 0 && add} />
      <p className={classes.guide}>
        <DocumentLink name="api" section="webhooks">
          {t('guide')}
        </DocumentLink>
      </p>
      <DataList
        label={t('title')}
        columns={columns}
        source={whole(endpoints, asked, again)}
        rowKey={(row) => row.id}
        rowLink={(row) => webhooksUrl({ open: row.id })}
        empty={
          <EmptyState icon={IconWebhook} title={t('empty.title')} action={add}>
            {t('empty.body')}
          </EmptyState>
        }
      />
      {endpoint && (
        <EndpointDrawer key={endpoint.id} endpoint={endpoint} onClose={() => show()} onShown={setShown} onChanged={again} />
      )}
      {open === newEndpoint && mayWrite && (
        <EndpointForm
          onClose={() => show()}
          onSaved={(made) => {
            show();
            setShown(made);
            toastDone(t('made'));
            again();
          }}
        />
      )}
      {shown && (
        <ShownOnce
          title={t('secret.title', { name: shown.name })}
          help={t('secret.help')}
          values={[{ label: t('secret.label'), value: shown.secret }]}
          onClose={() => {
            setShown(undefined);
            show(shown.id);
          }}
        />
      )}
    </>
  );
}

function useColumns(): Column<WebhookEndpointFieldsFragment>[] {
  const { t } = useTranslation('webhooks');
  const format = useFormat();
  return useMemo(
    () => [
      { key: 'name', header: t('name'), narrow: 'title', cell: (row) => row.name },
      { key: 'state', header: t('state'), fit: true, narrow: 'side', cell: (row) => <Standing endpoint={row} /> },
      { key: 'url', header: t('url'), roomy: true, narrow: 'hide', cell: (row) => <span className={classes.code}>{row.url}</span> },
      { key: 'waiting', header: t('waiting'), align: 'right', fit: true, narrow: 'line', cell: (row) => format.number(row.waiting) },
      { key: 'dead', header: t('dead'), align: 'right', fit: true, narrow: 'line', cell: (row) => format.number(row.dead) },
      {
        key: 'delivered',
        header: t('deliveredAt'),
        fit: true,
        narrow: 'line',
        cell: (row) => (row.deliveredAt ? <Timestamp at={row.deliveredAt} relative /> : nothing),
      },
    ],
    [t, format],
  );
}
