/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
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

export type EarnBonusPer =
  /** Each item, as LINE. */
  | 'ITEM'
  /** Each line; with skus or categories, each that is of them. */
  | 'LINE'
  | 'ORDER';

export type EarnCapsInput = {
  day?: number;
  order?: number;
  person?: number;
  total?: number;
};

export type EarnConditionsInput = {
  birthMonth?: boolean;
  categories?: Array<string>;
  daysOfMonth?: Array<number>;
  formIds?: Array<string | number>;
  from?: string | null | undefined;
  malls?: Array<Mall>;
  minAmount?: number;
  segmentIds?: Array<string | number>;
  shopIds?: Array<string | number>;
  skus?: Array<string>;
  stageIds?: Array<string | number>;
  to?: string | null | undefined;
  weekdays?: Array<number>;
};

export type EarnLineInput = {
  /** Of the whole line, minor unit. */
  amount: number;
  quantity?: number;
  sku: string;
};

/** How often one person gets the points of an action, whatever the reference. */
export type EarnOften =
  | 'ONCE'
  /** Once in a calendar year of the merchant's zone. */
  | 'YEAR';

export type EarnPartKind =
  | 'ACTION'
  | 'BASE'
  | 'BONUS'
  | 'MULTIPLIER'
  /** The multiplier of the member's stage. */
  | 'STAGE';

export type EarnPreviewInput = {
  /** Default: now. */
  at?: string | null | undefined;
  /** Default: a member on the lowest stage, of whom nothing else is known. */
  customerId?: string | number | null | undefined;
  /** Minor unit of the base currency. Default: the sum of the lines. */
  goods?: number | null | undefined;
  /** At most 100. */
  lines?: Array<EarnLineInput>;
  /** An order that is there; the rest is left out then. */
  orderId?: string | number | null | undefined;
  /** Or its number, with shopId where several shops have an order of that number (SEVERAL_SHOPS). */
  orderNo?: string | null | undefined;
  pointsUsed?: number;
  shipping?: number;
  shopCoupon?: number;
  /** Of a made-up order, or of a number. */
  shopId?: string | number | null | undefined;
};

/** What a rule of the point programme does (ポイントルール). */
export type EarnRuleKind =
  /** Fixed points for something done that is no order; given by awardAction. */
  | 'ACTION'
  /** Another rate than the programme's, for some shops, goods or people. On a line, one that names goods goes before one that does not, else the one that gives more. */
  | 'BASE'
  /** Fixed points for an order, its lines or its items; never multiplied. */
  | 'BONUS'
  /** So many times the points of the rate. */
  | 'MULTIPLIER';

export type EarnRuleStatus =
  /** Holds today, though perhaps not every day. */
  | 'ACTIVE'
  /** Its last day has gone by. */
  | 'ENDED'
  /** Its first day is to come. */
  | 'PLANNED'
  /** Somebody stopped it. */
  | 'STOPPED';

/** How the multipliers of the stage and of rules go together on a line. */
export type EarnStack =
  /** What each gives beyond once is added: 1.5 and 2 make 2.5. */
  | 'ADD'
  /** 1.5 and 2 make 2. */
  | 'BEST'
  /** 1.5 and 2 make 3. */
  | 'MULTIPLY';

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

/** Up to the end of what the last day is moved. */
export type PeriodEnd =
  | 'DAY'
  | 'MONTH'
  | 'QUARTER'
  | 'YEAR';

export type PointBase =
  | 'GOODS'
  /** Goods less the shop's coupon. */
  | 'NET_GOODS'
  /** Goods less the shop's coupon and the points paid with. */
  | 'NET_PAID'
  /** Goods, shipping and fees less the shop's coupon. */
  | 'TOTAL';

export type PointExpiry =
  /** expiryMonths after the last day on which their owner earned or spent. */
  | 'ACTIVITY'
  /** expiryMonths after the day of earning. */
  | 'MONTHS'
  | 'NEVER'
  /** 31 December, expiryYears after the year of earning. */
  | 'YEAR_END';

/** When what an order earned becomes usable. */
export type PointRelease =
  | 'AT_ONCE'
  /** pendingDays after the day of the order. */
  | 'ORDER'
  /** pendingDays after the day of shipment. */
  | 'SHIPMENT';

export type PointRounding =
  | 'DOWN'
  | 'HALF_UP'
  | 'UP';

export type PointStageMonthsInput = {
  months: number;
  stage: string;
};

export type RemoveEarnRuleInput = {
  id: string | number;
};

export type SaveEarnRuleInput = {
  action?: EarnAction | null | undefined;
  base?: PointBase | null | undefined;
  caps: EarnCapsInput;
  conditions: EarnConditionsInput;
  /** Null: a new rule. */
  id?: string | number | null | undefined;
  kind: EarnRuleKind;
  /** Basis points, above 10000. */
  multiplier?: number | null | undefined;
  name: string;
  often?: EarnOften | null | undefined;
  per?: EarnBonusPer | null | undefined;
  perAmount?: number | null | undefined;
  points?: number | null | undefined;
  rounding?: PointRounding | null | undefined;
  /** 0 to 3650. */
  validDays?: number | null | undefined;
  /** The version that the change was made on; with id. */
  version?: number | null | undefined;
};

export type StopEarnRuleInput = {
  id: string | number;
  stopped?: boolean;
};

export type UpdatePointSettingsInput = {
  base?: PointBase | null | undefined;
  earnBeforeJoining?: boolean | null | undefined;
  earnPerAmount: number;
  earnPoints: number;
  /** What is left out stays, but expiry, which is MONTHS then. */
  enabled?: boolean | null | undefined;
  expiry?: PointExpiry | null | undefined;
  /** 1 to 120 where expiry is by months. */
  expiryMonths: number;
  expiryTo?: PeriodEnd | null | undefined;
  expiryYears?: number | null | undefined;
  pendingDays: number;
  release?: PointRelease | null | undefined;
  restoreGraceDays?: number | null | undefined;
  rounding?: PointRounding | null | undefined;
  shortfallIsDebt?: boolean | null | undefined;
  stack?: EarnStack | null | undefined;
  stageMonths?: Array<PointStageMonthsInput> | null | undefined;
};

export type EarnRuleFieldsFragment = { id: string, version: number, name: string, kind: EarnRuleKind, status: EarnRuleStatus, since: string, perAmount: number, points: number, multiplier: number, per: EarnBonusPer | null, action: EarnAction | null, often: EarnOften | null, validDays: number, conditions: { from: string | null, to: string | null, daysOfMonth: Array<number>, weekdays: Array<number>, birthMonth: boolean, stageIds: Array<string>, segmentIds: Array<string>, shopIds: Array<string>, malls: Array<Mall>, skus: Array<string>, categories: Array<string>, minAmount: number, formIds: Array<string> }, caps: { order: number, day: number, person: number, total: number } };

export type PointsProgramQueryVariables = Exact<{ [key: string]: never; }>;


export type PointsProgramQuery = { earnRules: Array<{ id: string, version: number, name: string, kind: EarnRuleKind, status: EarnRuleStatus, since: string, perAmount: number, points: number, multiplier: number, per: EarnBonusPer | null, action: EarnAction | null, often: EarnOften | null, validDays: number, given: { points: number, people: number }, conditions: { from: string | null, to: string | null, daysOfMonth: Array<number>, weekdays: Array<number>, birthMonth: boolean, stageIds: Array<string>, segmentIds: Array<string>, shopIds: Array<string>, malls: Array<Mall>, skus: Array<string>, categories: Array<string>, minAmount: number, formIds: Array<string> }, caps: { order: number, day: number, person: number, total: number } }>, stages: Array<{ id: string, code: string, name: string }>, shops: Array<{ id: string, name: string, mall: Mall }> };

export type PointsProgramSegmentsQueryVariables = Exact<{ [key: string]: never; }>;


export type PointsProgramSegmentsQuery = { segments: Array<{ id: string, name: string }> };

export type PointsProgramFormsQueryVariables = Exact<{ [key: string]: never; }>;


export type PointsProgramFormsQuery = { signUpForms: Array<{ id: string, content: { joins: boolean, title: { ja: string, en: string } } }> };

export type PointsProgramVersionsQueryVariables = Exact<{
  id: string | number;
}>;


export type PointsProgramVersionsQuery = { earnRule: { id: string, versions: Array<{ id: string, version: number, name: string, kind: EarnRuleKind, status: EarnRuleStatus, since: string, perAmount: number, points: number, multiplier: number, per: EarnBonusPer | null, action: EarnAction | null, often: EarnOften | null, validDays: number, conditions: { from: string | null, to: string | null, daysOfMonth: Array<number>, weekdays: Array<number>, birthMonth: boolean, stageIds: Array<string>, segmentIds: Array<string>, shopIds: Array<string>, malls: Array<Mall>, skus: Array<string>, categories: Array<string>, minAmount: number, formIds: Array<string> }, caps: { order: number, day: number, person: number, total: number } }> } | null };

export type ProgramSettingsFieldsFragment = { enabled: boolean, earnPerAmount: number, earnPoints: number, base: PointBase, rounding: PointRounding, stack: EarnStack, release: PointRelease, pendingDays: number, expiry: PointExpiry, expiryMonths: number, expiryYears: number, expiryTo: PeriodEnd, shortfallIsDebt: boolean, restoreGraceDays: number, earnBeforeJoining: boolean, stageMonths: Array<{ stage: string, months: number }> };

export type PointsProgramSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type PointsProgramSettingsQuery = { pointSettings: { enabled: boolean, earnPerAmount: number, earnPoints: number, base: PointBase, rounding: PointRounding, stack: EarnStack, release: PointRelease, pendingDays: number, expiry: PointExpiry, expiryMonths: number, expiryYears: number, expiryTo: PeriodEnd, shortfallIsDebt: boolean, restoreGraceDays: number, earnBeforeJoining: boolean, stageMonths: Array<{ stage: string, months: number }> } };

export type PointsProgramSaveSettingsMutationVariables = Exact<{
  input: UpdatePointSettingsInput;
}>;


export type PointsProgramSaveSettingsMutation = { updatePointSettings: { settings: { enabled: boolean, earnPerAmount: number, earnPoints: number, base: PointBase, rounding: PointRounding, stack: EarnStack, release: PointRelease, pendingDays: number, expiry: PointExpiry, expiryMonths: number, expiryYears: number, expiryTo: PeriodEnd, shortfallIsDebt: boolean, restoreGraceDays: number, earnBeforeJoining: boolean, stageMonths: Array<{ stage: string, months: number }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PointsProgramSaveRuleMutationVariables = Exact<{
  input: SaveEarnRuleInput;
}>;


export type PointsProgramSaveRuleMutation = { saveEarnRule: { rule: { id: string, version: number, name: string, kind: EarnRuleKind, status: EarnRuleStatus, since: string, perAmount: number, points: number, multiplier: number, per: EarnBonusPer | null, action: EarnAction | null, often: EarnOften | null, validDays: number, conditions: { from: string | null, to: string | null, daysOfMonth: Array<number>, weekdays: Array<number>, birthMonth: boolean, stageIds: Array<string>, segmentIds: Array<string>, shopIds: Array<string>, malls: Array<Mall>, skus: Array<string>, categories: Array<string>, minAmount: number, formIds: Array<string> }, caps: { order: number, day: number, person: number, total: number } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PointsProgramStopRuleMutationVariables = Exact<{
  input: StopEarnRuleInput;
}>;


export type PointsProgramStopRuleMutation = { stopEarnRule: { rule: { id: string, version: number, name: string, kind: EarnRuleKind, status: EarnRuleStatus, since: string, perAmount: number, points: number, multiplier: number, per: EarnBonusPer | null, action: EarnAction | null, often: EarnOften | null, validDays: number, conditions: { from: string | null, to: string | null, daysOfMonth: Array<number>, weekdays: Array<number>, birthMonth: boolean, stageIds: Array<string>, segmentIds: Array<string>, shopIds: Array<string>, malls: Array<Mall>, skus: Array<string>, categories: Array<string>, minAmount: number, formIds: Array<string> }, caps: { order: number, day: number, person: number, total: number } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PointsProgramRemoveRuleMutationVariables = Exact<{
  input: RemoveEarnRuleInput;
}>;


export type PointsProgramRemoveRuleMutation = { removeEarnRule: { removedId: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PointsProgramPreviewQueryVariables = Exact<{
  input: EarnPreviewInput;
}>;


export type PointsProgramPreviewQuery = { earnPreview: { preview: { points: number, earned: boolean, nothing: string | null, usableAt: string | null, expiresOn: string | null, parts: Array<{ kind: EarnPartKind, ruleId: string | null, ruleName: string | null, points: number, multiplier: number, cap: string | null, wholePoints: number | null }>, lines: Array<{ lineKey: string, sku: string, name: string, quantity: number, points: number }>, notApplied: Array<{ kind: EarnPartKind, ruleId: string | null, ruleName: string | null, reason: string }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const EarnRuleFieldsFragmentDoc = gql`
    fragment EarnRuleFields on EarnRule {
  id
  version
  name
  kind
  status
  since
  perAmount
  points
  multiplier
  per
  action
  often
  validDays
  conditions {
    from
    to
    daysOfMonth
    weekdays
    birthMonth
    stageIds
    segmentIds
    shopIds
    malls
    skus
    categories
    minAmount
    formIds
  }
  caps {
    order
    day
    person
    total
  }
}
    ` as unknown as DocumentNode<EarnRuleFieldsFragment, unknown>;
export const ProgramSettingsFieldsFragmentDoc = gql`
    fragment ProgramSettingsFields on PointSettings {
  enabled
  earnPerAmount
  earnPoints
  base
  rounding
  stack
  release
  pendingDays
  expiry
  expiryMonths
  expiryYears
  expiryTo
  stageMonths {
    stage
    months
  }
  shortfallIsDebt
  restoreGraceDays
  earnBeforeJoining
}
    ` as unknown as DocumentNode<ProgramSettingsFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const PointsProgramDocument = gql`
    query PointsProgram {
  earnRules {
    ...EarnRuleFields
    given {
      points
      people
    }
  }
  stages {
    id
    code
    name
  }
  shops {
    id
    name
    mall
  }
}
    ${EarnRuleFieldsFragmentDoc}` as unknown as DocumentNode<PointsProgramQuery, PointsProgramQueryVariables>;
export const PointsProgramSegmentsDocument = gql`
    query PointsProgramSegments {
  segments {
    id
    name
  }
}
    ` as unknown as DocumentNode<PointsProgramSegmentsQuery, PointsProgramSegmentsQueryVariables>;
export const PointsProgramFormsDocument = gql`
    query PointsProgramForms {
  signUpForms {
    id
    content {
      joins
      title {
        ja
        en
      }
    }
  }
}
    ` as unknown as DocumentNode<PointsProgramFormsQuery, PointsProgramFormsQueryVariables>;
export const PointsProgramVersionsDocument = gql`
    query PointsProgramVersions($id: ID!) {
  earnRule(id: $id) {
    id
    versions {
      ...EarnRuleFields
    }
  }
}
    ${EarnRuleFieldsFragmentDoc}` as unknown as DocumentNode<PointsProgramVersionsQuery, PointsProgramVersionsQueryVariables>;
export const PointsProgramSettingsDocument = gql`
    query PointsProgramSettings {
  pointSettings {
    ...ProgramSettingsFields
  }
}
    ${ProgramSettingsFieldsFragmentDoc}` as unknown as DocumentNode<PointsProgramSettingsQuery, PointsProgramSettingsQueryVariables>;
export const PointsProgramSaveSettingsDocument = gql`
    mutation PointsProgramSaveSettings($input: UpdatePointSettingsInput!) {
  updatePointSettings(input: $input) {
    settings {
      ...ProgramSettingsFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ProgramSettingsFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PointsProgramSaveSettingsMutation, PointsProgramSaveSettingsMutationVariables>;
export const PointsProgramSaveRuleDocument = gql`
    mutation PointsProgramSaveRule($input: SaveEarnRuleInput!) {
  saveEarnRule(input: $input) {
    rule {
      ...EarnRuleFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${EarnRuleFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PointsProgramSaveRuleMutation, PointsProgramSaveRuleMutationVariables>;
export const PointsProgramStopRuleDocument = gql`
    mutation PointsProgramStopRule($input: StopEarnRuleInput!) {
  stopEarnRule(input: $input) {
    rule {
      ...EarnRuleFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${EarnRuleFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PointsProgramStopRuleMutation, PointsProgramStopRuleMutationVariables>;
export const PointsProgramRemoveRuleDocument = gql`
    mutation PointsProgramRemoveRule($input: RemoveEarnRuleInput!) {
  removeEarnRule(input: $input) {
    removedId
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PointsProgramRemoveRuleMutation, PointsProgramRemoveRuleMutationVariables>;
export const PointsProgramPreviewDocument = gql`
    query PointsProgramPreview($input: EarnPreviewInput!) {
  earnPreview(input: $input) {
    preview {
      points
      earned
      nothing
      parts {
        kind
        ruleId
        ruleName
        points
        multiplier
        cap
        wholePoints
      }
      lines {
        lineKey
        sku
        name
        quantity
        points
      }
      notApplied {
        kind
        ruleId
        ruleName
        reason
      }
      usableAt
      expiresOn
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PointsProgramPreviewQuery, PointsProgramPreviewQueryVariables>;