/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type ArchiveRewardInput = {
  id: string | number;
};

export type AuditActorKind =
  /** A program of a partner. */
  | 'CLIENT'
  /** The command line. */
  | 'COMMAND'
  | 'CUSTOMER'
  | 'STAFF'
  | 'SYSTEM';

export type CloseRewardExchangeInput = {
  id: string | number;
  /** Why, for a cancellation; shown in the history. */
  reason?: string;
};

export type DecidePointAdjustmentInput = {
  id: string | number;
  /** At most 500 characters; needed to reject. */
  note?: string;
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

export type PointAdjustmentInput = {
  id: string | number;
};

export type PointAdjustmentLineState =
  | 'BAD'
  | 'BOOKED'
  | 'READY'
  | 'REFUSED';

export type PointAdjustmentStatus =
  /** And being booked. */
  | 'APPROVED'
  | 'BOOKED'
  | 'DRAFT'
  | 'REJECTED'
  /** For a second person. */
  | 'WAITING';

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

/** The ledger of all customers, narrowed. */
export type PointLedgerFilter = {
  actorKinds?: Array<AuditActorKind> | null | undefined;
  /** With those merged into them. */
  customerId?: string | number | null | undefined;
  /** Days of the merchant's zone, both included; what is booked at midnight belongs to the day that ends. */
  from?: string | null | undefined;
  kinds?: Array<PointBookingKind> | null | undefined;
  max?: number | null | undefined;
  /** Points that a booking is about, at least and at most. */
  min?: number | null | undefined;
  /** Of whatever shop: what it earned and what was spent on it. */
  orderNo?: string | null | undefined;
  to?: string | null | undefined;
};

/** Whether points were given or bought. What is unused of bought points is reported at the end of March and of September (資金決済法). */
export type PointOrigin =
  | 'FREE'
  | 'PAID';

export type RewardExchangeStatus =
  | 'CANCELLED'
  | 'HANDED_OVER'
  | 'ORDERED';

export type RewardInput = {
  /** At most 2,000 characters. */
  description?: string;
  /** Of a reward to be changed; null makes one. */
  id?: string | number | null | undefined;
  /** Stays as it was made. */
  kind: RewardKind;
  /** 1 to 120 characters. */
  name: string;
  /** Of OFFER; stays as it was made. */
  offerId?: string | number | null | undefined;
  perCustomer?: number | null | undefined;
  /** 1 to 10,000,000. */
  points: number;
  stock?: number | null | undefined;
};

export type RewardKind =
  /** Handed over by staff. */
  | 'GIFT'
  /** Issued at once. */
  | 'OFFER';

export type UpdatePointApprovalAboveInput = {
  /** 0 to 1,000,000,000; 0 asks a second person always. */
  points: number;
};

export type UpdatePointSpendSettingsInput = {
  /** 1 to 1,000,000. */
  amount: number;
  enabled: boolean;
  /** 1 to 10,000. */
  maxShare: number;
  /** 1 to 10,000,000. */
  min: number;
  /** 1 to 1,000,000. */
  points: number;
  /** 1 to 1,000,000. */
  step: number;
};

export type LedgerBookingsQueryVariables = Exact<{
  filter: PointLedgerFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type LedgerBookingsQuery = { pointLedger: { edges: Array<{ node: { id: string, kind: PointBookingKind, amount: number, points: number, availableAfter: number, occurredAt: string, reason: string, note: string, actorKind: AuditActorKind, orderNo: string | null, actor: { id: string, name: string } | null, client: { id: string, name: string } | null, lots: Array<{ points: number, moved: boolean, expired: number, earnedAt: string, usableAt: string | null, expiresOn: string | null, reason: string, note: string, orderNo: string, action: EarnAction | null, ruleNames: Array<string> }>, order: { id: string, orderNo: string } | null, customer: { id: string, displayName: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type LedgerCustomerQueryVariables = Exact<{
  id: string | number;
}>;


export type LedgerCustomerQuery = { customer: { id: string, displayName: string } | null };

export type LedgerReportQueryVariables = Exact<{
  months: number;
}>;


export type LedgerReportQuery = { pointReport: { months: Array<{ month: string, opening: number, issued: number, redeemed: number, restored: number, expired: number, clawedBack: number, adjusted: number, debt: number, transferred: number, closing: number }>, paid: Array<{ day: string, open: boolean, issued: number, used: number, other: number, unused: number, mustNotify: boolean, amount: { amount: number, currency: string } }> }, insightLiability: { asOf: string, balance: number, forecast: Array<{ month: string | null, never: boolean, points: number, people: { count: number, rule: unknown } }>, breakage: { granted: number, expired: number, share: number | null, estimate: number } } };

export type LedgerAdjustmentFieldsFragment = { id: string, fileName: string, status: PointAdjustmentStatus, lines: number, bad: number, granted: number, taken: number, needsApproval: boolean, approvable: boolean, done: number, refused: number, createdAt: string, decidedAt: string | null, decisionNote: string, bookedAt: string | null, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null };

export type LedgerAdjustmentsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type LedgerAdjustmentsQuery = { pointApprovalAbove: number, pointAdjustments: { edges: Array<{ node: { id: string, fileName: string, status: PointAdjustmentStatus, lines: number, bad: number, granted: number, taken: number, needsApproval: boolean, approvable: boolean, done: number, refused: number, createdAt: string, decidedAt: string | null, decisionNote: string, bookedAt: string | null, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type LedgerAdjustmentQueryVariables = Exact<{
  id: string | number;
}>;


export type LedgerAdjustmentQuery = { pointAdjustment: { id: string, fileName: string, status: PointAdjustmentStatus, lines: number, bad: number, granted: number, taken: number, needsApproval: boolean, approvable: boolean, done: number, refused: number, createdAt: string, decidedAt: string | null, decisionNote: string, bookedAt: string | null, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null } | null };

export type LedgerAdjustmentRowsQueryVariables = Exact<{
  id: string | number;
  troubled: boolean;
  first: number;
  after?: string | null | undefined;
}>;


export type LedgerAdjustmentRowsQuery = { pointAdjustment: { id: string, rows: { edges: Array<{ node: { line: number, who: string, amount: number, reason: string, expiresOn: string | null, origin: PointOrigin, state: PointAdjustmentLineState, code: string, customer: { id: string, displayName: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type LedgerSubmitMutationVariables = Exact<{
  input: PointAdjustmentInput;
}>;


export type LedgerSubmitMutation = { submitPointAdjustment: { adjustment: { id: string, fileName: string, status: PointAdjustmentStatus, lines: number, bad: number, granted: number, taken: number, needsApproval: boolean, approvable: boolean, done: number, refused: number, createdAt: string, decidedAt: string | null, decisionNote: string, bookedAt: string | null, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type LedgerApproveMutationVariables = Exact<{
  input: DecidePointAdjustmentInput;
}>;


export type LedgerApproveMutation = { approvePointAdjustment: { adjustment: { id: string, fileName: string, status: PointAdjustmentStatus, lines: number, bad: number, granted: number, taken: number, needsApproval: boolean, approvable: boolean, done: number, refused: number, createdAt: string, decidedAt: string | null, decisionNote: string, bookedAt: string | null, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type LedgerRejectMutationVariables = Exact<{
  input: DecidePointAdjustmentInput;
}>;


export type LedgerRejectMutation = { rejectPointAdjustment: { adjustment: { id: string, fileName: string, status: PointAdjustmentStatus, lines: number, bad: number, granted: number, taken: number, needsApproval: boolean, approvable: boolean, done: number, refused: number, createdAt: string, decidedAt: string | null, decisionNote: string, bookedAt: string | null, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type LedgerRewardFieldsFragment = { id: string, name: string, description: string, kind: RewardKind, points: number, stock: number | null, perCustomer: number | null, archivedAt: string | null, offer: { id: string, name: string } | null };

export type LedgerRewardsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type LedgerRewardsQuery = { rewards: Array<{ id: string, name: string, description: string, kind: RewardKind, points: number, stock: number | null, perCustomer: number | null, archivedAt: string | null, offer: { id: string, name: string } | null }>, rewardExchanges: { edges: Array<{ node: { id: string, points: number, status: RewardExchangeStatus, code: string, orderedAt: string, reward: { id: string, name: string, kind: RewardKind } | null, customer: { id: string, displayName: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type LedgerOffersQueryVariables = Exact<{ [key: string]: never; }>;


export type LedgerOffersQuery = { offers: Array<{ id: string, name: string, endsAt: string }> };

export type LedgerSaveRewardMutationVariables = Exact<{
  input: RewardInput;
}>;


export type LedgerSaveRewardMutation = { saveReward: { reward: { id: string, name: string, description: string, kind: RewardKind, points: number, stock: number | null, perCustomer: number | null, archivedAt: string | null, offer: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type LedgerArchiveRewardMutationVariables = Exact<{
  input: ArchiveRewardInput;
}>;


export type LedgerArchiveRewardMutation = { archiveReward: { reward: { id: string, name: string, description: string, kind: RewardKind, points: number, stock: number | null, perCustomer: number | null, archivedAt: string | null, offer: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type LedgerHandOverMutationVariables = Exact<{
  input: CloseRewardExchangeInput;
}>;


export type LedgerHandOverMutation = { handOverReward: { exchange: { id: string, status: RewardExchangeStatus, closedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type LedgerCancelExchangeMutationVariables = Exact<{
  input: CloseRewardExchangeInput;
}>;


export type LedgerCancelExchangeMutation = { cancelRewardExchange: { exchange: { id: string, status: RewardExchangeStatus, closedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type LedgerSpendingQueryVariables = Exact<{ [key: string]: never; }>;


export type LedgerSpendingQuery = { pointApprovalAbove: number, pointSpendSettings: { enabled: boolean, points: number, amount: number, min: number, step: number, maxShare: number } };

export type LedgerSaveSpendingMutationVariables = Exact<{
  input: UpdatePointSpendSettingsInput;
  above: UpdatePointApprovalAboveInput;
}>;


export type LedgerSaveSpendingMutation = { updatePointSpendSettings: { settings: { enabled: boolean, points: number, amount: number, min: number, step: number, maxShare: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> }, updatePointApprovalAbove: { points: number | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const LedgerAdjustmentFieldsFragmentDoc = gql`
    fragment LedgerAdjustmentFields on PointAdjustment {
  id
  fileName
  status
  lines
  bad
  granted
  taken
  needsApproval
  approvable
  done
  refused
  createdAt
  createdBy {
    id
    name
  }
  decidedAt
  decidedBy {
    id
    name
  }
  decisionNote
  bookedAt
}
    ` as unknown as DocumentNode<LedgerAdjustmentFieldsFragment, unknown>;
export const LedgerRewardFieldsFragmentDoc = gql`
    fragment LedgerRewardFields on Reward {
  id
  name
  description
  kind
  points
  stock
  perCustomer
  archivedAt
  offer {
    id
    name
  }
}
    ` as unknown as DocumentNode<LedgerRewardFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const LedgerBookingsDocument = gql`
    query LedgerBookings($filter: PointLedgerFilter!, $first: Int!, $after: String) {
  pointLedger(filter: $filter, first: $first, after: $after) {
    edges {
      node {
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
        orderNo
        order {
          id
          orderNo
        }
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
    ` as unknown as DocumentNode<LedgerBookingsQuery, LedgerBookingsQueryVariables>;
export const LedgerCustomerDocument = gql`
    query LedgerCustomer($id: ID!) {
  customer(id: $id) {
    id
    displayName
  }
}
    ` as unknown as DocumentNode<LedgerCustomerQuery, LedgerCustomerQueryVariables>;
export const LedgerReportDocument = gql`
    query LedgerReport($months: Int!) {
  pointReport(months: $months) {
    months {
      month
      opening
      issued
      redeemed
      restored
      expired
      clawedBack
      adjusted
      debt
      transferred
      closing
    }
    paid {
      day
      open
      issued
      used
      other
      unused
      amount {
        amount
        currency
      }
      mustNotify
    }
  }
  insightLiability(months: 12) {
    asOf
    balance
    forecast {
      month
      never
      points
      people {
        count
        rule
      }
    }
    breakage {
      granted
      expired
      share
      estimate
    }
  }
}
    ` as unknown as DocumentNode<LedgerReportQuery, LedgerReportQueryVariables>;
export const LedgerAdjustmentsDocument = gql`
    query LedgerAdjustments($first: Int!, $after: String) {
  pointApprovalAbove
  pointAdjustments(first: $first, after: $after) {
    edges {
      node {
        ...LedgerAdjustmentFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${LedgerAdjustmentFieldsFragmentDoc}` as unknown as DocumentNode<LedgerAdjustmentsQuery, LedgerAdjustmentsQueryVariables>;
export const LedgerAdjustmentDocument = gql`
    query LedgerAdjustment($id: ID!) {
  pointAdjustment(id: $id) {
    ...LedgerAdjustmentFields
  }
}
    ${LedgerAdjustmentFieldsFragmentDoc}` as unknown as DocumentNode<LedgerAdjustmentQuery, LedgerAdjustmentQueryVariables>;
export const LedgerAdjustmentRowsDocument = gql`
    query LedgerAdjustmentRows($id: ID!, $troubled: Boolean!, $first: Int!, $after: String) {
  pointAdjustment(id: $id) {
    id
    rows(first: $first, after: $after, troubled: $troubled) {
      edges {
        node {
          line
          who
          customer {
            id
            displayName
          }
          amount
          reason
          expiresOn
          origin
          state
          code
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    ` as unknown as DocumentNode<LedgerAdjustmentRowsQuery, LedgerAdjustmentRowsQueryVariables>;
export const LedgerSubmitDocument = gql`
    mutation LedgerSubmit($input: PointAdjustmentInput!) {
  submitPointAdjustment(input: $input) {
    adjustment {
      ...LedgerAdjustmentFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${LedgerAdjustmentFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<LedgerSubmitMutation, LedgerSubmitMutationVariables>;
export const LedgerApproveDocument = gql`
    mutation LedgerApprove($input: DecidePointAdjustmentInput!) {
  approvePointAdjustment(input: $input) {
    adjustment {
      ...LedgerAdjustmentFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${LedgerAdjustmentFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<LedgerApproveMutation, LedgerApproveMutationVariables>;
export const LedgerRejectDocument = gql`
    mutation LedgerReject($input: DecidePointAdjustmentInput!) {
  rejectPointAdjustment(input: $input) {
    adjustment {
      ...LedgerAdjustmentFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${LedgerAdjustmentFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<LedgerRejectMutation, LedgerRejectMutationVariables>;
export const LedgerRewardsDocument = gql`
    query LedgerRewards($first: Int!, $after: String) {
  rewards {
    ...LedgerRewardFields
  }
  rewardExchanges(first: $first, after: $after) {
    edges {
      node {
        id
        points
        status
        code
        orderedAt
        reward {
          id
          name
          kind
        }
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
    ${LedgerRewardFieldsFragmentDoc}` as unknown as DocumentNode<LedgerRewardsQuery, LedgerRewardsQueryVariables>;
export const LedgerOffersDocument = gql`
    query LedgerOffers {
  offers {
    id
    name
    endsAt
  }
}
    ` as unknown as DocumentNode<LedgerOffersQuery, LedgerOffersQueryVariables>;
export const LedgerSaveRewardDocument = gql`
    mutation LedgerSaveReward($input: RewardInput!) {
  saveReward(input: $input) {
    reward {
      ...LedgerRewardFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${LedgerRewardFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<LedgerSaveRewardMutation, LedgerSaveRewardMutationVariables>;
export const LedgerArchiveRewardDocument = gql`
    mutation LedgerArchiveReward($input: ArchiveRewardInput!) {
  archiveReward(input: $input) {
    reward {
      ...LedgerRewardFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${LedgerRewardFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<LedgerArchiveRewardMutation, LedgerArchiveRewardMutationVariables>;
export const LedgerHandOverDocument = gql`
    mutation LedgerHandOver($input: CloseRewardExchangeInput!) {
  handOverReward(input: $input) {
    exchange {
      id
      status
      closedAt
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<LedgerHandOverMutation, LedgerHandOverMutationVariables>;
export const LedgerCancelExchangeDocument = gql`
    mutation LedgerCancelExchange($input: CloseRewardExchangeInput!) {
  cancelRewardExchange(input: $input) {
    exchange {
      id
      status
      closedAt
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<LedgerCancelExchangeMutation, LedgerCancelExchangeMutationVariables>;
export const LedgerSpendingDocument = gql`
    query LedgerSpending {
  pointSpendSettings {
    enabled
    points
    amount
    min
    step
    maxShare
  }
  pointApprovalAbove
}
    ` as unknown as DocumentNode<LedgerSpendingQuery, LedgerSpendingQueryVariables>;
export const LedgerSaveSpendingDocument = gql`
    mutation LedgerSaveSpending($input: UpdatePointSpendSettingsInput!, $above: UpdatePointApprovalAboveInput!) {
  updatePointSpendSettings(input: $input) {
    settings {
      enabled
      points
      amount
      min
      step
      maxShare
    }
    userErrors {
      ...UserErrorFields
    }
  }
  updatePointApprovalAbove(input: $above) {
    points
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<LedgerSaveSpendingMutation, LedgerSaveSpendingMutationVariables>;