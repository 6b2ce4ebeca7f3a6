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
    "query ShellViewer {\n  viewer {\n    staff {\n      id\n      name\n      email\n      role\n      locale\n    }\n    scopes\n    merchant {\n      name\n      timeZone\n      baseCurrency\n      demo\n    }\n  }\n}\n\nmutation ShellSetLocale($input: SetLocaleInput!) {\n  setLocale(input: $input) {\n    viewer {\n      staff {\n        id\n        locale\n      }\n    }\n  }\n}\n\nquery ShellSearch($query: String!, $first: Int!, $withCustomers: Boolean!) {\n  customers(first: $first, filter: {search: $query}) @include(if: $withCustomers) {\n    edges {\n      node {\n        id\n        displayName\n        email\n        phoneNational\n        stats {\n          orderCount\n        }\n      }\n    }\n  }\n  search(query: $query) {\n    kind\n    id\n    name\n    shop\n    importId\n  }\n}\n\nmutation ShellCreateCampaign($input: CreateCampaignInput!) {\n  createCampaign(input: $input) {\n    campaign {\n      id\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nquery ShellCandidates {\n  candidates(first: 0) {\n    totalCount\n  }\n}\n\nsubscription ShellAlerts {\n  alertSummary {\n    open\n    unacknowledged\n    critical\n  }\n}\n\nsubscription ShellRunning {\n  runningJobs {\n    kind\n    subjectId\n    name\n    progress\n    waiting\n    startedAt\n  }\n}\n\nquery ShellDemo {\n  demoBuyers {\n    playing\n    stopped\n    ended\n    acts\n    orders\n  }\n}\n\nmutation ShellSetDemo($input: SetDemoBuyersInput!) {\n  setDemoBuyers(input: $input) {\n    buyers {\n      playing\n      stopped\n      ended\n      acts\n      orders\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": typeof types.ShellViewerDocument,
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": typeof types.UserErrorFieldsFragmentDoc,
};
const documents: Documents = {
    "query ShellViewer {\n  viewer {\n    staff {\n      id\n      name\n      email\n      role\n      locale\n    }\n    scopes\n    merchant {\n      name\n      timeZone\n      baseCurrency\n      demo\n    }\n  }\n}\n\nmutation ShellSetLocale($input: SetLocaleInput!) {\n  setLocale(input: $input) {\n    viewer {\n      staff {\n        id\n        locale\n      }\n    }\n  }\n}\n\nquery ShellSearch($query: String!, $first: Int!, $withCustomers: Boolean!) {\n  customers(first: $first, filter: {search: $query}) @include(if: $withCustomers) {\n    edges {\n      node {\n        id\n        displayName\n        email\n        phoneNational\n        stats {\n          orderCount\n        }\n      }\n    }\n  }\n  search(query: $query) {\n    kind\n    id\n    name\n    shop\n    importId\n  }\n}\n\nmutation ShellCreateCampaign($input: CreateCampaignInput!) {\n  createCampaign(input: $input) {\n    campaign {\n      id\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nquery ShellCandidates {\n  candidates(first: 0) {\n    totalCount\n  }\n}\n\nsubscription ShellAlerts {\n  alertSummary {\n    open\n    unacknowledged\n    critical\n  }\n}\n\nsubscription ShellRunning {\n  runningJobs {\n    kind\n    subjectId\n    name\n    progress\n    waiting\n    startedAt\n  }\n}\n\nquery ShellDemo {\n  demoBuyers {\n    playing\n    stopped\n    ended\n    acts\n    orders\n  }\n}\n\nmutation ShellSetDemo($input: SetDemoBuyersInput!) {\n  setDemoBuyers(input: $input) {\n    buyers {\n      playing\n      stopped\n      ended\n      acts\n      orders\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": types.ShellViewerDocument,
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": types.UserErrorFieldsFragmentDoc,
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
export function graphql(source: "query ShellViewer {\n  viewer {\n    staff {\n      id\n      name\n      email\n      role\n      locale\n    }\n    scopes\n    merchant {\n      name\n      timeZone\n      baseCurrency\n      demo\n    }\n  }\n}\n\nmutation ShellSetLocale($input: SetLocaleInput!) {\n  setLocale(input: $input) {\n    viewer {\n      staff {\n        id\n        locale\n      }\n    }\n  }\n}\n\nquery ShellSearch($query: String!, $first: Int!, $withCustomers: Boolean!) {\n  customers(first: $first, filter: {search: $query}) @include(if: $withCustomers) {\n    edges {\n      node {\n        id\n        displayName\n        email\n        phoneNational\n        stats {\n          orderCount\n        }\n      }\n    }\n  }\n  search(query: $query) {\n    kind\n    id\n    name\n    shop\n    importId\n  }\n}\n\nmutation ShellCreateCampaign($input: CreateCampaignInput!) {\n  createCampaign(input: $input) {\n    campaign {\n      id\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nquery ShellCandidates {\n  candidates(first: 0) {\n    totalCount\n  }\n}\n\nsubscription ShellAlerts {\n  alertSummary {\n    open\n    unacknowledged\n    critical\n  }\n}\n\nsubscription ShellRunning {\n  runningJobs {\n    kind\n    subjectId\n    name\n    progress\n    waiting\n    startedAt\n  }\n}\n\nquery ShellDemo {\n  demoBuyers {\n    playing\n    stopped\n    ended\n    acts\n    orders\n  }\n}\n\nmutation ShellSetDemo($input: SetDemoBuyersInput!) {\n  setDemoBuyers(input: $input) {\n    buyers {\n      playing\n      stopped\n      ended\n      acts\n      orders\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"): (typeof documents)["query ShellViewer {\n  viewer {\n    staff {\n      id\n      name\n      email\n      role\n      locale\n    }\n    scopes\n    merchant {\n      name\n      timeZone\n      baseCurrency\n      demo\n    }\n  }\n}\n\nmutation ShellSetLocale($input: SetLocaleInput!) {\n  setLocale(input: $input) {\n    viewer {\n      staff {\n        id\n        locale\n      }\n    }\n  }\n}\n\nquery ShellSearch($query: String!, $first: Int!, $withCustomers: Boolean!) {\n  customers(first: $first, filter: {search: $query}) @include(if: $withCustomers) {\n    edges {\n      node {\n        id\n        displayName\n        email\n        phoneNational\n        stats {\n          orderCount\n        }\n      }\n    }\n  }\n  search(query: $query) {\n    kind\n    id\n    name\n    shop\n    importId\n  }\n}\n\nmutation ShellCreateCampaign($input: CreateCampaignInput!) {\n  createCampaign(input: $input) {\n    campaign {\n      id\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nquery ShellCandidates {\n  candidates(first: 0) {\n    totalCount\n  }\n}\n\nsubscription ShellAlerts {\n  alertSummary {\n    open\n    unacknowledged\n    critical\n  }\n}\n\nsubscription ShellRunning {\n  runningJobs {\n    kind\n    subjectId\n    name\n    progress\n    waiting\n    startedAt\n  }\n}\n\nquery ShellDemo {\n  demoBuyers {\n    playing\n    stopped\n    ended\n    acts\n    orders\n  }\n}\n\nmutation ShellSetDemo($input: SetDemoBuyersInput!) {\n  setDemoBuyers(input: $input) {\n    buyers {\n      playing\n      stopped\n      ended\n      acts\n      orders\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"): (typeof documents)["fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;