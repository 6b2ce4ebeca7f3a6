/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type ImportProductCostsInput = {
  /** The text of the file, at most 1 MB. */
  file: string;
  preview: boolean;
};

export type RemoveProductCostInput = {
  currency: string;
  /** Null: from the beginning. */
  from?: string | null | undefined;
  sku: string;
};

export type SetProductCostInput = {
  /** Minor unit, of one piece. */
  cost: number;
  /** Empty: the base currency. */
  currency?: string;
  /** Null: from the beginning. */
  from?: string | null | undefined;
  sku: string;
};

export type ProductGoodsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search: string;
  unknownCost: boolean;
}>;


export type ProductGoodsQuery = { goods: { edges: Array<{ node: { sku: string, name: string, category: string, price: number | null, cost: number | null, costFrom: string | null, costCount: number, otherCurrency: boolean, stock: number | null } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } }, costCoverage: { products: number, costed: number } };

export type ProductCostsQueryVariables = Exact<{
  sku: string;
}>;


export type ProductCostsQuery = { productCosts: Array<{ currency: string, cost: number, from: string | null }> };

export type ProductSetCostMutationVariables = Exact<{
  input: SetProductCostInput;
}>;


export type ProductSetCostMutation = { setProductCost: { costs: Array<{ currency: string, cost: number, from: string | null }> | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ProductRemoveCostMutationVariables = Exact<{
  input: RemoveProductCostInput;
}>;


export type ProductRemoveCostMutation = { removeProductCost: { costs: Array<{ currency: string, cost: number, from: string | null }> | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ProductImportCostsMutationVariables = Exact<{
  input: ImportProductCostsInput;
}>;


export type ProductImportCostsMutation = { importProductCosts: { report: { lines: number, added: number, changed: number, same: number, refused: number, flaws: Array<{ line: number, code: string, value: string }>, sample: Array<{ sku: string, currency: string, from: string | null, cost: number, was: number | null }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const ProductGoodsDocument = gql`
    query ProductGoods($first: Int!, $after: String, $search: String!, $unknownCost: Boolean!) {
  goods(first: $first, after: $after, search: $search, unknownCost: $unknownCost) {
    edges {
      node {
        sku
        name
        category
        price
        cost
        costFrom
        costCount
        otherCurrency
        stock
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
  costCoverage {
    products
    costed
  }
}
    ` as unknown as DocumentNode<ProductGoodsQuery, ProductGoodsQueryVariables>;
export const ProductCostsDocument = gql`
    query ProductCosts($sku: String!) {
  productCosts(sku: $sku) {
    currency
    cost
    from
  }
}
    ` as unknown as DocumentNode<ProductCostsQuery, ProductCostsQueryVariables>;
export const ProductSetCostDocument = gql`
    mutation ProductSetCost($input: SetProductCostInput!) {
  setProductCost(input: $input) {
    costs {
      currency
      cost
      from
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ProductSetCostMutation, ProductSetCostMutationVariables>;
export const ProductRemoveCostDocument = gql`
    mutation ProductRemoveCost($input: RemoveProductCostInput!) {
  removeProductCost(input: $input) {
    costs {
      currency
      cost
      from
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ProductRemoveCostMutation, ProductRemoveCostMutationVariables>;
export const ProductImportCostsDocument = gql`
    mutation ProductImportCosts($input: ImportProductCostsInput!) {
  importProductCosts(input: $input) {
    report {
      lines
      added
      changed
      same
      refused
      flaws {
        line
        code
        value
      }
      sample {
        sku
        currency
        from
        cost
        was
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ProductImportCostsMutation, ProductImportCostsMutationVariables>;