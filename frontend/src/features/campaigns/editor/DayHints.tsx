import { CampaignCalendarDocument, type CampaignDraftFragment } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { useNow } from '#lib/useNow';
import { Alert, Stack } from '@mantine/core';
import { IconCalendarEvent } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { HintText } from '../calendar/HintText';
import { hintsOf, type PlannedCampaign } from '../calendar/hints';

const unsent = { audience: 0, sent: 0, withoutCode: 0 };

/** What else goes out, or begins, on the day a campaign would be sent. */
export function DayHints(props: { campaign: CampaignDraftFragment; day: string }) {
  const { i18n } = useTranslation('campaigns');
  const { campaign, day } = props;
  const today = useFormat().day(useNow());
  const [{ data }] = useQuery({
    query: CampaignCalendarDocument,
    variables: { from: day, to: day, locale: i18n.language },
    context,
  });
  if (!data) return null;
  // Wherever it is planned for, on this day it would be one of them.
  const planned: PlannedCampaign[] = [
    { campaign: { ...campaign, scheduledAt: null, sentAt: null, figures: unsent }, firstDay: day, lastDay: day },
    ...data.campaignCalendar.filter((one) => one.campaign.id !== campaign.id),
  ];
  const hints = hintsOf(day, today, planned, data.mallEvents).filter((hint) => hint.campaigns.some(({ id }) => id === campaign.id));
  if (hints.length === 0) return null;
  return (
    <Stack gap="xs">
      {hints.map((hint) => (
        <Alert key={hint.kind === 'SAME_AUDIENCE' ? hint.segment : hint.event.id} color="yellow" icon={<IconCalendarEvent aria-hidden />}>
          <HintText hint={hint} ofThis />
        </Alert>
      ))}
    </Stack>
  );
}

const context = { additionalTypenames: ['Campaign', 'MallEvent'] };
