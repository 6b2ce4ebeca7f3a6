/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "fragment ReferralFields on Referral {\n  id\n  code\n  way\n  referredAt\n  orderBy\n  status\n  changedAt\n  reason\n  flags\n  dueAt\n  decidedAt\n  decidedBy {\n    id\n    name\n  }\n  decisionNote\n  rewardedAt\n  referrerPoints\n  friendPoints\n  friend {\n    id\n    displayName\n  }\n  referrer {\n    id\n    displayName\n  }\n}\n\nquery ReferralList($statuses: [ReferralStatus!], $first: Int!, $after: String) {\n  referrals(statuses: $statuses, first: $first, after: $after) {\n    edges {\n      node {\n        ...ReferralFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery ReferralFigures {\n  referralFigures {\n    referred\n    flagged\n    rewarded\n    referrers\n    referrerPoints\n    friendPoints\n    buyers\n    sales {\n      amount\n      currency\n    }\n  }\n  referralSettings {\n    enabled\n    referrerPoints\n    friendPoints\n  }\n}\n\nmutation ReferralApprove($input: DecideReferralInput!) {\n  approveReferral(input: $input) {\n    referral {\n      ...ReferralFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ReferralRefuse($input: DecideReferralInput!) {\n  refuseReferral(input: $input) {\n    referral {\n      ...ReferralFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment ReferralSettingsFields on ReferralSettings {\n  enabled\n  useWithinDays\n  orderWithinDays\n  minAmount\n  firstOrder\n  waitDays\n  shareUrl\n  sharedPage\n  referrerPoints\n  friendPoints\n}\n\nquery ReferralSettings {\n  referralSettings {\n    ...ReferralSettingsFields\n  }\n}\n\nmutation ReferralSaveSettings($input: UpdateReferralSettingsInput!) {\n  updateReferralSettings(input: $input) {\n    settings {\n      ...ReferralSettingsFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": typeof types.ReferralFieldsFragmentDoc,
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": typeof types.UserErrorFieldsFragmentDoc,
};
const documents: Documents = {
    "fragment ReferralFields on Referral {\n  id\n  code\n  way\n  referredAt\n  orderBy\n  status\n  changedAt\n  reason\n  flags\n  dueAt\n  decidedAt\n  decidedBy {\n    id\n    name\n  }\n  decisionNote\n  rewardedAt\n  referrerPoints\n  friendPoints\n  friend {\n    id\n    displayName\n  }\n  referrer {\n    id\n    displayName\n  }\n}\n\nquery ReferralList($statuses: [ReferralStatus!], $first: Int!, $after: String) {\n  referrals(statuses: $statuses, first: $first, after: $after) {\n    edges {\n      node {\n        ...ReferralFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery ReferralFigures {\n  referralFigures {\n    referred\n    flagged\n    rewarded\n    referrers\n    referrerPoints\n    friendPoints\n    buyers\n    sales {\n      amount\n      currency\n    }\n  }\n  referralSettings {\n    enabled\n    referrerPoints\n    friendPoints\n  }\n}\n\nmutation ReferralApprove($input: DecideReferralInput!) {\n  approveReferral(input: $input) {\n    referral {\n      ...ReferralFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ReferralRefuse($input: DecideReferralInput!) {\n  refuseReferral(input: $input) {\n    referral {\n      ...ReferralFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment ReferralSettingsFields on ReferralSettings {\n  enabled\n  useWithinDays\n  orderWithinDays\n  minAmount\n  firstOrder\n  waitDays\n  shareUrl\n  sharedPage\n  referrerPoints\n  friendPoints\n}\n\nquery ReferralSettings {\n  referralSettings {\n    ...ReferralSettingsFields\n  }\n}\n\nmutation ReferralSaveSettings($input: UpdateReferralSettingsInput!) {\n  updateReferralSettings(input: $input) {\n    settings {\n      ...ReferralSettingsFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": types.ReferralFieldsFragmentDoc,
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": types.UserErrorFieldsFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ReferralFields on Referral {\n  id\n  code\n  way\n  referredAt\n  orderBy\n  status\n  changedAt\n  reason\n  flags\n  dueAt\n  decidedAt\n  decidedBy {\n    id\n    name\n  }\n  decisionNote\n  rewardedAt\n  referrerPoints\n  friendPoints\n  friend {\n    id\n    displayName\n  }\n  referrer {\n    id\n    displayName\n  }\n}\n\nquery ReferralList($statuses: [ReferralStatus!], $first: Int!, $after: String) {\n  referrals(statuses: $statuses, first: $first, after: $after) {\n    edges {\n      node {\n        ...ReferralFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery ReferralFigures {\n  referralFigures {\n    referred\n    flagged\n    rewarded\n    referrers\n    referrerPoints\n    friendPoints\n    buyers\n    sales {\n      amount\n      currency\n    }\n  }\n  referralSettings {\n    enabled\n    referrerPoints\n    friendPoints\n  }\n}\n\nmutation ReferralApprove($input: DecideReferralInput!) {\n  approveReferral(input: $input) {\n    referral {\n      ...ReferralFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ReferralRefuse($input: DecideReferralInput!) {\n  refuseReferral(input: $input) {\n    referral {\n      ...ReferralFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment ReferralSettingsFields on ReferralSettings {\n  enabled\n  useWithinDays\n  orderWithinDays\n  minAmount\n  firstOrder\n  waitDays\n  shareUrl\n  sharedPage\n  referrerPoints\n  friendPoints\n}\n\nquery ReferralSettings {\n  referralSettings {\n    ...ReferralSettingsFields\n  }\n}\n\nmutation ReferralSaveSettings($input: UpdateReferralSettingsInput!) {\n  updateReferralSettings(input: $input) {\n    settings {\n      ...ReferralSettingsFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"): (typeof documents)["fragment ReferralFields on Referral {\n  id\n  code\n  way\n  referredAt\n  orderBy\n  status\n  changedAt\n  reason\n  flags\n  dueAt\n  decidedAt\n  decidedBy {\n    id\n    name\n  }\n  decisionNote\n  rewardedAt\n  referrerPoints\n  friendPoints\n  friend {\n    id\n    displayName\n  }\n  referrer {\n    id\n    displayName\n  }\n}\n\nquery ReferralList($statuses: [ReferralStatus!], $first: Int!, $after: String) {\n  referrals(statuses: $statuses, first: $first, after: $after) {\n    edges {\n      node {\n        ...ReferralFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery ReferralFigures {\n  referralFigures {\n    referred\n    flagged\n    rewarded\n    referrers\n    referrerPoints\n    friendPoints\n    buyers\n    sales {\n      amount\n      currency\n    }\n  }\n  referralSettings {\n    enabled\n    referrerPoints\n    friendPoints\n  }\n}\n\nmutation ReferralApprove($input: DecideReferralInput!) {\n  approveReferral(input: $input) {\n    referral {\n      ...ReferralFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ReferralRefuse($input: DecideReferralInput!) {\n  refuseReferral(input: $input) {\n    referral {\n      ...ReferralFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment ReferralSettingsFields on ReferralSettings {\n  enabled\n  useWithinDays\n  orderWithinDays\n  minAmount\n  firstOrder\n  waitDays\n  shareUrl\n  sharedPage\n  referrerPoints\n  friendPoints\n}\n\nquery ReferralSettings {\n  referralSettings {\n    ...ReferralSettingsFields\n  }\n}\n\nmutation ReferralSaveSettings($input: UpdateReferralSettingsInput!) {\n  updateReferralSettings(input: $input) {\n    settings {\n      ...ReferralSettingsFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"): (typeof documents)["fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;