import { campaignsUrl, campaignUrl } from '#features/campaigns/urls';
import { HomeCampaignLiveDocument, type HomeMetricsFragment } from '#gql/home/graphql';
import { useFormat } from '#lib/FormatContext';
import { CampaignBadge } from '#ui/CampaignBadge';
import { ButtonLink } from '#ui/links';
import { LiveNumber } from '#ui/LiveNumber';
import { Timestamp } from '#ui/Timestamp';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubscription } from 'urql';
import classes from './home.module.css';
import { type Campaign, useCampaigns } from './latest';
import { Section } from './Section';

const order = { SENDING: 0, PAUSED: 1, SCHEDULED: 2, SENT: 3, DRAFT: 4, CANCELLED: 5 } as const;
/** Clicks and purchases go on after the last mail: what was sent so lately is followed, too. */
const followedMs = 3 * 86_400_000;

/** The campaigns that run, wait for their time or were sent last, with their figures; live while they can change. */
export function Campaigns() {
  const { t } = useTranslation('home');
  const campaigns = useCampaigns();
  if (!campaigns) return null;
  return (
    <Section
      title={t('campaigns.title')}
      all={campaignsUrl()}
      empty={campaigns.length === 0 ? t('campaigns.empty') : undefined}
      begin={
        <ButtonLink variant="default" {...campaignsUrl()}>
          {t('campaigns.begin')}
        </ButtonLink>
      }
    >
      <ul className={classes.rows}>
        {campaigns.toSorted((a, b) => order[a.status] - order[b.status]).map((one) => (
          <Row key={one.id} campaign={one} />
        ))}
      </ul>
    </Section>
  );
}

function Row(props: { campaign: Campaign }) {
  const { campaign } = props;
  const lately = campaign.sentAt !== null && Date.now() - Date.parse(campaign.sentAt) < followedMs;
  const follow = campaign.status === 'SENDING' || (campaign.status === 'SENT' && lately);
  const [{ data }] = useSubscription({ query: HomeCampaignLiveDocument, variables: { id: campaign.id }, pause: !follow });
  const figures = data?.campaignMetrics ?? campaign.metrics;
  const when = campaign.status === 'SCHEDULED' ? campaign.scheduledAt : (campaign.sentAt ?? campaign.updatedAt);
  return (
    <li>
      <Link {...campaignUrl(campaign.id)} className={classes.row}>
        <span className={classes.rowName} title={campaign.name}>
          {campaign.name}
        </span>
        <span className={classes.rowState}>
          <CampaignBadge status={campaign.status} figures={figures.total} />
        </span>
        <span className={classes.rowNote}>{when && <Timestamp at={when} short />}</span>
        {campaign.status !== 'SCHEDULED' && <Result figures={figures} sending={campaign.status === 'SENDING'} />}
      </Link>
    </li>
  );
}

function Result(props: { figures: HomeMetricsFragment; sending: boolean }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { total } = props.figures;
  const share = (part: number) => format.share(total.delivered > 0 ? part / total.delivered : null);
  const sales = total.sales.length === 0 ? format.money(0) : total.sales.map((one) => format.money(one.amount, one.currency)).join(' + ');
  const done = total.audience > 0 ? 1 - total.queued / total.audience : 0;
  return (
    <>
      {props.sending && <progress className={classes.meter} value={done} max={1} aria-label={t('campaigns.progress')} />}
      <dl className={classes.results}>
        <Figure label={t('campaigns.sent')}>
          <LiveNumber value={total.sent} format={format.number} />
        </Figure>
        <Figure label={t('campaigns.opened')}>{share(total.opened)}</Figure>
        <Figure label={t('campaigns.clicked')}>{share(total.clicked)}</Figure>
        <Figure label={t('campaigns.converted')}>
          <LiveNumber value={total.converted} format={format.number} />
        </Figure>
        <Figure label={t('campaigns.sales')}>{sales}</Figure>
      </dl>
    </>
  );
}

function Figure(props: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
