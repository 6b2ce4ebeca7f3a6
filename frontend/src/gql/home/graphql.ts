/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
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

export type HomeFiguresQueryVariables = Exact<{
  days: number;
}>;


export type HomeFiguresQuery = { dashboard: { from: string, to: string, figures: Array<{ code: DashboardFigureCode, value: number, previous: number | null, unit: FigureUnit, series: Array<number> }>, salesByMall: Array<{ mall: Mall, orders: number, netSales: { amount: number, currency: string } }> } };

export type HomeCampaignsQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeCampaignsQuery = { campaigns: { edges: Array<{ node: { id: string, name: string, status: CampaignStatus, updatedAt: string } }> }, missed: { edges: Array<{ node: { id: string, name: string, missedSchedule: { at: string } | null } }> } };

export type HomeImportsQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeImportsQuery = { imports: { edges: Array<{ node: { id: string, fileName: string, status: ImportStatus, progress: number, rows: number, quarantined: number, createdAt: string, shop: { id: string, name: string, mall: Mall } } }> } };

export type HomeSenderQueryVariables = Exact<{ [key: string]: never; }>;


export type HomeSenderQuery = { senderSettings: { name: string, email: string, postalAddress: string, contact: string } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

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
    figures {
      code
      value
      previous
      unit
      series
    }
    salesByMall {
      mall
      orders
      netSales {
        amount
        currency
      }
    }
  }
}
    ` as unknown as DocumentNode<HomeFiguresQuery, HomeFiguresQueryVariables>;
export const HomeCampaignsDocument = gql`
    query HomeCampaigns {
  campaigns(first: 8) {
    edges {
      node {
        id
        name
        status
        updatedAt
      }
    }
  }
  missed: campaigns(first: 8, missed: true) {
    edges {
      node {
        id
        name
        missedSchedule {
          at
        }
      }
    }
  }
}
    ` as unknown as DocumentNode<HomeCampaignsQuery, HomeCampaignsQueryVariables>;
export const HomeImportsDocument = gql`
    query HomeImports {
  imports(first: 8) {
    edges {
      node {
        id
        fileName
        status
        progress
        rows
        quarantined
        createdAt
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