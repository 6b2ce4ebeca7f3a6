/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type AddOfferCodesInput = {
  /** At most 50,000 a call. */
  codes: Array<string>;
  offerId: string | number;
};

export type ArchiveOfferInput = {
  id: string | number;
};

export type CreateOfferInput = {
  endsAt: string;
  kind: OfferKind;
  mall: Mall;
  name: string;
  proof: OfferProof;
  sharedCode?: string;
  startsAt: string;
  terms?: string;
  value: number;
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

export type OfferKind =
  | 'COUPON_AMOUNT'
  | 'COUPON_RATE'
  | 'FREE_SHIPPING'
  | 'POINT_MULTIPLIER';

export type OfferProof =
  /** One code each, from the mall's own coupon tool. */
  | 'CODE_POOL'
  /** No code: it holds by itself. */
  | 'NONE'
  /** One code for everybody. */
  | 'SHARED_CODE';

export type UpdateOfferInput = {
  endsAt?: string | null | undefined;
  id: string | number;
  name?: string | null | undefined;
  sharedCode?: string | null | undefined;
  startsAt?: string | null | undefined;
  terms?: string | null | undefined;
  value?: number | null | undefined;
};

export type OfferFieldsFragment = { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null };

export type OfferListQueryVariables = Exact<{
  includeArchived: boolean;
}>;


export type OfferListQuery = { offers: Array<{ id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null }> };

export type OfferDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type OfferDetailQuery = { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null };

export type OfferCreateMutationVariables = Exact<{
  input: CreateOfferInput;
}>;


export type OfferCreateMutation = { createOffer: { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type OfferUpdateMutationVariables = Exact<{
  input: UpdateOfferInput;
}>;


export type OfferUpdateMutation = { updateOffer: { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type OfferArchiveMutationVariables = Exact<{
  input: ArchiveOfferInput;
}>;


export type OfferArchiveMutation = { archiveOffer: { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type OfferAddCodesMutationVariables = Exact<{
  input: AddOfferCodesInput;
}>;


export type OfferAddCodesMutation = { addOfferCodes: { added: number | null, duplicates: number | null, offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const OfferFieldsFragmentDoc = gql`
    fragment OfferFields on Offer {
  id
  name
  mall
  kind
  value
  proof
  sharedCode
  startsAt
  endsAt
  terms
  archivedAt
  codes {
    total
    issued
    used
    left
    low
  }
  results {
    orders
    customers
    sales {
      amount
      currency
    }
  }
}
    ` as unknown as DocumentNode<OfferFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const OfferListDocument = gql`
    query OfferList($includeArchived: Boolean!) {
  offers(includeArchived: $includeArchived) {
    ...OfferFields
  }
}
    ${OfferFieldsFragmentDoc}` as unknown as DocumentNode<OfferListQuery, OfferListQueryVariables>;
export const OfferDetailDocument = gql`
    query OfferDetail($id: ID!) {
  offer(id: $id) {
    ...OfferFields
  }
}
    ${OfferFieldsFragmentDoc}` as unknown as DocumentNode<OfferDetailQuery, OfferDetailQueryVariables>;
export const OfferCreateDocument = gql`
    mutation OfferCreate($input: CreateOfferInput!) {
  createOffer(input: $input) {
    offer {
      ...OfferFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${OfferFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<OfferCreateMutation, OfferCreateMutationVariables>;
export const OfferUpdateDocument = gql`
    mutation OfferUpdate($input: UpdateOfferInput!) {
  updateOffer(input: $input) {
    offer {
      ...OfferFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${OfferFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<OfferUpdateMutation, OfferUpdateMutationVariables>;
export const OfferArchiveDocument = gql`
    mutation OfferArchive($input: ArchiveOfferInput!) {
  archiveOffer(input: $input) {
    offer {
      ...OfferFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${OfferFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<OfferArchiveMutation, OfferArchiveMutationVariables>;
export const OfferAddCodesDocument = gql`
    mutation OfferAddCodes($input: AddOfferCodesInput!) {
  addOfferCodes(input: $input) {
    offer {
      ...OfferFields
    }
    added
    duplicates
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${OfferFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<OfferAddCodesMutation, OfferAddCodesMutationVariables>;