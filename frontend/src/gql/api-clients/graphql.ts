/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type ApiClientInput = {
  id: string | number;
};

export type CancelExportInput = {
  id: string | number;
};

export type CheckTokenIssuerInput = {
  id: string | number;
};

export type CreateApiClientInput = {
  /** Null: 20,000. */
  maximumCost?: number | null | undefined;
  /** At most 80 characters; no two clients have the same. */
  name: string;
  /** Null: 500. */
  restoreRate?: number | null | undefined;
  scopes: Array<string>;
};

export type CreateExportInput = {
  /** Only objects that changed at or after it; what that means stands at the kind. POINT_LOTS cannot be narrowed by it. */
  changedSince?: string | null | undefined;
  /** As of UpsertCustomerInput. */
  idempotencyKey: string;
  kind: ExportKind;
  /** Of CUSTOMERS: whom the segment means when the file is begun. */
  segmentId?: string | number | null | undefined;
  /** Only objects of this shop. CUSTOMERS and POINT_LOTS cannot be narrowed by it. */
  shopId?: string | number | null | undefined;
};

/** What the objects are. Each takes customers:read; with more it says so. */
export type ExportKind =
  /** Consent: every word of it. changedSince: taken down since. */
  | 'CONSENTS'
  /** Customer: everybody but the anonymous stand-ins of shops and who was merged into another. changedSince: profile, orders, points, stage or a consent. */
  | 'CUSTOMERS'
  /** TimelineEntry: what happened to customers. changedSince: happened since. */
  | 'EVENTS'
  /** Message: who was written to in campaigns, or was not. changedSince: made, sent or answered since. Takes campaigns:read. */
  | 'MESSAGES'
  /** Order, with its lines. changedSince: whatever changed of it. */
  | 'ORDERS'
  /** PointBooking: the ledger. changedSince: booked since. Takes points:read. */
  | 'POINT_BOOKINGS'
  /** PointLot: those with points left. Takes points:read. */
  | 'POINT_LOTS';

export type ExportState =
  /** Ended, or its file given up. */
  | 'CANCELLED'
  | 'DONE'
  /** The file was there, and is deleted: its days are over, or a person in it was erased. */
  | 'EXPIRED'
  | 'FAILED'
  /** It waits for a worker. */
  | 'QUEUED'
  | 'RUNNING';

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

export type RevokeApiClientSecretInput = {
  /** Of the secret. */
  id: string | number;
};

export type SaveTokenIssuerInput = {
  algorithms?: Array<string>;
  audiences: Array<string>;
  disabled?: boolean;
  enroll?: boolean;
  firstSeen?: TokenFirstSeen;
  /** Null: a new one. */
  id?: string | number | null | undefined;
  issuer: string;
  jwksUrl?: string;
  memberClaim?: string;
  name: string;
  shopId: string | number;
  skewSeconds?: number;
};

/** What becomes of a shopper whose member id nobody has. */
export type TokenFirstSeen =
  /** So, or a customer is made. */
  | 'CREATE'
  /** Whoever has the address that the provider verified (email, email_verified) gets the member id, too, unless the shop knows him by another; else the token is refused. */
  | 'LINK'
  /** The token is refused: TOKEN_INVALID, reason CUSTOMER_UNKNOWN. */
  | 'REFUSE';

export type UpdateApiClientInput = {
  disabled?: boolean | null | undefined;
  id: string | number;
  maximumCost?: number | null | undefined;
  name?: string | null | undefined;
  restoreRate?: number | null | undefined;
  scopes?: Array<string> | null | undefined;
};

export type ApiClientFieldsFragment = { id: string, clientId: string, name: string, scopes: Array<string>, maximumCost: number, restoreRate: number, createdAt: string, lastUsedAt: string | null, disabledAt: string | null, secrets: Array<{ id: string, hint: string, createdAt: string, lastUsedAt: string | null }>, createdBy: { id: string, name: string } | null, usage: Array<{ day: string, requests: number, cost: number, throttled: number, failed: number, deprecated: number }> };

export type TokenIssuerFieldsFragment = { id: string, name: string, issuer: string, jwksUrl: string, audiences: Array<string>, algorithms: Array<string>, skewSeconds: number, memberClaim: string, firstSeen: TokenFirstSeen, enroll: boolean, disabledAt: string | null, shop: { id: string, name: string, mall: Mall } };

export type ExportFieldsFragment = { id: string, kind: ExportKind, state: ExportState, objects: number, estimatedObjects: number | null, packedSize: number, createdAt: string, expiresAt: string | null, createdBy: { id: string, name: string } | null, client: { id: string, name: string } | null };

export type ApiSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type ApiSettingsQuery = { apiClients: Array<{ id: string, clientId: string, name: string, scopes: Array<string>, maximumCost: number, restoreRate: number, createdAt: string, lastUsedAt: string | null, disabledAt: string | null, secrets: Array<{ id: string, hint: string, createdAt: string, lastUsedAt: string | null }>, createdBy: { id: string, name: string } | null, usage: Array<{ day: string, requests: number, cost: number, throttled: number, failed: number, deprecated: number }> }>, apiScopes: Array<{ scope: string, queries: Array<string>, mutations: Array<string>, subscriptions: Array<string> }>, tokenIssuers: Array<{ id: string, name: string, issuer: string, jwksUrl: string, audiences: Array<string>, algorithms: Array<string>, skewSeconds: number, memberClaim: string, firstSeen: TokenFirstSeen, enroll: boolean, disabledAt: string | null, shop: { id: string, name: string, mall: Mall } }>, shops: Array<{ id: string, name: string, mall: Mall }> };

export type ApiClientCreateMutationVariables = Exact<{
  input: CreateApiClientInput;
}>;


export type ApiClientCreateMutation = { createApiClient: { secret: string | null, client: { id: string, clientId: string, name: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ApiClientUpdateMutationVariables = Exact<{
  input: UpdateApiClientInput;
}>;


export type ApiClientUpdateMutation = { updateApiClient: { client: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ApiClientRotateMutationVariables = Exact<{
  input: ApiClientInput;
}>;


export type ApiClientRotateMutation = { rotateApiClientSecret: { secret: string | null, client: { id: string, clientId: string, name: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ApiClientRevokeMutationVariables = Exact<{
  input: RevokeApiClientSecretInput;
}>;


export type ApiClientRevokeMutation = { revokeApiClientSecret: { client: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ApiClientEndTokensMutationVariables = Exact<{
  input: ApiClientInput;
}>;


export type ApiClientEndTokensMutation = { endApiClientTokens: { client: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ApiClientTryMutationVariables = Exact<{
  input: ApiClientInput;
}>;


export type ApiClientTryMutation = { tryApiClient: { accessToken: string | null, ide: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type TokenIssuerSaveMutationVariables = Exact<{
  input: SaveTokenIssuerInput;
}>;


export type TokenIssuerSaveMutation = { saveTokenIssuer: { issuer: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type TokenIssuerCheckMutationVariables = Exact<{
  input: CheckTokenIssuerInput;
}>;


export type TokenIssuerCheckMutation = { checkTokenIssuer: { keys: number | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ApiExportsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;


export type ApiExportsQuery = { exportJobs: { edges: Array<{ cursor: string, node: { id: string, kind: ExportKind, state: ExportState, objects: number, estimatedObjects: number | null, packedSize: number, createdAt: string, expiresAt: string | null, createdBy: { id: string, name: string } | null, client: { id: string, name: string } | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type ApiExportCreateMutationVariables = Exact<{
  input: CreateExportInput;
}>;


export type ApiExportCreateMutation = { createExport: { job: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ApiExportCancelMutationVariables = Exact<{
  input: CancelExportInput;
}>;


export type ApiExportCancelMutation = { cancelExport: { job: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const ApiClientFieldsFragmentDoc = gql`
    fragment ApiClientFields on ApiClient {
  id
  clientId
  name
  scopes
  secrets {
    id
    hint
    createdAt
    lastUsedAt
  }
  maximumCost
  restoreRate
  createdAt
  createdBy {
    id
    name
  }
  lastUsedAt
  disabledAt
  usage {
    day
    requests
    cost
    throttled
    failed
    deprecated
  }
}
    ` as unknown as DocumentNode<ApiClientFieldsFragment, unknown>;
export const TokenIssuerFieldsFragmentDoc = gql`
    fragment TokenIssuerFields on TokenIssuer {
  id
  name
  issuer
  jwksUrl
  audiences
  algorithms
  skewSeconds
  shop {
    id
    name
    mall
  }
  memberClaim
  firstSeen
  enroll
  disabledAt
}
    ` as unknown as DocumentNode<TokenIssuerFieldsFragment, unknown>;
export const ExportFieldsFragmentDoc = gql`
    fragment ExportFields on ExportJob {
  id
  kind
  state
  objects
  estimatedObjects
  packedSize
  createdAt
  expiresAt
  createdBy {
    id
    name
  }
  client {
    id
    name
  }
}
    ` as unknown as DocumentNode<ExportFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const ApiSettingsDocument = gql`
    query ApiSettings {
  apiClients {
    ...ApiClientFields
  }
  apiScopes {
    scope
    queries
    mutations
    subscriptions
  }
  tokenIssuers {
    ...TokenIssuerFields
  }
  shops {
    id
    name
    mall
  }
}
    ${ApiClientFieldsFragmentDoc}
${TokenIssuerFieldsFragmentDoc}` as unknown as DocumentNode<ApiSettingsQuery, ApiSettingsQueryVariables>;
export const ApiClientCreateDocument = gql`
    mutation ApiClientCreate($input: CreateApiClientInput!) {
  createApiClient(input: $input) {
    client {
      id
      clientId
      name
    }
    secret
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ApiClientCreateMutation, ApiClientCreateMutationVariables>;
export const ApiClientUpdateDocument = gql`
    mutation ApiClientUpdate($input: UpdateApiClientInput!) {
  updateApiClient(input: $input) {
    client {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ApiClientUpdateMutation, ApiClientUpdateMutationVariables>;
export const ApiClientRotateDocument = gql`
    mutation ApiClientRotate($input: ApiClientInput!) {
  rotateApiClientSecret(input: $input) {
    client {
      id
      clientId
      name
    }
    secret
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ApiClientRotateMutation, ApiClientRotateMutationVariables>;
export const ApiClientRevokeDocument = gql`
    mutation ApiClientRevoke($input: RevokeApiClientSecretInput!) {
  revokeApiClientSecret(input: $input) {
    client {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ApiClientRevokeMutation, ApiClientRevokeMutationVariables>;
export const ApiClientEndTokensDocument = gql`
    mutation ApiClientEndTokens($input: ApiClientInput!) {
  endApiClientTokens(input: $input) {
    client {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ApiClientEndTokensMutation, ApiClientEndTokensMutationVariables>;
export const ApiClientTryDocument = gql`
    mutation ApiClientTry($input: ApiClientInput!) {
  tryApiClient(input: $input) {
    accessToken
    ide
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ApiClientTryMutation, ApiClientTryMutationVariables>;
export const TokenIssuerSaveDocument = gql`
    mutation TokenIssuerSave($input: SaveTokenIssuerInput!) {
  saveTokenIssuer(input: $input) {
    issuer {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<TokenIssuerSaveMutation, TokenIssuerSaveMutationVariables>;
export const TokenIssuerCheckDocument = gql`
    mutation TokenIssuerCheck($input: CheckTokenIssuerInput!) {
  checkTokenIssuer(input: $input) {
    keys
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<TokenIssuerCheckMutation, TokenIssuerCheckMutationVariables>;
export const ApiExportsDocument = gql`
    query ApiExports($first: Int!, $after: String) {
  exportJobs(first: $first, after: $after) {
    edges {
      cursor
      node {
        ...ExportFields
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ${ExportFieldsFragmentDoc}` as unknown as DocumentNode<ApiExportsQuery, ApiExportsQueryVariables>;
export const ApiExportCreateDocument = gql`
    mutation ApiExportCreate($input: CreateExportInput!) {
  createExport(input: $input) {
    job {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ApiExportCreateMutation, ApiExportCreateMutationVariables>;
export const ApiExportCancelDocument = gql`
    mutation ApiExportCancel($input: CancelExportInput!) {
  cancelExport(input: $input) {
    job {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ApiExportCancelMutation, ApiExportCancelMutationVariables>;