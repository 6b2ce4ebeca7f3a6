/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type ConnectMallInput = {
  /** What the service showed once the merchant had given leave (Yahoo!), and the address it was shown at. */
  code?: string | null | undefined;
  /** 5 to 1440, and not less than the service's leastMinutes. */
  everyMinutes: number;
  /** Where staff knows it and the service does not tell. */
  expiresAt?: string | null | undefined;
  firstFrom: string;
  redirectUri?: string | null | undefined;
  service: MallService;
  shopId: string | number;
  values: Array<MallValueInput>;
};

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

export type MallConnectionInput = {
  id: string | number;
};

export type MallConnectionStatus =
  | 'ACTIVE'
  /** By staff; it goes on where it was. */
  | 'STOPPED';

/** A mall's service that orders can be pulled from. */
export type MallService =
  /** Amazon Selling Partner API, Orders 2026-01-01. */
  | 'AMAZON_SP_API'
  /** 楽天 RMS WEB SERVICE, 楽天ペイ受注API. */
  | 'RAKUTEN_RMS'
  /** Shopify GraphQL Admin API, bulk operations. */
  | 'SHOPIFY_ADMIN'
  /** Yahoo!ショッピング store APIs: orderList and orderInfo. */
  | 'YAHOO_SHOPPING';

export type MallTroubleCode =
  /** The leave the merchant gave has ended or was taken back: it has to be given anew. */
  | 'ACCESS_ENDED'
  /** Its answer cannot be read as a whole. */
  | 'BAD_ANSWER'
  /** A defect of this program; the log has more. */
  | 'INTERNAL'
  /** The service answers registered addresses only, and this server's is not one. */
  | 'IP_NOT_ALLOWED'
  /** The service gave up on what it was to prepare. */
  | 'JOB_FAILED'
  /** What was entered was good until a day that has passed. */
  | 'KEY_EXPIRED'
  /** The service does not accept what was entered: mistyped, expired, or the API is not in use. */
  | 'KEY_REFUSED'
  /** The key is good, but not for orders. */
  | 'NOT_ALLOWED'
  /** The allowance of the day is spent. */
  | 'QUOTA_SPENT'
  /** The service does not take what this program asks. */
  | 'REQUEST_REFUSED'
  /** The credentials were encrypted under another MEGURI_SECRET and have to be entered anew. */
  | 'SEALED_ELSEWHERE'
  /** The service says that it is down or busy. */
  | 'SERVICE_DOWN'
  /** The public key cannot be read or is not the registered one. */
  | 'SIGNATURE_REFUSED'
  /** More was asked than the service allows at once. */
  | 'THROTTLED'
  /** The service cannot be reached. */
  | 'UNREACHABLE'
  /** The service no longer speaks this program's version. */
  | 'VERSION_REFUSED'
  /** The key is of another shop, or there is no such shop. */
  | 'WRONG_SHOP';

export type MallValueInput = {
  name: string;
  value: string;
};

export type PullMallAgainInput = {
  from: string;
  id: string | number;
};

export type TestMallConnectionInput = {
  /** Of the connection whose secrets are used where none are given; with it, shop and service are its own. */
  id?: string | number | null | undefined;
  service?: MallService | null | undefined;
  shopId?: string | number | null | undefined;
  values: Array<MallValueInput>;
};

export type UpdateMallConnectionInput = {
  code?: string | null | undefined;
  everyMinutes: number;
  expiresAt?: string | null | undefined;
  firstFrom: string;
  id: string | number;
  redirectUri?: string | null | undefined;
  /** Secrets that are left out or empty stay as they are. */
  values: Array<MallValueInput>;
};

export type MallPullFieldsFragment = { id: string, done: boolean, first: boolean, from: string, to: string, startedAt: string, finishedAt: string | null, fetched: number, known: number, expected: number, orders: number, inserted: number, updated: number, quarantined: number, unfinishedImports: number, failedImports: number, latestImportId: string | null };

export type ConnectionFieldsFragment = { id: string, service: MallService, status: MallConnectionStatus, enteredAt: string, expiresAt: string | null, expiresTold: boolean, everyMinutes: number, firstFrom: string, pulledTo: string | null, nextAt: string, running: boolean, shop: { id: string, name: string, mall: Mall }, values: Array<{ name: string, value: string }>, trouble: { code: MallTroubleCode, passing: boolean, call: string, status: number, detail: string, since: string | null } | null, latest: { id: string, done: boolean, first: boolean, from: string, to: string, startedAt: string, finishedAt: string | null, fetched: number, known: number, expected: number, orders: number, inserted: number, updated: number, quarantined: number, unfinishedImports: number, failedImports: number, latestImportId: string | null } | null };

export type ConnectionsQueryVariables = Exact<{ [key: string]: never; }>;


export type ConnectionsQuery = { mallServices: Array<{ service: MallService, mall: Mall, leastMinutes: number, oldestDays: number | null, fields: Array<{ name: string, secret: boolean, optional: boolean }> }>, mallConnections: Array<{ id: string, service: MallService, status: MallConnectionStatus, enteredAt: string, expiresAt: string | null, expiresTold: boolean, everyMinutes: number, firstFrom: string, pulledTo: string | null, nextAt: string, running: boolean, shop: { id: string, name: string, mall: Mall }, values: Array<{ name: string, value: string }>, trouble: { code: MallTroubleCode, passing: boolean, call: string, status: number, detail: string, since: string | null } | null, latest: { id: string, done: boolean, first: boolean, from: string, to: string, startedAt: string, finishedAt: string | null, fetched: number, known: number, expected: number, orders: number, inserted: number, updated: number, quarantined: number, unfinishedImports: number, failedImports: number, latestImportId: string | null } | null }>, shops: Array<{ id: string, name: string, mall: Mall }> };

export type ConnectionPullsQueryVariables = Exact<{
  id: string | number;
}>;


export type ConnectionPullsQuery = { mallPulls: Array<{ id: string, done: boolean, first: boolean, from: string, to: string, startedAt: string, finishedAt: string | null, fetched: number, known: number, expected: number, orders: number, inserted: number, updated: number, quarantined: number, unfinishedImports: number, failedImports: number, latestImportId: string | null }> };

export type ConnectionChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ConnectionChangesSubscription = { mallConnectionsChanged: Array<{ id: string, service: MallService, status: MallConnectionStatus, enteredAt: string, expiresAt: string | null, expiresTold: boolean, everyMinutes: number, firstFrom: string, pulledTo: string | null, nextAt: string, running: boolean, shop: { id: string, name: string, mall: Mall }, values: Array<{ name: string, value: string }>, trouble: { code: MallTroubleCode, passing: boolean, call: string, status: number, detail: string, since: string | null } | null, latest: { id: string, done: boolean, first: boolean, from: string, to: string, startedAt: string, finishedAt: string | null, fetched: number, known: number, expected: number, orders: number, inserted: number, updated: number, quarantined: number, unfinishedImports: number, failedImports: number, latestImportId: string | null } | null }> };

export type ConnectionCreateMutationVariables = Exact<{
  input: ConnectMallInput;
}>;


export type ConnectionCreateMutation = { connectMall: { connection: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ConnectionUpdateMutationVariables = Exact<{
  input: UpdateMallConnectionInput;
}>;


export type ConnectionUpdateMutation = { updateMallConnection: { connection: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ConnectionTestMutationVariables = Exact<{
  input: TestMallConnectionInput;
}>;


export type ConnectionTestMutation = { testMallConnection: { result: { shopName: string, expiresAt: string | null, trouble: { code: MallTroubleCode, passing: boolean, call: string, status: number, detail: string, since: string | null } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ConnectionStopMutationVariables = Exact<{
  input: MallConnectionInput;
}>;


export type ConnectionStopMutation = { stopMallConnection: { userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ConnectionResumeMutationVariables = Exact<{
  input: MallConnectionInput;
}>;


export type ConnectionResumeMutation = { resumeMallConnection: { userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ConnectionPullNowMutationVariables = Exact<{
  input: MallConnectionInput;
}>;


export type ConnectionPullNowMutation = { pullMallNow: { userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ConnectionPullAgainMutationVariables = Exact<{
  input: PullMallAgainInput;
}>;


export type ConnectionPullAgainMutation = { pullMallAgain: { userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ConnectionDeleteMutationVariables = Exact<{
  input: MallConnectionInput;
}>;


export type ConnectionDeleteMutation = { disconnectMall: { id: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const MallPullFieldsFragmentDoc = gql`
    fragment MallPullFields on MallPull {
  id
  done
  first
  from
  to
  startedAt
  finishedAt
  fetched
  known
  expected
  orders
  inserted
  updated
  quarantined
  unfinishedImports
  failedImports
  latestImportId
}
    ` as unknown as DocumentNode<MallPullFieldsFragment, unknown>;
export const ConnectionFieldsFragmentDoc = gql`
    fragment ConnectionFields on MallConnection {
  id
  shop {
    id
    name
    mall
  }
  service
  status
  values {
    name
    value
  }
  enteredAt
  expiresAt
  expiresTold
  everyMinutes
  firstFrom
  pulledTo
  nextAt
  running
  trouble {
    code
    passing
    call
    status
    detail
    since
  }
  latest {
    ...MallPullFields
  }
}
    ` as unknown as DocumentNode<ConnectionFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const ConnectionsDocument = gql`
    query Connections {
  mallServices {
    service
    mall
    leastMinutes
    oldestDays
    fields {
      name
      secret
      optional
    }
  }
  mallConnections {
    ...ConnectionFields
  }
  shops {
    id
    name
    mall
  }
}
    ${ConnectionFieldsFragmentDoc}
${MallPullFieldsFragmentDoc}` as unknown as DocumentNode<ConnectionsQuery, ConnectionsQueryVariables>;
export const ConnectionPullsDocument = gql`
    query ConnectionPulls($id: ID!) {
  mallPulls(connectionId: $id, first: 20) {
    ...MallPullFields
  }
}
    ${MallPullFieldsFragmentDoc}` as unknown as DocumentNode<ConnectionPullsQuery, ConnectionPullsQueryVariables>;
export const ConnectionChangesDocument = gql`
    subscription ConnectionChanges {
  mallConnectionsChanged {
    ...ConnectionFields
  }
}
    ${ConnectionFieldsFragmentDoc}
${MallPullFieldsFragmentDoc}` as unknown as DocumentNode<ConnectionChangesSubscription, ConnectionChangesSubscriptionVariables>;
export const ConnectionCreateDocument = gql`
    mutation ConnectionCreate($input: ConnectMallInput!) {
  connectMall(input: $input) {
    connection {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ConnectionCreateMutation, ConnectionCreateMutationVariables>;
export const ConnectionUpdateDocument = gql`
    mutation ConnectionUpdate($input: UpdateMallConnectionInput!) {
  updateMallConnection(input: $input) {
    connection {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ConnectionUpdateMutation, ConnectionUpdateMutationVariables>;
export const ConnectionTestDocument = gql`
    mutation ConnectionTest($input: TestMallConnectionInput!) {
  testMallConnection(input: $input) {
    result {
      shopName
      expiresAt
      trouble {
        code
        passing
        call
        status
        detail
        since
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ConnectionTestMutation, ConnectionTestMutationVariables>;
export const ConnectionStopDocument = gql`
    mutation ConnectionStop($input: MallConnectionInput!) {
  stopMallConnection(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ConnectionStopMutation, ConnectionStopMutationVariables>;
export const ConnectionResumeDocument = gql`
    mutation ConnectionResume($input: MallConnectionInput!) {
  resumeMallConnection(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ConnectionResumeMutation, ConnectionResumeMutationVariables>;
export const ConnectionPullNowDocument = gql`
    mutation ConnectionPullNow($input: MallConnectionInput!) {
  pullMallNow(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ConnectionPullNowMutation, ConnectionPullNowMutationVariables>;
export const ConnectionPullAgainDocument = gql`
    mutation ConnectionPullAgain($input: PullMallAgainInput!) {
  pullMallAgain(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ConnectionPullAgainMutation, ConnectionPullAgainMutationVariables>;
export const ConnectionDeleteDocument = gql`
    mutation ConnectionDelete($input: MallConnectionInput!) {
  disconnectMall(input: $input) {
    id
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ConnectionDeleteMutation, ConnectionDeleteMutationVariables>;