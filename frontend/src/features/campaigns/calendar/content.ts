import type { CampaignCalendarQuery } from '#gql/campaigns/graphql';
import type { CalendarEvent, PlannedCampaign } from './hints';

/** What a month shows, whichever way. */
export interface CalendarContent {
  /** 2026-12 */
  month: string;
  weeks: readonly (readonly string[])[];
  today: string;
  planned: readonly PlannedCampaign[];
  events: readonly CalendarEvent[];
  holidays: CampaignCalendarQuery['holidays'];
}
