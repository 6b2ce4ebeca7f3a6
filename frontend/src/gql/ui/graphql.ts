/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type CreateSavedViewInput = {
  /** A list whose views are kept: customers, segments, campaigns, offers or tasks. */
  list: string;
  /** 1 to 60 characters. */
  name: string;
  /** A JSON object of at most 64 kB. */
  search: unknown;
  shared?: boolean;
};

export type DeleteSavedViewInput = {
  id: string | number;
};

export type RememberListColumnsInput = {
  /** Keys of columns in their order, at most 50; empty: back to the list's own. */
  columns: Array<string>;
  list: string;
};

export type UpdateNetSalesInput = {
  lessMallCoupons: boolean;
  lessPoints: boolean;
  lessShopCoupons: boolean;
  withFees: boolean;
  withShipping: boolean;
};

export type UpdateSavedViewInput = {
  id: string | number;
  name?: string | null | undefined;
  search?: unknown;
  shared?: boolean | null | undefined;
};

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export type ListViewsQueryVariables = Exact<{
  list: string;
}>;


export type ListViewsQuery = { savedViews: Array<{ id: string, name: string, shared: boolean, search: unknown, mine: boolean, changeable: boolean, owner: string | null }> };

export type ListColumnsQueryVariables = Exact<{
  list: string;
}>;


export type ListColumnsQuery = { listColumns: Array<string> };

export type ListRememberColumnsMutationVariables = Exact<{
  input: RememberListColumnsInput;
}>;


export type ListRememberColumnsMutation = { rememberListColumns: { columns: Array<string>, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ListCreateViewMutationVariables = Exact<{
  input: CreateSavedViewInput;
}>;


export type ListCreateViewMutation = { createSavedView: { view: { id: string, name: string, shared: boolean, search: unknown, mine: boolean, changeable: boolean, owner: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ListUpdateViewMutationVariables = Exact<{
  input: UpdateSavedViewInput;
}>;


export type ListUpdateViewMutation = { updateSavedView: { view: { id: string, name: string, shared: boolean, search: unknown, mine: boolean, changeable: boolean, owner: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ListDeleteViewMutationVariables = Exact<{
  input: DeleteSavedViewInput;
}>;


export type ListDeleteViewMutation = { deleteSavedView: { id: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type ListViewFieldsFragment = { id: string, name: string, shared: boolean, search: unknown, mine: boolean, changeable: boolean, owner: string | null };

export type NetSalesQueryVariables = Exact<{ [key: string]: never; }>;


export type NetSalesQuery = { netSales: { progress: number | null, inForce: { withShipping: boolean, withFees: boolean, lessShopCoupons: boolean, lessMallCoupons: boolean, lessPoints: boolean }, coming: { withShipping: boolean, withFees: boolean, lessShopCoupons: boolean, lessMallCoupons: boolean, lessPoints: boolean } | null } };

export type NetSalesSaveMutationVariables = Exact<{
  input: UpdateNetSalesInput;
}>;


export type NetSalesSaveMutation = { updateNetSales: { setting: { progress: number | null, inForce: { withShipping: boolean, withFees: boolean, lessShopCoupons: boolean, lessMallCoupons: boolean, lessPoints: boolean }, coming: { withShipping: boolean, withFees: boolean, lessShopCoupons: boolean, lessMallCoupons: boolean, lessPoints: boolean } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type NetSalesDefinitionFieldsFragment = { withShipping: boolean, withFees: boolean, lessShopCoupons: boolean, lessMallCoupons: boolean, lessPoints: boolean };

export type ProductSearchQueryVariables = Exact<{
  search: string;
}>;


export type ProductSearchQuery = { products: Array<{ sku: string, name: string }> };

export type ProductNamesQueryVariables = Exact<{
  skus: Array<string> | string;
}>;


export type ProductNamesQuery = { products: Array<{ sku: string, name: string }> };

export type ProductCategoriesQueryVariables = Exact<{ [key: string]: never; }>;


export type ProductCategoriesQuery = { productCategories: Array<string> };

export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const ListViewFieldsFragmentDoc = gql`
    fragment ListViewFields on SavedView {
  id
  name
  shared
  search
  mine
  changeable
  owner
}
    ` as unknown as DocumentNode<ListViewFieldsFragment, unknown>;
export const NetSalesDefinitionFieldsFragmentDoc = gql`
    fragment NetSalesDefinitionFields on NetSalesDefinition {
  withShipping
  withFees
  lessShopCoupons
  lessMallCoupons
  lessPoints
}
    ` as unknown as DocumentNode<NetSalesDefinitionFieldsFragment, unknown>;
export const ListViewsDocument = gql`
    query ListViews($list: String!) {
  savedViews(list: $list) {
    ...ListViewFields
  }
}
    ${ListViewFieldsFragmentDoc}` as unknown as DocumentNode<ListViewsQuery, ListViewsQueryVariables>;
export const ListColumnsDocument = gql`
    query ListColumns($list: String!) {
  listColumns(list: $list)
}
    ` as unknown as DocumentNode<ListColumnsQuery, ListColumnsQueryVariables>;
export const ListRememberColumnsDocument = gql`
    mutation ListRememberColumns($input: RememberListColumnsInput!) {
  rememberListColumns(input: $input) {
    columns
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ListRememberColumnsMutation, ListRememberColumnsMutationVariables>;
export const ListCreateViewDocument = gql`
    mutation ListCreateView($input: CreateSavedViewInput!) {
  createSavedView(input: $input) {
    view {
      ...ListViewFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ListViewFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ListCreateViewMutation, ListCreateViewMutationVariables>;
export const ListUpdateViewDocument = gql`
    mutation ListUpdateView($input: UpdateSavedViewInput!) {
  updateSavedView(input: $input) {
    view {
      ...ListViewFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${ListViewFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ListUpdateViewMutation, ListUpdateViewMutationVariables>;
export const ListDeleteViewDocument = gql`
    mutation ListDeleteView($input: DeleteSavedViewInput!) {
  deleteSavedView(input: $input) {
    id
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<ListDeleteViewMutation, ListDeleteViewMutationVariables>;
export const NetSalesDocument = gql`
    query NetSales {
  netSales {
    inForce {
      ...NetSalesDefinitionFields
    }
    coming {
      ...NetSalesDefinitionFields
    }
    progress
  }
}
    ${NetSalesDefinitionFieldsFragmentDoc}` as unknown as DocumentNode<NetSalesQuery, NetSalesQueryVariables>;
export const NetSalesSaveDocument = gql`
    mutation NetSalesSave($input: UpdateNetSalesInput!) {
  updateNetSales(input: $input) {
    setting {
      inForce {
        ...NetSalesDefinitionFields
      }
      coming {
        ...NetSalesDefinitionFields
      }
      progress
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${NetSalesDefinitionFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<NetSalesSaveMutation, NetSalesSaveMutationVariables>;
export const ProductSearchDocument = gql`
    query ProductSearch($search: String!) {
  products(search: $search, first: 20) {
    sku
    name
  }
}
    ` as unknown as DocumentNode<ProductSearchQuery, ProductSearchQueryVariables>;
export const ProductNamesDocument = gql`
    query ProductNames($skus: [String!]!) {
  products(skus: $skus) {
    sku
    name
  }
}
    ` as unknown as DocumentNode<ProductNamesQuery, ProductNamesQueryVariables>;
export const ProductCategoriesDocument = gql`
    query ProductCategories {
  productCategories
}
    ` as unknown as DocumentNode<ProductCategoriesQuery, ProductCategoriesQueryVariables>;