import type { CampaignCalendarQuery } from '#gql/campaigns/graphql';

export type PlannedCampaign = CampaignCalendarQuery['campaignCalendar'][number];
export type CalendarEvent = CampaignCalendarQuery['mallEvents'][number];

/** Something about a day that is better known before a campaign goes out on it. */
export type Hint =
  | { kind: 'SAME_AUDIENCE'; segment: string; campaigns: PlannedCampaign['campaign'][] }
  | { kind: 'SALE_STARTS' | 'SALE_RUNS'; event: CalendarEvent; campaigns: PlannedCampaign['campaign'][] };

const stillToGo = ({ campaign }: PlannedCampaign): boolean =>
  campaign.status === 'DRAFT' || campaign.status === 'SCHEDULED';

/**
 * What to think of on a day: several campaigns to one segment, of which one can
 * still be moved, a mall's sale that begins on the day a campaign leads there, and one that has
 * been on for a while and is not at its end.
 */
export function hintsOf(day: string, planned: readonly PlannedCampaign[], events: readonly CalendarEvent[]): Hint[] {
  const onDay = planned.filter((one) => one.firstDay === day);
  const waiting = onDay.filter(stillToGo);
  const bySegment = new Map<string, PlannedCampaign[]>();
  for (const one of onDay) {
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
      campaigns: waiting
        .map((one) => one.campaign)
        .filter((campaign) => campaign.variants.some((variant) => variant.mall === event.mall)),
    }))
    .filter((hint) => hint.campaigns.length > 0);
  return [...same, ...sales];
}
