/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type CreateShopInput = {
  /** a–z, 0–9, - and _, at most 64. */
  code: string;
  currency?: string;
  mall: Mall;
  /** At most 20. */
  moreUrls?: Array<string>;
  name: string;
  url?: string;
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

export type UpdateShopInput = {
  /** An archived shop takes no new files and leads no mails anywhere; all that hangs on it stays. It can be brought back. */
  archived?: boolean | null | undefined;
  id: string | number;
  /** At most 20; replaces all. */
  moreUrls?: Array<string> | null | undefined;
  name?: string | null | undefined;
  url?: string | null | undefined;
};

export type ShopFieldsFragment = { id: string, code: string, name: string, mall: Mall, currency: string, url: string, moreUrls: Array<string>, createdAt: string, archivedAt: string | null };

export type ShopListQueryVariables = Exact<{
  includeArchived: boolean;
}>;


export type ShopListQuery = { shops: Array<{ id: string, code: string, name: string, mall: Mall, currency: string, url: string, moreUrls: Array<string>, createdAt: string, archivedAt: string | null }> };

export type ShopUsageQueryVariables = Exact<{
  includeArchived: boolean;
  last?: boolean;
}>;


export type ShopUsageQuery = { shops: Array<{ id: string, usage: { asOf: string, stale: boolean, orders: number, customers: number, consents: number, imports: number, tags: number } }> };

export type ShopCreateMutationVariables = Exact<{
  input: CreateShopInput;
}>;


export type ShopCreateMutation = { createShop: { shop: { id: string, code: string, name: string, mall: Mall, currency: string, url: string, moreUrls: Array<string>, createdAt: string, archivedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ShopUpdateMutationVariables = Exact<{
  input: UpdateShopInput;
}>;


export type ShopUpdateMutation = { updateShop: { shop: { id: string, code: string, name: string, mall: Mall, currency: string, url: string, moreUrls: Array<string>, createdAt: string, archivedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const ShopFieldsFragmentDoc = gql`
    fragment ShopFields on Shop {
  id
  code
  name
  mall
  currency
  url
  moreUrls
  createdAt
  archivedAt
}
    ` as unknown as DocumentNode<ShopFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const ShopListDocument = gql`
    query ShopList($includeArchived: Boolean!) {
  shops(includeArchived: $includeArchived) {
    ...ShopFields
  }
}
    ${ShopFieldsFragmentDoc}` as unknown as DocumentNode<ShopListQuery, ShopListQueryVariables>;
export const ShopUsageDocument = gql`
    query ShopUsage($includeArchived: Boolean!, $last: Boolean! = false) {
  shops(includeArchived: $includeArchived) {
    id
    usage(last: $last) {
      asOf
      stale
      orders
      customers
      consents
      imports
      tags
    }
  }
}
    ` as unknown as DocumentNode<ShopUsageQuery, ShopUsageQueryVariables>;
export const ShopCreateDocument = gql`
    mutation ShopCreate($input: CreateShopInput!) {
  createShop(input: $input) {
    shop {
      ...ShopFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ShopFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ShopCreateMutation, ShopCreateMutationVariables>;
export const ShopUpdateDocument = gql`
    mutation ShopUpdate($input: UpdateShopInput!) {
  updateShop(input: $input) {
    shop {
      ...ShopFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ShopFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ShopUpdateMutation, ShopUpdateMutationVariables>;