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

export type AddSenderDomainInput = {
  domain: string;
};

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

export type CheckSenderDomainInput = {
  id: string | number;
};

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

export type LiftSuppressionInput = {
  id: string | number;
  /** For the audit log; 500 characters at most. */
  reason: string;
};

export type RemoveDkimKeyInput = {
  domainId: string | number;
  keyId: string | number;
};

export type RemoveSenderDomainInput = {
  id: string | number;
};

export type SetBounceDomainInput = {
  /** Null or empty: bounces go to the sender's own address. */
  bounceDomain?: string | null | undefined;
  id: string | number;
};

export type SetDkimKeyActiveInput = {
  active: boolean;
  domainId: string | number;
  keyId: string | number;
};

export type SuppressAddressInput = {
  address: string;
  /** For the audit log; 500 characters at most. */
  reason: string;
};

export type SuppressedBy =
  | 'MAIL'
  /** A member's number of a shop: whoever has it is not written to, under any address. */
  | 'MEMBER_NO'
  /** A phone: whoever has it is not written to by mail. */
  | 'PHONE';

export type SuppressionReason =
  /** The recipient called a mail spam. */
  | 'COMPLAINT'
  /** There is no such mailbox, or mails came back again and again. */
  | 'HARD_BOUNCE'
  /** Withdrawn by the recipient. Only a new consent lifts it (特定電子メール法 3条3項). */
  | 'OPT_OUT'
  /** Entered by staff. */
  | 'STAFF';

export type SenderDomainFieldsFragment = { id: string, domain: string, bounceDomain: string | null, createdAt: string, keys: Array<{ id: string, algorithm: DkimAlgorithm, selector: string, active: boolean, createdAt: string }>, records: Array<{ kind: DnsRecordKind, type: string, name: string, value: string | null, state: DnsRecordState }> };

export type SuppressionFieldsFragment = { id: string, by: SuppressedBy, optedOutAt: string | null, reason: SuppressionReason, at: string, source: string, status: string, customer: { id: string, displayName: string } | null };

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


export type SendingSuppressionsQuery = { suppressionCounts: Array<{ reason: SuppressionReason, count: number }>, suppressions: { edges: Array<{ node: { id: string, by: SuppressedBy, optedOutAt: string | null, reason: SuppressionReason, at: string, source: string, status: string, customer: { id: string, displayName: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type SendingSuppressMutationVariables = Exact<{
  input: SuppressAddressInput;
}>;


export type SendingSuppressMutation = { suppressAddress: { suppression: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SendingLiftMutationVariables = Exact<{
  input: LiftSuppressionInput;
}>;


export type SendingLiftMutation = { liftSuppression: { suppression: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

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
  by
  optedOutAt
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
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
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