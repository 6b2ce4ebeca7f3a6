/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type SetLocaleInput = {
  locale: string;
};

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

export type ShellAlertsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ShellAlertsSubscription = { alertSummary: { open: number, unacknowledged: number, critical: number } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

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
export const ShellAlertsDocument = gql`
    subscription ShellAlerts {
  alertSummary {
    open
    unacknowledged
    critical
  }
}
    ` as unknown as DocumentNode<ShellAlertsSubscription, ShellAlertsSubscriptionVariables>;