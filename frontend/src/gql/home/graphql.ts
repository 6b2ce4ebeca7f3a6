/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
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

export type CampaignStatus =
  | 'CANCELLED'
  | 'DRAFT'
  | 'PAUSED'
  /** Begins by itself at scheduledAt; cannot be changed until it is taken out of the schedule. */
  | 'SCHEDULED'
  | 'SENDING'
  | 'SENT';

export type DashboardFigureCode =
  /** 回遊率: customers who bought on two malls or more ÷ customers who bought. */
  | 'CIRCULATION_RATE'
  /** F2転換率: of those whose first order fell 90 to 180 days before the period's end, the share with a second within 90 days. */
  | 'F2_RATE'
  /** Members of the loyalty program at the period's end. */
  | 'MEMBERS'
  /** 純売上: goods less coupons paid by the shop, cancelled orders left out, returns taken off. */
  | 'NET_SALES'
  /** Customers whose first order is in the period. */
  | 'NEW_CUSTOMERS'
  /** Sales that are not cancelled. */
  | 'ORDERS'
  /** Points out and not yet spent or expired: available, pending and held. */
  | 'POINTS_LIABILITY'
  /** Customers who ordered in the period and had ordered before it. */
  | 'REPEAT_CUSTOMERS';

export type FigureUnit =
  | 'COUNT'
  | 'MONEY'
  | 'POINTS'
  /** Basis points of a share. */
  | 'SHARE';

export type ImportStatus =
  | 'DONE'
  | 'FAILED'
  | 'QUEUED'
  | 'RUNNING'
  /** By staff; it can be resumed. */
  | 'STOPPED';

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

export type MallEventStatus =
  /** Announced by the mall, or entered by staff. */
  | 'ANNOUNCED'
  /** Staff say that it will not be. */
  | 'CANCELLED'
  /** Worked out by its rule. */
  | 'PREDICTED';

export type HomeFiguresQueryVariables = Exact<{
  days: number;
}>;


export type HomeFiguresQuery = { dashboard: { from: string, to: string, asOf: string, figures: Array<{ code: DashboardFigureCode, value: number, previous: number | null, base: number | null, unit: FigureUnit, series: Array<number>, people: { count: number, rule: unknown } }>, salesByMall: Array<{ mall: Mall, orders: number, previous: number, netSales: { amount: number, currency: string }, people: { count: number, rule: unknown } }> } };

export type HomeMetricsFragment = { campaignId: string, at: string, total: { audience: number, withoutCode: number, queued: number, sent: number, delivered: number, opened: number, clicked: number, converted: number, sales: Array<{ amount: number, currency: string }> } };

export type HomeCampaignsQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeCampaignsQuery = { campaigns: { edges: Array<{ node: { id: string, name: string, status: CampaignStatus, scheduledAt: string | null, sentAt: string | null, updatedAt: string, metrics: { campaignId: string, at: string, total: { audience: number, withoutCode: number, queued: number, sent: number, delivered: number, opened: number, clicked: number, converted: number, sales: Array<{ amount: number, currency: string }> } } } }> } };

export type HomeCampaignLiveSubscriptionVariables = Exact<{
  id: string | number;
}>;


export type HomeCampaignLiveSubscription = { campaignMetrics: { campaignId: string, at: string, total: { audience: number, withoutCode: number, queued: number, sent: number, delivered: number, opened: number, clicked: number, converted: number, sales: Array<{ amount: number, currency: string }> } } };

export type HomeImportsQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeImportsQuery = { imports: { edges: Array<{ node: { id: string, fileName: string, status: ImportStatus, rows: number, quarantined: number, mended: number, mendableUntil: string | null, createdAt: string, finishedAt: string | null, shop: { id: string, name: string, mall: Mall } } }> } };

export type HomeAlertsQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeAlertsQuery = { alerts: { edges: Array<{ node: { id: string, kind: AlertKind, severity: AlertSeverity, subjectId: string | null, subjectName: string, figures: unknown, acknowledgedAt: string | null } }> } };

export type HomeAlertChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type HomeAlertChangesSubscription = { alertSummary: { open: number, unacknowledged: number } };

export type HomeCandidatesQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeCandidatesQuery = { candidates: { totalCount: number } };

export type HomePlannedQueryVariables = Exact<{ [key: string]: never; }>;


export type HomePlannedQuery = { tasks: { edges: Array<{ node: { id: string, subject: string, dueOn: string } }> }, scheduled: { edges: Array<{ node: { id: string, name: string, scheduledAt: string | null, blockedBy: Array<string> } }> }, paused: { edges: Array<{ node: { id: string, name: string } }> } };

export type HomeSenderQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeSenderQuery = { senderSettings: { name: string, email: string, postalAddress: string, contact: string } };

export type HomeShopsQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeShopsQuery = { shops: Array<{ id: string, mall: Mall }> };

export type HomeFirstCampaignQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeFirstCampaignQuery = { campaigns: { edges: Array<{ node: { id: string } }> } };

export type HomeEventsQueryVariables = Exact<{
  from: string;
  to: string;
  malls?: Array<Mall> | Mall | null | undefined;
  locale: string;
}>;


export type HomeEventsQuery = { mallEvents: Array<{ id: string, mall: Mall | null, name: string, firstDay: string, lastDay: string, status: MallEventStatus, approximate: boolean, major: boolean }> };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const HomeMetricsFragmentDoc = gql`
    fragment HomeMetrics on CampaignMetrics {
  campaignId
  at
  total {
    audience
    withoutCode
    queued
    sent
    delivered
    opened
    clicked
    converted
    sales {
      amount
      currency
    }
  }
}
    ` as unknown as DocumentNode<HomeMetricsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const HomeFiguresDocument = gql`
    query HomeFigures($days: Int!) {
  dashboard(days: $days) {
    from
    to
    asOf
    figures {
      code
      value
      previous
      base
      unit
      series
      people {
        count
        rule
      }
    }
    salesByMall {
      mall
      orders
      netSales {
        amount
        currency
      }
      previous
      people {
        count
        rule
      }
    }
  }
}
    ` as unknown as DocumentNode<HomeFiguresQuery, HomeFiguresQueryVariables>;
export const HomeCampaignsDocument = gql`
    query HomeCampaigns {
  campaigns(first: 5, status: [SENDING, PAUSED, SCHEDULED, SENT]) {
    edges {
      node {
        id
        name
        status
        scheduledAt
        sentAt
        updatedAt
        metrics {
          ...HomeMetrics
        }
      }
    }
  }
}
    ${HomeMetricsFragmentDoc}` as unknown as DocumentNode<HomeCampaignsQuery, HomeCampaignsQueryVariables>;
export const HomeCampaignLiveDocument = gql`
    subscription HomeCampaignLive($id: ID!) {
  campaignMetrics(campaignId: $id) {
    ...HomeMetrics
  }
}
    ${HomeMetricsFragmentDoc}` as unknown as DocumentNode<HomeCampaignLiveSubscription, HomeCampaignLiveSubscriptionVariables>;
export const HomeImportsDocument = gql`
    query HomeImports {
  imports(first: 8) {
    edges {
      node {
        id
        fileName
        status
        rows
        quarantined
        mended
        mendableUntil
        createdAt
        finishedAt
        shop {
          id
          name
          mall
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<HomeImportsQuery, HomeImportsQueryVariables>;
export const HomeAlertsDocument = gql`
    query HomeAlerts {
  alerts(first: 20) {
    edges {
      node {
        id
        kind
        severity
        subjectId
        subjectName
        figures
        acknowledgedAt
      }
    }
  }
}
    ` as unknown as DocumentNode<HomeAlertsQuery, HomeAlertsQueryVariables>;
export const HomeAlertChangesDocument = gql`
    subscription HomeAlertChanges {
  alertSummary {
    open
    unacknowledged
  }
}
    ` as unknown as DocumentNode<HomeAlertChangesSubscription, HomeAlertChangesSubscriptionVariables>;
export const HomeCandidatesDocument = gql`
    query HomeCandidates {
  candidates(first: 0) {
    totalCount
  }
}
    ` as unknown as DocumentNode<HomeCandidatesQuery, HomeCandidatesQueryVariables>;
export const HomePlannedDocument = gql`
    query HomePlanned {
  tasks(first: 50) {
    edges {
      node {
        id
        subject
        dueOn
      }
    }
  }
  scheduled: campaigns(first: 5, status: [SCHEDULED]) {
    edges {
      node {
        id
        name
        scheduledAt
        blockedBy
      }
    }
  }
  paused: campaigns(first: 5, status: [PAUSED]) {
    edges {
      node {
        id
        name
      }
    }
  }
}
    ` as unknown as DocumentNode<HomePlannedQuery, HomePlannedQueryVariables>;
export const HomeSenderDocument = gql`
    query HomeSender {
  senderSettings {
    name
    email
    postalAddress
    contact
  }
}
    ` as unknown as DocumentNode<HomeSenderQuery, HomeSenderQueryVariables>;
export const HomeShopsDocument = gql`
    query HomeShops {
  shops {
    id
    mall
  }
}
    ` as unknown as DocumentNode<HomeShopsQuery, HomeShopsQueryVariables>;
export const HomeFirstCampaignDocument = gql`
    query HomeFirstCampaign {
  campaigns(first: 1, status: [SENDING, SENT]) {
    edges {
      node {
        id
      }
    }
  }
}
    ` as unknown as DocumentNode<HomeFirstCampaignQuery, HomeFirstCampaignQueryVariables>;
export const HomeEventsDocument = gql`
    query HomeEvents($from: Date!, $to: Date!, $malls: [Mall!], $locale: String!) {
  mallEvents(from: $from, to: $to, malls: $malls) {
    id
    mall
    name(locale: $locale)
    firstDay
    lastDay
    status
    approximate
    major
  }
}
    ` as unknown as DocumentNode<HomeEventsQuery, HomeEventsQueryVariables>;