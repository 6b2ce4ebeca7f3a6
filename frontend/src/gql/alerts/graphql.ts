/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type AcknowledgeAlertInput = {
  id: string | number;
};

export type AlertKind =
  /** Of the mails of the last hours, many more than usual bounced for good or were called spam: from 50 mails and 10 bounces or 3 complaints on. Figures: hours, sent, bounced, complained, usual (share of bounces in the 30 days before, basis points). Needs campaigns:read. */
  | 'BOUNCE_JUMP'
  /** The code pool of an offer in a running or scheduled campaign holds less than a tenth of its codes, fewer than 20, or fewer than the scheduled segment has members. Figures: left, total, needed (0: no campaign is scheduled), campaigns (names of those that use it, three at most), moreCampaigns (how many beside them). Needs offers:read. */
  | 'CODES_LOW'
  /** What was entered to use a mall's service ends within 14 days or has ended. The subject is a MallConnection, named by its shop. Figures: service (MallService), expired (boolean), days (left), on (day). Needs settings:read. */
  | 'CONNECTION_EXPIRING'
  /** Orders do not come from a mall: trouble that staff has to mend, or that has lasted for an hour. The subject is a MallConnection, named by its shop. Figures: service (MallService), code (MallTroubleCode), since. Needs settings:read. */
  | 'CONNECTION_TROUBLED'
  /** An import, or the undoing of one, ended in an error and no later file made up for it. Figures: errorCode, undo (boolean). Needs imports:read. */
  | 'IMPORT_FAILED'
  /** The last nightly check found that the books of the points do not balance. Figures: discrepancies (100: that many or more). Needs points:read. */
  | 'LEDGER_BROKEN'
  /** Refused rows that can be mended have waited for three days or more. Figures: rows, days. Needs imports:read. */
  | 'QUARANTINE_WAITING'
  /** Referrals are FLAGGED: nobody gets points for them until staff has decided. Figures: referrals, days (that the oldest waits). Needs points:read. */
  | 'REFERRALS_FLAGGED'
  /** A scheduled campaign could not begin if its time came now. Figures: because (codes of findings). Needs campaigns:read. */
  | 'SCHEDULE_BLOCKED'
  /** A campaign did not begin at its scheduled time. Figures: because (codes of findings, or SCHEDULE_TOO_LATE). Needs campaigns:read. */
  | 'SCHEDULE_MISSED'
  /** DNS records of a sender domain in use are missing or differ; looked up by the hour where a mail server is set. Figures: records. Needs settings:read. */
  | 'SENDER_DNS'
  /** DKIM keys in use cannot be decrypted: mail from the domain waits. Figures: keys. Needs settings:read. */
  | 'SENDER_KEY'
  /** A watched folder cannot be looked into (figure: code, a WatchedFolderTrouble), or files of it failed and lie in its folder for those (figure: files). The subject is a WatchedFolder, named by its folder. Needs imports:read. */
  | 'WATCHED_FOLDER'
  /** An endpoint of a partner has taken no webhook for an hour, or answered that it is gone (figure: gone, a boolean) and was stopped; figure: since. The subject is a WebhookEndpoint. Needs clients:read. */
  | 'WEBHOOK_FAILING';

export type AlertSeverity =
  /** Something is wrong now, or mails, points or data are at stake. */
  | 'CRITICAL'
  | 'WARNING';

export type SetAlertsByMailInput = {
  wanted: boolean;
};

export type AlertFieldsFragment = { id: string, kind: AlertKind, severity: AlertSeverity, subjectId: string | null, subjectName: string, figures: unknown, times: number, firstSeenAt: string, resolvedAt: string | null, acknowledgedAt: string | null, acknowledgeable: boolean, acknowledgedBy: { id: string, name: string } | null };

export type AlertListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  resolved: boolean;
}>;


export type AlertListQuery = { alerts: { edges: Array<{ node: { id: string, kind: AlertKind, severity: AlertSeverity, subjectId: string | null, subjectName: string, figures: unknown, times: number, firstSeenAt: string, resolvedAt: string | null, acknowledgedAt: string | null, acknowledgeable: boolean, acknowledgedBy: { id: string, name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type AlertByMailQueryVariables = Exact<{ [key: string]: never; }>;


export type AlertByMailQuery = { alertsByMail: boolean };

export type AlertLedgerChecksQueryVariables = Exact<{ [key: string]: never; }>;


export type AlertLedgerChecksQuery = { ledgerChecks: Array<{ startedAt: string, finishedAt: string, bookings: number, entries: number, lots: number, outstanding: number, discrepancies: Array<{ customerId: string | null, what: string, kept: number, replayed: number }> }> };

export type AlertAcknowledgeMutationVariables = Exact<{
  input: AcknowledgeAlertInput;
}>;


export type AlertAcknowledgeMutation = { acknowledgeAlert: { alert: { id: string, kind: AlertKind, severity: AlertSeverity, subjectId: string | null, subjectName: string, figures: unknown, times: number, firstSeenAt: string, resolvedAt: string | null, acknowledgedAt: string | null, acknowledgeable: boolean, acknowledgedBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type AlertSetByMailMutationVariables = Exact<{
  input: SetAlertsByMailInput;
}>;


export type AlertSetByMailMutation = { setAlertsByMail: { alertsByMail: boolean, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type AlertChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type AlertChangesSubscription = { alertSummary: { open: number, unacknowledged: number } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const AlertFieldsFragmentDoc = gql`
    fragment AlertFields on Alert {
  id
  kind
  severity
  subjectId
  subjectName
  figures
  times
  firstSeenAt
  resolvedAt
  acknowledgedAt
  acknowledgedBy {
    id
    name
  }
  acknowledgeable
}
    ` as unknown as DocumentNode<AlertFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const AlertListDocument = gql`
    query AlertList($first: Int!, $after: String, $resolved: Boolean!) {
  alerts(first: $first, after: $after, resolved: $resolved) {
    edges {
      node {
        ...AlertFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${AlertFieldsFragmentDoc}` as unknown as DocumentNode<AlertListQuery, AlertListQueryVariables>;
export const AlertByMailDocument = gql`
    query AlertByMail {
  alertsByMail
}
    ` as unknown as DocumentNode<AlertByMailQuery, AlertByMailQueryVariables>;
export const AlertLedgerChecksDocument = gql`
    query AlertLedgerChecks {
  ledgerChecks(first: 14) {
    startedAt
    finishedAt
    bookings
    entries
    lots
    outstanding
    discrepancies {
      customerId
      what
      kept
      replayed
    }
  }
}
    ` as unknown as DocumentNode<AlertLedgerChecksQuery, AlertLedgerChecksQueryVariables>;
export const AlertAcknowledgeDocument = gql`
    mutation AlertAcknowledge($input: AcknowledgeAlertInput!) {
  acknowledgeAlert(input: $input) {
    alert {
      ...AlertFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${AlertFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<AlertAcknowledgeMutation, AlertAcknowledgeMutationVariables>;
export const AlertSetByMailDocument = gql`
    mutation AlertSetByMail($input: SetAlertsByMailInput!) {
  setAlertsByMail(input: $input) {
    alertsByMail
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<AlertSetByMailMutation, AlertSetByMailMutationVariables>;
export const AlertChangesDocument = gql`
    subscription AlertChanges {
  alertSummary {
    open
    unacknowledged
  }
}
    ` as unknown as DocumentNode<AlertChangesSubscription, AlertChangesSubscriptionVariables>;