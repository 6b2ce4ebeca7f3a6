/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
/** The days a campaign is planned for. Code: PERIOD when it ends before it starts. */
export type CampaignPeriodInput = {
  /** Null: one day. */
  endsOn?: string | null | undefined;
  /** Null: no day yet. */
  startsOn?: string | null | undefined;
};

export type CreateCampaignInput = {
  name: string;
  period?: CampaignPeriodInput | null | undefined;
  segmentId?: string | number | null | undefined;
  theme?: string;
};

export type RunningJobKind =
  /** Many customers are changed at once. */
  | 'BULK'
  /** A file is taken in. Needs imports:read. */
  | 'IMPORT'
  /** An import is undone. Needs imports:read. */
  | 'IMPORT_UNDO'
  /** Figures are worked out by another definition of net sales. Needs settings:read. */
  | 'NET_SALES'
  /** The first orders of a shop are fetched from its mall; the subject is the MallConnection. Needs settings:read. */
  | 'PULL'
  /** A campaign is being sent. Needs campaigns:read. */
  | 'SEND'
  /** Members are placed anew after the ladder of stages was changed. Needs points:read. */
  | 'STAGES';

export type SearchHitKind =
  /** Needs campaigns:read. */
  | 'CAMPAIGN'
  /** By its file's name, among the newest 2,000. Needs imports:read. */
  | 'IMPORT'
  /** Needs offers:read. */
  | 'OFFER'
  /** By its whole number. Needs customers:read. */
  | 'ORDER'
  /** Needs segments:read. */
  | 'SEGMENT';

export type SetDemoBuyersInput = {
  /** True: they answer the mails that are there, for some minutes, and those that come. False: they stop at once, until they are started again. */
  playing: boolean;
};

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


export type ShellViewerQuery = { viewer: { scopes: Array<string>, staff: { id: string, name: string, email: string, role: StaffRole, locale: string }, merchant: { name: string, timeZone: string, baseCurrency: string, demo: boolean } } | null };

export type ShellSetLocaleMutationVariables = Exact<{
  input: SetLocaleInput;
}>;


export type ShellSetLocaleMutation = { setLocale: { viewer: { staff: { id: string, locale: string } } | null } };

export type ShellSearchQueryVariables = Exact<{
  query: string;
  first: number;
  withCustomers: boolean;
}>;


export type ShellSearchQuery = { customers?: { edges: Array<{ node: { id: string, displayName: string, email: string, phoneNational: string, stats: { orderCount: number } } }> }, search: Array<{ kind: SearchHitKind, id: string, name: string, shop: string | null, importId: string | null }> };

export type ShellCreateCampaignMutationVariables = Exact<{
  input: CreateCampaignInput;
}>;


export type ShellCreateCampaignMutation = { createCampaign: { campaign: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ShellCandidatesQueryVariables = Exact<{ [key: string]: never; }>;


export type ShellCandidatesQuery = { candidates: { totalCount: number } };

export type ShellAlertsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ShellAlertsSubscription = { alertSummary: { open: number, unacknowledged: number, critical: number } };

export type ShellRunningSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ShellRunningSubscription = { runningJobs: Array<{ kind: RunningJobKind, subjectId: string | null, name: string, progress: number | null, waiting: boolean, startedAt: string }> };

export type ShellDemoQueryVariables = Exact<{ [key: string]: never; }>;


export type ShellDemoQuery = { demoBuyers: { playing: boolean, stopped: boolean, ended: boolean, acts: number, orders: number } | null };

export type ShellSetDemoMutationVariables = Exact<{
  input: SetDemoBuyersInput;
}>;


export type ShellSetDemoMutation = { setDemoBuyers: { buyers: { playing: boolean, stopped: boolean, ended: boolean, acts: number, orders: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

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
      demo
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
    query ShellSearch($query: String!, $first: Int!, $withCustomers: Boolean!) {
  customers(first: $first, filter: {search: $query}) @include(if: $withCustomers) {
    edges {
      node {
        id
        displayName
        email
        phoneNational
        stats {
          orderCount
        }
      }
    }
  }
  search(query: $query) {
    kind
    id
    name
    shop
    importId
  }
}
    ` as unknown as DocumentNode<ShellSearchQuery, ShellSearchQueryVariables>;
export const ShellCreateCampaignDocument = gql`
    mutation ShellCreateCampaign($input: CreateCampaignInput!) {
  createCampaign(input: $input) {
    campaign {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ShellCreateCampaignMutation, ShellCreateCampaignMutationVariables>;
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
export const ShellRunningDocument = gql`
    subscription ShellRunning {
  runningJobs {
    kind
    subjectId
    name
    progress
    waiting
    startedAt
  }
}
    ` as unknown as DocumentNode<ShellRunningSubscription, ShellRunningSubscriptionVariables>;
export const ShellDemoDocument = gql`
    query ShellDemo {
  demoBuyers {
    playing
    stopped
    ended
    acts
    orders
  }
}
    ` as unknown as DocumentNode<ShellDemoQuery, ShellDemoQueryVariables>;
export const ShellSetDemoDocument = gql`
    mutation ShellSetDemo($input: SetDemoBuyersInput!) {
  setDemoBuyers(input: $input) {
    buyers {
      playing
      stopped
      ended
      acts
      orders
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ShellSetDemoMutation, ShellSetDemoMutationVariables>;