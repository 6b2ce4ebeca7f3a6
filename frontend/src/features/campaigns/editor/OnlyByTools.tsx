import type { CampaignAudienceQuery } from '#gql/campaigns/graphql';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { reachedByTools } from '../mallMail/tools';
import { ToolLink } from '../mallMail/ToolLink';

type Refused = NonNullable<CampaignAudienceQuery['campaign']>['audience']['refused'];

/** Of those a campaign does not reach, how many a mall's own mail tool could, and the way to what it would say. */
export function OnlyByTools(props: { campaignId: string; refused: Refused; people: (count: number) => string }) {
  const { t } = useTranslation('campaigns');
  return reachedByTools(props.refused).map(({ tool, count }) => (
    <Text key={tool} size="xs" c="dimmed">
      {t('review.onlyByTool', { people: props.people(count), tool: t(`mallMail.short.${tool}`) })}{' '}
      <ToolLink campaignId={props.campaignId} tool={tool} />
    </Text>
  ));
}
