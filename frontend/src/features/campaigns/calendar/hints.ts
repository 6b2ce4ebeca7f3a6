import type { CampaignCalendarQuery } from '#gql/campaigns/graphql';
import { addDays } from './days';

export type PlannedCampaign = CampaignCalendarQuery['campaignCalendar'][number];
export type CalendarEvent = CampaignCalendarQuery['mallEvents'][number];

/** Something about a day that is better known before a campaign goes out on it. */
export type Hint =
  | { kind: 'SAME_AUDIENCE'; segment: string; campaigns: PlannedCampaign['campaign'][] }
  | {
      kind: 'SALE_STARTS' | 'SALE_RUNS';
      event: CalendarEvent;
      campaigns: PlannedCampaign['campaign'][];
      /** Days that do better, the earlier first; none of them is over. */
      better: string[];
    };

const stillToGo = ({ campaign }: PlannedCampaign): boolean =>
  campaign.status === 'DRAFT' || campaign.status === 'SCHEDULED';

// One cancelled while it was sent has reached some people all the same.
const reaches = ({ campaign }: PlannedCampaign): boolean => campaign.status !== 'CANCELLED' || campaign.figures.sent > 0;

/**
 * What to think of on a day that is not over: several campaigns to one segment,
 * of which one can still be moved, a mall's sale that begins on the day a
 * campaign leads there, and one that has been on for a while and is not at its
 * end. On a day that is over nothing can be done any more.
 */
export function hintsOf(day: string, today: string, planned: readonly PlannedCampaign[], events: readonly CalendarEvent[]): Hint[] {
  if (day < today) return [];
  const onDay = planned.filter((one) => one.firstDay === day);
  const waiting = onDay.filter(stillToGo);
  const bySegment = new Map<string, PlannedCampaign[]>();
  for (const one of onDay.filter(reaches)) {
    const { segment } = one.campaign;
    if (segment) bySegment.set(segment.id, [...(bySegment.get(segment.id) ?? []), one]);
  }
  const same = [...bySegment.values()]
    .filter((group) => group.length > 1 && group.some(stillToGo))
    .map((group) => ({
      kind: 'SAME_AUDIENCE' as const,
      segment: group[0]?.campaign.segment?.name ?? '',
      campaigns: group.map((one) => one.campaign),
    }));
  const sales = events
    .filter((event) => event.firstDay <= day && (event.firstDay === day || day < event.lastDay) && event.major && event.mall && event.status !== 'CANCELLED' && !event.approximate)
    .map((event) => ({
      kind: event.firstDay === day ? ('SALE_STARTS' as const) : ('SALE_RUNS' as const),
      event,
      better: event.firstDay === day ? [] : [addDays(event.firstDay, -1), event.lastDay].filter((other) => other >= today),
      campaigns: waiting
        .map((one) => one.campaign)
        .filter((campaign) => campaign.variants.some((variant) => variant.mall === event.mall)),
    }))
    .filter((hint) => hint.campaigns.length > 0);
  return [...same, ...sales];
}
