import { AlertChangesDocument, AlertListDocument, type AlertListQuery } from '#gql/alerts/graphql';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { PageHeader } from '#ui/PageHeader';
import { Button, Skeleton, Tabs } from '@mantine/core';
import { IconBellCheck } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubscription } from 'urql';
import { AlertGroups } from './AlertGroups';
import { AlertRow } from './AlertRow';
import classes from './alerts.module.css';
import { ByMail } from './ByMail';
import { LedgerChecks } from './LedgerChecks';
import { type AlertTab, alertTabs } from './urls';

const route = getRouteApi('/shell/alerts');
const connection = (data: AlertListQuery) => data.alerts;

/** What needs a look now, what did, and the nightly checks of the ledger. */
export function AlertsPage() {
  const { t } = useTranslation('alerts');
  const { tab = 'open' } = route.useSearch();
  const navigate = route.useNavigate();
  const maySeePoints = useScope('points:read');
  const tabs = alertTabs.filter((one) => one !== 'ledger' || maySeePoints);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={<ByMail />} />
      <Tabs
        value={tab}
        onChange={(value) => void navigate({ search: value === 'open' ? {} : { tab: value as AlertTab } })}
      >
        <Tabs.List aria-label={t('tab.label')}>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          {tab === 'ledger' ? <LedgerChecks /> : <List key={tab} resolved={tab === 'resolved'} />}
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function List(props: { resolved: boolean }) {
  const { t } = useTranslation('alerts');
  const { t: tUi } = useTranslation('ui');
  const source = usePagedQuery(AlertListDocument, { first: 50, resolved: props.resolved }, connection);
  const { reload } = source;
  const [{ data: news }] = useSubscription({ query: AlertChangesDocument });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the news is why it is read again.
  useEffect(reload, [news]);
  if (source.fetching) return <Skeleton className={classes.rowShape} role="status" aria-label={t('loading')} />;
  if (source.error && source.nodes.length === 0) return <ErrorState error={source.error} retry={source.reload} />;
  if (source.nodes.length === 0) {
    return (
      <EmptyState icon={IconBellCheck} title={t(props.resolved ? 'empty.resolved' : 'empty.open')}>
        {t(props.resolved ? 'empty.resolvedBody' : 'empty.openBody')}
      </EmptyState>
    );
  }
  return (
    <>
      <div className={classes.card}>
        {props.resolved ? (
          <ul className={classes.list}>
            {source.nodes.map((alert) => (
              <AlertRow key={alert.id} alert={alert} />
            ))}
          </ul>
        ) : (
          <AlertGroups alerts={source.nodes} />
        )}
      </div>
      {source.hasMore && (
        <Button variant="default" mt="md" loading={source.loadingMore} onClick={source.loadMore}>
          {tUi('list.more')}
        </Button>
      )}
    </>
  );
}
