/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type DecideReferralInput = {
  id: string | number;
  /** At most 500 characters; a refusal needs it. */
  note?: string;
};

export type ReferralEnd =
  | 'NO_ORDER'
  /** The order was cancelled, or came back. */
  | 'ORDER_GONE'
  /** The friend turned out to be one who was brought before. */
  | 'REPEATED'
  /** Both turned out to be one person. */
  | 'SELF'
  /** So much of the order came back that it falls under minAmount. */
  | 'TOO_SMALL';

export type ReferralFlag =
  /** They brought each other. */
  | 'EACH_OTHER'
  /** The friend had ordered before he was brought. */
  | 'KNOWN_BEFORE'
  /** The referrer brought ten or more within a week. */
  | 'MANY_IN_A_WEEK'
  | 'SAME_ADDRESS'
  /** Their mail addresses lead to one mailbox. */
  | 'SAME_MAILBOX'
  | 'SAME_NAME'
  /** Their sign-up forms were sent from one address of the network, or three friends' were within a week. */
  | 'SAME_NETWORK'
  /** The two are a pair that may be one customer. */
  | 'SAME_PERSON'
  | 'SAME_PHONE';

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

export type ReferralWay =
  /** By a partner. */
  | 'API'
  /** By the friend himself, in the merchant's app or on the member's page. */
  | 'APP'
  /** Typed into a sign-up form. */
  | 'FORM'
  /** By the address of a sign-up form. */
  | 'LINK'
  | 'STAFF';

export type UpdateReferralSettingsInput = {
  enabled: boolean;
  firstOrder: boolean;
  /** 0 to 100,000,000. */
  minAmount: number;
  /** 1 to 730. */
  orderWithinDays: number;
  /** At most 500 characters; empty: the newest open sign-up form that makes members. */
  shareUrl?: string;
  /** 0 to 365. */
  useWithinDays: number;
  /** 0 to 365. */
  waitDays: number;
};

export type ReferralFieldsFragment = { id: string, code: string, way: ReferralWay, referredAt: string, orderBy: string, status: ReferralStatus, changedAt: string, reason: ReferralEnd | null, flags: Array<ReferralFlag>, dueAt: string | null, decidedAt: string | null, decisionNote: string, rewardedAt: string | null, referrerPoints: number, friendPoints: number, decidedBy: { id: string, name: string } | null, friend: { id: string, displayName: string } | null, referrer: { id: string, displayName: string } | null };

export type ReferralListQueryVariables = Exact<{
  statuses?: Array<ReferralStatus> | ReferralStatus | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type ReferralListQuery = { referrals: { edges: Array<{ node: { id: string, code: string, way: ReferralWay, referredAt: string, orderBy: string, status: ReferralStatus, changedAt: string, reason: ReferralEnd | null, flags: Array<ReferralFlag>, dueAt: string | null, decidedAt: string | null, decisionNote: string, rewardedAt: string | null, referrerPoints: number, friendPoints: number, decidedBy: { id: string, name: string } | null, friend: { id: string, displayName: string } | null, referrer: { id: string, displayName: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ReferralFiguresQueryVariables = Exact<{ [key: string]: never; }>;


export type ReferralFiguresQuery = { referralFigures: { referred: number, flagged: number, rewarded: number, referrers: number, referrerPoints: number, friendPoints: number, buyers: number, sales: { amount: number, currency: string } }, referralSettings: { enabled: boolean, referrerPoints: number, friendPoints: number } };

export type ReferralApproveMutationVariables = Exact<{
  input: DecideReferralInput;
}>;


export type ReferralApproveMutation = { approveReferral: { referral: { id: string, code: string, way: ReferralWay, referredAt: string, orderBy: string, status: ReferralStatus, changedAt: string, reason: ReferralEnd | null, flags: Array<ReferralFlag>, dueAt: string | null, decidedAt: string | null, decisionNote: string, rewardedAt: string | null, referrerPoints: number, friendPoints: number, decidedBy: { id: string, name: string } | null, friend: { id: string, displayName: string } | null, referrer: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ReferralRefuseMutationVariables = Exact<{
  input: DecideReferralInput;
}>;


export type ReferralRefuseMutation = { refuseReferral: { referral: { id: string, code: string, way: ReferralWay, referredAt: string, orderBy: string, status: ReferralStatus, changedAt: string, reason: ReferralEnd | null, flags: Array<ReferralFlag>, dueAt: string | null, decidedAt: string | null, decisionNote: string, rewardedAt: string | null, referrerPoints: number, friendPoints: number, decidedBy: { id: string, name: string } | null, friend: { id: string, displayName: string } | null, referrer: { id: string, displayName: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ReferralSettingsFieldsFragment = { enabled: boolean, useWithinDays: number, orderWithinDays: number, minAmount: number, firstOrder: boolean, waitDays: number, shareUrl: string, sharedPage: string | null, referrerPoints: number, friendPoints: number };

export type ReferralSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type ReferralSettingsQuery = { referralSettings: { enabled: boolean, useWithinDays: number, orderWithinDays: number, minAmount: number, firstOrder: boolean, waitDays: number, shareUrl: string, sharedPage: string | null, referrerPoints: number, friendPoints: number } };

export type ReferralSaveSettingsMutationVariables = Exact<{
  input: UpdateReferralSettingsInput;
}>;


export type ReferralSaveSettingsMutation = { updateReferralSettings: { settings: { enabled: boolean, useWithinDays: number, orderWithinDays: number, minAmount: number, firstOrder: boolean, waitDays: number, shareUrl: string, sharedPage: string | null, referrerPoints: number, friendPoints: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const ReferralFieldsFragmentDoc = gql`
    fragment ReferralFields on Referral {
  id
  code
  way
  referredAt
  orderBy
  status
  changedAt
  reason
  flags
  dueAt
  decidedAt
  decidedBy {
    id
    name
  }
  decisionNote
  rewardedAt
  referrerPoints
  friendPoints
  friend {
    id
    displayName
  }
  referrer {
    id
    displayName
  }
}
    ` as unknown as DocumentNode<ReferralFieldsFragment, unknown>;
export const ReferralSettingsFieldsFragmentDoc = gql`
    fragment ReferralSettingsFields on ReferralSettings {
  enabled
  useWithinDays
  orderWithinDays
  minAmount
  firstOrder
  waitDays
  shareUrl
  sharedPage
  referrerPoints
  friendPoints
}
    ` as unknown as DocumentNode<ReferralSettingsFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const ReferralListDocument = gql`
    query ReferralList($statuses: [ReferralStatus!], $first: Int!, $after: String) {
  referrals(statuses: $statuses, first: $first, after: $after) {
    edges {
      node {
        ...ReferralFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${ReferralFieldsFragmentDoc}` as unknown as DocumentNode<ReferralListQuery, ReferralListQueryVariables>;
export const ReferralFiguresDocument = gql`
    query ReferralFigures {
  referralFigures {
    referred
    flagged
    rewarded
    referrers
    referrerPoints
    friendPoints
    buyers
    sales {
      amount
      currency
    }
  }
  referralSettings {
    enabled
    referrerPoints
    friendPoints
  }
}
    ` as unknown as DocumentNode<ReferralFiguresQuery, ReferralFiguresQueryVariables>;
export const ReferralApproveDocument = gql`
    mutation ReferralApprove($input: DecideReferralInput!) {
  approveReferral(input: $input) {
    referral {
      ...ReferralFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ReferralFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ReferralApproveMutation, ReferralApproveMutationVariables>;
export const ReferralRefuseDocument = gql`
    mutation ReferralRefuse($input: DecideReferralInput!) {
  refuseReferral(input: $input) {
    referral {
      ...ReferralFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ReferralFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ReferralRefuseMutation, ReferralRefuseMutationVariables>;
export const ReferralSettingsDocument = gql`
    query ReferralSettings {
  referralSettings {
    ...ReferralSettingsFields
  }
}
    ${ReferralSettingsFieldsFragmentDoc}` as unknown as DocumentNode<ReferralSettingsQuery, ReferralSettingsQueryVariables>;
export const ReferralSaveSettingsDocument = gql`
    mutation ReferralSaveSettings($input: UpdateReferralSettingsInput!) {
  updateReferralSettings(input: $input) {
    settings {
      ...ReferralSettingsFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ReferralSettingsFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ReferralSaveSettingsMutation, ReferralSaveSettingsMutationVariables>;