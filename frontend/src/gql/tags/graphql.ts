/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type CreateWriteKeyInput = {
  /** 1 to 20 addresses of sites without a path, e.g. https://www.example.com. Errors: BAD_ORIGIN, LIST_INVALID. */
  origins: Array<string>;
  shopId: string | number;
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

export type RevokeWriteKeyInput = {
  id: string | number;
};

export type WriteKeyFieldsFragment = { id: string, key: string, origins: Array<string>, tag: string, createdAt: string, revokedAt: string | null };

export type TagsOfShopsQueryVariables = Exact<{ [key: string]: never; }>;


export type TagsOfShopsQuery = { shops: Array<{ id: string, name: string, mall: Mall, url: string, writeKeys: Array<{ id: string, key: string, origins: Array<string>, tag: string, createdAt: string, revokedAt: string | null }> }> };

export type TagsCreateMutationVariables = Exact<{
  input: CreateWriteKeyInput;
}>;


export type TagsCreateMutation = { createWriteKey: { writeKey: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type TagsRevokeMutationVariables = Exact<{
  input: RevokeWriteKeyInput;
}>;


export type TagsRevokeMutation = { revokeWriteKey: { writeKey: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const WriteKeyFieldsFragmentDoc = gql`
    fragment WriteKeyFields on WriteKey {
  id
  key
  origins
  tag
  createdAt
  revokedAt
}
    ` as unknown as DocumentNode<WriteKeyFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const TagsOfShopsDocument = gql`
    query TagsOfShops {
  shops {
    id
    name
    mall
    url
    writeKeys {
      ...WriteKeyFields
    }
  }
}
    ${WriteKeyFieldsFragmentDoc}` as unknown as DocumentNode<TagsOfShopsQuery, TagsOfShopsQueryVariables>;
export const TagsCreateDocument = gql`
    mutation TagsCreate($input: CreateWriteKeyInput!) {
  createWriteKey(input: $input) {
    writeKey {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<TagsCreateMutation, TagsCreateMutationVariables>;
export const TagsRevokeDocument = gql`
    mutation TagsRevoke($input: RevokeWriteKeyInput!) {
  revokeWriteKey(input: $input) {
    writeKey {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<TagsRevokeMutation, TagsRevokeMutationVariables>;