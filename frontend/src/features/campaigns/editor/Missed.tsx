import type { CampaignDraftFragment } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { useReasonWords } from '#lib/reasons';
import { TextLink } from '#ui/links';
import { Alert, Group } from '@mantine/core';
import { IconCalendarX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { WayOut } from '../findings/WayOut';
import { campaignUrl } from '../urls';

/** Why a scheduled start did not happen, and what to do. */
export function Missed(props: { campaignId: string; missed: NonNullable<CampaignDraftFragment['missedSchedule']> }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { reason } = useReasonWords();
  const { at, because } = props.missed;
  return (
    <Alert
      color="yellow"
      role="alert"
      mb="md"
      icon={<IconCalendarX aria-hidden />}
      title={t('missed.title', { time: format.dateTime(at) })}
    >
      {t('missed.body', { reasons: because.map(reason).join(t('messages.and')) })}
      <Group gap="md" mt="xs">
        {because.map((code) => (
          <WayOut key={code} code={code} />
        ))}
        <TextLink {...campaignUrl(props.campaignId, 'review')} size="xs" underline="always">
          {t('missed.review')}
        </TextLink>
      </Group>
    </Alert>
  );
}
