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
    "query SignUpForms {\n  signUpForms {\n    ...SignUpFormFields\n  }\n  properties {\n    key\n    name\n  }\n  shops {\n    id\n    name\n    mall\n  }\n  senderSettings {\n    name\n    email\n    postalAddress\n    contact\n  }\n}\n\nquery SignUpHistory($id: ID!) {\n  signUpForm(id: $id) {\n    id\n    history(first: 50) {\n      version\n      createdAt\n      createdBy {\n        id\n        name\n      }\n      content {\n        ...SignUpContentFields\n      }\n    }\n  }\n}\n\nfragment SignUpFormFields on SignUpForm {\n  id\n  slug\n  url\n  version\n  changedAt\n  closedAt\n  shop {\n    id\n    name\n    mall\n  }\n  counts {\n    sent\n    confirmed\n    waiting\n    allConfirmed\n  }\n  content {\n    ...SignUpContentFields\n  }\n}\n\nfragment SignUpContentFields on SignUpContent {\n  title {\n    ja\n    en\n  }\n  intro {\n    ja\n    en\n  }\n  thanks {\n    ja\n    en\n  }\n  questions {\n    field\n    required\n  }\n  properties {\n    key\n    required\n    label {\n      ja\n      en\n    }\n  }\n  asks {\n    channel\n    required\n    wording {\n      ja\n      en\n    }\n  }\n  joins\n  joinPoints\n  privacyUrl\n}\n\nmutation SignUpCreate($input: CreateSignUpFormInput!) {\n  createSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation SignUpUpdate($input: UpdateSignUpFormInput!) {\n  updateSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation SignUpClose($input: CloseSignUpFormInput!) {\n  closeSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": typeof types.SignUpFormsDocument,
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": typeof types.UserErrorFieldsFragmentDoc,
};
const documents: Documents = {
    "query SignUpForms {\n  signUpForms {\n    ...SignUpFormFields\n  }\n  properties {\n    key\n    name\n  }\n  shops {\n    id\n    name\n    mall\n  }\n  senderSettings {\n    name\n    email\n    postalAddress\n    contact\n  }\n}\n\nquery SignUpHistory($id: ID!) {\n  signUpForm(id: $id) {\n    id\n    history(first: 50) {\n      version\n      createdAt\n      createdBy {\n        id\n        name\n      }\n      content {\n        ...SignUpContentFields\n      }\n    }\n  }\n}\n\nfragment SignUpFormFields on SignUpForm {\n  id\n  slug\n  url\n  version\n  changedAt\n  closedAt\n  shop {\n    id\n    name\n    mall\n  }\n  counts {\n    sent\n    confirmed\n    waiting\n    allConfirmed\n  }\n  content {\n    ...SignUpContentFields\n  }\n}\n\nfragment SignUpContentFields on SignUpContent {\n  title {\n    ja\n    en\n  }\n  intro {\n    ja\n    en\n  }\n  thanks {\n    ja\n    en\n  }\n  questions {\n    field\n    required\n  }\n  properties {\n    key\n    required\n    label {\n      ja\n      en\n    }\n  }\n  asks {\n    channel\n    required\n    wording {\n      ja\n      en\n    }\n  }\n  joins\n  joinPoints\n  privacyUrl\n}\n\nmutation SignUpCreate($input: CreateSignUpFormInput!) {\n  createSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation SignUpUpdate($input: UpdateSignUpFormInput!) {\n  updateSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation SignUpClose($input: CloseSignUpFormInput!) {\n  closeSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": types.SignUpFormsDocument,
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
export function graphql(source: "query SignUpForms {\n  signUpForms {\n    ...SignUpFormFields\n  }\n  properties {\n    key\n    name\n  }\n  shops {\n    id\n    name\n    mall\n  }\n  senderSettings {\n    name\n    email\n    postalAddress\n    contact\n  }\n}\n\nquery SignUpHistory($id: ID!) {\n  signUpForm(id: $id) {\n    id\n    history(first: 50) {\n      version\n      createdAt\n      createdBy {\n        id\n        name\n      }\n      content {\n        ...SignUpContentFields\n      }\n    }\n  }\n}\n\nfragment SignUpFormFields on SignUpForm {\n  id\n  slug\n  url\n  version\n  changedAt\n  closedAt\n  shop {\n    id\n    name\n    mall\n  }\n  counts {\n    sent\n    confirmed\n    waiting\n    allConfirmed\n  }\n  content {\n    ...SignUpContentFields\n  }\n}\n\nfragment SignUpContentFields on SignUpContent {\n  title {\n    ja\n    en\n  }\n  intro {\n    ja\n    en\n  }\n  thanks {\n    ja\n    en\n  }\n  questions {\n    field\n    required\n  }\n  properties {\n    key\n    required\n    label {\n      ja\n      en\n    }\n  }\n  asks {\n    channel\n    required\n    wording {\n      ja\n      en\n    }\n  }\n  joins\n  joinPoints\n  privacyUrl\n}\n\nmutation SignUpCreate($input: CreateSignUpFormInput!) {\n  createSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation SignUpUpdate($input: UpdateSignUpFormInput!) {\n  updateSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation SignUpClose($input: CloseSignUpFormInput!) {\n  closeSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"): (typeof documents)["query SignUpForms {\n  signUpForms {\n    ...SignUpFormFields\n  }\n  properties {\n    key\n    name\n  }\n  shops {\n    id\n    name\n    mall\n  }\n  senderSettings {\n    name\n    email\n    postalAddress\n    contact\n  }\n}\n\nquery SignUpHistory($id: ID!) {\n  signUpForm(id: $id) {\n    id\n    history(first: 50) {\n      version\n      createdAt\n      createdBy {\n        id\n        name\n      }\n      content {\n        ...SignUpContentFields\n      }\n    }\n  }\n}\n\nfragment SignUpFormFields on SignUpForm {\n  id\n  slug\n  url\n  version\n  changedAt\n  closedAt\n  shop {\n    id\n    name\n    mall\n  }\n  counts {\n    sent\n    confirmed\n    waiting\n    allConfirmed\n  }\n  content {\n    ...SignUpContentFields\n  }\n}\n\nfragment SignUpContentFields on SignUpContent {\n  title {\n    ja\n    en\n  }\n  intro {\n    ja\n    en\n  }\n  thanks {\n    ja\n    en\n  }\n  questions {\n    field\n    required\n  }\n  properties {\n    key\n    required\n    label {\n      ja\n      en\n    }\n  }\n  asks {\n    channel\n    required\n    wording {\n      ja\n      en\n    }\n  }\n  joins\n  joinPoints\n  privacyUrl\n}\n\nmutation SignUpCreate($input: CreateSignUpFormInput!) {\n  createSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation SignUpUpdate($input: UpdateSignUpFormInput!) {\n  updateSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation SignUpClose($input: CloseSignUpFormInput!) {\n  closeSignUpForm(input: $input) {\n    form {\n      ...SignUpFormFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"): (typeof documents)["fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;