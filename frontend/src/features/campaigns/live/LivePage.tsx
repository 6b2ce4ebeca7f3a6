import { CampaignLiveDocument, CampaignMetricsNowDocument, type MetricsFieldsFragment } from '#gql/campaigns/graphql';
import { useConnection } from '#lib/connection';
import { useFormat } from '#lib/FormatContext';
import { CampaignBadge } from '#ui/CampaignBadge';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { PageHeader } from '#ui/PageHeader';
import { Timestamp } from '#ui/Timestamp';
import { Alert, Skeleton, Title } from '@mantine/core';
import { IconMoon, IconSpeakerphone } from '@tabler/icons-react';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery, useSubscription } from 'urql';
import { campaignsUrl } from '../urls';
import { Actions } from './Actions';
import { ByMall } from './ByMall';
import { useDuration } from '../useDuration';
import { Exempted } from './Exemption';
import { Figures } from './Figures';
import { Lift } from './Lift';
import classes from './LivePage.module.css';
import { Messages } from './Messages';
import { Paused } from './Paused';
import { Pauses } from './Pauses';
import { Profit } from './Profit';
import { Rest } from './Rest';
import { Suppressed } from './Suppressed';

// The chart library is loaded on this page only.
const MetricChart = lazy(() => import('./MetricChart').then((module) => ({ default: module.MetricChart })));

/** What a campaign brings, as it happens. */
export function LivePage(props: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const [{ data, error }, reload] = useQuery({
    query: CampaignMetricsNowDocument,
    variables: { id: props.campaignId },
  });
  const [live] = useSubscription({ query: CampaignLiveDocument, variables: { campaignId: props.campaignId } });
  // Who paused it stands with the campaign: another state that comes in by itself asks for it again.
  const status = live.data?.campaignMetrics.status;
  useEffect(() => {
    if (status) reload({ requestPolicy: 'cache-and-network' });
  }, [status, reload]);

  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton height="24rem" />;
  const campaign = data.campaign;
  if (!campaign) return <EmptyState icon={IconSpeakerphone} title={t('missing')} />;
  const metrics = live.data?.campaignMetrics ?? campaign.metrics;

  return (
    <>
      <PageHeader
        title={campaign.name}
        back={{ link: campaignsUrl(), label: t('title') }}
        beside={
          <>
            <CampaignBadge status={metrics.status} figures={metrics.total} />
            <Pulse at={metrics.at} sending={metrics.status === 'SENDING'} />
          </>
        }
        description={
          <>
            {campaign.segment?.name}
            {campaign.sentAt && (
              <>
                {' · '}
                <span className={classes.piece}>
                  {t('live.sentAt')} <Timestamp at={campaign.sentAt} />
                </span>
              </>
            )}
            <Pace rate={campaign.ratePerMinute ?? 0} metrics={metrics} />
            <Exempted campaign={campaign} />
          </>
        }
        actions={
          <Actions
            id={campaign.id}
            name={campaign.name}
            status={metrics.status}
            queued={metrics.total.queued}
            rate={campaign.ratePerMinute ?? 0}
            exempt={campaign}
          />
        }
      />
      {metrics.quietUntil && metrics.status === 'SENDING' && <Quiet until={metrics.quietUntil} queued={metrics.total.queued} />}
      {metrics.status === 'PAUSED' && <Paused pause={campaign.pause} queued={metrics.total.queued} />}
      <Pauses metrics={metrics} />
      <Rest campaignId={campaign.id} name={campaign.name} people={withoutCode(metrics)} status={metrics.status} />
      <Figures figures={metrics.total} retry={metrics} />
      <div className={classes.pair}>
        <section aria-labelledby="course">
          <Title order={2} id="course">
            {t('chart.title')}
          </Title>
          <Suspense fallback={<Skeleton height="18rem" />}>
            <MetricChart series={metrics.series} name={campaign.name} />
          </Suspense>
        </section>
        <Suppressed metrics={metrics} campaignId={campaign.id} name={campaign.name} />
      </div>
      {metrics.lift && <Lift lift={metrics.lift} cancelled={metrics.status === 'CANCELLED'} />}
      <Breakdown metrics={metrics} />
      <Profit campaignId={campaign.id} metrics={metrics} />
      <Messages
        campaignId={campaign.id}
        figuresAt={metrics.at}
        reasons={metrics.suppressedByReason.map((row) => row.reason)}
        begun={metrics.total.audience > 0}
      />
    </>
  );
}

const withoutCode = (metrics: MetricsFieldsFragment): number =>
  metrics.suppressedByReason.find((row) => row.reason === 'NO_CODE_LEFT')?.count ?? 0;

/** How fast it goes, and about how long the rest takes. */
function Pace(props: { rate: number; metrics: MetricsFieldsFragment }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const duration = useDuration();
  const { queued } = props.metrics.total;
  if (props.rate === 0 || queued === 0) return null;
  const going = props.metrics.status === 'SENDING';
  return (
    <>
      {' · '}
      <span className={classes.piece}>{t('rate.pace', { rate: format.number(props.rate) })}</span>
      {going && (
        <>
          {' · '}
          <span className={classes.piece}>{t('rate.left', { duration: duration(queued / props.rate) })}</span>
        </>
      )}
    </>
  );
}

/** Says that the rest waits for quiet hours to end, and when that is. */
function Quiet(props: { until: string; queued: number }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  return (
    <Alert color="gray" role="status" mb="md" icon={<IconMoon aria-hidden />}>
      {t('quiet.waiting', { at: format.dateTime(props.until), people: format.people(props.queued) })}
    </Alert>
  );
}

function Breakdown(props: { metrics: MetricsFieldsFragment }) {
  const { t } = useTranslation('campaigns');
  if (props.metrics.byMall.length === 0) return null;
  return (
    <section className={classes.section} aria-labelledby="by-mall">
      <Title order={2} id="by-mall" mb="sm">
        {t('live.byMall')}
      </Title>
      <ByMall rows={props.metrics.byMall} />
    </section>
  );
}

/** Says that mails go out now, that what people do with them still comes in, or as of when the figures stand. */
function Pulse(props: { at: string; sending: boolean }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const connection = useConnection();
  const lost = connection.state === 'lost';
  return (
    <span className={classes.pulse} data-lost={lost || undefined} data-still={!props.sending || undefined}>
      {lost ? t('live.stale', { time: format.time(props.at) }) : t(props.sending ? 'live.on' : 'live.follows')}
    </span>
  );
}
