import { CampaignEditDocument } from '#gql/graphql';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { Skeleton } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { CampaignEditor } from './editor/CampaignEditor';
import { LivePage } from './live/LivePage';

const route = getRouteApi('/shell/campaigns/$campaignId');

/** A campaign: the editor while it is a draft, what it brings from then on. */
export function CampaignPage() {
  const { t } = useTranslation('campaigns');
  const { campaignId } = route.useParams();
  const [{ data, error }, reload] = useQuery({ query: CampaignEditDocument, variables: { id: campaignId } });

  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton height="24rem" />;
  if (!data.campaign) return <EmptyState icon={IconSpeakerphone} title={t('missing')} />;
  return data.campaign.status === 'DRAFT' ? (
    <CampaignEditor key={campaignId} campaign={data.campaign} />
  ) : (
    <LivePage key={campaignId} campaignId={campaignId} />
  );
}
