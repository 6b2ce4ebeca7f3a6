/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type ApproveErasureInput = {
  requestId: string | number;
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

export type KeptReason =
  /** The ledger of points must add up. */
  | 'BOOKS'
  /** Records of consent are kept for three years (特定商取引法 12条の3). */
  | 'CONSENT_LAW'
  /** Sales and counts, which name nobody once the person is gone. */
  | 'FIGURES'
  /** That the request was answered. */
  | 'PROOF'
  /** Hashes by which an address is not written to. */
  | 'STOP_SENDING';

export type PersonalDataGroup =
  | 'CONSENTS'
  | 'EVENTS'
  | 'IDENTITIES'
  | 'IMPORTS'
  | 'MESSAGES'
  /** Properties, tags and notes of staff. */
  | 'NOTES'
  | 'ORDERS'
  | 'POINTS'
  | 'PROFILE'
  | 'REQUESTS'
  | 'SEGMENTS'
  | 'STAGES';

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

export type RefusePrivacyRequestInput = {
  /** Without personal data; at most 300 characters. */
  reason: string;
  requestId: string | number;
};

export type UpdateRetentionSettingsInput = {
  behaviourDays: number;
  consentDays: number;
  importFileDays: number;
  quarantineDays: number;
  twoPeople: boolean;
};

export type PrivacyRequestsQueryVariables = Exact<{
  first: number;
  before?: string | number | null | undefined;
  open: boolean;
}>;


export type PrivacyRequestsQuery = { privacyRequests: Array<{ id: string, kind: PrivacyRequestKind, askedVia: PrivacyRequestVia, askedOn: string, dueOn: string, status: PrivacyRequestStatus, createdAt: string, decidedAt: string | null, refusal: string, stepsDone: number, steps: number, fileExpiresAt: string | null, customer: { id: string, displayName: string, erasedAt: string | null }, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null, fates: Array<{ group: PersonalDataGroup, erased: number, kept: number, why: Array<KeptReason> }> }> };

export type PrivacyOfCustomerQueryVariables = Exact<{
  customerId: string | number;
}>;


export type PrivacyOfCustomerQuery = { privacyRequests: Array<{ id: string, kind: PrivacyRequestKind, askedVia: PrivacyRequestVia, askedOn: string, dueOn: string, status: PrivacyRequestStatus, createdAt: string, decidedAt: string | null, refusal: string, stepsDone: number, steps: number, fileExpiresAt: string | null, customer: { id: string, displayName: string, erasedAt: string | null }, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null, fates: Array<{ group: PersonalDataGroup, erased: number, kept: number, why: Array<KeptReason> }> }> };

export type PrivacyRequestFieldsFragment = { id: string, kind: PrivacyRequestKind, askedVia: PrivacyRequestVia, askedOn: string, dueOn: string, status: PrivacyRequestStatus, createdAt: string, decidedAt: string | null, refusal: string, stepsDone: number, steps: number, fileExpiresAt: string | null, customer: { id: string, displayName: string, erasedAt: string | null }, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null, fates: Array<{ group: PersonalDataGroup, erased: number, kept: number, why: Array<KeptReason> }> };

export type ErasureFateFieldsFragment = { group: PersonalDataGroup, erased: number, kept: number, why: Array<KeptReason> };

export type PrivacyPreviewQueryVariables = Exact<{
  customerId: string | number;
}>;


export type PrivacyPreviewQuery = { erasurePreview: { pointsLost: number, waitingMessages: number, needsTwo: boolean, fates: Array<{ group: PersonalDataGroup, erased: number, kept: number, why: Array<KeptReason> }> } };

export type PrivacyRetentionQueryVariables = Exact<{ [key: string]: never; }>;


export type PrivacyRetentionQuery = { retentionSettings: { consentDays: number, behaviourDays: number, importFileDays: number, quarantineDays: number, twoPeople: boolean }, retentionRuns: Array<{ id: string, ranAt: string, removed: Array<{ kind: string, rows: number }> }> };

export type RetentionFieldsFragment = { consentDays: number, behaviourDays: number, importFileDays: number, quarantineDays: number, twoPeople: boolean };

export type PrivacyAskMutationVariables = Exact<{
  input: CreatePrivacyRequestInput;
}>;


export type PrivacyAskMutation = { createPrivacyRequest: { request: { id: string, kind: PrivacyRequestKind, askedVia: PrivacyRequestVia, askedOn: string, dueOn: string, status: PrivacyRequestStatus, createdAt: string, decidedAt: string | null, refusal: string, stepsDone: number, steps: number, fileExpiresAt: string | null, customer: { id: string, displayName: string, erasedAt: string | null }, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null, fates: Array<{ group: PersonalDataGroup, erased: number, kept: number, why: Array<KeptReason> }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PrivacyApproveMutationVariables = Exact<{
  input: ApproveErasureInput;
}>;


export type PrivacyApproveMutation = { approveErasure: { request: { id: string, kind: PrivacyRequestKind, askedVia: PrivacyRequestVia, askedOn: string, dueOn: string, status: PrivacyRequestStatus, createdAt: string, decidedAt: string | null, refusal: string, stepsDone: number, steps: number, fileExpiresAt: string | null, customer: { id: string, displayName: string, erasedAt: string | null }, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null, fates: Array<{ group: PersonalDataGroup, erased: number, kept: number, why: Array<KeptReason> }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PrivacyRefuseMutationVariables = Exact<{
  input: RefusePrivacyRequestInput;
}>;


export type PrivacyRefuseMutation = { refusePrivacyRequest: { request: { id: string, kind: PrivacyRequestKind, askedVia: PrivacyRequestVia, askedOn: string, dueOn: string, status: PrivacyRequestStatus, createdAt: string, decidedAt: string | null, refusal: string, stepsDone: number, steps: number, fileExpiresAt: string | null, customer: { id: string, displayName: string, erasedAt: string | null }, createdBy: { id: string, name: string } | null, decidedBy: { id: string, name: string } | null, fates: Array<{ group: PersonalDataGroup, erased: number, kept: number, why: Array<KeptReason> }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PrivacySaveRetentionMutationVariables = Exact<{
  input: UpdateRetentionSettingsInput;
}>;


export type PrivacySaveRetentionMutation = { updateRetentionSettings: { settings: { consentDays: number, behaviourDays: number, importFileDays: number, quarantineDays: number, twoPeople: boolean } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const ErasureFateFieldsFragmentDoc = gql`
    fragment ErasureFateFields on ErasureFate {
  group
  erased
  kept
  why
}
    ` as unknown as DocumentNode<ErasureFateFieldsFragment, unknown>;
export const PrivacyRequestFieldsFragmentDoc = gql`
    fragment PrivacyRequestFields on PrivacyRequest {
  id
  kind
  askedVia
  askedOn
  dueOn
  status
  createdAt
  decidedAt
  refusal
  stepsDone
  steps
  fileExpiresAt
  customer {
    id
    displayName
    erasedAt
  }
  createdBy {
    id
    name
  }
  decidedBy {
    id
    name
  }
  fates {
    ...ErasureFateFields
  }
}
    ` as unknown as DocumentNode<PrivacyRequestFieldsFragment, unknown>;
export const RetentionFieldsFragmentDoc = gql`
    fragment RetentionFields on RetentionSettings {
  consentDays
  behaviourDays
  importFileDays
  quarantineDays
  twoPeople
}
    ` as unknown as DocumentNode<RetentionFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const PrivacyRequestsDocument = gql`
    query PrivacyRequests($first: Int!, $before: ID, $open: Boolean!) {
  privacyRequests(first: $first, before: $before, open: $open) {
    ...PrivacyRequestFields
  }
}
    ${PrivacyRequestFieldsFragmentDoc}
${ErasureFateFieldsFragmentDoc}` as unknown as DocumentNode<PrivacyRequestsQuery, PrivacyRequestsQueryVariables>;
export const PrivacyOfCustomerDocument = gql`
    query PrivacyOfCustomer($customerId: ID!) {
  privacyRequests(first: 20, customerId: $customerId) {
    ...PrivacyRequestFields
  }
}
    ${PrivacyRequestFieldsFragmentDoc}
${ErasureFateFieldsFragmentDoc}` as unknown as DocumentNode<PrivacyOfCustomerQuery, PrivacyOfCustomerQueryVariables>;
export const PrivacyPreviewDocument = gql`
    query PrivacyPreview($customerId: ID!) {
  erasurePreview(customerId: $customerId) {
    pointsLost
    waitingMessages
    needsTwo
    fates {
      ...ErasureFateFields
    }
  }
}
    ${ErasureFateFieldsFragmentDoc}` as unknown as DocumentNode<PrivacyPreviewQuery, PrivacyPreviewQueryVariables>;
export const PrivacyRetentionDocument = gql`
    query PrivacyRetention {
  retentionSettings {
    ...RetentionFields
  }
  retentionRuns(first: 14) {
    id
    ranAt
    removed {
      kind
      rows
    }
  }
}
    ${RetentionFieldsFragmentDoc}` as unknown as DocumentNode<PrivacyRetentionQuery, PrivacyRetentionQueryVariables>;
export const PrivacyAskDocument = gql`
    mutation PrivacyAsk($input: CreatePrivacyRequestInput!) {
  createPrivacyRequest(input: $input) {
    request {
      ...PrivacyRequestFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${PrivacyRequestFieldsFragmentDoc}
${ErasureFateFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PrivacyAskMutation, PrivacyAskMutationVariables>;
export const PrivacyApproveDocument = gql`
    mutation PrivacyApprove($input: ApproveErasureInput!) {
  approveErasure(input: $input) {
    request {
      ...PrivacyRequestFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${PrivacyRequestFieldsFragmentDoc}
${ErasureFateFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PrivacyApproveMutation, PrivacyApproveMutationVariables>;
export const PrivacyRefuseDocument = gql`
    mutation PrivacyRefuse($input: RefusePrivacyRequestInput!) {
  refusePrivacyRequest(input: $input) {
    request {
      ...PrivacyRequestFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${PrivacyRequestFieldsFragmentDoc}
${ErasureFateFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PrivacyRefuseMutation, PrivacyRefuseMutationVariables>;
export const PrivacySaveRetentionDocument = gql`
    mutation PrivacySaveRetention($input: UpdateRetentionSettingsInput!) {
  updateRetentionSettings(input: $input) {
    settings {
      ...RetentionFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${RetentionFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PrivacySaveRetentionMutation, PrivacySaveRetentionMutationVariables>;