import { type ApiClientFieldsFragment, ApiSettingsDocument } from '#gql/api-clients/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { type Column, DataList, whole } from '#ui/DataList';
import { DocumentLink } from '#ui/DocumentLink';
import { EmptyState } from '#ui/EmptyState';
import { PageHeader } from '#ui/PageHeader';
import { ShownOnce } from '#ui/ShownOnce';
import { Timestamp } from '#ui/Timestamp';
import { toastDone } from '#ui/toast';
import { Anchor, Badge, Button, Stack, Text, Title } from '@mantine/core';
import { IconApi, IconExternalLink, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './api.module.css';
import { ClientDrawer } from './ClientDrawer';
import { ClientForm, type Shown } from './ClientForm';
import { Exports } from './Exports';
import { Issuers } from './Issuers';
import { apiUrl, newClient } from './urls';

const route = getRouteApi('/shell/settings/api');

/** Programs of partners that call the API, and whose tokens are accepted for customers. */
export function ApiPage() {
  const { t } = useTranslation('api-clients');
  const mayWrite = useScope('clients:write');
  const mayExport = useScope('exports:write');
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const [shown, setShown] = useState<Shown>();
  const [asked, reload] = useQuery({ query: ApiSettingsDocument });
  const { data } = asked;
  const again = () => reload({ requestPolicy: 'network-only' });
  const show = (id?: string) => void navigate({ search: { open: id } });
  const columns = useColumns();
  const add = mayWrite && (
    <Button leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => show(newClient)}>
      {t('add')}
    </Button>
  );
  const client = data?.apiClients.find((each) => each.id === open);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={data && data.apiClients.length > 0 && add} />
      <nav className={classes.links} aria-label={t('papers')}>
        <DocumentLink name="api">{t('guide')}</DocumentLink>
        <Anchor href="/schema.graphql" size="sm">
          {t('schema')}
        </Anchor>
      </nav>
      <Stack gap="xl">
        <section>
          <Title order={2}>{t('clients')}</Title>
          <Text size="sm" c="dimmed" mb="md">
            {t('clientsHelp')}
          </Text>
          <DataList
            label={t('clients')}
            columns={columns}
            source={whole(data?.apiClients, asked, again)}
            rowKey={(row) => row.id}
            rowLink={(row) => apiUrl(row.id)}
            empty={
              <EmptyState icon={IconApi} title={t('empty.title')} action={add}>
                {t('empty.body')}
              </EmptyState>
            }
          />
        </section>
        {mayExport && <Exports />}
        {data && <Issuers issuers={data.tokenIssuers} shops={data.shops} open={open} onOpen={show} onChanged={again} />}
      </Stack>
      {client && <ClientDrawer key={client.id} client={client} scopes={data?.apiScopes ?? []} onClose={() => show()} onShown={setShown} onChanged={again} />}
      {open === newClient && mayWrite && data && (
        <ClientForm
          scopes={data.apiScopes}
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
        <Once
          shown={shown}
          onClose={() => {
            setShown(undefined);
            show(shown.id);
          }}
        />
      )}
    </>
  );
}

function Once(props: { shown: Shown; onClose: () => void }) {
  const { t } = useTranslation('api-clients');
  const { kind, name, clientId, value, ide } = props.shown;
  const own = { label: t(`shown.${kind}Label`), value };
  return (
    <ShownOnce
      title={t(`shown.${kind}`, { name })}
      help={t(`shown.${kind}Help`)}
      values={clientId ? [{ label: t('clientId'), value: clientId }, own] : [own]}
      replaceable={kind === 'token'}
      beside={
        ide && (
          <Button
            component="a"
            href={`${ide}#token=${value}`}
            target="_blank"
            rel="noopener"
            variant="default"
            rightSection={<IconExternalLink size="1rem" aria-hidden />}
          >
            {t('shown.ide')}
          </Button>
        )
      }
      onClose={props.onClose}
    />
  );
}

function useColumns(): Column<ApiClientFieldsFragment>[] {
  const { t } = useTranslation('api-clients');
  const format = useFormat();
  return useMemo(
    () => [
      { key: 'name', header: t('name'), narrow: 'title', cell: (row) => row.name },
      {
        key: 'state',
        header: t('state'),
        fit: true,
        narrow: 'side',
        cell: (row) => <Badge color={row.disabledAt ? 'gray' : 'green'}>{t(row.disabledAt ? 'disabled' : 'enabled')}</Badge>,
      },
      { key: 'clientId', header: t('clientId'), roomy: true, narrow: 'hide', cell: (row) => <span className={classes.code}>{row.clientId}</span> },
      { key: 'scopes', header: t('scopes'), align: 'right', fit: true, narrow: 'line', cell: (row) => t('scopeCount', { count: row.scopes.length }) },
      {
        key: 'requests',
        header: t('usage.requests30'),
        align: 'right',
        fit: true,
        narrow: 'line',
        cell: (row) => format.number(row.usage.reduce((sum, day) => sum + day.requests, 0)),
      },
      {
        key: 'used',
        header: t('lastUse'),
        fit: true,
        narrow: 'line',
        cell: (row) => (row.lastUsedAt ? <Timestamp at={row.lastUsedAt} relative /> : t('neverUsed')),
      },
    ],
    [t, format],
  );
}
