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
  /** Null: members do not take it themselves. */
  members?: OfferMembersInput | null | undefined;
  name: string;
  proof: OfferProof;
  sharedCode?: string;
  startsAt: string;
  terms?: string;
  value: number;
};

export type MakeOfferCodesInput = {
  /** From 1 to 10,000. */
  count: number;
  offerId: string | number;
  /** What each code begins with, up to 16 visible ASCII characters. */
  prefix?: string;
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

export type OfferMembersInput = {
  /** 1 to 100,000,000. Code: RANGE. */
  limit?: number | null | undefined;
  minStageId?: string | number | null | undefined;
  on: boolean;
};

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
  /** Null leaves it. */
  members?: OfferMembersInput | null | undefined;
  name?: string | null | undefined;
  sharedCode?: string | null | undefined;
  startsAt?: string | null | undefined;
  terms?: string | null | undefined;
  value?: number | null | undefined;
};

export type OfferFieldsFragment = { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, makesCodes: boolean, forMembers: boolean, minStageId: string | null, memberLimit: number | null, memberFigures: { seen: number, issued: number, used: number }, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null };

export type OfferListQueryVariables = Exact<{
  includeArchived: boolean;
}>;


export type OfferListQuery = { offers: Array<{ id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, makesCodes: boolean, forMembers: boolean, minStageId: string | null, memberLimit: number | null, memberFigures: { seen: number, issued: number, used: number }, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null }> };

export type OfferDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type OfferDetailQuery = { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, makesCodes: boolean, forMembers: boolean, minStageId: string | null, memberLimit: number | null, memberFigures: { seen: number, issued: number, used: number }, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null };

export type OfferCreateMutationVariables = Exact<{
  input: CreateOfferInput;
}>;


export type OfferCreateMutation = { createOffer: { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, makesCodes: boolean, forMembers: boolean, minStageId: string | null, memberLimit: number | null, memberFigures: { seen: number, issued: number, used: number }, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type OfferUpdateMutationVariables = Exact<{
  input: UpdateOfferInput;
}>;


export type OfferUpdateMutation = { updateOffer: { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, makesCodes: boolean, forMembers: boolean, minStageId: string | null, memberLimit: number | null, memberFigures: { seen: number, issued: number, used: number }, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type OfferArchiveMutationVariables = Exact<{
  input: ArchiveOfferInput;
}>;


export type OfferArchiveMutation = { archiveOffer: { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, makesCodes: boolean, forMembers: boolean, minStageId: string | null, memberLimit: number | null, memberFigures: { seen: number, issued: number, used: number }, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type OfferAddCodesMutationVariables = Exact<{
  input: AddOfferCodesInput;
}>;


export type OfferAddCodesMutation = { addOfferCodes: { added: number | null, duplicates: number | null, offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, makesCodes: boolean, forMembers: boolean, minStageId: string | null, memberLimit: number | null, memberFigures: { seen: number, issued: number, used: number }, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type OfferMakeCodesMutationVariables = Exact<{
  input: MakeOfferCodesInput;
}>;


export type OfferMakeCodesMutation = { makeOfferCodes: { codes: Array<string> | null, offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, proof: OfferProof, sharedCode: string, startsAt: string, endsAt: string, terms: string, archivedAt: string | null, makesCodes: boolean, forMembers: boolean, minStageId: string | null, memberLimit: number | null, memberFigures: { seen: number, issued: number, used: number }, codes: { total: number, issued: number, used: number, left: number, low: boolean } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type LimitFieldsFragment = { each: number | null, eachOver: boolean, reason: string };

export type OfferPremiumsQueryVariables = Exact<{
  price: number;
  value: number;
  locale: string;
}>;


export type OfferPremiumsQuery = { discount: { each: number | null, eachOver: boolean, reason: string }, gift: { each: number | null, eachOver: boolean, reason: string }, lottery: { each: number | null, eachOver: boolean, reason: string } };

export type OfferStagesQueryVariables = Exact<{ [key: string]: never; }>;


export type OfferStagesQuery = { stages: Array<{ id: string, name: string }> };

export type OfferShopsQueryVariables = Exact<{ [key: string]: never; }>;


export type OfferShopsQuery = { shops: Array<{ id: string, mall: Mall }> };

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
  makesCodes
  forMembers
  minStageId
  memberLimit
  memberFigures {
    seen
    issued
    used
  }
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
export const LimitFieldsFragmentDoc = gql`
    fragment LimitFields on PremiumLimit {
  each
  eachOver
  reason
}
    ` as unknown as DocumentNode<LimitFieldsFragment, unknown>;
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
export const OfferMakeCodesDocument = gql`
    mutation OfferMakeCodes($input: MakeOfferCodesInput!) {
  makeOfferCodes(input: $input) {
    offer {
      ...OfferFields
    }
    codes
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${OfferFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<OfferMakeCodesMutation, OfferMakeCodesMutationVariables>;
export const OfferPremiumsDocument = gql`
    query OfferPremiums($price: Int64!, $value: Int64!, $locale: String!) {
  discount: premiumLimit(
    input: {kind: DISCOUNT, price: $price, value: $value}
    locale: $locale
  ) {
    ...LimitFields
  }
  gift: premiumLimit(
    input: {kind: GIFT, price: $price, value: $value}
    locale: $locale
  ) {
    ...LimitFields
  }
  lottery: premiumLimit(
    input: {kind: LOTTERY, price: $price, value: $value}
    locale: $locale
  ) {
    ...LimitFields
  }
}
    ${LimitFieldsFragmentDoc}` as unknown as DocumentNode<OfferPremiumsQuery, OfferPremiumsQueryVariables>;
export const OfferStagesDocument = gql`
    query OfferStages {
  stages {
    id
    name
  }
}
    ` as unknown as DocumentNode<OfferStagesQuery, OfferStagesQueryVariables>;
export const OfferShopsDocument = gql`
    query OfferShops {
  shops {
    id
    mall
  }
}
    ` as unknown as DocumentNode<OfferShopsQuery, OfferShopsQueryVariables>;