import { CampaignEditDocument } from '#gql/campaigns/graphql';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { Skeleton } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { CampaignEditor } from './editor/CampaignEditor';
import { LivePage } from './live/LivePage';
import { ScheduledPage } from './live/ScheduledPage';

const route = getRouteApi('/shell/campaigns/$campaignId');

/** A campaign: the editor while it is a draft, the countdown while it is scheduled, what it brings from then on. */
export function CampaignPage() {
  const { t } = useTranslation('campaigns');
  const { campaignId } = route.useParams();
  const [{ data, error }, reload] = useQuery({ query: CampaignEditDocument, variables: { id: campaignId } });
  const again = useCallback(() => reload({ requestPolicy: 'network-only' }), [reload]);

  if (error && !data) return <ErrorState error={error} retry={again} />;
  if (!data) return <Skeleton height="24rem" />;
  if (!data.campaign) return <EmptyState icon={IconSpeakerphone} title={t('missing')} />;
  switch (data.campaign.status) {
    case 'DRAFT':
      return <CampaignEditor key={campaignId} campaign={data.campaign} />;
    case 'SCHEDULED':
      return <ScheduledPage key={campaignId} campaign={data.campaign} onChanged={again} />;
    default:
      return <LivePage key={campaignId} campaignId={campaignId} />;
  }
}
