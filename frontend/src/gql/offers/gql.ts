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
    "fragment OfferFields on Offer {\n  id\n  name\n  mall\n  kind\n  value\n  proof\n  sharedCode\n  startsAt\n  endsAt\n  terms\n  archivedAt\n  codes {\n    total\n    issued\n    used\n    left\n    low\n  }\n  results {\n    orders\n    customers\n    sales {\n      amount\n      currency\n    }\n  }\n}\n\nquery OfferList($includeArchived: Boolean!) {\n  offers(includeArchived: $includeArchived) {\n    ...OfferFields\n  }\n}\n\nquery OfferDetail($id: ID!) {\n  offer(id: $id) {\n    ...OfferFields\n  }\n}\n\nmutation OfferCreate($input: CreateOfferInput!) {\n  createOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferUpdate($input: UpdateOfferInput!) {\n  updateOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferArchive($input: ArchiveOfferInput!) {\n  archiveOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferAddCodes($input: AddOfferCodesInput!) {\n  addOfferCodes(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    added\n    duplicates\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": typeof types.OfferFieldsFragmentDoc,
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": typeof types.UserErrorFieldsFragmentDoc,
};
const documents: Documents = {
    "fragment OfferFields on Offer {\n  id\n  name\n  mall\n  kind\n  value\n  proof\n  sharedCode\n  startsAt\n  endsAt\n  terms\n  archivedAt\n  codes {\n    total\n    issued\n    used\n    left\n    low\n  }\n  results {\n    orders\n    customers\n    sales {\n      amount\n      currency\n    }\n  }\n}\n\nquery OfferList($includeArchived: Boolean!) {\n  offers(includeArchived: $includeArchived) {\n    ...OfferFields\n  }\n}\n\nquery OfferDetail($id: ID!) {\n  offer(id: $id) {\n    ...OfferFields\n  }\n}\n\nmutation OfferCreate($input: CreateOfferInput!) {\n  createOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferUpdate($input: UpdateOfferInput!) {\n  updateOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferArchive($input: ArchiveOfferInput!) {\n  archiveOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferAddCodes($input: AddOfferCodesInput!) {\n  addOfferCodes(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    added\n    duplicates\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": types.OfferFieldsFragmentDoc,
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
export function graphql(source: "fragment OfferFields on Offer {\n  id\n  name\n  mall\n  kind\n  value\n  proof\n  sharedCode\n  startsAt\n  endsAt\n  terms\n  archivedAt\n  codes {\n    total\n    issued\n    used\n    left\n    low\n  }\n  results {\n    orders\n    customers\n    sales {\n      amount\n      currency\n    }\n  }\n}\n\nquery OfferList($includeArchived: Boolean!) {\n  offers(includeArchived: $includeArchived) {\n    ...OfferFields\n  }\n}\n\nquery OfferDetail($id: ID!) {\n  offer(id: $id) {\n    ...OfferFields\n  }\n}\n\nmutation OfferCreate($input: CreateOfferInput!) {\n  createOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferUpdate($input: UpdateOfferInput!) {\n  updateOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferArchive($input: ArchiveOfferInput!) {\n  archiveOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferAddCodes($input: AddOfferCodesInput!) {\n  addOfferCodes(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    added\n    duplicates\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"): (typeof documents)["fragment OfferFields on Offer {\n  id\n  name\n  mall\n  kind\n  value\n  proof\n  sharedCode\n  startsAt\n  endsAt\n  terms\n  archivedAt\n  codes {\n    total\n    issued\n    used\n    left\n    low\n  }\n  results {\n    orders\n    customers\n    sales {\n      amount\n      currency\n    }\n  }\n}\n\nquery OfferList($includeArchived: Boolean!) {\n  offers(includeArchived: $includeArchived) {\n    ...OfferFields\n  }\n}\n\nquery OfferDetail($id: ID!) {\n  offer(id: $id) {\n    ...OfferFields\n  }\n}\n\nmutation OfferCreate($input: CreateOfferInput!) {\n  createOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferUpdate($input: UpdateOfferInput!) {\n  updateOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferArchive($input: ArchiveOfferInput!) {\n  archiveOffer(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation OfferAddCodes($input: AddOfferCodesInput!) {\n  addOfferCodes(input: $input) {\n    offer {\n      ...OfferFields\n    }\n    added\n    duplicates\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"): (typeof documents)["fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;