/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": typeof types.UserErrorFieldsFragmentDoc,
    "query ListViews($list: String!) {\n  savedViews(list: $list) {\n    ...ListViewFields\n  }\n}\n\nquery ListColumns($list: String!) {\n  listColumns(list: $list)\n}\n\nmutation ListRememberColumns($input: RememberListColumnsInput!) {\n  rememberListColumns(input: $input) {\n    columns\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListCreateView($input: CreateSavedViewInput!) {\n  createSavedView(input: $input) {\n    view {\n      ...ListViewFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListUpdateView($input: UpdateSavedViewInput!) {\n  updateSavedView(input: $input) {\n    view {\n      ...ListViewFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListDeleteView($input: DeleteSavedViewInput!) {\n  deleteSavedView(input: $input) {\n    id\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment ListViewFields on SavedView {\n  id\n  name\n  shared\n  search\n  mine\n  changeable\n  owner\n}": typeof types.ListViewsDocument,
    "query NetSales {\n  netSales {\n    inForce {\n      ...NetSalesDefinitionFields\n    }\n    coming {\n      ...NetSalesDefinitionFields\n    }\n    progress\n  }\n}\n\nmutation NetSalesSave($input: UpdateNetSalesInput!) {\n  updateNetSales(input: $input) {\n    setting {\n      inForce {\n        ...NetSalesDefinitionFields\n      }\n      coming {\n        ...NetSalesDefinitionFields\n      }\n      progress\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment NetSalesDefinitionFields on NetSalesDefinition {\n  withShipping\n  withFees\n  lessShopCoupons\n  lessMallCoupons\n  lessPoints\n}": typeof types.NetSalesDocument,
    "query ProductSearch($search: String!) {\n  products(search: $search, first: 20) {\n    sku\n    name\n  }\n}\n\nquery ProductNames($skus: [String!]!) {\n  products(skus: $skus) {\n    sku\n    name\n  }\n}\n\nquery ProductCategories {\n  productCategories\n}": typeof types.ProductSearchDocument,
};
const documents: Documents = {
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": types.UserErrorFieldsFragmentDoc,
    "query ListViews($list: String!) {\n  savedViews(list: $list) {\n    ...ListViewFields\n  }\n}\n\nquery ListColumns($list: String!) {\n  listColumns(list: $list)\n}\n\nmutation ListRememberColumns($input: RememberListColumnsInput!) {\n  rememberListColumns(input: $input) {\n    columns\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListCreateView($input: CreateSavedViewInput!) {\n  createSavedView(input: $input) {\n    view {\n      ...ListViewFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListUpdateView($input: UpdateSavedViewInput!) {\n  updateSavedView(input: $input) {\n    view {\n      ...ListViewFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListDeleteView($input: DeleteSavedViewInput!) {\n  deleteSavedView(input: $input) {\n    id\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment ListViewFields on SavedView {\n  id\n  name\n  shared\n  search\n  mine\n  changeable\n  owner\n}": types.ListViewsDocument,
    "query NetSales {\n  netSales {\n    inForce {\n      ...NetSalesDefinitionFields\n    }\n    coming {\n      ...NetSalesDefinitionFields\n    }\n    progress\n  }\n}\n\nmutation NetSalesSave($input: UpdateNetSalesInput!) {\n  updateNetSales(input: $input) {\n    setting {\n      inForce {\n        ...NetSalesDefinitionFields\n      }\n      coming {\n        ...NetSalesDefinitionFields\n      }\n      progress\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment NetSalesDefinitionFields on NetSalesDefinition {\n  withShipping\n  withFees\n  lessShopCoupons\n  lessMallCoupons\n  lessPoints\n}": types.NetSalesDocument,
    "query ProductSearch($search: String!) {\n  products(search: $search, first: 20) {\n    sku\n    name\n  }\n}\n\nquery ProductNames($skus: [String!]!) {\n  products(skus: $skus) {\n    sku\n    name\n  }\n}\n\nquery ProductCategories {\n  productCategories\n}": types.ProductSearchDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"): (typeof documents)["fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ListViews($list: String!) {\n  savedViews(list: $list) {\n    ...ListViewFields\n  }\n}\n\nquery ListColumns($list: String!) {\n  listColumns(list: $list)\n}\n\nmutation ListRememberColumns($input: RememberListColumnsInput!) {\n  rememberListColumns(input: $input) {\n    columns\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListCreateView($input: CreateSavedViewInput!) {\n  createSavedView(input: $input) {\n    view {\n      ...ListViewFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListUpdateView($input: UpdateSavedViewInput!) {\n  updateSavedView(input: $input) {\n    view {\n      ...ListViewFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListDeleteView($input: DeleteSavedViewInput!) {\n  deleteSavedView(input: $input) {\n    id\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment ListViewFields on SavedView {\n  id\n  name\n  shared\n  search\n  mine\n  changeable\n  owner\n}"): (typeof documents)["query ListViews($list: String!) {\n  savedViews(list: $list) {\n    ...ListViewFields\n  }\n}\n\nquery ListColumns($list: String!) {\n  listColumns(list: $list)\n}\n\nmutation ListRememberColumns($input: RememberListColumnsInput!) {\n  rememberListColumns(input: $input) {\n    columns\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListCreateView($input: CreateSavedViewInput!) {\n  createSavedView(input: $input) {\n    view {\n      ...ListViewFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListUpdateView($input: UpdateSavedViewInput!) {\n  updateSavedView(input: $input) {\n    view {\n      ...ListViewFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation ListDeleteView($input: DeleteSavedViewInput!) {\n  deleteSavedView(input: $input) {\n    id\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment ListViewFields on SavedView {\n  id\n  name\n  shared\n  search\n  mine\n  changeable\n  owner\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query NetSales {\n  netSales {\n    inForce {\n      ...NetSalesDefinitionFields\n    }\n    coming {\n      ...NetSalesDefinitionFields\n    }\n    progress\n  }\n}\n\nmutation NetSalesSave($input: UpdateNetSalesInput!) {\n  updateNetSales(input: $input) {\n    setting {\n      inForce {\n        ...NetSalesDefinitionFields\n      }\n      coming {\n        ...NetSalesDefinitionFields\n      }\n      progress\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment NetSalesDefinitionFields on NetSalesDefinition {\n  withShipping\n  withFees\n  lessShopCoupons\n  lessMallCoupons\n  lessPoints\n}"): (typeof documents)["query NetSales {\n  netSales {\n    inForce {\n      ...NetSalesDefinitionFields\n    }\n    coming {\n      ...NetSalesDefinitionFields\n    }\n    progress\n  }\n}\n\nmutation NetSalesSave($input: UpdateNetSalesInput!) {\n  updateNetSales(input: $input) {\n    setting {\n      inForce {\n        ...NetSalesDefinitionFields\n      }\n      coming {\n        ...NetSalesDefinitionFields\n      }\n      progress\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nfragment NetSalesDefinitionFields on NetSalesDefinition {\n  withShipping\n  withFees\n  lessShopCoupons\n  lessMallCoupons\n  lessPoints\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProductSearch($search: String!) {\n  products(search: $search, first: 20) {\n    sku\n    name\n  }\n}\n\nquery ProductNames($skus: [String!]!) {\n  products(skus: $skus) {\n    sku\n    name\n  }\n}\n\nquery ProductCategories {\n  productCategories\n}"): (typeof documents)["query ProductSearch($search: String!) {\n  products(search: $search, first: 20) {\n    sku\n    name\n  }\n}\n\nquery ProductNames($skus: [String!]!) {\n  products(skus: $skus) {\n    sku\n    name\n  }\n}\n\nquery ProductCategories {\n  productCategories\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;