/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type AuditActorKind =
  /** A program of a partner. */
  | 'CLIENT'
  /** The command line. */
  | 'COMMAND'
  | 'CUSTOMER'
  | 'STAFF'
  | 'SYSTEM';

/** Narrows the audit log; what is left out does not. */
export type AuditFilter = {
  actions?: Array<string> | null | undefined;
  /** A member of staff or a partner client who acted. */
  actorId?: string | number | null | undefined;
  actorKind?: AuditActorKind | null | undefined;
  /** Days in the merchant's zone, both included. */
  from?: string | null | undefined;
  /** What was acted on, e.g. a campaign. */
  objectId?: string | number | null | undefined;
  to?: string | null | undefined;
};

export type AuditEntryFieldsFragment = { id: string, at: string, actorKind: AuditActorKind, action: string, label: string, objectKind: string, objectKindLabel: string, objectId: string | null, objectName: string | null, actor: { id: string, name: string } | null, client: { id: string, name: string } | null, changes: Array<{ key: string, label: string, before: string | null, after: string }> };

export type AuditLogQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  before?: string | null | undefined;
  filter?: AuditFilter | null | undefined;
  locale: string;
}>;


export type AuditLogQuery = { auditLog: { edges: Array<{ node: { id: string, at: string, actorKind: AuditActorKind, action: string, label: string, objectKind: string, objectKindLabel: string, objectId: string | null, objectName: string | null, actor: { id: string, name: string } | null, client: { id: string, name: string } | null, changes: Array<{ key: string, label: string, before: string | null, after: string }> } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type AuditEntryQueryVariables = Exact<{
  id: string | number;
  locale: string;
}>;


export type AuditEntryQuery = { node:
    | { __typename: 'Alert' }
    | { __typename: 'ApiClient' }
    | { __typename: 'AuditEntry', id: string, at: string, actorKind: AuditActorKind, action: string, label: string, objectKind: string, objectKindLabel: string, objectId: string | null, objectName: string | null, actor: { id: string, name: string } | null, client: { id: string, name: string } | null, changes: Array<{ key: string, label: string, before: string | null, after: string }> }
    | { __typename: 'Campaign' }
    | { __typename: 'CampaignVariant' }
    | { __typename: 'Candidate' }
    | { __typename: 'Consent' }
    | { __typename: 'Customer' }
    | { __typename: 'CustomerMerge' }
    | { __typename: 'ExportJob' }
    | { __typename: 'Identity' }
    | { __typename: 'Import' }
    | { __typename: 'ImportMapping' }
    | { __typename: 'MailboxMail' }
    | { __typename: 'Message' }
    | { __typename: 'Offer' }
    | { __typename: 'Order' }
    | { __typename: 'PointBooking' }
    | { __typename: 'PointHold' }
    | { __typename: 'Segment' }
    | { __typename: 'SenderDomain' }
    | { __typename: 'Shop' }
    | { __typename: 'Staff' }
    | { __typename: 'Stage' }
    | { __typename: 'Suppression' }
    | { __typename: 'Task' }
    | { __typename: 'WebhookDelivery' }
    | { __typename: 'WebhookEndpoint' }
   | null };

export type AuditActionsQueryVariables = Exact<{
  locale: string;
}>;


export type AuditActionsQuery = { auditActions: Array<{ action: string, label: string, group: string }> };

export type AuditPeopleQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditPeopleQuery = { staffMembers: Array<{ id: string, name: string }> };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const AuditEntryFieldsFragmentDoc = gql`
    fragment AuditEntryFields on AuditEntry {
  id
  at
  actorKind
  actor {
    id
    name
  }
  client {
    id
    name
  }
  action
  label(locale: $locale)
  objectKind
  objectKindLabel(locale: $locale)
  objectId
  objectName
  changes(locale: $locale) {
    key
    label
    before
    after
  }
}
    ` as unknown as DocumentNode<AuditEntryFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const AuditLogDocument = gql`
    query AuditLog($first: Int!, $after: String, $before: String, $filter: AuditFilter, $locale: String!) {
  auditLog(first: $first, after: $after, before: $before, filter: $filter) {
    edges {
      node {
        ...AuditEntryFields
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
    ${AuditEntryFieldsFragmentDoc}` as unknown as DocumentNode<AuditLogQuery, AuditLogQueryVariables>;
export const AuditEntryDocument = gql`
    query AuditEntry($id: ID!, $locale: String!) {
  node(id: $id) {
    __typename
    ... on AuditEntry {
      ...AuditEntryFields
    }
  }
}
    ${AuditEntryFieldsFragmentDoc}` as unknown as DocumentNode<AuditEntryQuery, AuditEntryQueryVariables>;
export const AuditActionsDocument = gql`
    query AuditActions($locale: String!) {
  auditActions(locale: $locale) {
    action
    label
    group
  }
}
    ` as unknown as DocumentNode<AuditActionsQuery, AuditActionsQueryVariables>;
export const AuditPeopleDocument = gql`
    query AuditPeople {
  staffMembers {
    id
    name
  }
}
    ` as unknown as DocumentNode<AuditPeopleQuery, AuditPeopleQueryVariables>;