import { type AlertFieldsFragment, AlertListDocument } from '#gql/alerts/graphql';
import { ErrorState } from '#ui/ErrorState';
import { TextLink } from '#ui/links';
import { Skeleton, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AlertGroups } from './AlertGroups';
import classes from './alerts.module.css';
import { ByMail } from './ByMail';
import { alertsUrl } from './urls';

const shown = 30;

/** What the bell opens: the open alerts, those nobody has acknowledged and the gravest first. `news` changes with each change on the server. */
export function AlertPanel(props: { news: string; onGo: () => void }) {
  const { t } = useTranslation('alerts');
  const [{ data, error }, reload] = useQuery({ query: AlertListDocument, variables: { first: shown, resolved: false } });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the news is why it is read again.
  useEffect(() => reload({ requestPolicy: 'network-only' }), [props.news, reload]);
  const alerts = data?.alerts.edges.map((edge) => edge.node).toSorted(byUrgency);

  return (
    <section aria-label={t('title')}>
      <div className={classes.panelHead}>
        <Title order={2}>{t('title')}</Title>
        <TextLink {...alertsUrl()} size="sm" onClick={props.onGo}>
          {t('all')}
        </TextLink>
      </div>
      <div className={classes.panelList}>
        {error && !data && <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />}
        {!data && !error && <Skeleton className={classes.rowShape} role="status" aria-label={t('loading')} />}
        {alerts?.length === 0 && (
          <Text size="sm" c="dimmed" p="md">
            {t('empty.open')}
          </Text>
        )}
        {alerts && <AlertGroups alerts={alerts} onGo={props.onGo} />}
      </div>
      <div className={classes.panelFoot}>
        <ByMail />
      </div>
    </section>
  );
}

/** The gravest, then the newest. */
function byUrgency(a: AlertFieldsFragment, b: AlertFieldsFragment): number {
  const rank = (one: AlertFieldsFragment) => (one.severity === 'CRITICAL' ? 0 : 1);
  return rank(a) - rank(b) || Date.parse(b.firstSeenAt) - Date.parse(a.firstSeenAt);
}
