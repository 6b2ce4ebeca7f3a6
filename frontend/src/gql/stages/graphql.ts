/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type CreateFixedSegmentInput = {
  customers: CustomerChoice;
  description?: string;
  name: string;
};

/** Some customers: either by their ids, at most 5,000, or all that a filter leaves. */
export type CustomerChoice = {
  filter?: CustomerFilter | null | undefined;
  ids?: Array<string | number> | null | undefined;
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

export type SaveStageLadderInput = {
  ladder: StageLadderInput;
  /** From tomorrow on, two years ahead at most; null: at once. */
  startsOn?: string | null | undefined;
  version: number;
};

/** Where a member goes who does not keep the stage. */
export type StageFall =
  | 'NEVER'
  | 'ONE_STEP'
  | 'TO_EARNED';

export type StageInput = {
  /** What it brings beside points, up to 10 lines of 80 characters. */
  benefits?: Array<string>;
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

export type StageLadderFieldsFragment = { match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, version: number, unplaced: number, losing: number, nextReviewOn: string, stages: Array<{ id: string, name: string, position: number, orderThreshold: number, pointThreshold: number, windowMonths: number, pointMultiplier: number, benefits: Array<string>, memberCount: number, spendThreshold: { amount: number, currency: string }, keep: { spend: number, orders: number, points: number } }>, planned: { id: string, startsOn: string | null, heldFrom: string | null, madeAt: string, madeBy: string | null, match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, stages: Array<{ stageId: string | null, name: string, windowMonths: number, pointMultiplier: number, benefits: Array<string>, reach: { spend: number, orders: number, points: number }, keep: { spend: number, orders: number, points: number } }> } | null };

export type LadderRecordFieldsFragment = { id: string, startsOn: string | null, heldFrom: string | null, madeAt: string, madeBy: string | null, match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, stages: Array<{ stageId: string | null, name: string, windowMonths: number, pointMultiplier: number, benefits: Array<string>, reach: { spend: number, orders: number, points: number }, keep: { spend: number, orders: number, points: number } }> };

export type StageLadderHistoryQueryVariables = Exact<{ [key: string]: never; }>;


export type StageLadderHistoryQuery = { stageLadder: { history: Array<{ id: string, startsOn: string | null, heldFrom: string | null, madeAt: string, madeBy: string | null, match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, stages: Array<{ stageId: string | null, name: string, windowMonths: number, pointMultiplier: number, benefits: Array<string>, reach: { spend: number, orders: number, points: number }, keep: { spend: number, orders: number, points: number } }> }> } };

export type StageWithdrawLadderMutationVariables = Exact<{ [key: string]: never; }>;


export type StageWithdrawLadderMutation = { withdrawStageLadder: { ladder: { match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, version: number, unplaced: number, losing: number, nextReviewOn: string, stages: Array<{ id: string, name: string, position: number, orderThreshold: number, pointThreshold: number, windowMonths: number, pointMultiplier: number, benefits: Array<string>, memberCount: number, spendThreshold: { amount: number, currency: string }, keep: { spend: number, orders: number, points: number } }>, planned: { id: string, startsOn: string | null, heldFrom: string | null, madeAt: string, madeBy: string | null, match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, stages: Array<{ stageId: string | null, name: string, windowMonths: number, pointMultiplier: number, benefits: Array<string>, reach: { spend: number, orders: number, points: number }, keep: { spend: number, orders: number, points: number } }> } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StageLadderQueryVariables = Exact<{ [key: string]: never; }>;


export type StageLadderQuery = { stageLadder: { match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, version: number, unplaced: number, losing: number, nextReviewOn: string, stages: Array<{ id: string, name: string, position: number, orderThreshold: number, pointThreshold: number, windowMonths: number, pointMultiplier: number, benefits: Array<string>, memberCount: number, spendThreshold: { amount: number, currency: string }, keep: { spend: number, orders: number, points: number } }>, planned: { id: string, startsOn: string | null, heldFrom: string | null, madeAt: string, madeBy: string | null, match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, stages: Array<{ stageId: string | null, name: string, windowMonths: number, pointMultiplier: number, benefits: Array<string>, reach: { spend: number, orders: number, points: number }, keep: { spend: number, orders: number, points: number } }> } | null } };

export type StageTrialQueryVariables = Exact<{
  input: StageLadderInput;
  withPeople: boolean;
}>;


export type StageTrialQuery = { stageTrial: { trial: { members: number, estimated: boolean, pointsNow: number, pointsThen: number, moves: Array<{ to: number, members: number, customerIds?: Array<string>, from: { id: string, name: string, position: number }, people?: Array<{ id: string, displayName: string }> }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StageKeepMoversMutationVariables = Exact<{
  input: CreateFixedSegmentInput;
}>;


export type StageKeepMoversMutation = { createFixedSegment: { segment: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StageSaveLadderMutationVariables = Exact<{
  input: SaveStageLadderInput;
}>;


export type StageSaveLadderMutation = { saveStageLadder: { ladder: { match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, version: number, unplaced: number, losing: number, nextReviewOn: string, stages: Array<{ id: string, name: string, position: number, orderThreshold: number, pointThreshold: number, windowMonths: number, pointMultiplier: number, benefits: Array<string>, memberCount: number, spendThreshold: { amount: number, currency: string }, keep: { spend: number, orders: number, points: number } }>, planned: { id: string, startsOn: string | null, heldFrom: string | null, madeAt: string, madeBy: string | null, match: StageMatch, window: StageWindow, fall: StageFall, review: StageReview, graceDays: number, stages: Array<{ stageId: string | null, name: string, windowMonths: number, pointMultiplier: number, benefits: Array<string>, reach: { spend: number, orders: number, points: number }, keep: { spend: number, orders: number, points: number } }> } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const LadderRecordFieldsFragmentDoc = gql`
    fragment LadderRecordFields on StageLadderRecord {
  id
  startsOn
  heldFrom
  madeAt
  madeBy
  match
  window
  fall
  review
  graceDays
  stages {
    stageId
    name
    reach {
      spend
      orders
      points
    }
    keep {
      spend
      orders
      points
    }
    windowMonths
    pointMultiplier
    benefits
  }
}
    ` as unknown as DocumentNode<LadderRecordFieldsFragment, unknown>;
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
    benefits
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
  planned {
    ...LadderRecordFields
  }
}
    ` as unknown as DocumentNode<StageLadderFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const StageLadderHistoryDocument = gql`
    query StageLadderHistory {
  stageLadder {
    history {
      ...LadderRecordFields
    }
  }
}
    ${LadderRecordFieldsFragmentDoc}` as unknown as DocumentNode<StageLadderHistoryQuery, StageLadderHistoryQueryVariables>;
export const StageWithdrawLadderDocument = gql`
    mutation StageWithdrawLadder {
  withdrawStageLadder {
    ladder {
      ...StageLadderFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${StageLadderFieldsFragmentDoc}
${LadderRecordFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StageWithdrawLadderMutation, StageWithdrawLadderMutationVariables>;
export const StageLadderDocument = gql`
    query StageLadder {
  stageLadder {
    ...StageLadderFields
  }
}
    ${StageLadderFieldsFragmentDoc}
${LadderRecordFieldsFragmentDoc}` as unknown as DocumentNode<StageLadderQuery, StageLadderQueryVariables>;
export const StageTrialDocument = gql`
    query StageTrial($input: StageLadderInput!, $withPeople: Boolean!) {
  stageTrial(input: $input) {
    trial {
      members
      estimated
      moves {
        from {
          id
          name
          position
        }
        to
        members
        customerIds @include(if: $withPeople)
        people(first: 20) @include(if: $withPeople) {
          id
          displayName
        }
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
export const StageKeepMoversDocument = gql`
    mutation StageKeepMovers($input: CreateFixedSegmentInput!) {
  createFixedSegment(input: $input) {
    segment {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StageKeepMoversMutation, StageKeepMoversMutationVariables>;
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
${LadderRecordFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<StageSaveLadderMutation, StageSaveLadderMutationVariables>;