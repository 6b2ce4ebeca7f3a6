import { flag, oneOf, placeOf, someOf, text, texts } from '#lib/search';
import { malls } from '#ui/malls';
import type { MallKind } from '#ui/MallDot';
import { linkOptions } from '@tanstack/react-router';
import { asDay, asMonth } from './calendar/days';

/** The steps of the editor, in order. */
export const steps = ['audience', 'content', 'sender', 'review'] as const;
export type Step = (typeof steps)[number];

/** The malls with a mail tool of their own, for people whom only the mall may write to. */
export const tools = ['RAKUTEN', 'YAHOO'] as const;
export type Tool = (typeof tools)[number];

/** What a campaign can be, in the order filters offer it. */
export const campaignStatuses = ['DRAFT', 'SCHEDULED', 'SENDING', 'PAUSED', 'SENT', 'CANCELLED'] as const;

/** What the server can sort campaigns by. */
const campaignSorts = ['CREATED', 'UPDATED', 'NAME', 'WHEN'] as const;

/** What the address of the campaigns holds: the list, or the calendar with its month, and what is open on it. */
export interface CampaignsSearch {
  view?: 'calendar';
  q?: string;
  status?: (typeof campaignStatuses)[number][];
  sort?: (typeof campaignSorts)[number];
  asc?: true;
  /** Keys of the columns to show. */
  cols?: string[];
  /** The saved view of the list that was opened. */
  saved?: string;
  after?: string;
  before?: string;
  page?: number;
  /** 2026-12 */
  month?: string;
  /** The day that is open, 2026-12-04. */
  day?: string;
  /** The mall event that is open, or `new`. */
  event?: string;
  /** In the list, the malls campaigns lead to; on the calendar, whose events are shown. None: any, or those of the merchant's own shops. */
  malls?: MallKind[];
  /** Only the big sales. */
  events?: 'major';
  /** A new campaign for the people of a segment is being asked for. */
  for?: string;
}

/** Reads the address of the campaigns. */
export const campaignsSearch = (raw: Record<string, unknown>): CampaignsSearch => ({
  view: oneOf('calendar')(raw.view),
  q: text(raw.q),
  status: someOf(...campaignStatuses)(raw.status),
  sort: oneOf(...campaignSorts)(raw.sort),
  asc: flag(raw.asc),
  cols: texts(raw.cols),
  saved: text(raw.saved),
  ...placeOf(raw),
  month: asMonth(raw.month),
  day: asDay(raw.day),
  event: text(raw.event),
  malls: someOf(...malls)(raw.malls),
  events: oneOf('major')(raw.events),
  for: text(raw.for),
});

/** What of the address a saved view of the list keeps. */
export const keptOf = ({ q, status, malls, sort, asc, cols }: CampaignsSearch): CampaignsSearch =>
  ({ q, status, malls, sort, asc, cols });

/** The campaigns, with the question what a new one for a segment is called. */
export const newCampaignForUrl = (segmentId: string) => linkOptions({ to: '/campaigns', search: { for: segmentId } });

/** All campaigns. */
export const campaignsUrl = () => linkOptions({ to: '/campaigns' });

/** One campaign: its editor while it is a draft, its live figures afterwards. */
export const campaignUrl = (campaignId: string, step?: Step) =>
  linkOptions({ to: '/campaigns/$campaignId', params: { campaignId }, search: step ? { step } : {} });

/** Back to the content of a campaign, for the mall whose offer was made meanwhile. */
export const campaignOfferUrl = (campaignId: string, mall: MallKind, offer?: string) =>
  linkOptions({ to: '/campaigns/$campaignId', params: { campaignId }, search: { step: 'content', mall, offer } });

/** What a message of a campaign can have become, in the order filters offer it. */
export const messageStatuses = [
  'SENT',
  'QUEUED',
  'SENDING',
  'SUPPRESSED',
  'HELD_OUT',
  'UNCERTAIN',
  'FAILED',
  'BOUNCED',
  'CANCELLED',
] as const;

/** How one campaign kept to the rules. */
export const complianceUrl = (campaignId: string) =>
  linkOptions({ to: '/campaigns/$campaignId/compliance', params: { campaignId } });
