/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type AddToCustomerInput = {
  /** At most 10. */
  consents?: Array<TakenConsentInput>;
  customerId: string | number;
  enroll?: boolean;
  memberId?: string | null | undefined;
  profile: CustomerProfileInput;
  properties?: Array<PropertyValueInput>;
  /** The shop where the person was met. */
  shopId: string | number;
  tagIds?: Array<string | number>;
};

export type AuditActorKind =
  /** A program of a partner. */
  | 'CLIENT'
  /** The command line. */
  | 'COMMAND'
  | 'CUSTOMER'
  | 'STAFF'
  | 'SYSTEM';

export type BulkAction =
  /** To members only. */
  | 'GRANT_POINTS'
  | 'SET_PROPERTY'
  | 'TAG'
  | 'UNTAG';

export type BulkEditInput = {
  action: BulkAction;
  customers: CustomerChoice;
  /** Asking again with the same key answers with the same edit. For a preview any. */
  idempotencyKey: string;
  /** Of GRANT_POINTS: why; members see it. */
  note?: string;
  /** Of GRANT_POINTS: for each member. */
  points?: number | null | undefined;
  /** Of SET_PROPERTY. */
  propertyKey?: string | null | undefined;
  /** Of TAG and UNTAG. A preview of TAG without it stands for a tag that is yet to be made. */
  tagId?: string | number | null | undefined;
  /** Of SET_PROPERTY, as PropertyValue.value; null: not known any more. */
  value?: unknown;
};

export type BulkStatus =
  | 'DONE'
  | 'RUNNING'
  | 'UNDOING'
  | 'UNDONE';

export type CampaignStatus =
  | 'CANCELLED'
  | 'DRAFT'
  | 'PAUSED'
  /** Begins by itself at scheduledAt; cannot be changed until it is taken out of the schedule. */
  | 'SCHEDULED'
  | 'SENDING'
  | 'SENT';

export type CandidateReason =
  /** The same address and surname. */
  | 'ADDRESS_FAMILY'
  /** The same address and given name, another surname: by marriage, perhaps. */
  | 'ADDRESS_GIVEN'
  /** One order names both. */
  | 'LINKED'
  /** The same mail address, which another uses, too. Of candidates only those whom staff told apart while writing one of them down, and members who gave the address of another as their own. */
  | 'MAIL'
  /** The same full name. Of candidates only those whom staff told apart while writing one of them down. */
  | 'NAME'
  /** The same full name and address; neither kana nor birth date proves it. */
  | 'NAME_ADDRESS'
  /** The same phone. */
  | 'PHONE';

export type CandidateStatus =
  /** A person said: two people of one house. */
  | 'HOUSEHOLD'
  /** Sure; the program merges them in a moment. */
  | 'JOINING'
  | 'MERGED'
  | 'OPEN'
  /** A person said: not the same. Only surer evidence opens it again. */
  | 'REJECTED';

export type CapturePointsInput = {
  /** Default: all of it. */
  amount?: number | null | undefined;
  holdId: string | number;
  idempotencyKey: string;
};

export type ChangeTagsOfCustomerInput = {
  add?: Array<string | number>;
  customerId: string | number;
  remove?: Array<string | number>;
};

/** A way to reach a customer. */
export type Channel =
  | 'LINE'
  | 'MAIL'
  /** Paper by post. */
  | 'POSTAL'
  | 'PUSH'
  | 'SMS';

export type ConsentMethod =
  | 'API'
  | 'CHECKOUT'
  /** The recipient called a mail spam. */
  | 'COMPLAINT'
  | 'IMPORT'
  | 'ONE_CLICK'
  /** The page on which a customer chooses what to get. */
  | 'PREFERENCES'
  | 'SIGN_UP_FORM'
  | 'STAFF'
  | 'STORE'
  | 'UNSUBSCRIBE_LINK'
  /** A mail to the address beside the link. */
  | 'UNSUBSCRIBE_MAIL';

export type ConsentState =
  | 'GIVEN'
  | 'WITHDRAWN';

export type CreateCustomerInput = {
  /** At most 10. */
  consents?: Array<TakenConsentInput>;
  /** Customers of whom staff says that they are other people; kept, so that the program never joins them. With a list, an empty one too, everybody who may be the same has to be in it, else POSSIBLE_DUPLICATES (params: customerIds) is answered. Null: nobody is asked, and doubtful pairs wait as candidates. CUSTOMER_EXISTS (params: customerId) when the member id or mail address is somebody's. */
  differentFrom?: Array<string | number> | null | undefined;
  /** Makes the customer a member of the loyalty program. */
  enroll?: boolean;
  /** Member id on that shop. */
  memberId?: string | null | undefined;
  profile: CustomerProfileInput;
  properties?: Array<PropertyValueInput>;
  /** The shop where the person was met. */
  shopId: string | number;
  tagIds?: Array<string | number>;
};

export type CreateCustomerTagInput = {
  /** 1 to 30 characters, without commas. */
  name: string;
};

export type CreateFixedSegmentInput = {
  customers: CustomerChoice;
  description?: string;
  name: string;
};

export type CreatePrivacyRequestInput = {
  /** Default: today. */
  askedOn?: string | null | undefined;
  customerId: string | number;
  /** Default: two weeks after. */
  dueOn?: string | null | undefined;
  kind: PrivacyRequestKind;
  via: PrivacyRequestVia;
};

/** Some customers: either by their ids, at most 5,000, or all that a filter leaves. */
export type CustomerChoice = {
  filter?: CustomerFilter | null | undefined;
  ids?: Array<string | number> | null | undefined;
};

export type CustomerDuplicatesInput = {
  memberId?: string | null | undefined;
  profile: CustomerProfileInput;
  /** The shop where the person was met. */
  shopId: string | number;
};

export type CustomerFilter = {
  includeAnonymous?: boolean;
  /** May be written to by mail (consent in force). */
  mailConsent?: boolean | null | undefined;
  /** Has bought on one of these. */
  malls?: Array<Mall> | null | undefined;
  member?: boolean | null | undefined;
  /** A rule tree as segments have it: who it means at this moment. A rule with mistakes is refused with RULE_INVALID; segmentPreview names them. */
  rule?: unknown;
  /** Part of a name, kana, mail address or phone, or a whole order number or member id. One or two letters are looked for at the beginning of a word. */
  search?: string | null | undefined;
  segmentId?: string | number | null | undefined;
  stageIds?: Array<string | number> | null | undefined;
  /** Has one of these tags. */
  tagIds?: Array<string | number> | null | undefined;
};

export type CustomerProfileInput = {
  addressLine?: string | null | undefined;
  birthDate?: string | null | undefined;
  city?: string | null | undefined;
  email?: string | null | undefined;
  familyKana?: string | null | undefined;
  familyName?: string | null | undefined;
  gender?: Gender | null | undefined;
  givenKana?: string | null | undefined;
  givenName?: string | null | undefined;
  phone?: string | null | undefined;
  postalCode?: string | null | undefined;
  prefecture?: string | null | undefined;
};

export type CustomerSort =
  | 'CREATED'
  | 'LAST_ORDER'
  | 'NET_SALES'
  | 'ORDER_COUNT';

export type DeductPointsInput = {
  /** 1 to 10,000,000. */
  amount: number;
  customerId: string | number;
  idempotencyKey: string;
  /** Why; shown in the history. */
  note: string;
};

export type DeleteNoteInput = {
  id: string | number;
};

export type EarnAction =
  | 'APP_INSTALL'
  | 'BIRTHDAY'
  | 'JOIN'
  | 'LINE_SUBSCRIPTION'
  | 'MAIL_SUBSCRIPTION'
  | 'PROFILE_COMPLETE'
  /** Of the one who brought somebody. */
  | 'REFERRAL'
  /** Of the one who was brought. */
  | 'REFERRED'
  /** On a shop of the merchant's own only (own site, Shopify, futureshop, MakeShop, store). */
  | 'REVIEW'
  | 'SNS_FOLLOW'
  | 'STORE_CHECK_IN'
  | 'SURVEY';

export type EarnPartKind =
  | 'ACTION'
  | 'BASE'
  | 'BONUS'
  | 'MULTIPLIER'
  /** The multiplier of the member's stage. */
  | 'STAGE';

export type EnrollCustomerInput = {
  customerId: string | number;
};

export type ExchangeRewardInput = {
  customerId: string | number;
  /** As of GrantPointsInput. */
  idempotencyKey: string;
  rewardId: string | number;
};

export type Gender =
  | 'FEMALE'
  | 'MALE'
  | 'OTHER'
  | 'UNKNOWN';

export type GiveStageInput = {
  customerId: string | number;
  /** Why; it stands in the history. */
  reason: string;
  stageId: string | number;
  /** The last day; null: for good. */
  until?: string | null | undefined;
};

export type GrantPointsInput = {
  /** 1 to 10,000,000. */
  amount: number;
  customerId: string | number;
  /** Default: as the settings say. The end of that day. */
  expiresOn?: string | null | undefined;
  /** The same key again gives the first result; with another request it is a CONFLICT. */
  idempotencyKey: string;
  note?: string;
  /** PAID: the customer bought them. */
  origin?: PointOrigin;
};

export type HoldPointsInput = {
  /** 1 to 10,000,000. */
  amount: number;
  customerId: string | number;
  idempotencyKey: string;
  /** Minutes until it lapses, 1 to 10,080. */
  minutes?: number;
  /** As in RedeemPointsInput. */
  orderAmount?: number | null | undefined;
  orderNo?: string | null | undefined;
  /** With orderNo: as in RedeemPointsInput. */
  shopId?: string | number | null | undefined;
};

export type IdentityFact =
  /** The address down to the house number. */
  | 'ADDRESS'
  /** One is known from Amazon, whose buyers must not be joined by their data (AM-05): only by hand, and on other grounds. */
  | 'AMAZON'
  | 'BIRTH_DATE'
  | 'FAMILY_NAME'
  | 'GENDER'
  | 'GIVEN_NAME'
  /** The reading of the full name. */
  | 'KANA'
  /** One's own mail address; what its provider ignores (a tag, dots at Gmail) does not count. */
  | 'MAIL'
  /** Two member ids on one shop. */
  | 'MEMBER_ID'
  /** The full name; old and new forms of a letter are one. */
  | 'NAME'
  /** Mail addresses that differ as a slip of the pen does. Agrees only. */
  | 'NEAR_MAIL'
  /** Readings that differ as a slip of the pen does. Agrees only. */
  | 'NEAR_NAME'
  | 'PHONE'
  /** The room, of a house they share. */
  | 'ROOM'
  /** Read alike, but the given name is written with other letters. Differs only. */
  | 'WRITING';

export type IdentityKind =
  | 'ANONYMOUS'
  | 'LINE'
  | 'MAIL'
  | 'MEMBER_ID'
  /** Name and address. */
  | 'NAME_ADDRESS'
  /** Phone and name. */
  | 'PHONE_NAME'
  /** A masked address of a mall; never joins two malls. */
  | 'RELAY_MAIL';

export type IdentityReason =
  /** Same LINE user. */
  | 'LINE'
  /** Same mail address, not a relay. */
  | 'MAIL'
  /** Same mail address and same name, where several people share the address. */
  | 'MAIL_NAME'
  /** Same member id on the same shop. */
  | 'MEMBER_ID'
  /** Same name, postcode and address, and kana or birth date agree. */
  | 'NAME_ADDRESS'
  /** The customer was made from it. */
  | 'NEW'
  /** Same phone and same name. */
  | 'PHONE_NAME'
  /** Same masked address on the same shop. */
  | 'RELAY_MAIL'
  /** A member of staff said so. */
  | 'STAFF';

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

export type MergeReason =
  /** Sure evidence. */
  | 'EVIDENCE'
  /** A member of staff. */
  | 'STAFF';

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

export type OpenMemberPageInput = {
  customerId: string | number;
};

export type OrderKind =
  /** A correction of money without goods. */
  | 'ADJUSTMENT'
  /** Goods sent back that name no sale. */
  | 'RETURN'
  | 'SALE';

export type OrderStatus =
  | 'CANCELLED'
  | 'COMPLETED'
  | 'PLACED'
  | 'SHIPPED';

export type PickCustomersInput = {
  customers: CustomerChoice;
  segmentId: string | number;
};

export type PointBookingKind =
  /** Taken away by hand, to correct a mistake. */
  | 'ADJUST'
  | 'CAPTURE'
  | 'CLAWBACK'
  /** A debt that came over with a merge or its undo. */
  | 'DEBT_IN'
  /** A debt that went over with a merge or its undo. */
  | 'DEBT_OUT'
  | 'EXPIRE'
  | 'GRANT'
  | 'HOLD'
  /** Pending points become usable. */
  | 'MATURE'
  | 'REDEEM'
  | 'RELEASE'
  /** Spent points given back after a cancellation. */
  | 'RESTORE'
  /** Came over from a customer who was merged into this one, or back when the merge was undone. */
  | 'TRANSFER_IN'
  /** Handed over to the customer that survived a merge, or back when the merge was undone. */
  | 'TRANSFER_OUT';

/** Whether points were given or bought. What is unused of bought points is reported at the end of March and of September (資金決済法). */
export type PointOrigin =
  | 'FREE'
  | 'PAID';

export type PrivacyRequestKind =
  /** What tells who it was goes, for good. */
  | 'ERASURE'
  /** All that is known of the person, as one file. */
  | 'EXPORT';

export type PrivacyRequestStatus =
  | 'DONE'
  /** Is tried again by itself. */
  | 'FAILED'
  /** Waits for somebody to approve it. */
  | 'OPEN'
  | 'REFUSED'
  | 'WORKING';

/** How the person asked. */
export type PrivacyRequestVia =
  | 'LETTER'
  | 'MAIL'
  | 'OTHER'
  | 'PHONE'
  | 'STORE';

export type PropertyPlace =
  /** The form by which staff adds a customer. */
  | 'FORM'
  /** A column that can be chosen in the list of customers. */
  | 'LIST'
  /** The page on which shoppers choose what they get: there they may tell it anew. What is known is not shown on it. */
  | 'PREFERENCES'
  /** The customer's page. */
  | 'PROFILE';

export type PropertyType =
  | 'BOOLEAN'
  /** One of a few. */
  | 'CHOICE'
  /** Several of a few. */
  | 'CHOICES'
  /** A day. */
  | 'DATE'
  /** From -1,000,000,000,000 to 1,000,000,000,000. */
  | 'NUMBER'
  /** Up to 500 characters. */
  | 'TEXT';

export type PropertyValueInput = {
  key: string;
  /** As PropertyValue.value; null: not known any more. */
  value?: unknown;
};

export type RecordConsentInput = {
  channel: Channel;
  customerId: string | number;
  method?: ConsentMethod;
  /** Default: now. */
  occurredAt?: string | null | undefined;
  originShopId: string | number;
  state: ConsentState;
  /** The text that was agreed to; needed when consent is given. */
  wording?: string;
};

export type ReferralStatus =
  /** The order is there, and staff should look at it. */
  | 'FLAGGED'
  /** There was no order in time; a file with one may come up to 31 days late. */
  | 'LAPSED'
  /** The order is there, and may still come back. */
  | 'QUALIFIED'
  | 'REFUSED'
  | 'REWARDED'
  /** It was rewarded, and the points of both were taken back; see reason. They are given again when that is undone, or another order counts. */
  | 'TAKEN_BACK'
  | 'VOID'
  /** For the friend's order. */
  | 'WAITING';

export type ReleasePointsInput = {
  holdId: string | number;
  idempotencyKey: string;
};

export type ReversePointsInput = {
  /** Default: all of it that is left. */
  amount?: number | null | undefined;
  /** A REDEEM or CAPTURE. */
  bookingId: string | number;
  /** As of GrantPointsInput. */
  idempotencyKey: string;
  /** Why; shown in the history. */
  reason: string;
};

export type SetCustomerPropertiesInput = {
  customerId: string | number;
  values: Array<PropertyValueInput>;
};

export type SortDirection =
  | 'ASC'
  | 'DESC';

/** How many of the amounts a stage asks for must be reached. An amount of 0 is not asked for. */
export type StageMatch =
  | 'ALL'
  | 'ANY';

export type StageReason =
  /** Became a member. */
  | 'JOINED'
  /** The ladder was changed. */
  | 'LADDER'
  /** Was merged with another member. */
  | 'MERGE'
  /** The merge was undone. */
  | 'MERGE_UNDONE'
  /** The window moved on, or grace or a stage given by hand ended. */
  | 'REVIEW'
  /** An order came in, changed or was cancelled. */
  | 'SPEND'
  /** Given or taken back by hand. */
  | 'STAFF';

export type TakeBackStageInput = {
  customerId: string | number;
  reason: string;
};

/** A consent to advertising that staff took, to the shop where the person was met. Kept with who took it. */
export type TakenConsentInput = {
  channel: Channel;
  /** STAFF: told to staff; STORE: written down in a store. */
  method?: ConsentMethod;
  /** Default: now. */
  occurredAt?: string | null | undefined;
  /** Where the proof is, e.g. which paper; at most 200 characters. */
  source?: string;
  /** The text that was agreed to, in full. */
  wording: string;
};

export type TimelineKind =
  /** What the customer did on a site or in an app. */
  | 'BEHAVIOUR'
  | 'CONSENT'
  | 'MEMBER'
  | 'MESSAGE'
  /** What staff wrote down. */
  | 'NOTE'
  | 'OFFER'
  | 'ORDER'
  | 'OTHER'
  | 'POINTS'
  | 'STAGE';

export type UndoBulkEditInput = {
  id: string | number;
};

export type UndoMergeInput = {
  /** Keep in mind that the two are not one, so that nothing joins them again. */
  distinct?: boolean;
  mergeId: string | number;
};

export type UpdateCustomerInput = {
  /** Clears the birth date, which a null in the profile leaves. */
  clearBirthDate?: boolean;
  id: string | number;
  /** Null leaves a field, an empty text clears it. What staff writes is never overwritten by a file, which fills empty fields only. */
  profile: CustomerProfileInput;
};

export type UpdateNoteInput = {
  body?: string | null | undefined;
  id: string | number;
  /** Pinning takes down whatever was pinned. */
  pinned?: boolean | null | undefined;
};

export type WriteNoteInput = {
  body: string;
  customerId: string | number;
  pinned?: boolean;
};

export type CustomerListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  before?: string | null | undefined;
  filter?: CustomerFilter | null | undefined;
  sort: CustomerSort;
  direction: SortDirection;
  withTags: boolean;
  withProperties: boolean;
  withMalls: boolean;
}>;


export type CustomerListQuery = { customers: { edges: Array<{ node: { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, prefecture: string, anonymous: boolean, memberSince: string | null, createdAt: string, stage: { stage: { id: string, name: string } } | null, points: { available: number, pending: number, held: number }, stats: { orderCount: number, cancelledCount: number, firstOrderAt: string | null, lastOrderAt: string | null, malls: Array<Mall>, byMall?: Array<{ mall: Mall, orderCount: number, lastOrderAt: string | null, netSales: { amount: number, currency: string } }>, netSales: { amount: number, currency: string }, averageOrder: { amount: number, currency: string } }, tags?: Array<{ id: string, name: string }>, properties?: Array<{ value: unknown, property: { id: string } }> } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type CustomerCountQueryVariables = Exact<{
  filter?: CustomerFilter | null | undefined;
}>;


export type CustomerCountQuery = { customers: { totalCount: number } };

export type CustomerRuleQueryVariables = Exact<{
  rule: unknown;
  locale: string;
}>;


export type CustomerRuleQuery = { segmentPreview: { sentence: string, errors: Array<{ path: string, code: string, message: string }> } };

export type CustomerStagesQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerStagesQuery = { stages: Array<{ id: string, code: string, name: string }> };

export type CustomerSegmentsQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerSegmentsQuery = { segments: Array<{ id: string, name: string, fixed: boolean, rule: unknown }> };

export type CustomerCreateFixedMutationVariables = Exact<{
  input: CreateFixedSegmentInput;
}>;


export type CustomerCreateFixedMutation = { createFixedSegment: { segment: { id: string, name: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerAddToSegmentMutationVariables = Exact<{
  input: PickCustomersInput;
}>;


export type CustomerAddToSegmentMutation = { addToSegment: { entered: number | null, segment: { id: string, name: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerRemoveFromSegmentMutationVariables = Exact<{
  input: PickCustomersInput;
}>;


export type CustomerRemoveFromSegmentMutation = { removeFromSegment: { left: number | null, segment: { id: string, name: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerHeadQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerHeadQuery = { customer: { id: string, anonymous: boolean, displayName: string, familyName: string, givenName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, postalCode: string, prefecture: string, city: string, addressLine: string, gender: Gender, birthDate: string | null, memberSince: string | null, createdAt: string, stats: { orderCount: number, cancelledCount: number, firstOrderAt: string | null, lastOrderAt: string | null, firstMall: Mall | null, netSales: { amount: number, currency: string }, averageOrder: { amount: number, currency: string }, byMall: Array<{ mall: Mall, orderCount: number, lastOrderAt: string | null, netSales: { amount: number, currency: string } }> }, points: { available: number, pending: number, held: number, debt: number, expiringNext: { amount: number, on: string } | null }, stage: { since: string, stage: { id: string, name: string }, spend: { amount: number, currency: string }, next: { name: string, missingAmount: number, missingOrders: number, missingPoints: number, by: string } | null, byHand: { until: string | null, earned: { id: string, name: string } } | null, loss: { on: string, to: string, by: string, missing: { spend: number, orders: number, points: number } } | null } | null } | null };

export type CustomerStageHistoryQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerStageHistoryQuery = { customer: { id: string, stageHistory: Array<{ id: string, at: string, reason: StageReason, note: string, until: string | null, actorKind: AuditActorKind, from: { id: string, name: string, position: number } | null, to: { id: string, name: string, position: number }, counts: { spend: number, orders: number, points: number } }> } | null };

export type CustomerLadderQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerLadderQuery = { stageLadder: { match: StageMatch, stages: Array<{ id: string, name: string, position: number, orderThreshold: number, pointThreshold: number, spendThreshold: { amount: number, currency: string } }> } };

export type CustomerGiveStageMutationVariables = Exact<{
  input: GiveStageInput;
}>;


export type CustomerGiveStageMutation = { giveStage: { stage: { stage: { id: string, name: string } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerTakeBackStageMutationVariables = Exact<{
  input: TakeBackStageInput;
}>;


export type CustomerTakeBackStageMutation = { takeBackStage: { stage: { stage: { id: string, name: string } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerTimelineQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  kinds?: Array<TimelineKind> | TimelineKind | null | undefined;
}>;


export type CustomerTimelineQuery = { customer: { id: string, timeline: { edges: Array<{ node: { id: string, kind: TimelineKind, event: string, occurredAt: string, data: unknown, pointLots: Array<{ action: EarnAction | null, ruleNames: Array<string> }>, pointLines: Array<{ lineKey: string, sku: string, name: string, quantity: number, points: number }>, shop: { id: string, name: string, mall: Mall } | null, campaign: { id: string, name: string } | null, note: { id: string, body: string, writtenAt: string, writtenBy: string | null, editedAt: string | null, editedBy: string | null, pinned: boolean } | null, order: { id: string, status: OrderStatus, couponCodes: Array<string>, total: { amount: number, currency: string }, lines: Array<{ lineKey: string, name: string, sku: string, option: string, quantity: number, amount: { amount: number, currency: string } }> } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerOrdersQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type CustomerOrdersQuery = { customer: { id: string, orders: { edges: Array<{ node: { id: string, orderNo: string, kind: OrderKind, status: OrderStatus, orderedAt: string, cancelledAt: string | null, couponCodes: Array<string>, total: { amount: number, currency: string }, netSales: { amount: number, currency: string }, shop: { id: string, name: string, mall: Mall }, lines: Array<{ lineKey: string, name: string, sku: string, option: string, quantity: number, amount: { amount: number, currency: string } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerReferralsQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerReferralsQuery = { customer: { id: string, referredBy: { id: string, status: ReferralStatus, referredAt: string, referrer: { id: string, displayName: string } | null } | null, referrals: { edges: Array<{ node: { id: string, status: ReferralStatus, referredAt: string, referrerPoints: number, friend: { id: string, displayName: string } | null } }>, pageInfo: { hasNextPage: boolean } } } | null };

export type CustomerPointsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
  kinds?: Array<PointBookingKind> | PointBookingKind | null | undefined;
  from?: string | null | undefined;
  to?: string | null | undefined;
}>;


export type CustomerPointsQuery = { customer: { id: string, pointStatement: { edges: Array<{ node: { reversible: number, debt: number, lots: Array<{ points: number, moved: boolean, expired: number, earnedAt: string, usableAt: string | null, expiresOn: string | null, reason: string, note: string, orderNo: string, action: EarnAction | null, ruleNames: Array<string> }>, booking: { id: string, kind: PointBookingKind, amount: number, points: number, availableAfter: number, occurredAt: string, reason: string, note: string, actorKind: AuditActorKind, orderNo: string | null, actor: { id: string, name: string } | null, client: { id: string, name: string } | null, order: { id: string, orderNo: string } | null, lines: Array<{ lineKey: string, sku: string, name: string, quantity: number, points: number }>, earned: Array<{ kind: EarnPartKind, ruleId: string | null, ruleName: string | null, version: number | null, points: number, multiplier: number, cap: string | null, wholePoints: number | null }> } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerPointStockQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerPointStockQuery = { customer: { id: string, pointLots: Array<{ amount: number, remaining: number, held: number, usable: boolean, earnedAt: string, usableAt: string | null, expiresOn: string | null, origin: PointOrigin }>, pointHolds: Array<{ id: string, amount: number, expiresAt: string }> } | null };

export type CustomerRewardsQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerRewardsQuery = { rewards: Array<{ id: string, name: string, points: number, stock: number | null }> };

export type CustomerExchangeRewardMutationVariables = Exact<{
  input: ExchangeRewardInput;
}>;


export type CustomerExchangeRewardMutation = { exchangeReward: { exchange: { id: string, code: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerDeductPointsMutationVariables = Exact<{
  input: DeductPointsInput;
}>;


export type CustomerDeductPointsMutation = { deductPoints: { booking: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerHoldPointsMutationVariables = Exact<{
  input: HoldPointsInput;
}>;


export type CustomerHoldPointsMutation = { holdPoints: { hold: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerCapturePointsMutationVariables = Exact<{
  input: CapturePointsInput;
}>;


export type CustomerCapturePointsMutation = { capturePoints: { hold: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerReleasePointsMutationVariables = Exact<{
  input: ReleasePointsInput;
}>;


export type CustomerReleasePointsMutation = { releasePoints: { hold: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerReversePointsMutationVariables = Exact<{
  input: ReversePointsInput;
}>;


export type CustomerReversePointsMutation = { reversePoints: { booking: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerNearbyQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerNearbyQuery = { customer: { id: string, housemates: Array<{ id: string, displayName: string }>, nearby: Array<{ id: string, status: CandidateStatus, reason: CandidateReason, household: boolean, agree: Array<IdentityFact>, differ: Array<IdentityFact>, contradictions: Array<IdentityFact>, survivor: { id: string, displayName: string }, other: { id: string, displayName: string } }> } | null };

export type CustomerIdentitiesQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerIdentitiesQuery = { customer: { id: string, identities: Array<{ id: string, kind: IdentityKind, value: string, phoneNational: string, reason: IdentityReason, mergedAs: MergeReason | null, score: number, firstSeenAt: string, lastSeenAt: string, shop: { id: string, name: string, mall: Mall } }> } | null };

export type CustomerConsentsQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerConsentsQuery = { customer: { id: string, preferences: { perMonth: number, url: string } | null, consents: Array<{ id: string, channel: Channel, state: ConsentState, occurredAt: string, recordedAt: string, method: ConsentMethod, wording: string, originShop: { id: string, name: string, mall: Mall }, recordedBy: { id: string, name: string } | null, evidence: { formId: string | null, formVersion: number | null, locale: string | null, sentAt: string | null, sentFrom: string | null, confirmedAt: string | null, confirmedFrom: string | null, reason: string | null, source: string | null, reference: string | null, importId: string | null, importLine: number | null } | null }>, consentHistory: Array<{ id: string, channel: Channel, state: ConsentState, occurredAt: string, recordedAt: string, method: ConsentMethod, wording: string, originShop: { id: string, name: string, mall: Mall }, recordedBy: { id: string, name: string } | null, evidence: { formId: string | null, formVersion: number | null, locale: string | null, sentAt: string | null, sentFrom: string | null, confirmedAt: string | null, confirmedFrom: string | null, reason: string | null, source: string | null, reference: string | null, importId: string | null, importLine: number | null } | null }> } | null };

export type CustomerConsentFieldsFragment = { id: string, channel: Channel, state: ConsentState, occurredAt: string, recordedAt: string, method: ConsentMethod, wording: string, originShop: { id: string, name: string, mall: Mall }, recordedBy: { id: string, name: string } | null, evidence: { formId: string | null, formVersion: number | null, locale: string | null, sentAt: string | null, sentFrom: string | null, confirmedAt: string | null, confirmedFrom: string | null, reason: string | null, source: string | null, reference: string | null, importId: string | null, importLine: number | null } | null };

export type CustomerShopsQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerShopsQuery = { shops: Array<{ id: string, name: string, mall: Mall }> };

export type CustomerRecordConsentMutationVariables = Exact<{
  input: RecordConsentInput;
}>;


export type CustomerRecordConsentMutation = { recordConsent: { consent: { id: string, channel: Channel, state: ConsentState, occurredAt: string, recordedAt: string, method: ConsentMethod, wording: string, originShop: { id: string, name: string, mall: Mall }, recordedBy: { id: string, name: string } | null, evidence: { formId: string | null, formVersion: number | null, locale: string | null, sentAt: string | null, sentFrom: string | null, confirmedAt: string | null, confirmedFrom: string | null, reason: string | null, source: string | null, reference: string | null, importId: string | null, importLine: number | null } | null } | null, customer: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerEnrollMutationVariables = Exact<{
  input: EnrollCustomerInput;
}>;


export type CustomerEnrollMutation = { enrollCustomer: { customer: { id: string, memberSince: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerOpenMemberPageMutationVariables = Exact<{
  input: OpenMemberPageInput;
}>;


export type CustomerOpenMemberPageMutation = { openMemberPage: { url: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerGrantPointsMutationVariables = Exact<{
  input: GrantPointsInput;
}>;


export type CustomerGrantPointsMutation = { grantPoints: { booking: { id: string } | null, points: { available: number, pending: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerMailFieldsFragment = { id: string, status: MessageStatus, mall: Mall | null, reasons: Array<string>, sentAt: string | null, openedAt: string | null, clickedAt: string | null, reasonSegment: { id: string, name: string } | null, reasonCampaign: { id: string, name: string } | null, campaign: { id: string, name: string } | null };

export type CustomerChannelsQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerChannelsQuery = { customer: { id: string, channels: Array<{ channel: Channel, open: boolean, reasons: Array<string>, originShop: { id: string, name: string, mall: Mall } | null }> } | null };

export type CustomerMailsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type CustomerMailsQuery = { customer: { id: string, messages: { edges: Array<{ node: { id: string, status: MessageStatus, mall: Mall | null, reasons: Array<string>, sentAt: string | null, openedAt: string | null, clickedAt: string | null, reasonSegment: { id: string, name: string } | null, reasonCampaign: { id: string, name: string } | null, campaign: { id: string, name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerCampaignsQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerCampaignsQuery = { campaigns: { edges: Array<{ node: { id: string, name: string, status: CampaignStatus } }> } };

export type CustomerWhyQueryVariables = Exact<{
  campaignId: string | number;
  customerId: string | number;
}>;


export type CustomerWhyQuery = { campaign: { id: string, status: CampaignStatus, prospect: { inAudience: boolean, reached: boolean, heldOut: boolean, mall: Mall | null, reasons: Array<string>, reasonSegment: { id: string, name: string } | null, reasonCampaign: { id: string, name: string } | null, message: { id: string, status: MessageStatus, mall: Mall | null, reasons: Array<string>, sentAt: string | null, openedAt: string | null, clickedAt: string | null, reasonSegment: { id: string, name: string } | null, reasonCampaign: { id: string, name: string } | null, campaign: { id: string, name: string } | null } | null } | null } | null };

export type CustomerMergesQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerMergesQuery = { customer: { id: string, merges: Array<{ id: string, reason: MergeReason, score: number, agree: Array<IdentityFact>, orderCount: number, mergedAt: string, undoneAt: string | null, survivor: { id: string, displayName: string }, merged: { id: string, displayName: string }, mergedBy: { id: string, name: string } | null, undoneBy: { id: string, name: string } | null }> } | null };

export type CustomerUndoMergeMutationVariables = Exact<{
  input: UndoMergeInput;
}>;


export type CustomerUndoMergeMutation = { undoMerge: { merge: { id: string, undoneAt: string | null, survivor: { id: string } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerProfitQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerProfitQuery = { customer: { id: string, profit: Array<{ currency: string, orders: number, costedOrders: number, profit: number | null, estimated: boolean }> } | null };

export type CustomerPropertyFieldsFragment = { id: string, key: string, name: string, help: string, type: PropertyType, decimals: number, places: Array<PropertyPlace>, choices: Array<{ value: string, name: string, archived: boolean }> };

export type CustomerPropertyDefinitionsQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerPropertyDefinitionsQuery = { properties: Array<{ id: string, key: string, name: string, help: string, type: PropertyType, decimals: number, places: Array<PropertyPlace>, choices: Array<{ value: string, name: string, archived: boolean }> }> };

export type CustomerPropertiesQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerPropertiesQuery = { customer: { id: string, properties: Array<{ value: unknown, property: { id: string, key: string, name: string, help: string, type: PropertyType, decimals: number, places: Array<PropertyPlace>, choices: Array<{ value: string, name: string, archived: boolean }> } }> } | null };

export type CustomerSetPropertiesMutationVariables = Exact<{
  input: SetCustomerPropertiesInput;
}>;


export type CustomerSetPropertiesMutation = { setCustomerProperties: { changed: Array<string>, customer: { id: string, properties: Array<{ value: unknown, property: { id: string, key: string, name: string, help: string, type: PropertyType, decimals: number, places: Array<PropertyPlace>, choices: Array<{ value: string, name: string, archived: boolean }> } }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerTagListQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerTagListQuery = { customerTags: Array<{ id: string, name: string }> };

export type CustomerTagsOfQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerTagsOfQuery = { customer: { id: string, tags: Array<{ id: string, name: string }> } | null };

export type CustomerCreateTagMutationVariables = Exact<{
  input: CreateCustomerTagInput;
}>;


export type CustomerCreateTagMutation = { createCustomerTag: { tag: { id: string, name: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerChangeTagsMutationVariables = Exact<{
  input: ChangeTagsOfCustomerInput;
}>;


export type CustomerChangeTagsMutation = { changeTagsOfCustomer: { customer: { id: string, tags: Array<{ id: string, name: string }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerNoteFieldsFragment = { id: string, body: string, writtenAt: string, writtenBy: string | null, editedAt: string | null, editedBy: string | null, pinned: boolean };

export type CustomerPinnedNoteQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerPinnedNoteQuery = { customer: { id: string, pinnedNote: { id: string, body: string, writtenAt: string, writtenBy: string | null, editedAt: string | null, editedBy: string | null, pinned: boolean } | null } | null };

export type CustomerNoteHistoryQueryVariables = Exact<{
  id: string | number;
  first: number;
}>;


export type CustomerNoteHistoryQuery = { customer: { id: string, timeline: { edges: Array<{ node: { id: string, note: { id: string, history: Array<{ body: string, replacedAt: string, replacedBy: string | null }> } | null } }> } } | null };

export type CustomerWriteNoteMutationVariables = Exact<{
  input: WriteNoteInput;
}>;


export type CustomerWriteNoteMutation = { writeNote: { note: { id: string, body: string, writtenAt: string, writtenBy: string | null, editedAt: string | null, editedBy: string | null, pinned: boolean } | null, customer: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerUpdateNoteMutationVariables = Exact<{
  input: UpdateNoteInput;
}>;


export type CustomerUpdateNoteMutation = { updateNote: { note: { id: string, body: string, writtenAt: string, writtenBy: string | null, editedAt: string | null, editedBy: string | null, pinned: boolean } | null, customer: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerDeleteNoteMutationVariables = Exact<{
  input: DeleteNoteInput;
}>;


export type CustomerDeleteNoteMutation = { deleteNote: { id: string | null, customer: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerBulkFieldsFragment = { id: string, action: BulkAction, status: BulkStatus, total: number, done: number, changed: number, refused: number, undoable: boolean };

export type CustomerPreviewBulkMutationVariables = Exact<{
  input: BulkEditInput;
}>;


export type CustomerPreviewBulkMutation = { previewBulkEdit: { outlook: { total: number, same: number, replaced: number, refused: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerStartBulkMutationVariables = Exact<{
  input: BulkEditInput;
}>;


export type CustomerStartBulkMutation = { startBulkEdit: { bulkEdit: { id: string, action: BulkAction, status: BulkStatus, total: number, done: number, changed: number, refused: number, undoable: boolean } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerUndoBulkMutationVariables = Exact<{
  input: UndoBulkEditInput;
}>;


export type CustomerUndoBulkMutation = { undoBulkEdit: { bulkEdit: { id: string, action: BulkAction, status: BulkStatus, total: number, done: number, changed: number, refused: number, undoable: boolean } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerBulkEditQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerBulkEditQuery = { bulkEdit: { id: string, action: BulkAction, status: BulkStatus, total: number, done: number, changed: number, refused: number, undoable: boolean } | null };

export type CustomerDuplicatesQueryVariables = Exact<{
  input: CustomerDuplicatesInput;
}>;


export type CustomerDuplicatesQuery = { customerDuplicates: Array<{ step: IdentityReason | null, reason: CandidateReason | null, score: number, agree: Array<IdentityFact>, differ: Array<IdentityFact>, contradictions: Array<IdentityFact>, baseScore: number | null, household: boolean, exact: boolean, asks: boolean, evidence: Array<{ fact: IdentityFact, agrees: boolean, points: number }>, customer: { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, prefecture: string, city: string, birthDate: string | null, memberSince: string | null, stats: { orderCount: number, malls: Array<Mall>, lastOrderAt: string | null } } }> };

export type CustomerCreateMutationVariables = Exact<{
  input: CreateCustomerInput;
}>;


export type CustomerCreateMutation = { createCustomer: { customer: { id: string, displayName: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerAddToMutationVariables = Exact<{
  input: AddToCustomerInput;
}>;


export type CustomerAddToMutation = { addToCustomer: { customer: { id: string, displayName: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerUpdateMutationVariables = Exact<{
  input: UpdateCustomerInput;
}>;


export type CustomerUpdateMutation = { updateCustomer: { customer: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerAskPrivacyMutationVariables = Exact<{
  input: CreatePrivacyRequestInput;
}>;


export type CustomerAskPrivacyMutation = { createPrivacyRequest: { request: { id: string, status: PrivacyRequestStatus } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const CustomerConsentFieldsFragmentDoc = gql`
    fragment CustomerConsentFields on Consent {
  id
  channel
  state
  occurredAt
  recordedAt
  method
  wording
  originShop {
    id
    name
    mall
  }
  recordedBy {
    id
    name
  }
  evidence {
    formId
    formVersion
    locale
    sentAt
    sentFrom
    confirmedAt
    confirmedFrom
    reason
    source
    reference
    importId
    importLine
  }
}
    ` as unknown as DocumentNode<CustomerConsentFieldsFragment, unknown>;
export const CustomerMailFieldsFragmentDoc = gql`
    fragment CustomerMailFields on Message {
  id
  status
  mall
  reasons
  reasonSegment {
    id
    name
  }
  reasonCampaign {
    id
    name
  }
  sentAt
  openedAt
  clickedAt
  campaign {
    id
    name
  }
}
    ` as unknown as DocumentNode<CustomerMailFieldsFragment, unknown>;
export const CustomerPropertyFieldsFragmentDoc = gql`
    fragment CustomerPropertyFields on Property {
  id
  key
  name
  help
  type
  decimals
  places
  choices {
    value
    name
    archived
  }
}
    ` as unknown as DocumentNode<CustomerPropertyFieldsFragment, unknown>;
export const CustomerNoteFieldsFragmentDoc = gql`
    fragment CustomerNoteFields on CustomerNote {
  id
  body
  writtenAt
  writtenBy
  editedAt
  editedBy
  pinned
}
    ` as unknown as DocumentNode<CustomerNoteFieldsFragment, unknown>;
export const CustomerBulkFieldsFragmentDoc = gql`
    fragment CustomerBulkFields on BulkEdit {
  id
  action
  status
  total
  done
  changed
  refused
  undoable
}
    ` as unknown as DocumentNode<CustomerBulkFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const CustomerListDocument = gql`
    query CustomerList($first: Int!, $after: String, $before: String, $filter: CustomerFilter, $sort: CustomerSort!, $direction: SortDirection!, $withTags: Boolean!, $withProperties: Boolean!, $withMalls: Boolean!) {
  customers(
    first: $first
    after: $after
    before: $before
    filter: $filter
    sort: $sort
    direction: $direction
  ) {
    edges {
      node {
        id
        displayName
        familyKana
        givenKana
        email
        phoneNational
        prefecture
        anonymous
        memberSince
        createdAt
        stage {
          stage {
            id
            name
          }
        }
        points {
          available
          pending
          held
        }
        stats {
          byMall @include(if: $withMalls) {
            mall
            orderCount
            netSales {
              amount
              currency
            }
            lastOrderAt
          }
          orderCount
          netSales {
            amount
            currency
          }
          averageOrder {
            amount
            currency
          }
          cancelledCount
          firstOrderAt
          lastOrderAt
          malls
        }
        tags @include(if: $withTags) {
          id
          name
        }
        properties @include(if: $withProperties) {
          property {
            id
          }
          value
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
    ` as unknown as DocumentNode<CustomerListQuery, CustomerListQueryVariables>;
export const CustomerCountDocument = gql`
    query CustomerCount($filter: CustomerFilter) {
  customers(first: 1, filter: $filter) {
    totalCount
  }
}
    ` as unknown as DocumentNode<CustomerCountQuery, CustomerCountQueryVariables>;
export const CustomerRuleDocument = gql`
    query CustomerRule($rule: JSON!, $locale: String!) {
  segmentPreview(rule: $rule, locale: $locale, sample: 0) {
    sentence
    errors {
      path
      code
      message
    }
  }
}
    ` as unknown as DocumentNode<CustomerRuleQuery, CustomerRuleQueryVariables>;
export const CustomerStagesDocument = gql`
    query CustomerStages {
  stages {
    id
    code
    name
  }
}
    ` as unknown as DocumentNode<CustomerStagesQuery, CustomerStagesQueryVariables>;
export const CustomerSegmentsDocument = gql`
    query CustomerSegments {
  segments {
    id
    name
    fixed
    rule
  }
}
    ` as unknown as DocumentNode<CustomerSegmentsQuery, CustomerSegmentsQueryVariables>;
export const CustomerCreateFixedDocument = gql`
    mutation CustomerCreateFixed($input: CreateFixedSegmentInput!) {
  createFixedSegment(input: $input) {
    segment {
      id
      name
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerCreateFixedMutation, CustomerCreateFixedMutationVariables>;
export const CustomerAddToSegmentDocument = gql`
    mutation CustomerAddToSegment($input: PickCustomersInput!) {
  addToSegment(input: $input) {
    segment {
      id
      name
    }
    entered
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerAddToSegmentMutation, CustomerAddToSegmentMutationVariables>;
export const CustomerRemoveFromSegmentDocument = gql`
    mutation CustomerRemoveFromSegment($input: PickCustomersInput!) {
  removeFromSegment(input: $input) {
    segment {
      id
      name
    }
    left
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerRemoveFromSegmentMutation, CustomerRemoveFromSegmentMutationVariables>;
export const CustomerHeadDocument = gql`
    query CustomerHead($id: ID!) {
  customer(id: $id) {
    id
    anonymous
    displayName
    familyName
    givenName
    familyKana
    givenKana
    email
    phoneNational
    postalCode
    prefecture
    city
    addressLine
    gender
    birthDate
    memberSince
    createdAt
    stats {
      orderCount
      cancelledCount
      netSales {
        amount
        currency
      }
      averageOrder {
        amount
        currency
      }
      firstOrderAt
      lastOrderAt
      firstMall
      byMall {
        mall
        orderCount
        netSales {
          amount
          currency
        }
        lastOrderAt
      }
    }
    points {
      available
      pending
      held
      debt
      expiringNext {
        amount
        on
      }
    }
    stage {
      stage {
        id
        name
      }
      since
      spend {
        amount
        currency
      }
      next {
        name
        missingAmount
        missingOrders
        missingPoints
        by
      }
      byHand {
        until
        earned {
          id
          name
        }
      }
      loss {
        on
        to
        by
        missing {
          spend
          orders
          points
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<CustomerHeadQuery, CustomerHeadQueryVariables>;
export const CustomerStageHistoryDocument = gql`
    query CustomerStageHistory($id: ID!) {
  customer(id: $id) {
    id
    stageHistory {
      id
      at
      from {
        id
        name
        position
      }
      to {
        id
        name
        position
      }
      reason
      counts {
        spend
        orders
        points
      }
      note
      until
      actorKind
    }
  }
}
    ` as unknown as DocumentNode<CustomerStageHistoryQuery, CustomerStageHistoryQueryVariables>;
export const CustomerLadderDocument = gql`
    query CustomerLadder {
  stageLadder {
    match
    stages {
      id
      name
      position
      spendThreshold {
        amount
        currency
      }
      orderThreshold
      pointThreshold
    }
  }
}
    ` as unknown as DocumentNode<CustomerLadderQuery, CustomerLadderQueryVariables>;
export const CustomerGiveStageDocument = gql`
    mutation CustomerGiveStage($input: GiveStageInput!) {
  giveStage(input: $input) {
    stage {
      stage {
        id
        name
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerGiveStageMutation, CustomerGiveStageMutationVariables>;
export const CustomerTakeBackStageDocument = gql`
    mutation CustomerTakeBackStage($input: TakeBackStageInput!) {
  takeBackStage(input: $input) {
    stage {
      stage {
        id
        name
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerTakeBackStageMutation, CustomerTakeBackStageMutationVariables>;
export const CustomerTimelineDocument = gql`
    query CustomerTimeline($id: ID!, $first: Int!, $after: String, $kinds: [TimelineKind!]) {
  customer(id: $id) {
    id
    timeline(first: $first, after: $after, kinds: $kinds) {
      edges {
        node {
          id
          kind
          event
          occurredAt
          data
          pointLots {
            action
            ruleNames
          }
          pointLines {
            lineKey
            sku
            name
            quantity
            points
          }
          shop {
            id
            name
            mall
          }
          campaign {
            id
            name
          }
          note {
            ...CustomerNoteFields
          }
          order {
            id
            status
            couponCodes
            total {
              amount
              currency
            }
            lines {
              lineKey
              name
              sku
              option
              quantity
              amount {
                amount
                currency
              }
            }
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
    ${CustomerNoteFieldsFragmentDoc}` as unknown as DocumentNode<CustomerTimelineQuery, CustomerTimelineQueryVariables>;
export const CustomerOrdersDocument = gql`
    query CustomerOrders($id: ID!, $first: Int!, $after: String) {
  customer(id: $id) {
    id
    orders(first: $first, after: $after) {
      edges {
        node {
          id
          orderNo
          kind
          status
          orderedAt
          cancelledAt
          total {
            amount
            currency
          }
          netSales {
            amount
            currency
          }
          couponCodes
          shop {
            id
            name
            mall
          }
          lines {
            lineKey
            name
            sku
            option
            quantity
            amount {
              amount
              currency
            }
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
    ` as unknown as DocumentNode<CustomerOrdersQuery, CustomerOrdersQueryVariables>;
export const CustomerReferralsDocument = gql`
    query CustomerReferrals($id: ID!) {
  customer(id: $id) {
    id
    referredBy {
      id
      status
      referredAt
      referrer {
        id
        displayName
      }
    }
    referrals(first: 20) {
      edges {
        node {
          id
          status
          referredAt
          referrerPoints
          friend {
            id
            displayName
          }
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
}
    ` as unknown as DocumentNode<CustomerReferralsQuery, CustomerReferralsQueryVariables>;
export const CustomerPointsDocument = gql`
    query CustomerPoints($id: ID!, $first: Int!, $after: String, $kinds: [PointBookingKind!], $from: Date, $to: Date) {
  customer(id: $id) {
    id
    pointStatement(
      first: $first
      after: $after
      kinds: $kinds
      from: $from
      to: $to
    ) {
      edges {
        node {
          reversible
          debt
          lots {
            points
            moved
            expired
            earnedAt
            usableAt
            expiresOn
            reason
            note
            orderNo
            action
            ruleNames
          }
          booking {
            id
            kind
            amount
            points
            availableAfter
            occurredAt
            reason
            note
            actorKind
            actor {
              id
              name
            }
            client {
              id
              name
            }
            orderNo
            order {
              id
              orderNo
            }
            lines {
              lineKey
              sku
              name
              quantity
              points
            }
            earned {
              kind
              ruleId
              ruleName
              version
              points
              multiplier
              cap
              wholePoints
            }
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
    ` as unknown as DocumentNode<CustomerPointsQuery, CustomerPointsQueryVariables>;
export const CustomerPointStockDocument = gql`
    query CustomerPointStock($id: ID!) {
  customer(id: $id) {
    id
    pointLots {
      amount
      remaining
      held
      usable
      earnedAt
      usableAt
      expiresOn
      origin
    }
    pointHolds {
      id
      amount
      expiresAt
    }
  }
}
    ` as unknown as DocumentNode<CustomerPointStockQuery, CustomerPointStockQueryVariables>;
export const CustomerRewardsDocument = gql`
    query CustomerRewards {
  rewards {
    id
    name
    points
    stock
  }
}
    ` as unknown as DocumentNode<CustomerRewardsQuery, CustomerRewardsQueryVariables>;
export const CustomerExchangeRewardDocument = gql`
    mutation CustomerExchangeReward($input: ExchangeRewardInput!) {
  exchangeReward(input: $input) {
    exchange {
      id
      code
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerExchangeRewardMutation, CustomerExchangeRewardMutationVariables>;
export const CustomerDeductPointsDocument = gql`
    mutation CustomerDeductPoints($input: DeductPointsInput!) {
  deductPoints(input: $input) {
    booking {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerDeductPointsMutation, CustomerDeductPointsMutationVariables>;
export const CustomerHoldPointsDocument = gql`
    mutation CustomerHoldPoints($input: HoldPointsInput!) {
  holdPoints(input: $input) {
    hold {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerHoldPointsMutation, CustomerHoldPointsMutationVariables>;
export const CustomerCapturePointsDocument = gql`
    mutation CustomerCapturePoints($input: CapturePointsInput!) {
  capturePoints(input: $input) {
    hold {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerCapturePointsMutation, CustomerCapturePointsMutationVariables>;
export const CustomerReleasePointsDocument = gql`
    mutation CustomerReleasePoints($input: ReleasePointsInput!) {
  releasePoints(input: $input) {
    hold {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerReleasePointsMutation, CustomerReleasePointsMutationVariables>;
export const CustomerReversePointsDocument = gql`
    mutation CustomerReversePoints($input: ReversePointsInput!) {
  reversePoints(input: $input) {
    booking {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerReversePointsMutation, CustomerReversePointsMutationVariables>;
export const CustomerNearbyDocument = gql`
    query CustomerNearby($id: ID!) {
  customer(id: $id) {
    id
    housemates {
      id
      displayName
    }
    nearby {
      id
      status
      reason
      household
      agree
      differ
      contradictions
      survivor {
        id
        displayName
      }
      other {
        id
        displayName
      }
    }
  }
}
    ` as unknown as DocumentNode<CustomerNearbyQuery, CustomerNearbyQueryVariables>;
export const CustomerIdentitiesDocument = gql`
    query CustomerIdentities($id: ID!) {
  customer(id: $id) {
    id
    identities {
      id
      kind
      value
      phoneNational
      reason
      mergedAs
      score
      firstSeenAt
      lastSeenAt
      shop {
        id
        name
        mall
      }
    }
  }
}
    ` as unknown as DocumentNode<CustomerIdentitiesQuery, CustomerIdentitiesQueryVariables>;
export const CustomerConsentsDocument = gql`
    query CustomerConsents($id: ID!) {
  customer(id: $id) {
    id
    preferences {
      perMonth
      url
    }
    consents {
      ...CustomerConsentFields
    }
    consentHistory {
      ...CustomerConsentFields
    }
  }
}
    ${CustomerConsentFieldsFragmentDoc}` as unknown as DocumentNode<CustomerConsentsQuery, CustomerConsentsQueryVariables>;
export const CustomerShopsDocument = gql`
    query CustomerShops {
  shops {
    id
    name
    mall
  }
}
    ` as unknown as DocumentNode<CustomerShopsQuery, CustomerShopsQueryVariables>;
export const CustomerRecordConsentDocument = gql`
    mutation CustomerRecordConsent($input: RecordConsentInput!) {
  recordConsent(input: $input) {
    consent {
      ...CustomerConsentFields
    }
    customer {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CustomerConsentFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerRecordConsentMutation, CustomerRecordConsentMutationVariables>;
export const CustomerEnrollDocument = gql`
    mutation CustomerEnroll($input: EnrollCustomerInput!) {
  enrollCustomer(input: $input) {
    customer {
      id
      memberSince
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerEnrollMutation, CustomerEnrollMutationVariables>;
export const CustomerOpenMemberPageDocument = gql`
    mutation CustomerOpenMemberPage($input: OpenMemberPageInput!) {
  openMemberPage(input: $input) {
    url
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerOpenMemberPageMutation, CustomerOpenMemberPageMutationVariables>;
export const CustomerGrantPointsDocument = gql`
    mutation CustomerGrantPoints($input: GrantPointsInput!) {
  grantPoints(input: $input) {
    booking {
      id
    }
    points {
      available
      pending
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerGrantPointsMutation, CustomerGrantPointsMutationVariables>;
export const CustomerChannelsDocument = gql`
    query CustomerChannels($id: ID!) {
  customer(id: $id) {
    id
    channels {
      channel
      open
      originShop {
        id
        name
        mall
      }
      reasons
    }
  }
}
    ` as unknown as DocumentNode<CustomerChannelsQuery, CustomerChannelsQueryVariables>;
export const CustomerMailsDocument = gql`
    query CustomerMails($id: ID!, $first: Int!, $after: String) {
  customer(id: $id) {
    id
    messages(first: $first, after: $after) {
      edges {
        node {
          ...CustomerMailFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    ${CustomerMailFieldsFragmentDoc}` as unknown as DocumentNode<CustomerMailsQuery, CustomerMailsQueryVariables>;
export const CustomerCampaignsDocument = gql`
    query CustomerCampaigns {
  campaigns(first: 100) {
    edges {
      node {
        id
        name
        status
      }
    }
  }
}
    ` as unknown as DocumentNode<CustomerCampaignsQuery, CustomerCampaignsQueryVariables>;
export const CustomerWhyDocument = gql`
    query CustomerWhy($campaignId: ID!, $customerId: ID!) {
  campaign(id: $campaignId) {
    id
    status
    prospect(customerId: $customerId) {
      inAudience
      reached
      heldOut
      mall
      reasons
      reasonSegment {
        id
        name
      }
      reasonCampaign {
        id
        name
      }
      message {
        ...CustomerMailFields
      }
    }
  }
}
    ${CustomerMailFieldsFragmentDoc}` as unknown as DocumentNode<CustomerWhyQuery, CustomerWhyQueryVariables>;
export const CustomerMergesDocument = gql`
    query CustomerMerges($id: ID!) {
  customer(id: $id) {
    id
    merges {
      id
      reason
      score
      agree
      orderCount
      mergedAt
      undoneAt
      survivor {
        id
        displayName
      }
      merged {
        id
        displayName
      }
      mergedBy {
        id
        name
      }
      undoneBy {
        id
        name
      }
    }
  }
}
    ` as unknown as DocumentNode<CustomerMergesQuery, CustomerMergesQueryVariables>;
export const CustomerUndoMergeDocument = gql`
    mutation CustomerUndoMerge($input: UndoMergeInput!) {
  undoMerge(input: $input) {
    merge {
      id
      undoneAt
      survivor {
        id
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerUndoMergeMutation, CustomerUndoMergeMutationVariables>;
export const CustomerProfitDocument = gql`
    query CustomerProfit($id: ID!) {
  customer(id: $id) {
    id
    profit {
      currency
      orders
      costedOrders
      profit
      estimated
    }
  }
}
    ` as unknown as DocumentNode<CustomerProfitQuery, CustomerProfitQueryVariables>;
export const CustomerPropertyDefinitionsDocument = gql`
    query CustomerPropertyDefinitions {
  properties {
    ...CustomerPropertyFields
  }
}
    ${CustomerPropertyFieldsFragmentDoc}` as unknown as DocumentNode<CustomerPropertyDefinitionsQuery, CustomerPropertyDefinitionsQueryVariables>;
export const CustomerPropertiesDocument = gql`
    query CustomerProperties($id: ID!) {
  customer(id: $id) {
    id
    properties {
      property {
        ...CustomerPropertyFields
      }
      value
    }
  }
}
    ${CustomerPropertyFieldsFragmentDoc}` as unknown as DocumentNode<CustomerPropertiesQuery, CustomerPropertiesQueryVariables>;
export const CustomerSetPropertiesDocument = gql`
    mutation CustomerSetProperties($input: SetCustomerPropertiesInput!) {
  setCustomerProperties(input: $input) {
    changed
    customer {
      id
      properties {
        property {
          ...CustomerPropertyFields
        }
        value
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CustomerPropertyFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerSetPropertiesMutation, CustomerSetPropertiesMutationVariables>;
export const CustomerTagListDocument = gql`
    query CustomerTagList {
  customerTags {
    id
    name
  }
}
    ` as unknown as DocumentNode<CustomerTagListQuery, CustomerTagListQueryVariables>;
export const CustomerTagsOfDocument = gql`
    query CustomerTagsOf($id: ID!) {
  customer(id: $id) {
    id
    tags {
      id
      name
    }
  }
}
    ` as unknown as DocumentNode<CustomerTagsOfQuery, CustomerTagsOfQueryVariables>;
export const CustomerCreateTagDocument = gql`
    mutation CustomerCreateTag($input: CreateCustomerTagInput!) {
  createCustomerTag(input: $input) {
    tag {
      id
      name
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerCreateTagMutation, CustomerCreateTagMutationVariables>;
export const CustomerChangeTagsDocument = gql`
    mutation CustomerChangeTags($input: ChangeTagsOfCustomerInput!) {
  changeTagsOfCustomer(input: $input) {
    customer {
      id
      tags {
        id
        name
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerChangeTagsMutation, CustomerChangeTagsMutationVariables>;
export const CustomerPinnedNoteDocument = gql`
    query CustomerPinnedNote($id: ID!) {
  customer(id: $id) {
    id
    pinnedNote {
      ...CustomerNoteFields
    }
  }
}
    ${CustomerNoteFieldsFragmentDoc}` as unknown as DocumentNode<CustomerPinnedNoteQuery, CustomerPinnedNoteQueryVariables>;
export const CustomerNoteHistoryDocument = gql`
    query CustomerNoteHistory($id: ID!, $first: Int!) {
  customer(id: $id) {
    id
    timeline(first: $first, kinds: [NOTE]) {
      edges {
        node {
          id
          note {
            id
            history {
              body
              replacedAt
              replacedBy
            }
          }
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<CustomerNoteHistoryQuery, CustomerNoteHistoryQueryVariables>;
export const CustomerWriteNoteDocument = gql`
    mutation CustomerWriteNote($input: WriteNoteInput!) {
  writeNote(input: $input) {
    note {
      ...CustomerNoteFields
    }
    customer {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CustomerNoteFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerWriteNoteMutation, CustomerWriteNoteMutationVariables>;
export const CustomerUpdateNoteDocument = gql`
    mutation CustomerUpdateNote($input: UpdateNoteInput!) {
  updateNote(input: $input) {
    note {
      ...CustomerNoteFields
    }
    customer {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CustomerNoteFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerUpdateNoteMutation, CustomerUpdateNoteMutationVariables>;
export const CustomerDeleteNoteDocument = gql`
    mutation CustomerDeleteNote($input: DeleteNoteInput!) {
  deleteNote(input: $input) {
    id
    customer {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerDeleteNoteMutation, CustomerDeleteNoteMutationVariables>;
export const CustomerPreviewBulkDocument = gql`
    mutation CustomerPreviewBulk($input: BulkEditInput!) {
  previewBulkEdit(input: $input) {
    outlook {
      total
      same
      replaced
      refused
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerPreviewBulkMutation, CustomerPreviewBulkMutationVariables>;
export const CustomerStartBulkDocument = gql`
    mutation CustomerStartBulk($input: BulkEditInput!) {
  startBulkEdit(input: $input) {
    bulkEdit {
      ...CustomerBulkFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CustomerBulkFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerStartBulkMutation, CustomerStartBulkMutationVariables>;
export const CustomerUndoBulkDocument = gql`
    mutation CustomerUndoBulk($input: UndoBulkEditInput!) {
  undoBulkEdit(input: $input) {
    bulkEdit {
      ...CustomerBulkFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${CustomerBulkFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerUndoBulkMutation, CustomerUndoBulkMutationVariables>;
export const CustomerBulkEditDocument = gql`
    query CustomerBulkEdit($id: ID!) {
  bulkEdit(id: $id) {
    ...CustomerBulkFields
  }
}
    ${CustomerBulkFieldsFragmentDoc}` as unknown as DocumentNode<CustomerBulkEditQuery, CustomerBulkEditQueryVariables>;
export const CustomerDuplicatesDocument = gql`
    query CustomerDuplicates($input: CustomerDuplicatesInput!) {
  customerDuplicates(input: $input) {
    step
    reason
    score
    agree
    differ
    contradictions
    baseScore
    household
    exact
    asks
    evidence {
      fact
      agrees
      points
    }
    customer {
      id
      displayName
      familyKana
      givenKana
      email
      phoneNational
      prefecture
      city
      birthDate
      memberSince
      stats {
        orderCount
        malls
        lastOrderAt
      }
    }
  }
}
    ` as unknown as DocumentNode<CustomerDuplicatesQuery, CustomerDuplicatesQueryVariables>;
export const CustomerCreateDocument = gql`
    mutation CustomerCreate($input: CreateCustomerInput!) {
  createCustomer(input: $input) {
    customer {
      id
      displayName
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerCreateMutation, CustomerCreateMutationVariables>;
export const CustomerAddToDocument = gql`
    mutation CustomerAddTo($input: AddToCustomerInput!) {
  addToCustomer(input: $input) {
    customer {
      id
      displayName
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerAddToMutation, CustomerAddToMutationVariables>;
export const CustomerUpdateDocument = gql`
    mutation CustomerUpdate($input: UpdateCustomerInput!) {
  updateCustomer(input: $input) {
    customer {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerUpdateMutation, CustomerUpdateMutationVariables>;
export const CustomerAskPrivacyDocument = gql`
    mutation CustomerAskPrivacy($input: CreatePrivacyRequestInput!) {
  createPrivacyRequest(input: $input) {
    request {
      id
      status
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerAskPrivacyMutation, CustomerAskPrivacyMutationVariables>;