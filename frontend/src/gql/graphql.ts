/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type AddDkimKeyInput = {
  /** Of a key that is made here; a given private key brings its own. */
  algorithm?: DkimAlgorithm;
  domainId: string | number;
  /** PEM (PKCS #8 or PKCS #1); empty: a key is made. */
  privateKey?: string;
  /** Empty: one is made up. */
  selector?: string;
};

export type AddOfferCodesInput = {
  /** At most 50,000 a call. */
  codes: Array<string>;
  offerId: string | number;
};

export type AddSenderDomainInput = {
  domain: string;
};

export type ArchiveOfferInput = {
  id: string | number;
};

export type ArchiveSegmentInput = {
  id: string | number;
};

export type AuditActorKind =
  /** The command line. */
  | 'COMMAND'
  | 'CUSTOMER'
  | 'STAFF'
  | 'SYSTEM';

export type BounceKind =
  /** Out-of-office and the like: passed over. */
  | 'AUTO_REPLY'
  | 'COMPLAINT'
  /** Still being tried on the way. */
  | 'DELAYED'
  /** No such mailbox: the address is suppressed. */
  | 'HARD'
  /** Refused as spam or by policy: never suppressed. */
  | 'POLICY'
  /** A full mailbox, a server that was away: suppressed only after several days. */
  | 'SOFT'
  /** Not understood. */
  | 'UNKNOWN'
  | 'UNSUBSCRIBE';

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

export type CandidateDecision =
  /** Two people. */
  | 'DIFFERENT'
  /** Two people of one house. */
  | 'HOUSEHOLD'
  /** One person: merges the two. */
  | 'SAME'
  /** Takes a decision back. */
  | 'UNDECIDED';

export type CandidateFilter = {
  /** Only pairs with this customer. */
  customerId?: string | number | null | undefined;
  /** Only pairs that rather are a household, or only those that are not. */
  household?: boolean | null | undefined;
  maxScore?: number | null | undefined;
  minScore?: number | null | undefined;
  status?: CandidateStatus;
};

export type CandidateReason =
  /** The same address and surname. */
  | 'ADDRESS_FAMILY'
  /** One order names both. */
  | 'LINKED'
  /** The same full name, postcode and address; neither kana nor birth date proves it. */
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

/** A way to reach a customer. */
export type Channel =
  | 'LINE'
  | 'MAIL'
  /** Paper by post. */
  | 'POSTAL'
  | 'PUSH'
  | 'SMS';

export type CheckSenderDomainInput = {
  id: string | number;
};

export type CompleteTaskInput = {
  id: string | number;
  note?: string;
  sentCount: number;
};

export type ConsentMethod =
  | 'API'
  | 'CHECKOUT'
  /** The recipient called a mail spam. */
  | 'COMPLAINT'
  | 'IMPORT'
  | 'ONE_CLICK'
  | 'SIGN_UP_FORM'
  | 'STAFF'
  | 'STORE'
  | 'UNSUBSCRIBE_LINK'
  /** A mail to the address beside the link. */
  | 'UNSUBSCRIBE_MAIL';

export type ConsentState =
  | 'GIVEN'
  | 'WITHDRAWN';

export type CreateCampaignInput = {
  name: string;
  segmentId?: string | number | null | undefined;
  theme?: string;
};

export type CreateOfferInput = {
  endsAt: string;
  kind: OfferKind;
  mall: Mall;
  name: string;
  proof: OfferProof;
  sharedCode?: string;
  startsAt: string;
  terms?: string;
  value: number;
};

export type CreateSegmentInput = {
  description?: string;
  name: string;
  rule: unknown;
};

export type CreateShopInput = {
  /** a–z, 0–9, - and _, at most 64. */
  code: string;
  currency?: string;
  mall: Mall;
  name: string;
  url?: string;
};

export type CustomerFilter = {
  includeAnonymous?: boolean;
  /** May be written to by mail (consent in force). */
  mailConsent?: boolean | null | undefined;
  /** Has bought on one of these. */
  malls?: Array<Mall> | null | undefined;
  member?: boolean | null | undefined;
  /** Part of a name, kana, mail address or phone, or an order number. */
  search?: string | null | undefined;
  segmentId?: string | number | null | undefined;
  stageIds?: Array<string | number> | null | undefined;
};

export type CustomerSort =
  | 'CREATED'
  | 'LAST_ORDER'
  | 'NET_SALES'
  | 'ORDER_COUNT';

export type DashboardFigureCode =
  /** 回遊率: customers who bought on two malls or more ÷ customers who bought. */
  | 'CIRCULATION_RATE'
  /** F2転換率: of those whose first order fell 90 to 180 days before the period's end, the share with a second within 90 days. */
  | 'F2_RATE'
  /** Members of the loyalty program at the period's end. */
  | 'MEMBERS'
  /** 純売上: goods less coupons paid by the shop, cancelled orders left out, returns taken off. */
  | 'NET_SALES'
  /** Customers whose first order is in the period. */
  | 'NEW_CUSTOMERS'
  /** Sales that are not cancelled. */
  | 'ORDERS'
  /** Points out and not yet spent or expired: available, pending and held. */
  | 'POINTS_LIABILITY'
  /** Customers who ordered in the period and had ordered before it. */
  | 'REPEAT_CUSTOMERS';

export type DecideCandidatesInput = {
  /** With SAME: contradictions that were seen. */
  accept?: Array<IdentityFact>;
  decision: CandidateDecision;
  /** At most 50. */
  ids: Array<string | number>;
  /** With SAME: who stays, where it is one of the pair. Default: Candidate.survivor. */
  survivorId?: string | number | null | undefined;
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

export type DkimAlgorithm =
  /** Ed25519 (RFC 8463): fast and short, not read by all receivers yet; use it beside RSA. */
  | 'ED25519'
  /** RSA, 2048 bits: read by every receiver. */
  | 'RSA';

export type DnsRecordKind =
  /** Where bounces are delivered. */
  | 'BOUNCE_MX'
  /** The public half of a key. */
  | 'DKIM'
  /** What receivers do with mails that nobody vouches for (RFC 7489). */
  | 'DMARC'
  /** Which servers may send for the envelope's domain (RFC 7208). */
  | 'SPF';

export type DnsRecordState =
  /** There is a record, with another value, or more than one. */
  | 'DIFFERS'
  | 'MISSING'
  | 'PUBLISHED'
  /** Not looked up, or DNS did not answer. */
  | 'UNKNOWN';

export type DuplicateCampaignInput = {
  id: string | number;
  /** Empty: the old name, marked as a copy. */
  name?: string;
};

export type EnrollCustomerInput = {
  customerId: string | number;
};

export type FigureUnit =
  | 'COUNT'
  | 'MONEY'
  | 'POINTS'
  /** Basis points of a share. */
  | 'SHARE';

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
  /** Default: 12 months after today, end of that day. */
  expiresOn?: string | null | undefined;
  /** The same key again gives the first result; with another request it is a CONFLICT. */
  idempotencyKey: string;
  note?: string;
};

export type IdentityFact =
  /** Postcode and address down to the house number. */
  | 'ADDRESS'
  /** One is known from Amazon, whose buyers must not be joined by their data (AM-05): only by hand, and on other grounds. */
  | 'AMAZON'
  | 'BIRTH_DATE'
  | 'FAMILY_NAME'
  | 'GENDER'
  | 'GIVEN_NAME'
  | 'KANA'
  | 'MAIL'
  /** Two member ids on one shop. */
  | 'MEMBER_ID'
  /** The full name; old and new forms of a letter are one. */
  | 'NAME'
  | 'PHONE';

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

export type ImportFormat =
  /** Amazon all orders report (flat file): orders with money and items, no buyers. Its companion is AMAZON_UNSHIPPED. */
  | 'AMAZON_ORDERS'
  /** Amazon 未出荷 (unshipped) or new orders report: the buyers of orders the shop ships itself. Its companion is AMAZON_ORDERS. */
  | 'AMAZON_UNSHIPPED'
  /** Any CSV, by a column mapping. */
  | 'MAPPING'
  /** 楽天RMS 注文データCSV, 158 or 107 columns. */
  | 'RAKUTEN_ORDERS'
  /** Shopify customer export. */
  | 'SHOPIFY_CUSTOMERS'
  /** Shopify order export. */
  | 'SHOPIFY_ORDERS'
  /** Yahoo!ショッピング ストアクリエイターPro, item file: the items of each order. Its companion is YAHOO_ORDERS. */
  | 'YAHOO_ITEMS'
  /** Yahoo!ショッピング ストアクリエイターPro, order file: money, state and buyer of each order, no items. Its companion is YAHOO_ITEMS. */
  | 'YAHOO_ORDERS';

export type ImportKind =
  /** A row is a person. */
  | 'CUSTOMERS'
  /** A row is a line of an order, or an order. */
  | 'ORDERS';

export type ImportPhase =
  | 'APPLYING'
  | 'READING';

export type ImportStatus =
  | 'DONE'
  | 'FAILED'
  | 'QUEUED'
  | 'RUNNING'
  /** By staff; it can be resumed. */
  | 'STOPPED';

export type LiftSuppressionInput = {
  id: string | number;
  /** For the audit log; 500 characters at most. */
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

export type MendImportInput = {
  id: string | number;
  /** From POST /uploads. */
  uploadId: string | number;
};

export type MendImportRowsInput = {
  id: string | number;
  rows: Array<MendedRowInput>;
};

export type MendedRowInput = {
  /** By Import.header; as many. */
  cells: Array<string>;
  /** QuarantinedRow.line. */
  line: number;
};

export type MergeCustomersInput = {
  /** The warnings of mergePreview that were seen. */
  accept?: Array<IdentityFact>;
  mergedId: string | number;
  survivorId: string | number;
};

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

export type OverridePolicyFindingInput = {
  campaignId: string | number;
  evidenceNo?: string;
  /** The place of the finding, e.g. variants.RAKUTEN.mjml or mallMails.RAKUTEN.text. */
  place: string;
  reason: string;
  ruleId: string | number;
};

export type PauseCampaignInput = {
  id: string | number;
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

/** A way to speak to a customer that rules know. */
export type PolicyChannel =
  | 'LINE'
  | 'MAIL'
  | 'POSTAL'
  | 'PUSH'
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

export type PolicyParamsInput = {
  advertising?: Array<string>;
  classes?: Array<string>;
  domains?: Array<string>;
  except?: Array<string>;
  hosts?: Array<string>;
  phrases?: Array<string>;
  years?: number;
};

export type PolicyRuleInput = {
  certainty: string;
  channels: Array<PolicyChannel>;
  /** Name of a condition; that of an existing rule stays. */
  condition: string;
  /** Today or later. */
  effectiveFrom: string;
  enabled: boolean;
  /** E.g. RK-03, or a new one of one's own: two to eight capitals, a hyphen, two or three digits. */
  id: string | number;
  messageEn: string;
  messageJa: string;
  /** Why the version is made. */
  note: string;
  origins: Array<Mall>;
  override: PolicyOverride;
  params: PolicyParamsInput;
  remedyEn: string;
  remedyJa: string;
  severity: Severity;
  sources: Array<string>;
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

export type RefreshSegmentInput = {
  id: string | number;
};

export type RemoveDkimKeyInput = {
  domainId: string | number;
  keyId: string | number;
};

export type RemoveSenderDomainInput = {
  id: string | number;
};

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

export type ResumeImportInput = {
  id: string | number;
};

export type ReviewPolicyRuleInput = {
  id: string | number;
  note?: string;
};

export type SaveImportMappingInput = {
  definition: unknown;
  name: string;
};

export type SaveStageLadderInput = {
  ladder: StageLadderInput;
  version: number;
};

export type ScheduleCampaignInput = {
  id: string | number;
  /** Ahead, by a year at most. */
  scheduledAt: string;
  version: number;
};

export type SegmentFieldType =
  | 'BOOLEAN'
  | 'CHOICE'
  /** Several values at once, e.g. malls bought on. */
  | 'CHOICES'
  | 'MONEY'
  | 'NUMBER'
  | 'TEXT'
  /** A day (2026-01-31) or a number of days, by operator. */
  | 'TIME';

export type SegmentOperand =
  /** How many different values: a whole number, whatever the field's type. */
  | 'COUNT'
  /** A whole number of days. */
  | 'DAYS'
  /** A list of 1 to 200 choices, or of texts where the field has none. */
  | 'LIST'
  /** No value. */
  | 'NONE'
  /** One value of the field's type: a whole number, a day, true or false. */
  | 'ONE'
  /** [low, high] of the field's type, both included. */
  | 'RANGE';

export type SendCampaignInput = {
  id: string | number;
  /** Sending the same key again does not send twice. */
  idempotencyKey: string;
  version: number;
};

export type SendTestMailInput = {
  campaignId: string | number;
  /** Filled in for this customer; without one, for an example person. */
  customerId?: string | number | null | undefined;
  /** Whose variant. */
  mall: Mall;
  /** 1 to 5 addresses. */
  to: Array<string>;
};

export type SetBounceDomainInput = {
  /** Null or empty: bounces go to the sender's own address. */
  bounceDomain?: string | null | undefined;
  id: string | number;
};

export type SetCampaignRateInput = {
  id: string | number;
  /** 1 to 100000; 0: as fast as the mail server takes them. */
  ratePerMinute: number;
};

export type SetDkimKeyActiveInput = {
  active: boolean;
  domainId: string | number;
  keyId: string | number;
};

export type SetLocaleInput = {
  locale: string;
};

export type Severity =
  | 'BLOCK'
  | 'INFO'
  | 'WARN';

export type SignInInput = {
  email: string;
  password: string;
};

export type SortDirection =
  | 'ASC'
  | 'DESC';

/** What a member of staff may do. Each role is a set of scopes. */
export type StaffRole =
  /** Reads everything but staff and audit log; changes nothing. */
  | 'ANALYST'
  /** Everything but staff of role OWNER. */
  | 'MANAGER'
  /** Customers, segments, offers, campaigns, imports. */
  | 'MARKETER'
  /** Everything, including staff and settings. */
  | 'OWNER'
  /** Customers and their points. */
  | 'SUPPORT';

/** Where a member goes who does not keep the stage. */
export type StageFall =
  | 'NEVER'
  | 'ONE_STEP'
  | 'TO_EARNED';

export type StageInput = {
  /** Null: a new stage. */
  id?: string | number | null | undefined;
  keepOrders?: number | null | undefined;
  keepPoints?: number | null | undefined;
  /** What keeps it; null: as much as reaches it. */
  keepSpend?: number | null | undefined;
  /** 1 to 40 characters. */
  name: string;
  orders?: number;
  /** Basis points: 10000 = once. */
  pointMultiplier?: number;
  points?: number;
  /** Net sales that reach it, base currency, minor unit; 0: not asked for. A stage above the lowest that asks for nothing is given by hand only. */
  spend?: number;
  /** Of the window ROLLING; 1 to 120. */
  windowMonths?: number;
};

export type StageLadderInput = {
  fall: StageFall;
  graceDays: number;
  match: StageMatch;
  review: StageReview;
  /** From the lowest to the highest, 1 to 20; the lowest asks for nothing. */
  stages: Array<StageInput>;
  window: StageWindow;
};

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

/** On which days stages are lost. They are reached on any day, with the order. */
export type StageReview =
  | 'DAILY'
  /** The first of a month. */
  | 'MONTHLY'
  /** 1 January. */
  | 'YEARLY';

/** Which purchases count. */
export type StageWindow =
  /** The calendar year of the merchant's zone; what was reached in a year holds until the end of the next. */
  | 'CALENDAR_YEAR'
  /** The last windowMonths of the stage. */
  | 'ROLLING'
  /** From the day of joining on. */
  | 'SINCE_JOINING';

export type StartImportInput = {
  /** A second upload with the other half of the same orders (see FileInspection.companion). Both are checked before either begins; each becomes an import, and each names the other as its companion. Error: NO_COMPANION when its format is not the one wanted. */
  companionUploadId?: string | number | null | undefined;
  /** What the people of a file of customers agreed to when they allowed to be written to. Null: their consents are left out, because the law asks for the wording; refusals count all the same. */
  consentWording?: string | null | undefined;
  /** Null: told by the header row. With a mapping that has no column for the id of a line, all lines of an order must stand in one file: an order that is told again is replaced by what the file tells of it. */
  mapping?: string | null | undefined;
  shopId: string | number;
  /** From POST /uploads. */
  uploadId: string | number;
};

export type StopImportInput = {
  id: string | number;
};

export type SuppressAddressInput = {
  address: string;
  /** For the audit log; 500 characters at most. */
  reason: string;
};

export type SuppressionReason =
  /** The recipient called a mail spam. */
  | 'COMPLAINT'
  /** There is no such mailbox, or mails came back again and again. */
  | 'HARD_BOUNCE'
  /** Withdrawn by the recipient. Only a new consent lifts it (特定電子メール法 3条3項). */
  | 'OPT_OUT'
  /** Entered by staff. */
  | 'STAFF';

export type TakeBackStageInput = {
  customerId: string | number;
  reason: string;
};

export type TaskRef = {
  id: string | number;
};

export type TaskStatus =
  | 'CANCELLED'
  | 'DONE'
  | 'OPEN';

export type TimelineKind =
  /** What the customer did on a site or in an app. */
  | 'BEHAVIOUR'
  | 'CONSENT'
  | 'MEMBER'
  | 'MESSAGE'
  | 'OFFER'
  | 'ORDER'
  | 'OTHER'
  | 'POINTS'
  | 'STAGE';

export type UndoImportInput = {
  id: string | number;
};

export type UndoMergeInput = {
  /** Keep in mind that the two are not one, so that nothing joins them again. */
  distinct?: boolean;
  mergeId: string | number;
};

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
  /** 1 to 100000; 0: as fast as the mail server takes them. */
  ratePerMinute?: number | null | undefined;
  segmentId?: string | number | null | undefined;
  senderName?: string | null | undefined;
  theme?: string | null | undefined;
  variants?: Array<CampaignVariantInput> | null | undefined;
  version: number;
};

export type UpdateOfferInput = {
  endsAt?: string | null | undefined;
  id: string | number;
  name?: string | null | undefined;
  sharedCode?: string | null | undefined;
  startsAt?: string | null | undefined;
  terms?: string | null | undefined;
  value?: number | null | undefined;
};

export type UpdatePointSettingsInput = {
  earnPerAmount: number;
  earnPoints: number;
  expiryMonths: number;
  pendingDays: number;
};

export type UpdateSegmentInput = {
  description?: string | null | undefined;
  id: string | number;
  name?: string | null | undefined;
  rule?: unknown;
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

export type ShellViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ShellViewerQuery = { viewer: { scopes: Array<string>, staff: { id: string, name: string, email: string, role: StaffRole, locale: string }, merchant: { name: string, timeZone: string, baseCurrency: string } } | null };

export type ShellSetLocaleMutationVariables = Exact<{
  input: SetLocaleInput;
}>;


export type ShellSetLocaleMutation = { setLocale: { viewer: { staff: { id: string, locale: string } } | null } };

export type ShellSearchQueryVariables = Exact<{
  query: string;
  first: number;
  withCustomers: boolean;
  withSegments: boolean;
}>;


export type ShellSearchQuery = { customers?: { edges: Array<{ node: { id: string, displayName: string, email: string } }> }, segments?: Array<{ id: string, name: string }> };

export type ShellCandidatesQueryVariables = Exact<{ [key: string]: never; }>;


export type ShellCandidatesQuery = { candidates: { totalCount: number } };

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


export type MallMailLiveFindingsQuery = { mallMailFindings: Array<{ severity: Severity, code: string, place: string, line: number | null, column: number | null, excerpt: string, message: string, remedy: string, sources: Array<string>, certainty: string, origins: Array<Mall>, blocks: boolean, ruleVersion: number | null, override: PolicyOverride | null, lifted: { id: string, reason: string, evidenceNo: string, createdAt: string, createdBy: string | null } | null }> };

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

export type CampaignHeadFragment = { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null };

export type CampaignDraftFragment = { destinationChoice: DestinationChoice, senderName: string, conversionDays: number, holdoutRate: number, frequencyDays: number, id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, exclusions: Array<{ id: string, name: string }>, variants: Array<{ id: string, mall: Mall, isDefault: boolean, subject: string, mjml: string, textBody: string, offer: { id: string, name: string, mall: Mall, proof: OfferProof, sharedCode: string } | null }>, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null };

export type FindingFieldsFragment = { severity: Severity, code: string, place: string, line: number | null, column: number | null, excerpt: string, message: string, remedy: string, sources: Array<string>, certainty: string, origins: Array<Mall>, blocks: boolean, ruleVersion: number | null, override: PolicyOverride | null, lifted: { id: string, reason: string, evidenceNo: string, createdAt: string, createdBy: string | null } | null };

export type FigureFieldsFragment = { audience: number, suppressed: number, excluded: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> };

export type MetricsFieldsFragment = { campaignId: string, status: CampaignStatus, at: string, retrying: number, nextTryAt: string | null, total: { audience: number, suppressed: number, excluded: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> }, suppressedByReason: Array<{ reason: string, count: number }>, byMall: Array<{ mall: Mall, figures: { audience: number, suppressed: number, excluded: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, byVariant: Array<{ variantId: string, mall: Mall, figures: { audience: number, suppressed: number, excluded: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, series: Array<{ at: string, sent: number, opened: number, clicked: number, converted: number }>, lift: { closesAt: string | null, treated: { people: number, buyers: number, sales: { amount: number, currency: string } }, heldOut: { people: number, buyers: number, sales: { amount: number, currency: string } }, conversion: { difference: number, low: number | null, high: number | null, decided: boolean }, salesPerPerson: { difference: number, low: number | null, high: number | null, decided: boolean } } | null };

export type LiftGroupFieldsFragment = { people: number, buyers: number, sales: { amount: number, currency: string } };

export type LiftIntervalFieldsFragment = { difference: number, low: number | null, high: number | null, decided: boolean };

export type ProspectFieldsFragment = { inAudience: boolean, reached: boolean, heldOut: boolean, mall: Mall | null, reasons: Array<string>, customer: { id: string, displayName: string }, offer: { id: string, name: string } | null, originShop: { id: string, name: string, mall: Mall } | null, reasonSegment: { id: string, name: string } | null, reasonCampaign: { id: string, name: string } | null };

export type CampaignListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  status?: Array<CampaignStatus> | CampaignStatus | null | undefined;
}>;


export type CampaignListQuery = { campaigns: { edges: Array<{ node: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, metrics: { campaignId: string, total: { audience: number, sent: number, delivered: number, opened: number, clicked: number, converted: number, sales: Array<{ amount: number, currency: string }> } }, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CampaignEditQueryVariables = Exact<{
  id: string | number;
}>;


export type CampaignEditQuery = { campaign: { destinationChoice: DestinationChoice, senderName: string, conversionDays: number, holdoutRate: number, frequencyDays: number, id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, exclusions: Array<{ id: string, name: string }>, variants: Array<{ id: string, mall: Mall, isDefault: boolean, subject: string, mjml: string, textBody: string, offer: { id: string, name: string, mall: Mall, proof: OfferProof, sharedCode: string } | null }>, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null };

export type CampaignAudienceQueryVariables = Exact<{
  id: string | number;
}>;


export type CampaignAudienceQuery = { campaign: { id: string, audience: { total: number, reachable: number, excluded: number, heldOut: number, estimated: boolean, refused: Array<{ reason: string, count: number }>, byOrigin: Array<{ count: number, shop: { id: string, name: string, mall: Mall } }>, byDestination: Array<{ mall: Mall, count: number }> } } | null };

export type CampaignFindingsQueryVariables = Exact<{
  id: string | number;
  locale: string;
}>;


export type CampaignFindingsQuery = { campaign: { id: string, findings: Array<{ severity: Severity, code: string, place: string, line: number | null, column: number | null, excerpt: string, message: string, remedy: string, sources: Array<string>, certainty: string, origins: Array<Mall>, blocks: boolean, ruleVersion: number | null, override: PolicyOverride | null, lifted: { id: string, reason: string, evidenceNo: string, createdAt: string, createdBy: string | null } | null }> } | null };

export type CampaignChoicesQueryVariables = Exact<{ [key: string]: never; }>;


export type CampaignChoicesQuery = { segments: Array<{ id: string, name: string, memberCount: number | null }>, offers: Array<{ id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, codes: { left: number } | null }>, senderSettings: { name: string, email: string, postalAddress: string, contact: string } };

export type CampaignContentHelpQueryVariables = Exact<{
  locale: string;
}>;


export type CampaignContentHelpQuery = { mailTemplates: Array<{ code: string, name: string, subject: string, mjml: string }>, templateVariables: Array<{ name: string, label: string, example: string }> };

export type CampaignRenderPreviewQueryVariables = Exact<{
  input: RenderPreviewInput;
  locale: string;
}>;


export type CampaignRenderPreviewQuery = { renderPreview: { from: string, subject: string, html: string, text: string, findings: Array<{ severity: Severity, code: string, place: string, line: number | null, column: number | null, excerpt: string, message: string, remedy: string, sources: Array<string>, certainty: string, origins: Array<Mall>, blocks: boolean, ruleVersion: number | null, override: PolicyOverride | null, lifted: { id: string, reason: string, evidenceNo: string, createdAt: string, createdBy: string | null } | null }> } };

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


export type CampaignMetricsNowQuery = { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, metrics: { campaignId: string, status: CampaignStatus, at: string, retrying: number, nextTryAt: string | null, total: { audience: number, suppressed: number, excluded: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> }, suppressedByReason: Array<{ reason: string, count: number }>, byMall: Array<{ mall: Mall, figures: { audience: number, suppressed: number, excluded: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, byVariant: Array<{ variantId: string, mall: Mall, figures: { audience: number, suppressed: number, excluded: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, series: Array<{ at: string, sent: number, opened: number, clicked: number, converted: number }>, lift: { closesAt: string | null, treated: { people: number, buyers: number, sales: { amount: number, currency: string } }, heldOut: { people: number, buyers: number, sales: { amount: number, currency: string } }, conversion: { difference: number, low: number | null, high: number | null, decided: boolean }, salesPerPerson: { difference: number, low: number | null, high: number | null, decided: boolean } } | null }, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null };

export type CampaignLiveSubscriptionVariables = Exact<{
  campaignId: string | number;
}>;


export type CampaignLiveSubscription = { campaignMetrics: { campaignId: string, status: CampaignStatus, at: string, retrying: number, nextTryAt: string | null, total: { audience: number, suppressed: number, excluded: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> }, suppressedByReason: Array<{ reason: string, count: number }>, byMall: Array<{ mall: Mall, figures: { audience: number, suppressed: number, excluded: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, byVariant: Array<{ variantId: string, mall: Mall, figures: { audience: number, suppressed: number, excluded: number, heldOut: number, cancelled: number, queued: number, sent: number, delivered: number, bounced: number, failed: number, uncertain: number, opened: number, machineOpened: number, clicked: number, converted: number, unsubscribed: number, complained: number, sales: Array<{ amount: number, currency: string }> } }>, series: Array<{ at: string, sent: number, opened: number, clicked: number, converted: number }>, lift: { closesAt: string | null, treated: { people: number, buyers: number, sales: { amount: number, currency: string } }, heldOut: { people: number, buyers: number, sales: { amount: number, currency: string } }, conversion: { difference: number, low: number | null, high: number | null, decided: boolean }, salesPerPerson: { difference: number, low: number | null, high: number | null, decided: boolean } } | null } };

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


export type CampaignCreateMutation = { createCampaign: { campaign: { destinationChoice: DestinationChoice, senderName: string, conversionDays: number, holdoutRate: number, frequencyDays: number, id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, exclusions: Array<{ id: string, name: string }>, variants: Array<{ id: string, mall: Mall, isDefault: boolean, subject: string, mjml: string, textBody: string, offer: { id: string, name: string, mall: Mall, proof: OfferProof, sharedCode: string } | null }>, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignUpdateMutationVariables = Exact<{
  input: UpdateCampaignInput;
}>;


export type CampaignUpdateMutation = { updateCampaign: { campaign: { destinationChoice: DestinationChoice, senderName: string, conversionDays: number, holdoutRate: number, frequencyDays: number, id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, exclusions: Array<{ id: string, name: string }>, variants: Array<{ id: string, mall: Mall, isDefault: boolean, subject: string, mjml: string, textBody: string, offer: { id: string, name: string, mall: Mall, proof: OfferProof, sharedCode: string } | null }>, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignDuplicateMutationVariables = Exact<{
  input: DuplicateCampaignInput;
}>;


export type CampaignDuplicateMutation = { duplicateCampaign: { campaign: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignSendMutationVariables = Exact<{
  input: SendCampaignInput;
}>;


export type CampaignSendMutation = { sendCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignPauseMutationVariables = Exact<{
  input: PauseCampaignInput;
}>;


export type CampaignPauseMutation = { pauseCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignResumeMutationVariables = Exact<{
  input: ResumeCampaignInput;
}>;


export type CampaignResumeMutation = { resumeCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignCancelMutationVariables = Exact<{
  input: CancelCampaignInput;
}>;


export type CampaignCancelMutation = { cancelCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignSaveSenderMutationVariables = Exact<{
  input: UpdateSenderSettingsInput;
}>;


export type CampaignSaveSenderMutation = { updateSenderSettings: { settings: { name: string, email: string, postalAddress: string, contact: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignScheduleMutationVariables = Exact<{
  input: ScheduleCampaignInput;
}>;


export type CampaignScheduleMutation = { scheduleCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignUnscheduleMutationVariables = Exact<{
  input: UnscheduleCampaignInput;
}>;


export type CampaignUnscheduleMutation = { unscheduleCampaign: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignSetRateMutationVariables = Exact<{
  input: SetCampaignRateInput;
}>;


export type CampaignSetRateMutation = { setCampaignRate: { campaign: { id: string, name: string, theme: string, status: CampaignStatus, version: number, createdAt: string, updatedAt: string, sentAt: string | null, finishedAt: string | null, scheduledAt: string | null, ratePerMinute: number | null, missedSchedule: { at: string, because: Array<string> } | null, segment: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignDeleteMutationVariables = Exact<{
  input: DeleteCampaignInput;
}>;


export type CampaignDeleteMutation = { deleteCampaign: { deletedId: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CampaignTestMailMutationVariables = Exact<{
  input: SendTestMailInput;
}>;


export type CampaignTestMailMutation = { sendTestMail: { results: Array<{ address: string, accepted: boolean, reply: string }>, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CandidateListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: CandidateFilter | null | undefined;
}>;


export type CandidateListQuery = { candidates: { edges: Array<{ node: { id: string, score: number, reason: CandidateReason, status: CandidateStatus, household: boolean, contradictions: Array<IdentityFact>, decidedAs: CandidateStatus | null, survivor: { id: string, displayName: string }, other: { id: string, displayName: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CandidateCountQueryVariables = Exact<{
  filter?: CandidateFilter | null | undefined;
}>;


export type CandidateCountQuery = { candidates: { totalCount: number } };

export type ComparedCustomerFragment = { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, postalCode: string, prefecture: string, city: string, addressLine: string, gender: Gender, birthDate: string | null, memberSince: string | null, createdAt: string, stage: { stage: { id: string, name: string } } | null, points: { available: number }, stats: { orderCount: number, lastOrderAt: string | null, malls: Array<Mall>, netSales: { amount: number, currency: string } }, identities: Array<{ id: string, kind: IdentityKind, value: string, shop: { id: string, name: string, mall: Mall } }> };

export type CandidatePairQueryVariables = Exact<{
  id: string | number;
}>;


export type CandidatePairQuery = { node:
    | { id: string }
    | { id: string }
    | { id: string }
    | { score: number, reason: CandidateReason, status: CandidateStatus, household: boolean, agree: Array<IdentityFact>, differ: Array<IdentityFact>, contradictions: Array<IdentityFact>, decidedAt: string | null, decidedAs: CandidateStatus | null, createdAt: string, id: string, survivor: { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, postalCode: string, prefecture: string, city: string, addressLine: string, gender: Gender, birthDate: string | null, memberSince: string | null, createdAt: string, stage: { stage: { id: string, name: string } } | null, points: { available: number }, stats: { orderCount: number, lastOrderAt: string | null, malls: Array<Mall>, netSales: { amount: number, currency: string } }, identities: Array<{ id: string, kind: IdentityKind, value: string, shop: { id: string, name: string, mall: Mall } }> }, other: { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, postalCode: string, prefecture: string, city: string, addressLine: string, gender: Gender, birthDate: string | null, memberSince: string | null, createdAt: string, stage: { stage: { id: string, name: string } } | null, points: { available: number }, stats: { orderCount: number, lastOrderAt: string | null, malls: Array<Mall>, netSales: { amount: number, currency: string } }, identities: Array<{ id: string, kind: IdentityKind, value: string, shop: { id: string, name: string, mall: Mall } }> } }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
   | null };

export type CandidateDecideMutationVariables = Exact<{
  input: DecideCandidatesInput;
}>;


export type CandidateDecideMutation = { decideCandidates: { candidates: Array<{ id: string, status: CandidateStatus }>, merges: Array<{ id: string }>, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StandingFragment = { orderCount: number, available: number, pending: number, held: number, debt: number, stage: string | null, netSales: { amount: number, currency: string }, consents: Array<{ id: string, channel: Channel, state: ConsentState, originShop: { id: string, name: string, mall: Mall } }> };

export type MergeLookUpQueryVariables = Exact<{
  search: string;
}>;


export type MergeLookUpQuery = { customers: { edges: Array<{ node: { id: string, displayName: string, email: string, phoneNational: string } }> } };

export type MergePreviewQueryVariables = Exact<{
  survivorId: string | number;
  mergedId: string | number;
}>;


export type MergePreviewQuery = { mergePreview: { agree: Array<IdentityFact>, differ: Array<IdentityFact>, warnings: Array<IdentityFact>, survivor: { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, postalCode: string, prefecture: string, city: string, addressLine: string, gender: Gender, birthDate: string | null, memberSince: string | null, createdAt: string, stage: { stage: { id: string, name: string } } | null, points: { available: number }, stats: { orderCount: number, lastOrderAt: string | null, malls: Array<Mall>, netSales: { amount: number, currency: string } }, identities: Array<{ id: string, kind: IdentityKind, value: string, shop: { id: string, name: string, mall: Mall } }> }, merged: { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, postalCode: string, prefecture: string, city: string, addressLine: string, gender: Gender, birthDate: string | null, memberSince: string | null, createdAt: string, stage: { stage: { id: string, name: string } } | null, points: { available: number }, stats: { orderCount: number, lastOrderAt: string | null, malls: Array<Mall>, netSales: { amount: number, currency: string } }, identities: Array<{ id: string, kind: IdentityKind, value: string, shop: { id: string, name: string, mall: Mall } }> }, survivorNow: { orderCount: number, available: number, pending: number, held: number, debt: number, stage: string | null, netSales: { amount: number, currency: string }, consents: Array<{ id: string, channel: Channel, state: ConsentState, originShop: { id: string, name: string, mall: Mall } }> }, mergedNow: { orderCount: number, available: number, pending: number, held: number, debt: number, stage: string | null, netSales: { amount: number, currency: string }, consents: Array<{ id: string, channel: Channel, state: ConsentState, originShop: { id: string, name: string, mall: Mall } }> }, then: { orderCount: number, available: number, pending: number, held: number, debt: number, stage: string | null, netSales: { amount: number, currency: string }, consents: Array<{ id: string, channel: Channel, state: ConsentState, originShop: { id: string, name: string, mall: Mall } }> } } };

export type MergeSurvivorQueryVariables = Exact<{
  id: string | number;
}>;


export type MergeSurvivorQuery = { customer: { id: string, displayName: string } | null };

export type MergeCustomersMutationVariables = Exact<{
  input: MergeCustomersInput;
}>;


export type MergeCustomersMutation = { mergeCustomers: { merge: { id: string, survivor: { id: string } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type MergeUndoMutationVariables = Exact<{
  input: UndoMergeInput;
}>;


export type MergeUndoMutation = { undoMerge: { merge: { id: string, undoneAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: CustomerFilter | null | undefined;
  sort: CustomerSort;
  direction: SortDirection;
}>;


export type CustomerListQuery = { customers: { edges: Array<{ node: { id: string, displayName: string, email: string, anonymous: boolean, memberSince: string | null, stage: { stage: { id: string, name: string } } | null, points: { available: number }, stats: { orderCount: number, lastOrderAt: string | null, malls: Array<Mall>, netSales: { amount: number, currency: string } } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CustomerCountQueryVariables = Exact<{
  filter?: CustomerFilter | null | undefined;
}>;


export type CustomerCountQuery = { customers: { totalCount: number } };

export type CustomerStagesQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerStagesQuery = { stages: Array<{ id: string, code: string, name: string }> };

export type CustomerSegmentsQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerSegmentsQuery = { segments: Array<{ id: string, name: string }> };

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


export type CustomerTimelineQuery = { customer: { id: string, timeline: { edges: Array<{ node: { id: string, kind: TimelineKind, event: string, occurredAt: string, data: unknown, shop: { id: string, name: string, mall: Mall } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerOrdersQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type CustomerOrdersQuery = { customer: { id: string, orders: { edges: Array<{ node: { id: string, orderNo: string, kind: OrderKind, status: OrderStatus, orderedAt: string, cancelledAt: string | null, couponCodes: Array<string>, total: { amount: number, currency: string }, netSales: { amount: number, currency: string }, shop: { id: string, name: string, mall: Mall }, lines: Array<{ lineKey: string, name: string, sku: string, option: string, quantity: number, amount: { amount: number, currency: string } }> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerPointsQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type CustomerPointsQuery = { customer: { id: string, pointHistory: { edges: Array<{ node: { id: string, kind: PointBookingKind, amount: number, occurredAt: string, reason: string, note: string, actorKind: AuditActorKind, order: { id: string, orderNo: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type CustomerIdentitiesQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerIdentitiesQuery = { customer: { id: string, identities: Array<{ id: string, kind: IdentityKind, value: string, reason: IdentityReason, score: number, firstSeenAt: string, lastSeenAt: string, shop: { id: string, name: string, mall: Mall } }> } | null };

export type CustomerConsentsQueryVariables = Exact<{
  id: string | number;
}>;


export type CustomerConsentsQuery = { customer: { id: string, consents: Array<{ id: string, channel: Channel, state: ConsentState, occurredAt: string, recordedAt: string, method: ConsentMethod, wording: string, originShop: { id: string, name: string, mall: Mall } }>, consentHistory: Array<{ id: string, channel: Channel, state: ConsentState, occurredAt: string, recordedAt: string, method: ConsentMethod, wording: string, originShop: { id: string, name: string, mall: Mall } }> } | null };

export type CustomerConsentFieldsFragment = { id: string, channel: Channel, state: ConsentState, occurredAt: string, recordedAt: string, method: ConsentMethod, wording: string, originShop: { id: string, name: string, mall: Mall } };

export type CustomerShopsQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerShopsQuery = { shops: Array<{ id: string, name: string, mall: Mall }> };

export type CustomerRecordConsentMutationVariables = Exact<{
  input: RecordConsentInput;
}>;


export type CustomerRecordConsentMutation = { recordConsent: { consent: { id: string, channel: Channel, state: ConsentState, occurredAt: string, recordedAt: string, method: ConsentMethod, wording: string, originShop: { id: string, name: string, mall: Mall } } | null, customer: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerEnrollMutationVariables = Exact<{
  input: EnrollCustomerInput;
}>;


export type CustomerEnrollMutation = { enrollCustomer: { customer: { id: string, memberSince: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

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

export type HomeFiguresQueryVariables = Exact<{
  days: number;
}>;


export type HomeFiguresQuery = { dashboard: { from: string, to: string, figures: Array<{ code: DashboardFigureCode, value: number, previous: number | null, unit: FigureUnit, series: Array<number> }>, salesByMall: Array<{ mall: Mall, orders: number, netSales: { amount: number, currency: string } }> } };

export type HomeCampaignsQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeCampaignsQuery = { campaigns: { edges: Array<{ node: { id: string, name: string, status: CampaignStatus, updatedAt: string } }> }, missed: { edges: Array<{ node: { id: string, name: string, missedSchedule: { at: string } | null } }> } };

export type HomeImportsQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeImportsQuery = { imports: { edges: Array<{ node: { id: string, fileName: string, status: ImportStatus, progress: number, rows: number, quarantined: number, createdAt: string, shop: { id: string, name: string, mall: Mall } } }> } };

export type HomeSenderQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeSenderQuery = { senderSettings: { name: string, email: string, postalAddress: string, contact: string } };

export type ImportFieldsFragment = { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } };

export type ImportListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ImportListQuery = { imports: { edges: Array<{ node: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ImportDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type ImportDetailQuery = { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, mends: { id: string, fileName: string } | null, companion: { id: string, fileName: string } | null, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null };

export type ImportProgressSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type ImportProgressSubscription = { importProgress: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } };

export type ImportQuarantineQueryVariables = Exact<{
  id: string | number;
  first: number;
  after?: string | null | undefined;
}>;


export type ImportQuarantineQuery = { import: { id: string, quarantine: { edges: Array<{ node: { line: number, code: string, field: string, detail: string, raw: string, cells: Array<string> } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type ImportInspectQueryVariables = Exact<{
  uploadId: string | number;
}>;


export type ImportInspectQuery = { inspectUpload: { format: ImportFormat | null, mall: Mall | null, encoding: string, delimiter: string, header: Array<string>, sample: Array<Array<string>>, incomplete: { format: ImportFormat, missing: Array<string> } | null, companion: { format: ImportFormat, needed: boolean } | null, mends: { id: string, fileName: string, quarantined: number, mended: number } | null, fittingMappings: Array<{ id: string, name: string, kind: ImportKind, builtIn: boolean }> } };

export type ImportShopsQueryVariables = Exact<{ [key: string]: never; }>;


export type ImportShopsQuery = { shops: Array<{ id: string, code: string, name: string, mall: Mall, currency: string }> };

export type ImportCreateShopMutationVariables = Exact<{
  input: CreateShopInput;
}>;


export type ImportCreateShopMutation = { createShop: { shop: { id: string, code: string, name: string, mall: Mall, currency: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportStartMutationVariables = Exact<{
  input: StartImportInput;
}>;


export type ImportStartMutation = { startImport: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportStopMutationVariables = Exact<{
  input: StopImportInput;
}>;


export type ImportStopMutation = { stopImport: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportResumeMutationVariables = Exact<{
  input: ResumeImportInput;
}>;


export type ImportResumeMutation = { resumeImport: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportSaveMappingMutationVariables = Exact<{
  input: SaveImportMappingInput;
}>;


export type ImportSaveMappingMutation = { saveImportMapping: { mapping: { id: string, name: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportMendMutationVariables = Exact<{
  input: MendImportInput;
}>;


export type ImportMendMutation = { mendImport: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportMendRowsMutationVariables = Exact<{
  input: MendImportRowsInput;
}>;


export type ImportMendRowsMutation = { mendImportRows: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportUndoPreviewQueryVariables = Exact<{
  id: string | number;
}>;


export type ImportUndoPreviewQuery = { importUndoPreview: { removed: number, sales: number, restored: number, kept: number, customers: number, consents: number, points: number, pointsBack: number, stages: number, conversions: number, until: string, later: Array<{ import: string, fileName: string, orders: number }> } };

export type ImportUndoMutationVariables = Exact<{
  input: UndoImportInput;
}>;


export type ImportUndoMutation = { undoImport: { import: { id: string, fileName: string, kind: ImportKind, format: ImportFormat, mapping: string | null, status: ImportStatus, phase: ImportPhase, progress: number, rowsPerSecond: number | null, rowsTotal: number | null, rows: number, inserted: number, updated: number, unchanged: number, quarantined: number, mended: number, mendableUntil: string | null, undoableUntil: string | null, withoutCustomer: number, orders: number, cancellations: number, customers: number, customersMade: number, consents: number, waiting: number, errorCode: string | null, errorDetail: string | null, createdAt: string, startedAt: string | null, finishedAt: string | null, undo: { status: ImportStatus, progress: number, removed: number, restored: number, kept: number, customers: number } | null, shop: { id: string, name: string, mall: Mall } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ImportHeaderQueryVariables = Exact<{
  id: string | number;
}>;


export type ImportHeaderQuery = { import: { id: string, header: Array<string> } | null };

export type MailboxListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type MailboxListQuery = { mailbox: { edges: Array<{ node: { id: string, receivedAt: string, from: string, to: string, subject: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MailboxMailQueryVariables = Exact<{
  id: string | number;
}>;


export type MailboxMailQuery = { mailboxMail: { id: string, receivedAt: string, from: string, to: string, subject: string, messageId: string, html: string, text: string, size: number, headers: Array<{ name: string, value: string }> } | null };

export type OfferFieldsFragment = { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number } | null };

export type OfferListQueryVariables = Exact<{
  includeArchived: boolean;
}>;


export type OfferListQuery = { offers: Array<{ id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number } | null }> };

export type OfferDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type OfferDetailQuery = { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number } | null } | null };

export type OfferCreateMutationVariables = Exact<{
  input: CreateOfferInput;
}>;


export type OfferCreateMutation = { createOffer: { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type OfferUpdateMutationVariables = Exact<{
  input: UpdateOfferInput;
}>;


export type OfferUpdateMutation = { updateOffer: { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type OfferArchiveMutationVariables = Exact<{
  input: ArchiveOfferInput;
}>;


export type OfferArchiveMutation = { archiveOffer: { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type OfferAddCodesMutationVariables = Exact<{
  input: AddOfferCodesInput;
}>;


export type OfferAddCodesMutation = { addOfferCodes: { added: number | null, duplicates: number | null, offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type RuleFieldsFragment = { id: string, version: number, origins: Array<Mall>, channels: Array<PolicyChannel>, severity: Severity, override: PolicyOverride, message: string, sources: Array<string>, certainty: string, effectiveFrom: string, reviewedOn: string, enabled: boolean, note: string, canWeaken: boolean, createdAt: string, createdBy: string | null, messageJa: string, messageEn: string, remedyJa: string, remedyEn: string, condition: { name: string, label: string, params: Array<string>, content: boolean }, params: { hosts: Array<string>, classes: Array<string>, phrases: Array<string>, except: Array<string>, advertising: Array<string>, domains: Array<string>, years: number } };

export type PolicyRulesQueryVariables = Exact<{
  locale: string;
}>;


export type PolicyRulesQuery = { policyRules: Array<{ id: string, version: number, origins: Array<Mall>, channels: Array<PolicyChannel>, severity: Severity, override: PolicyOverride, message: string, sources: Array<string>, certainty: string, effectiveFrom: string, reviewedOn: string, enabled: boolean, note: string, canWeaken: boolean, createdAt: string, createdBy: string | null, messageJa: string, messageEn: string, remedyJa: string, remedyEn: string, condition: { name: string, label: string, params: Array<string>, content: boolean }, params: { hosts: Array<string>, classes: Array<string>, phrases: Array<string>, except: Array<string>, advertising: Array<string>, domains: Array<string>, years: number } }> };

export type PolicyRuleVersionsQueryVariables = Exact<{
  id: string | number;
  locale: string;
}>;


export type PolicyRuleVersionsQuery = { policyRuleVersions: Array<{ id: string, version: number, origins: Array<Mall>, channels: Array<PolicyChannel>, severity: Severity, override: PolicyOverride, message: string, sources: Array<string>, certainty: string, effectiveFrom: string, reviewedOn: string, enabled: boolean, note: string, canWeaken: boolean, createdAt: string, createdBy: string | null, messageJa: string, messageEn: string, remedyJa: string, remedyEn: string, condition: { name: string, label: string, params: Array<string>, content: boolean }, params: { hosts: Array<string>, classes: Array<string>, phrases: Array<string>, except: Array<string>, advertising: Array<string>, domains: Array<string>, years: number } }> };

export type PolicyConditionsQueryVariables = Exact<{
  locale: string;
}>;


export type PolicyConditionsQuery = { policyConditions: Array<{ name: string, label: string, params: Array<string>, content: boolean }> };

export type PolicyTrialQueryVariables = Exact<{
  input: PolicyRuleInput;
}>;


export type PolicyTrialQuery = { policyRuleTrial: Array<{ campaignId: string, campaignName: string, mall: Mall, place: string, line: number | null, excerpt: string }> };

export type PolicySaveMutationVariables = Exact<{
  input: PolicyRuleInput;
}>;


export type PolicySaveMutation = { savePolicyRule: { rule: { id: string, version: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PolicyReviewMutationVariables = Exact<{
  input: ReviewPolicyRuleInput;
}>;


export type PolicyReviewMutation = { reviewPolicyRule: { rule: { id: string, version: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SegmentListQueryVariables = Exact<{
  locale: string;
  includeArchived: boolean;
}>;


export type SegmentListQuery = { segments: Array<{ id: string, name: string, description: string, sentence: string, memberCount: number | null, computedAt: string | null, updatedAt: string, archivedAt: string | null }> };

export type SegmentOpenQueryVariables = Exact<{
  id: string | number;
}>;


export type SegmentOpenQuery = { segment: { id: string, name: string, description: string, rule: unknown, memberCount: number | null, computedAt: string | null, archivedAt: string | null } | null };

export type SegmentCatalogQueryVariables = Exact<{
  locale: string;
}>;


export type SegmentCatalogQuery = { segmentFields: Array<{ name: string, label: string, group: string, description: string, type: SegmentFieldType, unit: string, perMall: boolean, period: boolean, perProduct: boolean, operators: Array<{ name: string, label: string, operand: SegmentOperand }>, choices: Array<{ value: string, label: string }> }> };

export type SegmentPreviewQueryVariables = Exact<{
  rule: unknown;
  locale: string;
}>;


export type SegmentPreviewQuery = { segmentPreview: { count: number, sentence: string, milliseconds: number, errors: Array<{ path: string, code: string, message: string }>, sample: Array<{ id: string, displayName: string, email: string, stats: { orderCount: number, malls: Array<Mall>, lastOrderAt: string | null, netSales: { amount: number, currency: string } } }> } };

export type SegmentCreateMutationVariables = Exact<{
  input: CreateSegmentInput;
}>;


export type SegmentCreateMutation = { createSegment: { segment: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SegmentUpdateMutationVariables = Exact<{
  input: UpdateSegmentInput;
}>;


export type SegmentUpdateMutation = { updateSegment: { segment: { id: string, name: string, description: string, rule: unknown, memberCount: number | null, computedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SegmentArchiveMutationVariables = Exact<{
  input: ArchiveSegmentInput;
}>;


export type SegmentArchiveMutation = { archiveSegment: { segment: { id: string, archivedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SegmentRefreshMutationVariables = Exact<{
  input: RefreshSegmentInput;
}>;


export type SegmentRefreshMutation = { refreshSegment: { entered: number | null, left: number | null, segment: { id: string, memberCount: number | null, computedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ProductSearchQueryVariables = Exact<{
  search: string;
}>;


export type ProductSearchQuery = { products: Array<{ sku: string, name: string }> };

export type ProductNamesQueryVariables = Exact<{
  skus: Array<string> | string;
}>;


export type ProductNamesQuery = { products: Array<{ sku: string, name: string }> };

export type ProductCategoriesQueryVariables = Exact<{ [key: string]: never; }>;


export type ProductCategoriesQuery = { productCategories: Array<string> };

export type SenderDomainFieldsFragment = { id: string, domain: string, bounceDomain: string | null, createdAt: string, keys: Array<{ id: string, algorithm: DkimAlgorithm, selector: string, active: boolean, createdAt: string }>, records: Array<{ kind: DnsRecordKind, type: string, name: string, value: string | null, state: DnsRecordState }> };

export type SuppressionFieldsFragment = { id: string, reason: SuppressionReason, at: string, source: string, status: string, customer: { id: string, displayName: string } | null };

export type SendingSenderQueryVariables = Exact<{ [key: string]: never; }>;


export type SendingSenderQuery = { senderSettings: { name: string, email: string, postalAddress: string, contact: string } };

export type SendingSaveSenderMutationVariables = Exact<{
  input: UpdateSenderSettingsInput;
}>;


export type SendingSaveSenderMutation = { updateSenderSettings: { settings: { name: string, email: string, postalAddress: string, contact: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SendingDomainsQueryVariables = Exact<{ [key: string]: never; }>;


export type SendingDomainsQuery = { senderDomains: Array<{ id: string, domain: string, bounceDomain: string | null, createdAt: string, keys: Array<{ id: string, algorithm: DkimAlgorithm, selector: string, active: boolean, createdAt: string }>, records: Array<{ kind: DnsRecordKind, type: string, name: string, value: string | null, state: DnsRecordState }> }> };

export type SendingAddDomainMutationVariables = Exact<{
  input: AddSenderDomainInput;
}>;


export type SendingAddDomainMutation = { addSenderDomain: { domain: { id: string, domain: string, bounceDomain: string | null, createdAt: string, keys: Array<{ id: string, algorithm: DkimAlgorithm, selector: string, active: boolean, createdAt: string }>, records: Array<{ kind: DnsRecordKind, type: string, name: string, value: string | null, state: DnsRecordState }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SendingSetBounceDomainMutationVariables = Exact<{
  input: SetBounceDomainInput;
}>;


export type SendingSetBounceDomainMutation = { setBounceDomain: { domain: { id: string, domain: string, bounceDomain: string | null, createdAt: string, keys: Array<{ id: string, algorithm: DkimAlgorithm, selector: string, active: boolean, createdAt: string }>, records: Array<{ kind: DnsRecordKind, type: string, name: string, value: string | null, state: DnsRecordState }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SendingRemoveDomainMutationVariables = Exact<{
  input: RemoveSenderDomainInput;
}>;


export type SendingRemoveDomainMutation = { removeSenderDomain: { removed: boolean, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SendingAddKeyMutationVariables = Exact<{
  input: AddDkimKeyInput;
}>;


export type SendingAddKeyMutation = { addDkimKey: { domain: { id: string, domain: string, bounceDomain: string | null, createdAt: string, keys: Array<{ id: string, algorithm: DkimAlgorithm, selector: string, active: boolean, createdAt: string }>, records: Array<{ kind: DnsRecordKind, type: string, name: string, value: string | null, state: DnsRecordState }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SendingUseKeyMutationVariables = Exact<{
  input: SetDkimKeyActiveInput;
}>;


export type SendingUseKeyMutation = { setDkimKeyActive: { domain: { id: string, domain: string, bounceDomain: string | null, createdAt: string, keys: Array<{ id: string, algorithm: DkimAlgorithm, selector: string, active: boolean, createdAt: string }>, records: Array<{ kind: DnsRecordKind, type: string, name: string, value: string | null, state: DnsRecordState }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SendingRemoveKeyMutationVariables = Exact<{
  input: RemoveDkimKeyInput;
}>;


export type SendingRemoveKeyMutation = { removeDkimKey: { domain: { id: string, domain: string, bounceDomain: string | null, createdAt: string, keys: Array<{ id: string, algorithm: DkimAlgorithm, selector: string, active: boolean, createdAt: string }>, records: Array<{ kind: DnsRecordKind, type: string, name: string, value: string | null, state: DnsRecordState }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SendingCheckDomainMutationVariables = Exact<{
  input: CheckSenderDomainInput;
}>;


export type SendingCheckDomainMutation = { checkSenderDomain: { domain: { id: string, domain: string, bounceDomain: string | null, createdAt: string, keys: Array<{ id: string, algorithm: DkimAlgorithm, selector: string, active: boolean, createdAt: string }>, records: Array<{ kind: DnsRecordKind, type: string, name: string, value: string | null, state: DnsRecordState }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SendingBouncesQueryVariables = Exact<{ [key: string]: never; }>;


export type SendingBouncesQuery = { bounceCounts: Array<{ kind: BounceKind, count: number }> };

export type SendingSuppressionsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  reason?: SuppressionReason | null | undefined;
  address?: string | null | undefined;
}>;


export type SendingSuppressionsQuery = { suppressionCounts: Array<{ reason: SuppressionReason, count: number }>, suppressions: { edges: Array<{ node: { id: string, reason: SuppressionReason, at: string, source: string, status: string, customer: { id: string, displayName: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SendingSuppressMutationVariables = Exact<{
  input: SuppressAddressInput;
}>;


export type SendingSuppressMutation = { suppressAddress: { suppression: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SendingLiftMutationVariables = Exact<{
  input: LiftSuppressionInput;
}>;


export type SendingLiftMutation = { liftSuppression: { suppression: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { accessToken: string | null, expiresAt: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StageLadderFieldsFragment = { match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, version: number, unplaced: number, losing: number, nextReviewOn: string, stages: Array<{ id: string, name: string, position: number, orderThreshold: number, pointThreshold: number, windowMonths: number, pointMultiplier: number, memberCount: number, spendThreshold: { amount: number, currency: string }, keep: { spend: number, orders: number, points: number } }> };

export type StageLadderQueryVariables = Exact<{ [key: string]: never; }>;


export type StageLadderQuery = { stageLadder: { match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, version: number, unplaced: number, losing: number, nextReviewOn: string, stages: Array<{ id: string, name: string, position: number, orderThreshold: number, pointThreshold: number, windowMonths: number, pointMultiplier: number, memberCount: number, spendThreshold: { amount: number, currency: string }, keep: { spend: number, orders: number, points: number } }> } };

export type StageTrialQueryVariables = Exact<{
  input: StageLadderInput;
}>;


export type StageTrialQuery = { stageTrial: { trial: { members: number, pointsNow: number, pointsThen: number, moves: Array<{ to: number, members: number, from: { id: string, name: string, position: number } }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StageSaveLadderMutationVariables = Exact<{
  input: SaveStageLadderInput;
}>;


export type StageSaveLadderMutation = { saveStageLadder: { ladder: { match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, version: number, unplaced: number, losing: number, nextReviewOn: string, stages: Array<{ id: string, name: string, position: number, orderThreshold: number, pointThreshold: number, windowMonths: number, pointMultiplier: number, memberCount: number, spendThreshold: { amount: number, currency: string }, keep: { spend: number, orders: number, points: number } }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StagePointSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type StagePointSettingsQuery = { pointSettings: { earnPerAmount: number, earnPoints: number, pendingDays: number, expiryMonths: number } };

export type StageUpdatePointSettingsMutationVariables = Exact<{
  input: UpdatePointSettingsInput;
}>;


export type StageUpdatePointSettingsMutation = { updatePointSettings: { settings: { earnPerAmount: number, earnPoints: number, pendingDays: number, expiryMonths: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type TaskFieldsFragment = { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null };

export type TaskListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  status: TaskStatus;
}>;


export type TaskListQuery = { tasks: { edges: Array<{ node: { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type TaskDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type TaskDetailQuery = { task: { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null };

export type TaskCompleteMutationVariables = Exact<{
  input: CompleteTaskInput;
}>;


export type TaskCompleteMutation = { completeTask: { task: { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type TaskReopenMutationVariables = Exact<{
  input: TaskRef;
}>;


export type TaskReopenMutation = { reopenTask: { task: { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type TaskCancelMutationVariables = Exact<{
  input: TaskRef;
}>;


export type TaskCancelMutation = { cancelTask: { task: { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

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
  ratePerMinute
  missedSchedule {
    at
    because
  }
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
export const ComparedCustomerFragmentDoc = gql`
    fragment ComparedCustomer on Customer {
  id
  displayName
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
  stage {
    stage {
      id
      name
    }
  }
  points {
    available
  }
  stats {
    orderCount
    netSales {
      amount
      currency
    }
    lastOrderAt
    malls
  }
  identities {
    id
    kind
    value
    shop {
      id
      name
      mall
    }
  }
}
    ` as unknown as DocumentNode<ComparedCustomerFragment, unknown>;
export const StandingFragmentDoc = gql`
    fragment Standing on MergeStanding {
  orderCount
  netSales {
    amount
    currency
  }
  available
  pending
  held
  debt
  stage
  consents {
    id
    channel
    state
    originShop {
      id
      name
      mall
    }
  }
}
    ` as unknown as DocumentNode<StandingFragment, unknown>;
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
export const ImportFieldsFragmentDoc = gql`
    fragment ImportFields on Import {
  id
  fileName
  kind
  format
  mapping
  status
  phase
  progress
  rowsPerSecond
  rowsTotal
  rows
  inserted
  updated
  unchanged
  quarantined
  mended
  mendableUntil
  undoableUntil
  undo {
    status
    progress
    removed
    restored
    kept
    customers
  }
  withoutCustomer
  orders
  cancellations
  customers
  customersMade
  consents
  waiting
  errorCode
  errorDetail
  createdAt
  startedAt
  finishedAt
  shop {
    id
    name
    mall
  }
}
    ` as unknown as DocumentNode<ImportFieldsFragment, unknown>;
export const OfferFieldsFragmentDoc = gql`
    fragment OfferFields on Offer {
  id
  name
  mall
  kind
  value
  proof
  sharedCode
  startsAt
  endsAt
  terms
  archivedAt
  codes {
    total
    issued
    used
    left
  }
}
    ` as unknown as DocumentNode<OfferFieldsFragment, unknown>;
export const RuleFieldsFragmentDoc = gql`
    fragment RuleFields on PolicyRule {
  id
  version
  origins
  channels
  condition {
    name
    label(locale: $locale)
    params
    content
  }
  params {
    hosts
    classes
    phrases
    except
    advertising
    domains
    years
  }
  severity
  override
  message(locale: $locale)
  messageJa: message(locale: "ja")
  messageEn: message(locale: "en")
  remedyJa: remedy(locale: "ja")
  remedyEn: remedy(locale: "en")
  sources
  certainty
  effectiveFrom
  reviewedOn
  enabled
  note
  canWeaken
  createdAt
  createdBy
}
    ` as unknown as DocumentNode<RuleFieldsFragment, unknown>;
export const SenderDomainFieldsFragmentDoc = gql`
    fragment SenderDomainFields on SenderDomain {
  id
  domain
  bounceDomain
  createdAt
  keys {
    id
    algorithm
    selector
    active
    createdAt
  }
  records {
    kind
    type
    name
    value
    state
  }
}
    ` as unknown as DocumentNode<SenderDomainFieldsFragment, unknown>;
export const SuppressionFieldsFragmentDoc = gql`
    fragment SuppressionFields on Suppression {
  id
  reason
  at
  source
  status
  customer {
    id
    displayName
  }
}
    ` as unknown as DocumentNode<SuppressionFieldsFragment, unknown>;
export const StageLadderFieldsFragmentDoc = gql`
    fragment StageLadderFields on StageLadder {
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
    keep {
      spend
      orders
      points
    }
    windowMonths
    pointMultiplier
    memberCount
  }
  match
  window
  fall
  review
  graceDays
  version
  unplaced
  losing(days: 30)
  nextReviewOn
}
    ` as unknown as DocumentNode<StageLadderFieldsFragment, unknown>;
export const TaskFieldsFragmentDoc = gql`
    fragment TaskFields on Task {
  id
  mall
  tool
  status
  subject
  text
  html
  couponCode
  customers
  dueOn
  createdAt
  doneAt
  doneBy
  sentCount
  note
  campaign {
    id
    name
  }
  offer {
    id
    name
    startsAt
    endsAt
  }
  assignee {
    id
    name
  }
  results {
    orders
    customers
    sales {
      amount
      currency
    }
  }
}
    ` as unknown as DocumentNode<TaskFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const ShellViewerDocument = gql`
    query ShellViewer {
  viewer {
    staff {
      id
      name
      email
      role
      locale
    }
    scopes
    merchant {
      name
      timeZone
      baseCurrency
    }
  }
}
    ` as unknown as DocumentNode<ShellViewerQuery, ShellViewerQueryVariables>;
export const ShellSetLocaleDocument = gql`
    mutation ShellSetLocale($input: SetLocaleInput!) {
  setLocale(input: $input) {
    viewer {
      staff {
        id
        locale
      }
    }
  }
}
    ` as unknown as DocumentNode<ShellSetLocaleMutation, ShellSetLocaleMutationVariables>;
export const ShellSearchDocument = gql`
    query ShellSearch($query: String!, $first: Int!, $withCustomers: Boolean!, $withSegments: Boolean!) {
  customers(first: $first, filter: {search: $query}) @include(if: $withCustomers) {
    edges {
      node {
        id
        displayName
        email
      }
    }
  }
  segments @include(if: $withSegments) {
    id
    name
  }
}
    ` as unknown as DocumentNode<ShellSearchQuery, ShellSearchQueryVariables>;
export const ShellCandidatesDocument = gql`
    query ShellCandidates {
  candidates(first: 0) {
    totalCount
  }
}
    ` as unknown as DocumentNode<ShellCandidatesQuery, ShellCandidatesQueryVariables>;
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
    query CampaignList($first: Int!, $after: String, $status: [CampaignStatus!]) {
  campaigns(first: $first, after: $after, status: $status) {
    edges {
      node {
        ...CampaignHead
        metrics {
          campaignId
          total {
            audience
            sent
            delivered
            opened
            clicked
            converted
            sales {
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
    query CampaignAudience($id: ID!) {
  campaign(id: $id) {
    id
    audience {
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
      }
      byDestination {
        mall
        count
      }
    }
  }
}
    ` as unknown as DocumentNode<CampaignAudienceQuery, CampaignAudienceQueryVariables>;
export const CampaignFindingsDocument = gql`
    query CampaignFindings($id: ID!, $locale: String!) {
  campaign(id: $id) {
    id
    findings {
      ...FindingFields
    }
  }
}
    ${FindingFieldsFragmentDoc}` as unknown as DocumentNode<CampaignFindingsQuery, CampaignFindingsQueryVariables>;
export const CampaignChoicesDocument = gql`
    query CampaignChoices {
  segments {
    id
    name
    memberCount
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
export const CandidateListDocument = gql`
    query CandidateList($first: Int!, $after: String, $filter: CandidateFilter) {
  candidates(first: $first, after: $after, filter: $filter) {
    edges {
      node {
        id
        score
        reason
        status
        household
        contradictions
        decidedAs
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
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<CandidateListQuery, CandidateListQueryVariables>;
export const CandidateCountDocument = gql`
    query CandidateCount($filter: CandidateFilter) {
  candidates(first: 0, filter: $filter) {
    totalCount
  }
}
    ` as unknown as DocumentNode<CandidateCountQuery, CandidateCountQueryVariables>;
export const CandidatePairDocument = gql`
    query CandidatePair($id: ID!) {
  node(id: $id) {
    id
    ... on Candidate {
      score
      reason
      status
      household
      agree
      differ
      contradictions
      decidedAt
      decidedAs
      createdAt
      survivor {
        ...ComparedCustomer
      }
      other {
        ...ComparedCustomer
      }
    }
  }
}
    ${ComparedCustomerFragmentDoc}` as unknown as DocumentNode<CandidatePairQuery, CandidatePairQueryVariables>;
export const CandidateDecideDocument = gql`
    mutation CandidateDecide($input: DecideCandidatesInput!) {
  decideCandidates(input: $input) {
    candidates {
      id
      status
    }
    merges {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CandidateDecideMutation, CandidateDecideMutationVariables>;
export const MergeLookUpDocument = gql`
    query MergeLookUp($search: String!) {
  customers(first: 8, filter: {search: $search}) {
    edges {
      node {
        id
        displayName
        email
        phoneNational
      }
    }
  }
}
    ` as unknown as DocumentNode<MergeLookUpQuery, MergeLookUpQueryVariables>;
export const MergePreviewDocument = gql`
    query MergePreview($survivorId: ID!, $mergedId: ID!) {
  mergePreview(survivorId: $survivorId, mergedId: $mergedId) {
    agree
    differ
    warnings
    survivor {
      ...ComparedCustomer
    }
    merged {
      ...ComparedCustomer
    }
    survivorNow {
      ...Standing
    }
    mergedNow {
      ...Standing
    }
    then {
      ...Standing
    }
  }
}
    ${ComparedCustomerFragmentDoc}
${StandingFragmentDoc}` as unknown as DocumentNode<MergePreviewQuery, MergePreviewQueryVariables>;
export const MergeSurvivorDocument = gql`
    query MergeSurvivor($id: ID!) {
  customer(id: $id) {
    id
    displayName
  }
}
    ` as unknown as DocumentNode<MergeSurvivorQuery, MergeSurvivorQueryVariables>;
export const MergeCustomersDocument = gql`
    mutation MergeCustomers($input: MergeCustomersInput!) {
  mergeCustomers(input: $input) {
    merge {
      id
      survivor {
        id
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<MergeCustomersMutation, MergeCustomersMutationVariables>;
export const MergeUndoDocument = gql`
    mutation MergeUndo($input: UndoMergeInput!) {
  undoMerge(input: $input) {
    merge {
      id
      undoneAt
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<MergeUndoMutation, MergeUndoMutationVariables>;
export const CustomerListDocument = gql`
    query CustomerList($first: Int!, $after: String, $filter: CustomerFilter, $sort: CustomerSort!, $direction: SortDirection!) {
  customers(
    first: $first
    after: $after
    filter: $filter
    sort: $sort
    direction: $direction
  ) {
    edges {
      node {
        id
        displayName
        email
        anonymous
        memberSince
        stage {
          stage {
            id
            name
          }
        }
        points {
          available
        }
        stats {
          orderCount
          netSales {
            amount
            currency
          }
          lastOrderAt
          malls
        }
      }
    }
    pageInfo {
      hasNextPage
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
  }
}
    ` as unknown as DocumentNode<CustomerSegmentsQuery, CustomerSegmentsQueryVariables>;
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
          shop {
            id
            name
            mall
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
    ` as unknown as DocumentNode<CustomerTimelineQuery, CustomerTimelineQueryVariables>;
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
export const CustomerPointsDocument = gql`
    query CustomerPoints($id: ID!, $first: Int!, $after: String) {
  customer(id: $id) {
    id
    pointHistory(first: $first, after: $after) {
      edges {
        node {
          id
          kind
          amount
          occurredAt
          reason
          note
          actorKind
          order {
            id
            orderNo
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
export const CustomerIdentitiesDocument = gql`
    query CustomerIdentities($id: ID!) {
  customer(id: $id) {
    id
    identities {
      id
      kind
      value
      reason
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
export const HomeFiguresDocument = gql`
    query HomeFigures($days: Int!) {
  dashboard(days: $days) {
    from
    to
    figures {
      code
      value
      previous
      unit
      series
    }
    salesByMall {
      mall
      orders
      netSales {
        amount
        currency
      }
    }
  }
}
    ` as unknown as DocumentNode<HomeFiguresQuery, HomeFiguresQueryVariables>;
export const HomeCampaignsDocument = gql`
    query HomeCampaigns {
  campaigns(first: 8) {
    edges {
      node {
        id
        name
        status
        updatedAt
      }
    }
  }
  missed: campaigns(first: 8, missed: true) {
    edges {
      node {
        id
        name
        missedSchedule {
          at
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<HomeCampaignsQuery, HomeCampaignsQueryVariables>;
export const HomeImportsDocument = gql`
    query HomeImports {
  imports(first: 8) {
    edges {
      node {
        id
        fileName
        status
        progress
        rows
        quarantined
        createdAt
        shop {
          id
          name
          mall
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<HomeImportsQuery, HomeImportsQueryVariables>;
export const HomeSenderDocument = gql`
    query HomeSender {
  senderSettings {
    name
    email
    postalAddress
    contact
  }
}
    ` as unknown as DocumentNode<HomeSenderQuery, HomeSenderQueryVariables>;
export const ImportListDocument = gql`
    query ImportList($first: Int!, $after: String) {
  imports(first: $first, after: $after) {
    edges {
      node {
        ...ImportFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${ImportFieldsFragmentDoc}` as unknown as DocumentNode<ImportListQuery, ImportListQueryVariables>;
export const ImportDetailDocument = gql`
    query ImportDetail($id: ID!) {
  import(id: $id) {
    ...ImportFields
    mends {
      id
      fileName
    }
    companion {
      id
      fileName
    }
  }
}
    ${ImportFieldsFragmentDoc}` as unknown as DocumentNode<ImportDetailQuery, ImportDetailQueryVariables>;
export const ImportProgressDocument = gql`
    subscription ImportProgress($id: ID!) {
  importProgress(id: $id) {
    ...ImportFields
  }
}
    ${ImportFieldsFragmentDoc}` as unknown as DocumentNode<ImportProgressSubscription, ImportProgressSubscriptionVariables>;
export const ImportQuarantineDocument = gql`
    query ImportQuarantine($id: ID!, $first: Int!, $after: String) {
  import(id: $id) {
    id
    quarantine(first: $first, after: $after) {
      edges {
        node {
          line
          code
          field
          detail
          raw
          cells
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    ` as unknown as DocumentNode<ImportQuarantineQuery, ImportQuarantineQueryVariables>;
export const ImportInspectDocument = gql`
    query ImportInspect($uploadId: ID!) {
  inspectUpload(uploadId: $uploadId) {
    format
    incomplete {
      format
      missing
    }
    mall
    companion {
      format
      needed
    }
    mends {
      id
      fileName
      quarantined
      mended
    }
    encoding
    delimiter
    header
    sample
    fittingMappings {
      id
      name
      kind
      builtIn
    }
  }
}
    ` as unknown as DocumentNode<ImportInspectQuery, ImportInspectQueryVariables>;
export const ImportShopsDocument = gql`
    query ImportShops {
  shops {
    id
    code
    name
    mall
    currency
  }
}
    ` as unknown as DocumentNode<ImportShopsQuery, ImportShopsQueryVariables>;
export const ImportCreateShopDocument = gql`
    mutation ImportCreateShop($input: CreateShopInput!) {
  createShop(input: $input) {
    shop {
      id
      code
      name
      mall
      currency
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportCreateShopMutation, ImportCreateShopMutationVariables>;
export const ImportStartDocument = gql`
    mutation ImportStart($input: StartImportInput!) {
  startImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportStartMutation, ImportStartMutationVariables>;
export const ImportStopDocument = gql`
    mutation ImportStop($input: StopImportInput!) {
  stopImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportStopMutation, ImportStopMutationVariables>;
export const ImportResumeDocument = gql`
    mutation ImportResume($input: ResumeImportInput!) {
  resumeImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportResumeMutation, ImportResumeMutationVariables>;
export const ImportSaveMappingDocument = gql`
    mutation ImportSaveMapping($input: SaveImportMappingInput!) {
  saveImportMapping(input: $input) {
    mapping {
      id
      name
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportSaveMappingMutation, ImportSaveMappingMutationVariables>;
export const ImportMendDocument = gql`
    mutation ImportMend($input: MendImportInput!) {
  mendImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportMendMutation, ImportMendMutationVariables>;
export const ImportMendRowsDocument = gql`
    mutation ImportMendRows($input: MendImportRowsInput!) {
  mendImportRows(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportMendRowsMutation, ImportMendRowsMutationVariables>;
export const ImportUndoPreviewDocument = gql`
    query ImportUndoPreview($id: ID!) {
  importUndoPreview(id: $id) {
    removed
    sales
    restored
    kept
    later {
      import
      fileName
      orders
    }
    customers
    consents
    points
    pointsBack
    stages
    conversions
    until
  }
}
    ` as unknown as DocumentNode<ImportUndoPreviewQuery, ImportUndoPreviewQueryVariables>;
export const ImportUndoDocument = gql`
    mutation ImportUndo($input: UndoImportInput!) {
  undoImport(input: $input) {
    import {
      ...ImportFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ImportFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ImportUndoMutation, ImportUndoMutationVariables>;
export const ImportHeaderDocument = gql`
    query ImportHeader($id: ID!) {
  import(id: $id) {
    id
    header
  }
}
    ` as unknown as DocumentNode<ImportHeaderQuery, ImportHeaderQueryVariables>;
export const MailboxListDocument = gql`
    query MailboxList($first: Int!, $after: String, $search: String) {
  mailbox(first: $first, after: $after, search: $search) {
    edges {
      node {
        id
        receivedAt
        from
        to
        subject
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<MailboxListQuery, MailboxListQueryVariables>;
export const MailboxMailDocument = gql`
    query MailboxMail($id: ID!) {
  mailboxMail(id: $id) {
    id
    receivedAt
    from
    to
    subject
    messageId
    html
    text
    size
    headers {
      name
      value
    }
  }
}
    ` as unknown as DocumentNode<MailboxMailQuery, MailboxMailQueryVariables>;
export const OfferListDocument = gql`
    query OfferList($includeArchived: Boolean!) {
  offers(includeArchived: $includeArchived) {
    ...OfferFields
  }
}
    ${OfferFieldsFragmentDoc}` as unknown as DocumentNode<OfferListQuery, OfferListQueryVariables>;
export const OfferDetailDocument = gql`
    query OfferDetail($id: ID!) {
  offer(id: $id) {
    ...OfferFields
  }
}
    ${OfferFieldsFragmentDoc}` as unknown as DocumentNode<OfferDetailQuery, OfferDetailQueryVariables>;
export const OfferCreateDocument = gql`
    mutation OfferCreate($input: CreateOfferInput!) {
  createOffer(input: $input) {
    offer {
      ...OfferFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${OfferFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<OfferCreateMutation, OfferCreateMutationVariables>;
export const OfferUpdateDocument = gql`
    mutation OfferUpdate($input: UpdateOfferInput!) {
  updateOffer(input: $input) {
    offer {
      ...OfferFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${OfferFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<OfferUpdateMutation, OfferUpdateMutationVariables>;
export const OfferArchiveDocument = gql`
    mutation OfferArchive($input: ArchiveOfferInput!) {
  archiveOffer(input: $input) {
    offer {
      ...OfferFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${OfferFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<OfferArchiveMutation, OfferArchiveMutationVariables>;
export const OfferAddCodesDocument = gql`
    mutation OfferAddCodes($input: AddOfferCodesInput!) {
  addOfferCodes(input: $input) {
    offer {
      ...OfferFields
    }
    added
    duplicates
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${OfferFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<OfferAddCodesMutation, OfferAddCodesMutationVariables>;
export const PolicyRulesDocument = gql`
    query PolicyRules($locale: String!) {
  policyRules {
    ...RuleFields
  }
}
    ${RuleFieldsFragmentDoc}` as unknown as DocumentNode<PolicyRulesQuery, PolicyRulesQueryVariables>;
export const PolicyRuleVersionsDocument = gql`
    query PolicyRuleVersions($id: ID!, $locale: String!) {
  policyRuleVersions(id: $id) {
    ...RuleFields
  }
}
    ${RuleFieldsFragmentDoc}` as unknown as DocumentNode<PolicyRuleVersionsQuery, PolicyRuleVersionsQueryVariables>;
export const PolicyConditionsDocument = gql`
    query PolicyConditions($locale: String!) {
  policyConditions {
    name
    label(locale: $locale)
    params
    content
  }
}
    ` as unknown as DocumentNode<PolicyConditionsQuery, PolicyConditionsQueryVariables>;
export const PolicyTrialDocument = gql`
    query PolicyTrial($input: PolicyRuleInput!) {
  policyRuleTrial(input: $input) {
    campaignId
    campaignName
    mall
    place
    line
    excerpt
  }
}
    ` as unknown as DocumentNode<PolicyTrialQuery, PolicyTrialQueryVariables>;
export const PolicySaveDocument = gql`
    mutation PolicySave($input: PolicyRuleInput!) {
  savePolicyRule(input: $input) {
    rule {
      id
      version
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PolicySaveMutation, PolicySaveMutationVariables>;
export const PolicyReviewDocument = gql`
    mutation PolicyReview($input: ReviewPolicyRuleInput!) {
  reviewPolicyRule(input: $input) {
    rule {
      id
      version
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PolicyReviewMutation, PolicyReviewMutationVariables>;
export const SegmentListDocument = gql`
    query SegmentList($locale: String!, $includeArchived: Boolean!) {
  segments(includeArchived: $includeArchived) {
    id
    name
    description
    sentence(locale: $locale)
    memberCount
    computedAt
    updatedAt
    archivedAt
  }
}
    ` as unknown as DocumentNode<SegmentListQuery, SegmentListQueryVariables>;
export const SegmentOpenDocument = gql`
    query SegmentOpen($id: ID!) {
  segment(id: $id) {
    id
    name
    description
    rule
    memberCount
    computedAt
    archivedAt
  }
}
    ` as unknown as DocumentNode<SegmentOpenQuery, SegmentOpenQueryVariables>;
export const SegmentCatalogDocument = gql`
    query SegmentCatalog($locale: String!) {
  segmentFields {
    name
    label(locale: $locale)
    group(locale: $locale)
    description(locale: $locale)
    type
    unit(locale: $locale)
    perMall
    period
    perProduct
    operators {
      name
      label(locale: $locale)
      operand
    }
    choices(locale: $locale) {
      value
      label
    }
  }
}
    ` as unknown as DocumentNode<SegmentCatalogQuery, SegmentCatalogQueryVariables>;
export const SegmentPreviewDocument = gql`
    query SegmentPreview($rule: JSON!, $locale: String!) {
  segmentPreview(rule: $rule, locale: $locale) {
    count
    sentence
    milliseconds
    errors {
      path
      code
      message
    }
    sample {
      id
      displayName
      email
      stats {
        orderCount
        malls
        lastOrderAt
        netSales {
          amount
          currency
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<SegmentPreviewQuery, SegmentPreviewQueryVariables>;
export const SegmentCreateDocument = gql`
    mutation SegmentCreate($input: CreateSegmentInput!) {
  createSegment(input: $input) {
    segment {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SegmentCreateMutation, SegmentCreateMutationVariables>;
export const SegmentUpdateDocument = gql`
    mutation SegmentUpdate($input: UpdateSegmentInput!) {
  updateSegment(input: $input) {
    segment {
      id
      name
      description
      rule
      memberCount
      computedAt
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SegmentUpdateMutation, SegmentUpdateMutationVariables>;
export const SegmentArchiveDocument = gql`
    mutation SegmentArchive($input: ArchiveSegmentInput!) {
  archiveSegment(input: $input) {
    segment {
      id
      archivedAt
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SegmentArchiveMutation, SegmentArchiveMutationVariables>;
export const SegmentRefreshDocument = gql`
    mutation SegmentRefresh($input: RefreshSegmentInput!) {
  refreshSegment(input: $input) {
    segment {
      id
      memberCount
      computedAt
    }
    entered
    left
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SegmentRefreshMutation, SegmentRefreshMutationVariables>;
export const ProductSearchDocument = gql`
    query ProductSearch($search: String!) {
  products(search: $search, first: 20) {
    sku
    name
  }
}
    ` as unknown as DocumentNode<ProductSearchQuery, ProductSearchQueryVariables>;
export const ProductNamesDocument = gql`
    query ProductNames($skus: [String!]!) {
  products(skus: $skus) {
    sku
    name
  }
}
    ` as unknown as DocumentNode<ProductNamesQuery, ProductNamesQueryVariables>;
export const ProductCategoriesDocument = gql`
    query ProductCategories {
  productCategories
}
    ` as unknown as DocumentNode<ProductCategoriesQuery, ProductCategoriesQueryVariables>;
export const SendingSenderDocument = gql`
    query SendingSender {
  senderSettings {
    name
    email
    postalAddress
    contact
  }
}
    ` as unknown as DocumentNode<SendingSenderQuery, SendingSenderQueryVariables>;
export const SendingSaveSenderDocument = gql`
    mutation SendingSaveSender($input: UpdateSenderSettingsInput!) {
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
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SendingSaveSenderMutation, SendingSaveSenderMutationVariables>;
export const SendingDomainsDocument = gql`
    query SendingDomains {
  senderDomains {
    ...SenderDomainFields
  }
}
    ${SenderDomainFieldsFragmentDoc}` as unknown as DocumentNode<SendingDomainsQuery, SendingDomainsQueryVariables>;
export const SendingAddDomainDocument = gql`
    mutation SendingAddDomain($input: AddSenderDomainInput!) {
  addSenderDomain(input: $input) {
    domain {
      ...SenderDomainFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${SenderDomainFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SendingAddDomainMutation, SendingAddDomainMutationVariables>;
export const SendingSetBounceDomainDocument = gql`
    mutation SendingSetBounceDomain($input: SetBounceDomainInput!) {
  setBounceDomain(input: $input) {
    domain {
      ...SenderDomainFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${SenderDomainFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SendingSetBounceDomainMutation, SendingSetBounceDomainMutationVariables>;
export const SendingRemoveDomainDocument = gql`
    mutation SendingRemoveDomain($input: RemoveSenderDomainInput!) {
  removeSenderDomain(input: $input) {
    removed
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SendingRemoveDomainMutation, SendingRemoveDomainMutationVariables>;
export const SendingAddKeyDocument = gql`
    mutation SendingAddKey($input: AddDkimKeyInput!) {
  addDkimKey(input: $input) {
    domain {
      ...SenderDomainFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${SenderDomainFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SendingAddKeyMutation, SendingAddKeyMutationVariables>;
export const SendingUseKeyDocument = gql`
    mutation SendingUseKey($input: SetDkimKeyActiveInput!) {
  setDkimKeyActive(input: $input) {
    domain {
      ...SenderDomainFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${SenderDomainFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SendingUseKeyMutation, SendingUseKeyMutationVariables>;
export const SendingRemoveKeyDocument = gql`
    mutation SendingRemoveKey($input: RemoveDkimKeyInput!) {
  removeDkimKey(input: $input) {
    domain {
      ...SenderDomainFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${SenderDomainFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SendingRemoveKeyMutation, SendingRemoveKeyMutationVariables>;
export const SendingCheckDomainDocument = gql`
    mutation SendingCheckDomain($input: CheckSenderDomainInput!) {
  checkSenderDomain(input: $input) {
    domain {
      ...SenderDomainFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${SenderDomainFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SendingCheckDomainMutation, SendingCheckDomainMutationVariables>;
export const SendingBouncesDocument = gql`
    query SendingBounces {
  bounceCounts {
    kind
    count
  }
}
    ` as unknown as DocumentNode<SendingBouncesQuery, SendingBouncesQueryVariables>;
export const SendingSuppressionsDocument = gql`
    query SendingSuppressions($first: Int!, $after: String, $reason: SuppressionReason, $address: String) {
  suppressionCounts {
    reason
    count
  }
  suppressions(first: $first, after: $after, reason: $reason, address: $address) {
    edges {
      node {
        ...SuppressionFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${SuppressionFieldsFragmentDoc}` as unknown as DocumentNode<SendingSuppressionsQuery, SendingSuppressionsQueryVariables>;
export const SendingSuppressDocument = gql`
    mutation SendingSuppress($input: SuppressAddressInput!) {
  suppressAddress(input: $input) {
    suppression {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SendingSuppressMutation, SendingSuppressMutationVariables>;
export const SendingLiftDocument = gql`
    mutation SendingLift($input: LiftSuppressionInput!) {
  liftSuppression(input: $input) {
    suppression {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SendingLiftMutation, SendingLiftMutationVariables>;
export const SignInDocument = gql`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    accessToken
    expiresAt
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const StageLadderDocument = gql`
    query StageLadder {
  stageLadder {
    ...StageLadderFields
  }
}
    ${StageLadderFieldsFragmentDoc}` as unknown as DocumentNode<StageLadderQuery, StageLadderQueryVariables>;
export const StageTrialDocument = gql`
    query StageTrial($input: StageLadderInput!) {
  stageTrial(input: $input) {
    trial {
      members
      moves {
        from {
          id
          name
          position
        }
        to
        members
      }
      pointsNow
      pointsThen
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StageTrialQuery, StageTrialQueryVariables>;
export const StageSaveLadderDocument = gql`
    mutation StageSaveLadder($input: SaveStageLadderInput!) {
  saveStageLadder(input: $input) {
    ladder {
      ...StageLadderFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${StageLadderFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StageSaveLadderMutation, StageSaveLadderMutationVariables>;
export const StagePointSettingsDocument = gql`
    query StagePointSettings {
  pointSettings {
    earnPerAmount
    earnPoints
    pendingDays
    expiryMonths
  }
}
    ` as unknown as DocumentNode<StagePointSettingsQuery, StagePointSettingsQueryVariables>;
export const StageUpdatePointSettingsDocument = gql`
    mutation StageUpdatePointSettings($input: UpdatePointSettingsInput!) {
  updatePointSettings(input: $input) {
    settings {
      earnPerAmount
      earnPoints
      pendingDays
      expiryMonths
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StageUpdatePointSettingsMutation, StageUpdatePointSettingsMutationVariables>;
export const TaskListDocument = gql`
    query TaskList($first: Int!, $after: String, $status: TaskStatus!) {
  tasks(first: $first, after: $after, status: $status) {
    edges {
      node {
        ...TaskFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${TaskFieldsFragmentDoc}` as unknown as DocumentNode<TaskListQuery, TaskListQueryVariables>;
export const TaskDetailDocument = gql`
    query TaskDetail($id: ID!) {
  task(id: $id) {
    ...TaskFields
  }
}
    ${TaskFieldsFragmentDoc}` as unknown as DocumentNode<TaskDetailQuery, TaskDetailQueryVariables>;
export const TaskCompleteDocument = gql`
    mutation TaskComplete($input: CompleteTaskInput!) {
  completeTask(input: $input) {
    task {
      ...TaskFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${TaskFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<TaskCompleteMutation, TaskCompleteMutationVariables>;
export const TaskReopenDocument = gql`
    mutation TaskReopen($input: TaskRef!) {
  reopenTask(input: $input) {
    task {
      ...TaskFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${TaskFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<TaskReopenMutation, TaskReopenMutationVariables>;
export const TaskCancelDocument = gql`
    mutation TaskCancel($input: TaskRef!) {
  cancelTask(input: $input) {
    task {
      ...TaskFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${TaskFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<TaskCancelMutation, TaskCancelMutationVariables>;