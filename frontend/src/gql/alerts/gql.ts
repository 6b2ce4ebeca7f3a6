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
    "fragment AlertFields on Alert {\n  id\n  kind\n  severity\n  subjectId\n  subjectName\n  figures\n  times\n  firstSeenAt\n  resolvedAt\n  acknowledgedAt\n  acknowledgedBy {\n    id\n    name\n  }\n  acknowledgeable\n}\n\nquery AlertList($first: Int!, $after: String, $resolved: Boolean!) {\n  alerts(first: $first, after: $after, resolved: $resolved) {\n    edges {\n      node {\n        ...AlertFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery AlertByMail {\n  alertsByMail\n}\n\nquery AlertLedgerChecks {\n  ledgerChecks(first: 14) {\n    startedAt\n    finishedAt\n    bookings\n    entries\n    lots\n    outstanding\n    discrepancies {\n      customerId\n      what\n      kept\n      replayed\n    }\n  }\n}\n\nmutation AlertAcknowledge($input: AcknowledgeAlertInput!) {\n  acknowledgeAlert(input: $input) {\n    alert {\n      ...AlertFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AlertSetByMail($input: SetAlertsByMailInput!) {\n  setAlertsByMail(input: $input) {\n    alertsByMail\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nsubscription AlertChanges {\n  alertSummary {\n    open\n    unacknowledged\n  }\n}": typeof types.AlertFieldsFragmentDoc,
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": typeof types.UserErrorFieldsFragmentDoc,
};
const documents: Documents = {
    "fragment AlertFields on Alert {\n  id\n  kind\n  severity\n  subjectId\n  subjectName\n  figures\n  times\n  firstSeenAt\n  resolvedAt\n  acknowledgedAt\n  acknowledgedBy {\n    id\n    name\n  }\n  acknowledgeable\n}\n\nquery AlertList($first: Int!, $after: String, $resolved: Boolean!) {\n  alerts(first: $first, after: $after, resolved: $resolved) {\n    edges {\n      node {\n        ...AlertFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery AlertByMail {\n  alertsByMail\n}\n\nquery AlertLedgerChecks {\n  ledgerChecks(first: 14) {\n    startedAt\n    finishedAt\n    bookings\n    entries\n    lots\n    outstanding\n    discrepancies {\n      customerId\n      what\n      kept\n      replayed\n    }\n  }\n}\n\nmutation AlertAcknowledge($input: AcknowledgeAlertInput!) {\n  acknowledgeAlert(input: $input) {\n    alert {\n      ...AlertFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AlertSetByMail($input: SetAlertsByMailInput!) {\n  setAlertsByMail(input: $input) {\n    alertsByMail\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nsubscription AlertChanges {\n  alertSummary {\n    open\n    unacknowledged\n  }\n}": types.AlertFieldsFragmentDoc,
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
export function graphql(source: "fragment AlertFields on Alert {\n  id\n  kind\n  severity\n  subjectId\n  subjectName\n  figures\n  times\n  firstSeenAt\n  resolvedAt\n  acknowledgedAt\n  acknowledgedBy {\n    id\n    name\n  }\n  acknowledgeable\n}\n\nquery AlertList($first: Int!, $after: String, $resolved: Boolean!) {\n  alerts(first: $first, after: $after, resolved: $resolved) {\n    edges {\n      node {\n        ...AlertFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery AlertByMail {\n  alertsByMail\n}\n\nquery AlertLedgerChecks {\n  ledgerChecks(first: 14) {\n    startedAt\n    finishedAt\n    bookings\n    entries\n    lots\n    outstanding\n    discrepancies {\n      customerId\n      what\n      kept\n      replayed\n    }\n  }\n}\n\nmutation AlertAcknowledge($input: AcknowledgeAlertInput!) {\n  acknowledgeAlert(input: $input) {\n    alert {\n      ...AlertFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AlertSetByMail($input: SetAlertsByMailInput!) {\n  setAlertsByMail(input: $input) {\n    alertsByMail\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nsubscription AlertChanges {\n  alertSummary {\n    open\n    unacknowledged\n  }\n}"): (typeof documents)["fragment AlertFields on Alert {\n  id\n  kind\n  severity\n  subjectId\n  subjectName\n  figures\n  times\n  firstSeenAt\n  resolvedAt\n  acknowledgedAt\n  acknowledgedBy {\n    id\n    name\n  }\n  acknowledgeable\n}\n\nquery AlertList($first: Int!, $after: String, $resolved: Boolean!) {\n  alerts(first: $first, after: $after, resolved: $resolved) {\n    edges {\n      node {\n        ...AlertFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n\nquery AlertByMail {\n  alertsByMail\n}\n\nquery AlertLedgerChecks {\n  ledgerChecks(first: 14) {\n    startedAt\n    finishedAt\n    bookings\n    entries\n    lots\n    outstanding\n    discrepancies {\n      customerId\n      what\n      kept\n      replayed\n    }\n  }\n}\n\nmutation AlertAcknowledge($input: AcknowledgeAlertInput!) {\n  acknowledgeAlert(input: $input) {\n    alert {\n      ...AlertFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AlertSetByMail($input: SetAlertsByMailInput!) {\n  setAlertsByMail(input: $input) {\n    alertsByMail\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nsubscription AlertChanges {\n  alertSummary {\n    open\n    unacknowledged\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"): (typeof documents)["fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;