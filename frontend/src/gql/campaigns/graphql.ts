/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type AddMallEventInput = {
  /** The last minute. */
  endsAt: string;
  /** Of the merchant's own; null: all malls. */
  mall?: Mall | null | undefined;
  /** Of the merchant's own. */
  name?: string;
  /** Code of a rule; null: the merchant's own. */
  rule?: string | number | null | undefined;
  /** Where it was announced. */
  source?: string;
  startsAt: string;
};

export type AnnounceMallEventInput = {
  endsAt?: string | null | undefined;
  id: string | number;
  /** Of the merchant's own. */
  name?: string | null | undefined;
  source?: string | null | undefined;
  startsAt?: string | null | undefined;
};

/** The days a campaign is planned for. Code: PERIOD when it ends before it starts. */
export type CampaignPeriodInput = {
  /** Null: one day. */
  endsOn?: string | null | undefined;
  /** Null: no day yet. */
  startsOn?: string | null | undefined;
};

/** What a list of campaigns is ordered by; the id decides among equals. */
export type CampaignSort =
  | 'CREATED'
  | 'NAME'
  | 'UPDATED'
  /** When it was sent, else is scheduled for, else the first day it is planned for; those without any are the latest. */
  | 'WHEN';

export type CampaignStatus =
  | 'CANCELLED'
  | 'DRAFT'
  | 'PAUSED'
  /** Begins by itself at scheduledAt; cannot be changed until it is taken out of the schedule. */
  | 'SCHEDULED'
  | 'SENDING'
  | 'SENT';

export type CampaignVariantInput = {
  isDefault?: boolean;
  mall: Mall;
  mjml?: string;
  offerId?: string | number | null | undefined;
  subject?: string;
  textBody?: string;
};

export type CancelCampaignInput = {
  id: string | number;
};

/** A way to reach a customer. */
export type Channel =
  | 'LINE'
  | 'MAIL'
  /** Paper by post. */
  | 'POSTAL'
  | 'PUSH'
  | 'SMS';

export type CreateCampaignInput = {
  name: string;
  period?: CampaignPeriodInput | null | undefined;
  segmentId?: string | number | null | undefined;
  theme?: string;
};

export type CreateSegmentInput = {
  description?: string;
  name: string;
  rule: unknown;
};

export type DeleteCampaignInput = {
  id: string | number;
};

/** Which destination's variant a recipient gets. */
export type DestinationChoice =
  /** The default variant for all. */
  | 'DEFAULT_ONLY'
  /** The mall bought on last, if there is a variant for it; else the default variant. */
  | 'USUAL_MALL';

export type DuplicateCampaignInput = {
  id: string | number;
  /** Empty: the old name, marked as a copy. */
  name?: string;
  /** Leaves the mails out, so that only what staff send with the malls' own tools is copied. */
  withoutMails?: boolean;
};

export type ExemptCampaignInput = {
  id: string | number;
  ignoresCaps: boolean;
  ignoresQuietHours: boolean;
  /** 1 to 500 characters, no mail addresses. */
  reason: string;
};

/** A kind of marketplace with its own rules. */
export type Mall =
  /** Amazon.co.jp */
  | 'AMAZON'
  /** au PAY マーケット */
  | 'AU_PAY'
  /** futureshop */
  | 'FUTURESHOP'
  /** MakeShop */
  | 'MAKESHOP'
  /** The merchant's own site (自社サイト). */
  | 'OWN_SITE'
  /** Qoo10 */
  | 'QOO10'
  /** 楽天市場 */
  | 'RAKUTEN'
  /** Shopify */
  | 'SHOPIFY'
  /** A physical shop (実店舗). */
  | 'STORE'
  /** Yahoo!ショッピング */
  | 'YAHOO';

export type MallEventRef = {
  id: string | number;
};

export type MallEventStatus =
  /** Announced by the mall, or entered by staff. */
  | 'ANNOUNCED'
  /** Staff say that it will not be. */
  | 'CANCELLED'
  /** Worked out by its rule. */
  | 'PREDICTED';

export type MallMailInput = {
  assigneeId?: string | number | null | undefined;
  campaignId: string | number;
  html?: string;
  mall: Mall;
  offerId?: string | number | null | undefined;
  sendOn?: string | null | undefined;
  subject?: string;
  text?: string;
};

export type MallMailRef = {
  campaignId: string | number;
  mall: Mall;
};

export type MessageStatus =
  /** Accepted first, returned later. */
  | 'BOUNCED'
  | 'CANCELLED'
  /** Refused for good, or given up. */
  | 'FAILED'
  /** Drawn at random to get nothing, so that lift can be told. */
  | 'HELD_OUT'
  | 'QUEUED'
  | 'SENDING'
  /** Accepted by the receiving server. */
  | 'SENT'
  /** The gate said no. */
  | 'SUPPRESSED'
  /** A crash or a cut line hid whether it was accepted; it was sent again with the same Message-ID. */
  | 'UNCERTAIN';

export type OfferKind =
  | 'COUPON_AMOUNT'
  | 'COUPON_RATE'
  | 'FREE_SHIPPING'
  | 'POINT_MULTIPLIER';

export type OfferProof =
  /** One code each, from the mall's own coupon tool. */
  | 'CODE_POOL'
  /** No code: it holds by itself. */
  | 'NONE'
  /** One code for everybody. */
  | 'SHARED_CODE';

export type OverridePolicyFindingInput = {
  campaignId: string | number;
  evidenceNo?: string;
  /** The place of the finding, e.g. variants.RAKUTEN.mjml or mallMails.RAKUTEN.text. */
  place: string;
  reason: string;
  ruleId: string | number;
  /** The last day it holds, today or later; null: as long as content and rule stay. Code: VALID_UNTIL_PAST. */
  validUntil?: string | null | undefined;
};

export type PauseCampaignInput = {
  id: string | number;
  /** Why, for whoever looks at it next, and for the audit log: at most 200 characters, no mail addresses; empty: none is given. */
  reason?: string;
};

/** A way to speak to a customer that rules know. */
export type PolicyChannel =
  /** Data of people handed to others, e.g. lists for advertisements. */
  | 'EXPORT'
  /** Paper in a parcel (同梱物). */
  | 'INSERT'
  | 'LINE'
  | 'MAIL'
  /** A mall's messages about an order. */
  | 'ORDER_MESSAGE'
  | 'POSTAL'
  | 'PUSH'
  /** Asking for a review. */
  | 'REVIEW_REQUEST'
  /** Rakuten's own mail tool. */
  | 'R_MAIL'
  | 'SMS'
  /** Yahoo! Shopping's own mail tool (ストアニュースレター). */
  | 'STORE_NEWSLETTER';

export type PolicyOverride =
  /** With an approval number. */
  | 'EVIDENCE'
  /** It cannot be lifted. */
  | 'NONE'
  /** With a reason. */
  | 'REASON';

export type RenderPreviewInput = {
  /** The campaign whose overrides hold. */
  campaignId?: string | number | null | undefined;
  customerId?: string | number | null | undefined;
  mall: Mall;
  mjml: string;
  offerId?: string | number | null | undefined;
  senderName?: string;
  subject: string;
  textBody?: string;
};

export type ResumeCampaignInput = {
  id: string | number;
};

export type ScheduleCampaignInput = {
  id: string | number;
  /** Ahead, by a year at most. */
  scheduledAt: string;
  version: number;
};

export type SendCampaignInput = {
  id: string | number;
  /** Sending the same key again does not send twice. */
  idempotencyKey: string;
  version: number;
};

export type SendCampaignRestInput = {
  id: string | number;
  /** As it was last read: each sending to the rest raises it, so that none happens twice. */
  version: number;
};

export type SendTestMailInput = {
  campaignId: string | number;
  /** Filled in for this customer, which needs customers:read (else CUSTOMERS_HIDDEN); without one, for an example person. */
  customerId?: string | number | null | undefined;
  /** Whose variant. */
  mall: Mall;
  /** 1 to 5 addresses of active staff. Errors: REQUIRED, TOO_MANY, BAD_ADDRESS, NOT_STAFF, SUPPRESSED; without a field TOO_MANY_TESTS. */
  to: Array<string>;
};

export type SetCampaignRateInput = {
  id: string | number;
  /** 1 to 100000; 0: as fast as the mail server takes them. */
  ratePerMinute: number;
};

export type Severity =
  | 'BLOCK'
  | 'INFO'
  | 'WARN';

export type SortDirection =
  | 'ASC'
  | 'DESC';

export type TaskStatus =
  | 'CANCELLED'
  | 'DONE'
  | 'OPEN';

export type UnscheduleCampaignInput = {
  id: string | number;
};

export type UpdateCampaignInput = {
  conversionDays?: number | null | undefined;
  destinationChoice?: DestinationChoice | null | undefined;
  /** Segments whose members get nothing, at most 20; replaces all. */
  exclusions?: Array<string | number> | null | undefined;
  /** 0 to 365; 0: no limit. */
  frequencyDays?: number | null | undefined;
  /** Basis points, 0 to 5000. */
  holdoutRate?: number | null | undefined;
  id: string | number;
  name?: string | null | undefined;
  period?: CampaignPeriodInput | null | undefined;
  /** 1 to 100000; 0: as fast as the mail server takes them. */
  ratePerMinute?: number | null | undefined;
  segmentId?: string | number | null | undefined;
  senderName?: string | null | undefined;
  theme?: string | null | undefined;
  variants?: Array<CampaignVariantInput> | null | undefined;
  version: number;
};

export type UpdateSenderSettingsInput = {
  contact: string;
  email: string;
  name: string;
  postalAddress: string;
};

export type WithdrawPolicyOverrideInput = {
  id: string | number;
};

export type CalendarEventFieldsFragment = { id: string, mall: Mall | null, name: string, startsAt: string, endsAt: string, firstDay: string, lastDay: string, status: MallEventStatus, approximate: boolean, major: boolean, source: string, rule: { code: string, announcedOnly: boolean, certainty: string, source: string, reviewedOn: string } | null };

export type CampaignCalendarQueryVariables = Exact<{
  from: string;
  to: string;
  locale: string;
}>;


export type CampaignCalendarQuery = { campaignCalendar: Array<{ firstDay: string, lastDay: string, campaign: { id: string, name: string, status: CampaignStatus, scheduledAt: string | null, sentAt: string | null, figures: { audience: number, sent: number, withoutCode: number }, segment: { id: string, name: string } | null, variants: Array<{ id: string, mall: Mall }> } }>, mallEvents: Array<{ id: string, mall: Mall | null, name: string, startsAt: string, endsAt: string, firstDay: string, lastDay: string, status: MallEventStatus, approximate: boolean, major: boolean, source: string, rule: { code: string, announcedOnly: boolean, certainty: string, source: string, reviewedOn: string } | null }>, holidays: Array<{ on: string, name: string }> };

export type CampaignCalendarChoicesQueryVariables = Exact<{
  locale: string;
}>;


export type CampaignCalendarChoicesQuery = { mallEventRules: Array<{ code: string, mall: Mall | null, name: string, announcedOnly: boolean, major: boolean }>, shops: Array<{ id: string, mall: Mall }> };

export type CalendarAddEventMutationVariables = Exact<{
  input: AddMallEventInput;
  locale: string;
}>;


export type CalendarAddEventMutation = { addMallEvent: { event: { id: string, mall: Mall | null, name: string, startsAt: string, endsAt: string, firstDay: string, lastDay: string, status: MallEventStatus, approximate: boolean, major: boolean, source: string, rule: { code: string, announcedOnly: boolean, certainty: string, source: string, reviewedOn: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CalendarAnnounceEventMutationVariables = Exact<{
  input: AnnounceMallEventInput;
  locale: string;
}>;


export type CalendarAnnounceEventMutation = { announceMallEvent: { event: { id: string, mall: Mall | null, name: string, startsAt: string, endsAt: string, firstDay: string, lastDay: string, status: MallEventStatus, approximate: boolean, major: boolean, source: string, rule: { code: string, announcedOnly: boolean, certainty: string, source: string, reviewedOn: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CalendarCancelEventMutationVariables = Exact<{
  input: MallEventRef;
}>;


export type CalendarCancelEventMutation = { cancelMallEvent: { userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CalendarResetEventMutationVariables = Exact<{
  input: MallEventRef;
}>;


export type CalendarResetEventMutation = { resetMallEvent: { userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type FindingLiftMutationVariables = Exact<{
  input: OverridePolicyFindingInput;
}>;


export type FindingLiftMutation = { overridePolicyFinding: { override: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type FindingWithdrawMutationVariables = Exact<{
  input: WithdrawPolicyOverrideInput;
}>;


export type FindingWithdrawMutation = { withdrawPolicyOverride: { override: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type MallMailFieldsFragment = { mall: Mall, tool: PolicyChannel, subject: string, text: string, html: string, sendOn: string | null, updatedAt: string, offer: { id: string, name: string } | null, assignee: { id: string, name: string } | null, task: { id: string, status: TaskStatus } | null };

export type MallMailsQueryVariables = Exact<{
  id: string | number;
}>;


export type MallMailsQuery = { campaign: { id: string, mallMails: Array<{ mall: Mall, tool: PolicyChannel, subject: string, text: string, html: string, sendOn: string | null, updatedAt: string, offer: { id: string, name: string } | null, assignee: { id: string, name: string } | null, task: { id: string, status: TaskStatus } | null }> } | null };

export type MallMailLiveFindingsQueryVariables = Exact<{
  input: MallMailInput;
  locale: string;
}>;


export type MallMailLiveFindingsQuery = { mallMailFindings: Array<{ severity: Severity, code: string, place: string, line: number | null, column: number | null, excerpt: string, message: string, remedy: string, sources: Array<string>, certainty: string, origins: Array<Mall>, blocks: boolean, ruleVersion: number | null, override: PolicyOverride | null, lifted: { id: string, reason: string, evidenceNo: string, validUntil: string | null, createdAt: string, createdBy: string | null } | null }> };

export type TaskAssigneesQueryVariables = Exact<{ [key: string]: never; }>;


export type TaskAssigneesQuery = { assignees: Array<{ id: string, name: string }> };

export type MallMailSaveMutationVariables = Exact<{
  input: MallMailInput;
}>;


export type MallMailSaveMutation = { saveMallMail: { mallMail: { mall: Mall, tool: PolicyChannel, subject: string, text: string, html: string, sendOn: string | null, updatedAt: string, offer: { id: string, name: string } | null, assignee: { id: string, name: string } | null, task: { id: string, status: TaskStatus } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type MallMailRemoveMutationVariables = Exact<{
  input: MallMailRef;
}>;


export type MallMailRemoveMutation = { removeMallMail: { mallMail: { mall: Mall } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type MallMailCreateTaskMutationVariables = Exact<{
  input: MallMailRef;
}>;


export type MallMailCreateTaskMutation = { createMallMailTask: { task: { id: string, status: TaskStatus } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignHeadFragment = { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null };

export type CampaignDraftFragment = { destinationChoice: DestinationChoice, senderName: string, conversionDays: number, holdoutRate: number, frequencyDays: number, id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, exclusions: Array<{ id: string, name: string }>, variants: Array<{ id: string, mall: Mall, isDefault: boolean, subject: string, mjml: string, textBody: string, offer: { id: string, name: string, mall: Mall, proof: OfferProof, sharedCode: string } | null }>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null };

export type FindingFieldsFragment = { severity: Severity, code: string, place: string, line: number | null, column: number | null, excerpt: string, message: string, remedy: string, sources: Array<string>, certainty: string, origins: Array<Mall>, blocks: boolean, ruleVersion: number | null, override: PolicyOverride | null, lifted: { id: string, reason: string, evidenceNo: string, validUntil: string | null, createdAt: string, createdBy: string | null } | null };

export type FigureFieldsFragment = { audience: number, suppressed: number, excluded: number, withoutCode: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> };

export type MetricsFieldsFragment = { campaignId: string, status: CampaignStatus, at: string, retrying: number, nextTryAt: string | null, quietUntil: string | null, pausedDomains: Array<{ domain: string, until: string }>, total: { audience: number, suppressed: number, excluded: number, withoutCode: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> }, suppressedByReason: Array<{ reason: string, count: number }>, byMall: Array<{ mall: Mall, figures: { audience: number, suppressed: number, excluded: number, withoutCode: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, byVariant: Array<{ variantId: string, mall: Mall, figures: { audience: number, suppressed: number, excluded: number, withoutCode: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, series: Array<{ at: string, sent: number, opened: number, clicked: number, converted: number }>, lift: { closesAt: string | null, treated: { people: number, buyers: number, sales: { amount: number, currency: string } }, heldOut: { people: number, buyers: number, sales: { amount: number, currency: string } }, conversion: { difference: number, low: number | null, high: number | null, decided: boolean }, salesPerPerson: { difference: number, low: number | null, high: number | null, decided: boolean } } | null };

export type LiftGroupFieldsFragment = { people: number, buyers: number, sales: { amount: number, currency: string } };

export type LiftIntervalFieldsFragment = { difference: number, low: number | null, high: number | null, decided: boolean };

export type ProspectFieldsFragment = { inAudience: boolean, reached: boolean, heldOut: boolean, mall: Mall | null, reasons: Array<string>, customer: { id: string, displayName: string }, offer: { id: string, name: string } | null, originShop: { id: string, name: string, mall: Mall } | null, reasonSegment: { id: string, name: string } | null, reasonCampaign: { id: string, name: string } | null };

export type CampaignListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  before?: string | null | undefined;
  status?: Array<CampaignStatus> | CampaignStatus | null | undefined;
  malls?: Array<Mall> | Mall | null | undefined;
  search: string;
  sort: CampaignSort;
  direction: SortDirection;
}>;


export type CampaignListQuery = { campaigns: { edges: Array<{ node: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, variants: Array<{ id: string, mall: Mall }>, figures: { audience: number, withoutCode: number, sent: number, delivered: number, opened: number, clicked: number, converted: number, unsubscribed: number, sales: Array<{ amount: number, currency: string }> }, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type CampaignEditQueryVariables = Exact<{
  id: string | number;
}>;


export type CampaignEditQuery = { campaign: { destinationChoice: DestinationChoice, senderName: string, conversionDays: number, holdoutRate: number, frequencyDays: number, id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, exclusions: Array<{ id: string, name: string }>, variants: Array<{ id: string, mall: Mall, isDefault: boolean, subject: string, mjml: string, textBody: string, offer: { id: string, name: string, mall: Mall, proof: OfferProof, sharedCode: string } | null }>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null };

export type CampaignAudienceQueryVariables = Exact<{
  id: string | number;
  last?: boolean;
}>;


export type CampaignAudienceQuery = { campaign: { id: string, audience: { asOf: string, stale: boolean, total: number, reachable: number, excluded: number, heldOut: number, estimated: boolean, refused: Array<{ reason: string, count: number }>, byOrigin: Array<{ count: number, shop: { id: string, name: string, mall: Mall }, byDestination: Array<{ mall: Mall, count: number }> }>, byDestination: Array<{ mall: Mall, count: number }>, shortages: Array<{ mall: Mall, offerId: string, left: number, recipients: number, without: number }> } } | null };

export type CampaignFindingsQueryVariables = Exact<{
  id: string | number;
  locale: string;
  last?: boolean;
}>;


export type CampaignFindingsQuery = { campaign: { id: string, findings: Array<{ severity: Severity, code: string, place: string, line: number | null, column: number | null, excerpt: string, message: string, remedy: string, sources: Array<string>, certainty: string, origins: Array<Mall>, blocks: boolean, ruleVersion: number | null, override: PolicyOverride | null, lifted: { id: string, reason: string, evidenceNo: string, validUntil: string | null, createdAt: string, createdBy: string | null } | null }> } | null };

export type CampaignQuietQueryVariables = Exact<{
  id: string | number;
  at?: string | null | undefined;
}>;


export type CampaignQuietQuery = { campaign: { id: string, quietUntil: string | null } | null, paceSettings: Array<{ channel: Channel, quietFrom: number, quietTo: number }> };

export type CampaignChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type CampaignChoicesQuery = { shops: Array<{ id: string, name: string, mall: Mall }>, segments: Array<{ id: string, name: string, memberCount: number | null, computedAt: string | null }>, offers: Array<{ id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, codes: { left: number } | null }>, senderSettings: { name: string, email: string, postalAddress: string, contact: string } };

export type CampaignReadySegmentsQueryVariables = Exact<{
  locale: string;
}>;


export type CampaignReadySegmentsQuery = { readySegments: Array<{ code: string, name: string, sentence: string, rule: unknown }> };

export type CampaignMakeSegmentMutationVariables = Exact<{
  input: CreateSegmentInput;
}>;


export type CampaignMakeSegmentMutation = { createSegment: { segment: { id: string, name: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignContentHelpQueryVariables = Exact<{
  locale: string;
}>;


export type CampaignContentHelpQuery = { mailTemplates: Array<{ code: string, name: string, subject: string, mjml: string }>, templateVariables: Array<{ name: string, label: string, example: string }> };

export type CampaignRenderPreviewQueryVariables = Exact<{
  input: RenderPreviewInput;
  locale: string;
}>;


export type CampaignRenderPreviewQuery = { renderPreview: { from: string, subject: string, html: string, text: string, sampleCode: boolean, findings: Array<{ severity: Severity, code: string, place: string, line: number | null, column: number | null, excerpt: string, message: string, remedy: string, sources: Array<string>, certainty: string, origins: Array<Mall>, blocks: boolean, ruleVersion: number | null, override: PolicyOverride | null, lifted: { id: string, reason: string, evidenceNo: string, validUntil: string | null, createdAt: string, createdBy: string | null } | null }> } };

export type CampaignPreviewCustomersQueryVariables = Exact<{
  first: number;
  search: string;
}>;


export type CampaignPreviewCustomersQuery = { customers: { nodes: Array<{ id: string, displayName: string, email: string }> } };

export type CampaignProspectsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type CampaignProspectsQuery = { campaign: { id: string, prospects: { edges: Array<{ node: { inAudience: boolean, reached: boolean, heldOut: boolean, mall: Mall | null, reasons: Array<string>, customer: { id: string, displayName: string }, offer: { id: string, name: string } | null, originShop: { id: string, name: string, mall: Mall } | null, reasonSegment: { id: string, name: string } | null, reasonCampaign: { id: string, name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CampaignProspectQueryVariables = Exact<{
  id: string | number;
  customerId: string | number;
}>;


export type CampaignProspectQuery = { campaign: { id: string, prospect: { inAudience: boolean, reached: boolean, heldOut: boolean, mall: Mall | null, reasons: Array<string>, customer: { id: string, displayName: string }, offer: { id: string, name: string } | null, originShop: { id: string, name: string, mall: Mall } | null, reasonSegment: { id: string, name: string } | null, reasonCampaign: { id: string, name: string } | null } | null } | null };

export type CampaignMetricsNowQueryVariables = Exact<{
  id: string | number;
}>;


export type CampaignMetricsNowQuery = { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, metrics: { campaignId: string, status: CampaignStatus, at: string, retrying: number, nextTryAt: string | null, quietUntil: string | null, pausedDomains: Array<{ domain: string, until: string }>, total: { audience: number, suppressed: number, excluded: number, withoutCode: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> }, suppressedByReason: Array<{ reason: string, count: number }>, byMall: Array<{ mall: Mall, figures: { audience: number, suppressed: number, excluded: number, withoutCode: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, byVariant: Array<{ variantId: string, mall: Mall, figures: { audience: number, suppressed: number, excluded: number, withoutCode: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, series: Array<{ at: string, sent: number, opened: number, clicked: number, converted: number }>, lift: { closesAt: string | null, treated: { people: number, buyers: number, sales: { amount: number, currency: string } }, heldOut: { people: number, buyers: number, sales: { amount: number, currency: string } }, conversion: { difference: number, low: number | null, high: number | null, decided: boolean }, salesPerPerson: { difference: number, low: number | null, high: number | null, decided: boolean } } | null }, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null };

export type CampaignRestQueryVariables = Exact<{
  id: string | number;
}>;


export type CampaignRestQuery = { campaign: { id: string, version: number, status: CampaignStatus, rest: { people: number, codes: number, until: string | null, offers: Array<{ id: string, name: string }> } | null } | null };

export type CampaignSendRestMutationVariables = Exact<{
  input: SendCampaignRestInput;
}>;


export type CampaignSendRestMutation = { sendCampaignRest: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignLiveSubscriptionVariables = Exact<{
  campaignId: string | number;
}>;


export type CampaignLiveSubscription = { campaignMetrics: { campaignId: string, status: CampaignStatus, at: string, retrying: number, nextTryAt: string | null, quietUntil: string | null, pausedDomains: Array<{ domain: string, until: string }>, total: { audience: number, suppressed: number, excluded: number, withoutCode: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> }, suppressedByReason: Array<{ reason: string, count: number }>, byMall: Array<{ mall: Mall, figures: { audience: number, suppressed: number, excluded: number, withoutCode: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, byVariant: Array<{ variantId: string, mall: Mall, figures: { audience: number, suppressed: number, excluded: number, withoutCode: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, series: Array<{ at: string, sent: number, opened: number, clicked: number, converted: number }>, lift: { closesAt: string | null, treated: { people: number, buyers: number, sales: { amount: number, currency: string } }, heldOut: { people: number, buyers: number, sales: { amount: number, currency: string } }, conversion: { difference: number, low: number | null, high: number | null, decided: boolean }, salesPerPerson: { difference: number, low: number | null, high: number | null, decided: boolean } } | null } };

export type CampaignMessagesQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  status?: MessageStatus | null | undefined;
  reason?: string | null | undefined;
  mall?: Mall | null | undefined;
}>;


export type CampaignMessagesQuery = { campaign: { id: string, messages: { edges: Array<{ node: { id: string, mall: Mall | null, originMall: Mall | null, status: MessageStatus, reason: string | null, reasons: Array<string>, offerCode: string, sentAt: string | null, openedAt: string | null, clickedAt: string | null, convertedAt: string | null, unsubscribedAt: string | null, reasonSegment: { id: string, name: string } | null, reasonCampaign: { id: string, name: string } | null, customer: { id: string, displayName: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CampaignCreateMutationVariables = Exact<{
  input: CreateCampaignInput;
}>;


export type CampaignCreateMutation = { createCampaign: { campaign: { destinationChoice: DestinationChoice, senderName: string, conversionDays: number, holdoutRate: number, frequencyDays: number, id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, exclusions: Array<{ id: string, name: string }>, variants: Array<{ id: string, mall: Mall, isDefault: boolean, subject: string, mjml: string, textBody: string, offer: { id: string, name: string, mall: Mall, proof: OfferProof, sharedCode: string } | null }>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignUpdateMutationVariables = Exact<{
  input: UpdateCampaignInput;
}>;


export type CampaignUpdateMutation = { updateCampaign: { campaign: { destinationChoice: DestinationChoice, senderName: string, conversionDays: number, holdoutRate: number, frequencyDays: number, id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, exclusions: Array<{ id: string, name: string }>, variants: Array<{ id: string, mall: Mall, isDefault: boolean, subject: string, mjml: string, textBody: string, offer: { id: string, name: string, mall: Mall, proof: OfferProof, sharedCode: string } | null }>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignDuplicateMutationVariables = Exact<{
  input: DuplicateCampaignInput;
}>;


export type CampaignDuplicateMutation = { duplicateCampaign: { campaign: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignSendMutationVariables = Exact<{
  input: SendCampaignInput;
}>;


export type CampaignSendMutation = { sendCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignPauseMutationVariables = Exact<{
  input: PauseCampaignInput;
}>;


export type CampaignPauseMutation = { pauseCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignResumeMutationVariables = Exact<{
  input: ResumeCampaignInput;
}>;


export type CampaignResumeMutation = { resumeCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignCancelMutationVariables = Exact<{
  input: CancelCampaignInput;
}>;


export type CampaignCancelMutation = { cancelCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignSaveSenderMutationVariables = Exact<{
  input: UpdateSenderSettingsInput;
}>;


export type CampaignSaveSenderMutation = { updateSenderSettings: { settings: { name: string, email: string, postalAddress: string, contact: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignScheduleMutationVariables = Exact<{
  input: ScheduleCampaignInput;
}>;


export type CampaignScheduleMutation = { scheduleCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignUnscheduleMutationVariables = Exact<{
  input: UnscheduleCampaignInput;
}>;


export type CampaignUnscheduleMutation = { unscheduleCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignSetRateMutationVariables = Exact<{
  input: SetCampaignRateInput;
}>;


export type CampaignSetRateMutation = { setCampaignRate: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignDeleteMutationVariables = Exact<{
  input: DeleteCampaignInput;
}>;


export type CampaignDeleteMutation = { deleteCampaign: { deletedId: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignTestMailMutationVariables = Exact<{
  input: SendTestMailInput;
}>;


export type CampaignTestMailMutation = { sendTestMail: { results: Array<{ address: string, accepted: boolean, reply: string }>, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignExemptMutationVariables = Exact<{
  input: ExemptCampaignInput;
}>;


export type CampaignExemptMutation = { exemptCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, startsOn: string | null, endsOn: string | null, ratePerMinute: number | null, ignoresCaps: boolean, ignoresQuietHours: boolean, blockedBy: Array<string>, pause: { at: string, by: string | null, reason: string } | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignProductsQueryVariables = Exact<{
  search: string;
}>;


export type CampaignProductsQuery = { products: Array<{ sku: string, name: string }> };

export type ProfitFieldsFragment = { currency: string, orders: number, costedOrders: number, sales: number, knownSales: number, coupons: number, cost: number, fees: number, points: number, profit: number | null, estimated: boolean };

export type CampaignProfitQueryVariables = Exact<{
  id: string | number;
}>;


export type CampaignProfitQuery = { campaign: { id: string, profit: { total: Array<{ currency: string, orders: number, costedOrders: number, sales: number, knownSales: number, coupons: number, cost: number, fees: number, points: number, profit: number | null, estimated: boolean }>, byVariant: Array<{ variantId: string, figures: Array<{ currency: string, orders: number, costedOrders: number, sales: number, knownSales: number, coupons: number, cost: number, fees: number, points: number, profit: number | null, estimated: boolean }> }>, spent: Array<{ currency: string, amount: number, entries: number }> } } | null };

export type CampaignRefusedQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  reason: string;
}>;


export type CampaignRefusedQuery = { campaign: { id: string, prospects: { edges: Array<{ node: { reasons: Array<string>, customer: { id: string, displayName: string }, reasonSegment: { id: string, name: string } | null, reasonCampaign: { id: string, name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const CalendarEventFieldsFragmentDoc = gql`
    fragment CalendarEventFields on MallEvent {
  id
  mall
  name(locale: $locale)
  startsAt
  endsAt
  firstDay
  lastDay
  status
  approximate
  major
  source
  rule {
    code
    announcedOnly
    certainty
    source
    reviewedOn
  }
}
    ` as unknown as DocumentNode<CalendarEventFieldsFragment, unknown>;
export const MallMailFieldsFragmentDoc = gql`
    fragment MallMailFields on MallMail {
  mall
  tool
  subject
  text
  html
  sendOn
  updatedAt
  offer {
    id
    name
  }
  assignee {
    id
    name
  }
  task {
    id
    status
  }
}
    ` as unknown as DocumentNode<MallMailFieldsFragment, unknown>;
export const CampaignHeadFragmentDoc = gql`
    fragment CampaignHead on Campaign {
  id
  name
  theme
  status
  version
  createdAt
  updatedAt
  sentAt
  finishedAt
  scheduledAt
  startsOn
  endsOn
  ratePerMinute
  ignoresCaps
  ignoresQuietHours
  pause {
    at
    by
    reason
  }
  missedSchedule {
    at
    because
  }
  blockedBy
  segment {
    id
    name
  }
}
    ` as unknown as DocumentNode<CampaignHeadFragment, unknown>;
export const CampaignDraftFragmentDoc = gql`
    fragment CampaignDraft on Campaign {
  ...CampaignHead
  destinationChoice
  senderName
  conversionDays
  holdoutRate
  frequencyDays
  exclusions {
    id
    name
  }
  variants {
    id
    mall
    isDefault
    subject
    mjml
    textBody
    offer {
      id
      name
      mall
      proof
      sharedCode
    }
  }
}
    ` as unknown as DocumentNode<CampaignDraftFragment, unknown>;
export const FindingFieldsFragmentDoc = gql`
    fragment FindingFields on CampaignFinding {
  severity
  code
  place
  line
  column
  excerpt
  message(locale: $locale)
  remedy(locale: $locale)
  sources
  certainty
  origins
  blocks
  ruleVersion
  override
  lifted {
    id
    reason
    evidenceNo
    validUntil
    createdAt
    createdBy
  }
}
    ` as unknown as DocumentNode<FindingFieldsFragment, unknown>;
export const FigureFieldsFragmentDoc = gql`
    fragment FigureFields on MetricFigures {
  audience
  suppressed
  excluded
  withoutCode
  heldOut
  cancelled
  queued
  sent
  delivered
  bounced
  failed
  uncertain
  opened
  machineOpened
  clicked
  converted
  sales {
    amount
    currency
  }
  unsubscribed
  complained
}
    ` as unknown as DocumentNode<FigureFieldsFragment, unknown>;
export const LiftGroupFieldsFragmentDoc = gql`
    fragment LiftGroupFields on LiftGroup {
  people
  buyers
  sales {
    amount
    currency
  }
}
    ` as unknown as DocumentNode<LiftGroupFieldsFragment, unknown>;
export const LiftIntervalFieldsFragmentDoc = gql`
    fragment LiftIntervalFields on LiftInterval {
  difference
  low
  high
  decided
}
    ` as unknown as DocumentNode<LiftIntervalFieldsFragment, unknown>;
export const MetricsFieldsFragmentDoc = gql`
    fragment MetricsFields on CampaignMetrics {
  campaignId
  status
  at
  retrying
  nextTryAt
  quietUntil
  pausedDomains {
    domain
    until
  }
  total {
    ...FigureFields
  }
  suppressedByReason {
    reason
    count
  }
  byMall {
    mall
    figures {
      ...FigureFields
    }
  }
  byVariant {
    variantId
    mall
    figures {
      ...FigureFields
    }
  }
  series {
    at
    sent
    opened
    clicked
    converted
  }
  lift {
    treated {
      ...LiftGroupFields
    }
    heldOut {
      ...LiftGroupFields
    }
    conversion {
      ...LiftIntervalFields
    }
    salesPerPerson {
      ...LiftIntervalFields
    }
    closesAt
  }
}
    ` as unknown as DocumentNode<MetricsFieldsFragment, unknown>;
export const ProspectFieldsFragmentDoc = gql`
    fragment ProspectFields on Prospect {
  customer {
    id
    displayName
  }
  inAudience
  reached
  heldOut
  mall
  offer {
    id
    name
  }
  originShop {
    id
    name
    mall
  }
  reasons
  reasonSegment {
    id
    name
  }
  reasonCampaign {
    id
    name
  }
}
    ` as unknown as DocumentNode<ProspectFieldsFragment, unknown>;
export const ProfitFieldsFragmentDoc = gql`
    fragment ProfitFields on ProfitFigures {
  currency
  orders
  costedOrders
  sales
  knownSales
  coupons
  cost
  fees
  points
  profit
  estimated
}
    ` as unknown as DocumentNode<ProfitFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const CampaignCalendarDocument = gql`
    query CampaignCalendar($from: Date!, $to: Date!, $locale: String!) {
  campaignCalendar(from: $from, to: $to) {
    firstDay
    lastDay
    campaign {
      id
      name
      status
      scheduledAt
      sentAt
      figures {
        audience
        sent
        withoutCode
      }
      segment {
        id
        name
      }
      variants {
        id
        mall
      }
    }
  }
  mallEvents(from: $from, to: $to, includeCancelled: true) {
    ...CalendarEventFields
  }
  holidays(from: $from, to: $to) {
    on
    name(locale: $locale)
  }
}
    ${CalendarEventFieldsFragmentDoc}` as unknown as DocumentNode<CampaignCalendarQuery, CampaignCalendarQueryVariables>;
export const CampaignCalendarChoicesDocument = gql`
    query CampaignCalendarChoices($locale: String!) {
  mallEventRules {
    code
    mall
    name(locale: $locale)
    announcedOnly
    major
  }
  shops {
    id
    mall
  }
}
    ` as unknown as DocumentNode<CampaignCalendarChoicesQuery, CampaignCalendarChoicesQueryVariables>;
export const CalendarAddEventDocument = gql`
    mutation CalendarAddEvent($input: AddMallEventInput!, $locale: String!) {
  addMallEvent(input: $input) {
    event {
      ...CalendarEventFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CalendarEventFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CalendarAddEventMutation, CalendarAddEventMutationVariables>;
export const CalendarAnnounceEventDocument = gql`
    mutation CalendarAnnounceEvent($input: AnnounceMallEventInput!, $locale: String!) {
  announceMallEvent(input: $input) {
    event {
      ...CalendarEventFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CalendarEventFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CalendarAnnounceEventMutation, CalendarAnnounceEventMutationVariables>;
export const CalendarCancelEventDocument = gql`
    mutation CalendarCancelEvent($input: MallEventRef!) {
  cancelMallEvent(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CalendarCancelEventMutation, CalendarCancelEventMutationVariables>;
export const CalendarResetEventDocument = gql`
    mutation CalendarResetEvent($input: MallEventRef!) {
  resetMallEvent(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CalendarResetEventMutation, CalendarResetEventMutationVariables>;
export const FindingLiftDocument = gql`
    mutation FindingLift($input: OverridePolicyFindingInput!) {
  overridePolicyFinding(input: $input) {
    override {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<FindingLiftMutation, FindingLiftMutationVariables>;
export const FindingWithdrawDocument = gql`
    mutation FindingWithdraw($input: WithdrawPolicyOverrideInput!) {
  withdrawPolicyOverride(input: $input) {
    override {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<FindingWithdrawMutation, FindingWithdrawMutationVariables>;
export const MallMailsDocument = gql`
    query MallMails($id: ID!) {
  campaign(id: $id) {
    id
    mallMails {
      ...MallMailFields
    }
  }
}
    ${MallMailFieldsFragmentDoc}` as unknown as DocumentNode<MallMailsQuery, MallMailsQueryVariables>;
export const MallMailLiveFindingsDocument = gql`
    query MallMailLiveFindings($input: MallMailInput!, $locale: String!) {
  mallMailFindings(input: $input) {
    ...FindingFields
  }
}
    ${FindingFieldsFragmentDoc}` as unknown as DocumentNode<MallMailLiveFindingsQuery, MallMailLiveFindingsQueryVariables>;
export const TaskAssigneesDocument = gql`
    query TaskAssignees {
  assignees {
    id
    name
  }
}
    ` as unknown as DocumentNode<TaskAssigneesQuery, TaskAssigneesQueryVariables>;
export const MallMailSaveDocument = gql`
    mutation MallMailSave($input: MallMailInput!) {
  saveMallMail(input: $input) {
    mallMail {
      ...MallMailFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${MallMailFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<MallMailSaveMutation, MallMailSaveMutationVariables>;
export const MallMailRemoveDocument = gql`
    mutation MallMailRemove($input: MallMailRef!) {
  removeMallMail(input: $input) {
    mallMail {
      mall
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<MallMailRemoveMutation, MallMailRemoveMutationVariables>;
export const MallMailCreateTaskDocument = gql`
    mutation MallMailCreateTask($input: MallMailRef!) {
  createMallMailTask(input: $input) {
    task {
      id
      status
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<MallMailCreateTaskMutation, MallMailCreateTaskMutationVariables>;
export const CampaignListDocument = gql`
    query CampaignList($first: Int!, $after: String, $before: String, $status: [CampaignStatus!], $malls: [Mall!], $search: String!, $sort: CampaignSort!, $direction: SortDirection!) {
  campaigns(
    first: $first
    after: $after
    before: $before
    status: $status
    malls: $malls
    search: $search
    sort: $sort
    direction: $direction
  ) {
    edges {
      node {
        ...CampaignHead
        variants {
          id
          mall
        }
        figures {
          audience
          withoutCode
          sent
          delivered
          opened
          clicked
          converted
          unsubscribed
          sales {
            amount
            currency
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    ${CampaignHeadFragmentDoc}` as unknown as DocumentNode<CampaignListQuery, CampaignListQueryVariables>;
export const CampaignEditDocument = gql`
    query CampaignEdit($id: ID!) {
  campaign(id: $id) {
    ...CampaignDraft
  }
}
    ${CampaignDraftFragmentDoc}
${CampaignHeadFragmentDoc}` as unknown as DocumentNode<CampaignEditQuery, CampaignEditQueryVariables>;
export const CampaignAudienceDocument = gql`
    query CampaignAudience($id: ID!, $last: Boolean! = false) {
  campaign(id: $id) {
    id
    audience(last: $last) {
      asOf
      stale
      total
      reachable
      excluded
      heldOut
      estimated
      refused {
        reason
        count
      }
      byOrigin {
        shop {
          id
          name
          mall
        }
        count
        byDestination {
          mall
          count
        }
      }
      byDestination {
        mall
        count
      }
      shortages {
        mall
        offerId
        left
        recipients
        without
      }
    }
  }
}
    ` as unknown as DocumentNode<CampaignAudienceQuery, CampaignAudienceQueryVariables>;
export const CampaignFindingsDocument = gql`
    query CampaignFindings($id: ID!, $locale: String!, $last: Boolean! = false) {
  campaign(id: $id) {
    id
    findings(last: $last) {
      ...FindingFields
    }
  }
}
    ${FindingFieldsFragmentDoc}` as unknown as DocumentNode<CampaignFindingsQuery, CampaignFindingsQueryVariables>;
export const CampaignQuietDocument = gql`
    query CampaignQuiet($id: ID!, $at: DateTime) {
  campaign(id: $id) {
    id
    quietUntil(at: $at)
  }
  paceSettings {
    channel
    quietFrom
    quietTo
  }
}
    ` as unknown as DocumentNode<CampaignQuietQuery, CampaignQuietQueryVariables>;
export const CampaignChoicesDocument = gql`
    query CampaignChoices {
  shops {
    id
    name
    mall
  }
  segments {
    id
    name
    memberCount
    computedAt
  }
  offers {
    id
    name
    mall
    kind
    value
    proof
    sharedCode
    startsAt
    endsAt
    codes {
      left
    }
  }
  senderSettings {
    name
    email
    postalAddress
    contact
  }
}
    ` as unknown as DocumentNode<CampaignChoicesQuery, CampaignChoicesQueryVariables>;
export const CampaignReadySegmentsDocument = gql`
    query CampaignReadySegments($locale: String!) {
  readySegments {
    code
    name(locale: $locale)
    sentence(locale: $locale)
    rule
  }
}
    ` as unknown as DocumentNode<CampaignReadySegmentsQuery, CampaignReadySegmentsQueryVariables>;
export const CampaignMakeSegmentDocument = gql`
    mutation CampaignMakeSegment($input: CreateSegmentInput!) {
  createSegment(input: $input) {
    segment {
      id
      name
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignMakeSegmentMutation, CampaignMakeSegmentMutationVariables>;
export const CampaignContentHelpDocument = gql`
    query CampaignContentHelp($locale: String!) {
  mailTemplates {
    code
    name(locale: $locale)
    subject
    mjml
  }
  templateVariables {
    name
    label(locale: $locale)
    example
  }
}
    ` as unknown as DocumentNode<CampaignContentHelpQuery, CampaignContentHelpQueryVariables>;
export const CampaignRenderPreviewDocument = gql`
    query CampaignRenderPreview($input: RenderPreviewInput!, $locale: String!) {
  renderPreview(input: $input) {
    from
    subject
    html
    text
    sampleCode
    findings {
      ...FindingFields
    }
  }
}
    ${FindingFieldsFragmentDoc}` as unknown as DocumentNode<CampaignRenderPreviewQuery, CampaignRenderPreviewQueryVariables>;
export const CampaignPreviewCustomersDocument = gql`
    query CampaignPreviewCustomers($first: Int!, $search: String!) {
  customers(first: $first, filter: {search: $search}) {
    nodes {
      id
      displayName
      email
    }
  }
}
    ` as unknown as DocumentNode<CampaignPreviewCustomersQuery, CampaignPreviewCustomersQueryVariables>;
export const CampaignProspectsDocument = gql`
    query CampaignProspects($id: ID!, $first: Int!, $after: String) {
  campaign(id: $id) {
    id
    prospects(first: $first, after: $after) {
      edges {
        node {
          ...ProspectFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    ${ProspectFieldsFragmentDoc}` as unknown as DocumentNode<CampaignProspectsQuery, CampaignProspectsQueryVariables>;
export const CampaignProspectDocument = gql`
    query CampaignProspect($id: ID!, $customerId: ID!) {
  campaign(id: $id) {
    id
    prospect(customerId: $customerId) {
      ...ProspectFields
    }
  }
}
    ${ProspectFieldsFragmentDoc}` as unknown as DocumentNode<CampaignProspectQuery, CampaignProspectQueryVariables>;
export const CampaignMetricsNowDocument = gql`
    query CampaignMetricsNow($id: ID!) {
  campaign(id: $id) {
    ...CampaignHead
    metrics {
      ...MetricsFields
    }
  }
}
    ${CampaignHeadFragmentDoc}
${MetricsFieldsFragmentDoc}
${FigureFieldsFragmentDoc}
${LiftGroupFieldsFragmentDoc}
${LiftIntervalFieldsFragmentDoc}` as unknown as DocumentNode<CampaignMetricsNowQuery, CampaignMetricsNowQueryVariables>;
export const CampaignRestDocument = gql`
    query CampaignRest($id: ID!) {
  campaign(id: $id) {
    id
    version
    status
    rest {
      people
      codes
      until
      offers {
        id
        name
      }
    }
  }
}
    ` as unknown as DocumentNode<CampaignRestQuery, CampaignRestQueryVariables>;
export const CampaignSendRestDocument = gql`
    mutation CampaignSendRest($input: SendCampaignRestInput!) {
  sendCampaignRest(input: $input) {
    campaign {
      ...CampaignHead
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CampaignHeadFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignSendRestMutation, CampaignSendRestMutationVariables>;
export const CampaignLiveDocument = gql`
    subscription CampaignLive($campaignId: ID!) {
  campaignMetrics(campaignId: $campaignId) {
    ...MetricsFields
  }
}
    ${MetricsFieldsFragmentDoc}
${FigureFieldsFragmentDoc}
${LiftGroupFieldsFragmentDoc}
${LiftIntervalFieldsFragmentDoc}` as unknown as DocumentNode<CampaignLiveSubscription, CampaignLiveSubscriptionVariables>;
export const CampaignMessagesDocument = gql`
    query CampaignMessages($id: ID!, $first: Int!, $after: String, $status: MessageStatus, $reason: String, $mall: Mall) {
  campaign(id: $id) {
    id
    messages(
      first: $first
      after: $after
      status: $status
      reason: $reason
      mall: $mall
    ) {
      edges {
        node {
          id
          mall
          originMall
          status
          reason
          reasons
          reasonSegment {
            id
            name
          }
          reasonCampaign {
            id
            name
          }
          offerCode
          sentAt
          openedAt
          clickedAt
          convertedAt
          unsubscribedAt
          customer {
            id
            displayName
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    ` as unknown as DocumentNode<CampaignMessagesQuery, CampaignMessagesQueryVariables>;
export const CampaignCreateDocument = gql`
    mutation CampaignCreate($input: CreateCampaignInput!) {
  createCampaign(input: $input) {
    campaign {
      ...CampaignDraft
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CampaignDraftFragmentDoc}
${CampaignHeadFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignCreateMutation, CampaignCreateMutationVariables>;
export const CampaignUpdateDocument = gql`
    mutation CampaignUpdate($input: UpdateCampaignInput!) {
  updateCampaign(input: $input) {
    campaign {
      ...CampaignDraft
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CampaignDraftFragmentDoc}
${CampaignHeadFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignUpdateMutation, CampaignUpdateMutationVariables>;
export const CampaignDuplicateDocument = gql`
    mutation CampaignDuplicate($input: DuplicateCampaignInput!) {
  duplicateCampaign(input: $input) {
    campaign {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignDuplicateMutation, CampaignDuplicateMutationVariables>;
export const CampaignSendDocument = gql`
    mutation CampaignSend($input: SendCampaignInput!) {
  sendCampaign(input: $input) {
    campaign {
      ...CampaignHead
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CampaignHeadFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignSendMutation, CampaignSendMutationVariables>;
export const CampaignPauseDocument = gql`
    mutation CampaignPause($input: PauseCampaignInput!) {
  pauseCampaign(input: $input) {
    campaign {
      ...CampaignHead
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CampaignHeadFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignPauseMutation, CampaignPauseMutationVariables>;
export const CampaignResumeDocument = gql`
    mutation CampaignResume($input: ResumeCampaignInput!) {
  resumeCampaign(input: $input) {
    campaign {
      ...CampaignHead
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CampaignHeadFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignResumeMutation, CampaignResumeMutationVariables>;
export const CampaignCancelDocument = gql`
    mutation CampaignCancel($input: CancelCampaignInput!) {
  cancelCampaign(input: $input) {
    campaign {
      ...CampaignHead
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CampaignHeadFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignCancelMutation, CampaignCancelMutationVariables>;
export const CampaignSaveSenderDocument = gql`
    mutation CampaignSaveSender($input: UpdateSenderSettingsInput!) {
  updateSenderSettings(input: $input) {
    settings {
      name
      email
      postalAddress
      contact
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignSaveSenderMutation, CampaignSaveSenderMutationVariables>;
export const CampaignScheduleDocument = gql`
    mutation CampaignSchedule($input: ScheduleCampaignInput!) {
  scheduleCampaign(input: $input) {
    campaign {
      ...CampaignHead
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CampaignHeadFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignScheduleMutation, CampaignScheduleMutationVariables>;
export const CampaignUnscheduleDocument = gql`
    mutation CampaignUnschedule($input: UnscheduleCampaignInput!) {
  unscheduleCampaign(input: $input) {
    campaign {
      ...CampaignHead
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CampaignHeadFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignUnscheduleMutation, CampaignUnscheduleMutationVariables>;
export const CampaignSetRateDocument = gql`
    mutation CampaignSetRate($input: SetCampaignRateInput!) {
  setCampaignRate(input: $input) {
    campaign {
      ...CampaignHead
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CampaignHeadFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignSetRateMutation, CampaignSetRateMutationVariables>;
export const CampaignDeleteDocument = gql`
    mutation CampaignDelete($input: DeleteCampaignInput!) {
  deleteCampaign(input: $input) {
    deletedId
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignDeleteMutation, CampaignDeleteMutationVariables>;
export const CampaignTestMailDocument = gql`
    mutation CampaignTestMail($input: SendTestMailInput!) {
  sendTestMail(input: $input) {
    results {
      address
      accepted
      reply
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignTestMailMutation, CampaignTestMailMutationVariables>;
export const CampaignExemptDocument = gql`
    mutation CampaignExempt($input: ExemptCampaignInput!) {
  exemptCampaign(input: $input) {
    campaign {
      ...CampaignHead
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CampaignHeadFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CampaignExemptMutation, CampaignExemptMutationVariables>;
export const CampaignProductsDocument = gql`
    query CampaignProducts($search: String!) {
  products(search: $search, first: 20) {
    sku
    name
  }
}
    ` as unknown as DocumentNode<CampaignProductsQuery, CampaignProductsQueryVariables>;
export const CampaignProfitDocument = gql`
    query CampaignProfit($id: ID!) {
  campaign(id: $id) {
    id
    profit {
      total {
        ...ProfitFields
      }
      byVariant {
        variantId
        figures {
          ...ProfitFields
        }
      }
      spent {
        currency
        amount
        entries
      }
    }
  }
}
    ${ProfitFieldsFragmentDoc}` as unknown as DocumentNode<CampaignProfitQuery, CampaignProfitQueryVariables>;
export const CampaignRefusedDocument = gql`
    query CampaignRefused($id: ID!, $first: Int!, $after: String, $reason: String!) {
  campaign(id: $id) {
    id
    prospects(first: $first, after: $after, reason: $reason) {
      edges {
        node {
          customer {
            id
            displayName
          }
          reasons
          reasonSegment {
            id
            name
          }
          reasonCampaign {
            id
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    ` as unknown as DocumentNode<CampaignRefusedQuery, CampaignRefusedQueryVariables>;