import type { CampaignStatus } from '#gql/campaigns/graphql';
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const colors = { DRAFT: 'gray', SCHEDULED: 'ai', SENDING: 'ai', PAUSED: 'yellow', SENT: 'green', CANCELLED: 'red' } as const;

/** Where a campaign stands. */
export function CampaignStatusBadge(props: { status: CampaignStatus }) {
  const { t } = useTranslation('campaigns');
  return <Badge color={colors[props.status]}>{t(`status.${props.status}`)}</Badge>;
}
