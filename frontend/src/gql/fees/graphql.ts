/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type AddFeeRateInput = {
  /** Per order, minor unit. */
  amount?: number;
  basis: FeeBasis;
  /** Null: from the beginning. */
  from?: string | null | undefined;
  kind: FeeKind;
  mall: Mall;
  /** At most 200 characters. */
  note?: string;
  /** Basis points, 0 to 10000. */
  rate: number;
  shopId?: string | number | null | undefined;
};

export type FeeBasis =
  /** Goods less coupons the shop pays. */
  | 'NET_SALES'
  /** All the buyer is charged, with shipping. */
  | 'TOTAL';

export type FeeKind =
  /** Affiliates, spread over all orders. */
  | 'AFFILIATE'
  | 'OTHER'
  /** 決済手数料. */
  | 'PAYMENT'
  /** Points of the mall that the shop bears. */
  | 'POINTS'
  /** For the use of the mall: システム利用料, 販売手数料. */
  | 'SYSTEM';

export type FeeState =
  /** From a later day on. */
  | 'COMING'
  | 'IN_FORCE'
  /** Another version holds. */
  | 'PAST';

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

export type WithdrawFeeRateInput = {
  id: string | number;
};

export type FeeRateFieldsFragment = { id: string, mall: Mall, kind: FeeKind, basis: FeeBasis, rate: number, amount: number, from: string | null, state: FeeState, estimated: boolean, source: string, checkedOn: string | null, note: string, withdrawable: boolean, shop: { id: string, name: string } | null };

export type FeesPageQueryVariables = Exact<{ [key: string]: never; }>;


export type FeesPageQuery = { feeRates: Array<{ id: string, mall: Mall, kind: FeeKind, basis: FeeBasis, rate: number, amount: number, from: string | null, state: FeeState, estimated: boolean, source: string, checkedOn: string | null, note: string, withdrawable: boolean, shop: { id: string, name: string } | null }>, shops: Array<{ id: string, name: string, mall: Mall, currency: string }> };

export type FeeAddMutationVariables = Exact<{
  input: AddFeeRateInput;
}>;


export type FeeAddMutation = { addFeeRate: { id: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type FeeWithdrawMutationVariables = Exact<{
  input: WithdrawFeeRateInput;
}>;


export type FeeWithdrawMutation = { withdrawFeeRate: { id: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const FeeRateFieldsFragmentDoc = gql`
    fragment FeeRateFields on FeeRate {
  id
  mall
  shop {
    id
    name
  }
  kind
  basis
  rate
  amount
  from
  state
  estimated
  source
  checkedOn
  note
  withdrawable
}
    ` as unknown as DocumentNode<FeeRateFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const FeesPageDocument = gql`
    query FeesPage {
  feeRates {
    ...FeeRateFields
  }
  shops {
    id
    name
    mall
    currency
  }
}
    ${FeeRateFieldsFragmentDoc}` as unknown as DocumentNode<FeesPageQuery, FeesPageQueryVariables>;
export const FeeAddDocument = gql`
    mutation FeeAdd($input: AddFeeRateInput!) {
  addFeeRate(input: $input) {
    id
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<FeeAddMutation, FeeAddMutationVariables>;
export const FeeWithdrawDocument = gql`
    mutation FeeWithdraw($input: WithdrawFeeRateInput!) {
  withdrawFeeRate(input: $input) {
    id
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<FeeWithdrawMutation, FeeWithdrawMutationVariables>;