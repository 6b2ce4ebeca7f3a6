import { ConnectionChangesDocument, ConnectionsDocument } from '#gql/connections/graphql';
import { useScope } from '#lib/viewer';
import { CopyValue } from '#ui/CopyValue';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { ButtonLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { shopsUrl } from '#features/shops/urls';
import { Alert, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery, useSubscription } from 'urql';
import { ConnectionCard } from './ConnectionCard';
import { ConnectionDrawer } from './ConnectionDrawer';
import { type ConnectionShop, codeChannel, serviceFor } from './connections';
import classes from './connections.module.css';
import { connectionsUrl } from './urls';

const route = getRouteApi('/shell/settings/connections');

/** How orders come from the malls by themselves, shop by shop. */
export function ConnectionsPage() {
  const { t } = useTranslation('connections');
  const { open, shop, code } = route.useSearch();
  const navigate = useNavigate({ from: '/settings/connections' });
  const mayWrite = useScope('settings:write');
  const [{ data, error }, ask] = useQuery({ query: ConnectionsDocument, requestPolicy: 'cache-and-network' });
  const [{ data: news }] = useSubscription({ query: ConnectionChangesDocument });
  const reload = () => ask({ requestPolicy: 'network-only' });
  const connections = news?.mallConnectionsChanged ?? data?.mallConnections ?? [];
  const waiting = (data?.shops ?? []).filter(
    (each) => serviceFor(each, data?.mallServices ?? []) && !connections.some((connection) => connection.shop.id === each.id),
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {code && <ReceivedCode code={code} />}
      {error && !data ? (
        <ErrorState error={error} retry={reload} />
      ) : !data ? (
        <Skeleton height="24rem" />
      ) : connections.length + waiting.length === 0 ? (
        <EmptyState icon={IconPlugConnected} title={t('empty.title')} action={<ButtonLink {...shopsUrl('new')}>{t('empty.action')}</ButtonLink>}>
          {t('empty.body')}
        </EmptyState>
      ) : (
        <Stack gap="md" maw="60rem">
          {connections.map((connection) => (
            <ConnectionCard key={connection.id} connection={connection} />
          ))}
          {waiting.length > 0 && <Waiting shops={waiting} mayWrite={mayWrite} />}
        </Stack>
      )}
      {open !== undefined && data && (
        <ConnectionDrawer
          key={open + (shop ?? '')}
          connection={connections.find((each) => each.id === open)}
          shop={data.shops.find((each) => each.id === shop)}
          services={data.mallServices}
          onClose={() => void navigate({ search: {} })}
          onChanged={reload}
        />
      )}
    </>
  );
}

/** The shops whose mall has a service, and that are not connected yet. */
function Waiting(props: { shops: readonly ConnectionShop[]; mayWrite: boolean }) {
  const { t } = useTranslation('connections');
  return (
    <section aria-labelledby="unconnected">
      <Title order={2} id="unconnected">
        {t('waiting.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('waiting.body')}
      </Text>
      {props.shops.map((shop) => (
        <div key={shop.id} className={classes.waiting}>
          <MallDot mall={shop.mall} label={shop.name} />
          {props.mayWrite && (
            <ButtonLink {...connectionsUrl('new', shop.id)} variant="light" size="compact-md" aria-label={t('connectShop', { shop: shop.name })}>
              {t('connect')}
            </ButtonLink>
          )}
        </div>
      ))}
    </section>
  );
}

/** The mall has sent the merchant back with a code: a form that waits in another tab gets it, else it can be copied. */
function ReceivedCode(props: { code: string }) {
  const { t } = useTranslation('connections');
  useEffect(() => {
    const channel = new BroadcastChannel(codeChannel);
    channel.postMessage(props.code);
    return () => channel.close();
  }, [props.code]);
  return (
    <Alert color="green" mb="md" maw="60rem" title={t('code.received')}>
      <Stack gap="xs">
        <Text size="sm">{t('code.next')}</Text>
        <CopyValue label={t('code.label')} value={props.code} />
      </Stack>
    </Alert>
  );
}
