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
    "fragment AccountFields on Account {\n  staff {\n    id\n    name\n    email\n    role\n    locale\n    secondStep\n  }\n  sessions {\n    id\n    browser\n    system\n    isToken\n    place\n    createdAt\n    lastUsedAt\n    current\n  }\n  recoveryCodesLeft\n}\n\nquery Account {\n  account {\n    ...AccountFields\n  }\n}\n\nmutation AccountRename($input: RenameAccountInput!) {\n  renameAccount(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountSetLocale($input: SetLocaleInput!) {\n  setLocale(input: $input) {\n    viewer {\n      staff {\n        id\n        locale\n      }\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountEndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountEndOthers {\n  endOtherSessions {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountStartTotp($input: PasswordInput!) {\n  startTotp(input: $input) {\n    enrolment {\n      secret\n      url\n      qr\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountConfirmTotp($input: ConfirmTotpInput!) {\n  confirmTotp(input: $input) {\n    recoveryCodes\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountStopTotp($input: PasswordInput!) {\n  stopTotp(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": typeof types.AccountFieldsFragmentDoc,
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": typeof types.UserErrorFieldsFragmentDoc,
};
const documents: Documents = {
    "fragment AccountFields on Account {\n  staff {\n    id\n    name\n    email\n    role\n    locale\n    secondStep\n  }\n  sessions {\n    id\n    browser\n    system\n    isToken\n    place\n    createdAt\n    lastUsedAt\n    current\n  }\n  recoveryCodesLeft\n}\n\nquery Account {\n  account {\n    ...AccountFields\n  }\n}\n\nmutation AccountRename($input: RenameAccountInput!) {\n  renameAccount(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountSetLocale($input: SetLocaleInput!) {\n  setLocale(input: $input) {\n    viewer {\n      staff {\n        id\n        locale\n      }\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountEndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountEndOthers {\n  endOtherSessions {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountStartTotp($input: PasswordInput!) {\n  startTotp(input: $input) {\n    enrolment {\n      secret\n      url\n      qr\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountConfirmTotp($input: ConfirmTotpInput!) {\n  confirmTotp(input: $input) {\n    recoveryCodes\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountStopTotp($input: PasswordInput!) {\n  stopTotp(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": types.AccountFieldsFragmentDoc,
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
export function graphql(source: "fragment AccountFields on Account {\n  staff {\n    id\n    name\n    email\n    role\n    locale\n    secondStep\n  }\n  sessions {\n    id\n    browser\n    system\n    isToken\n    place\n    createdAt\n    lastUsedAt\n    current\n  }\n  recoveryCodesLeft\n}\n\nquery Account {\n  account {\n    ...AccountFields\n  }\n}\n\nmutation AccountRename($input: RenameAccountInput!) {\n  renameAccount(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountSetLocale($input: SetLocaleInput!) {\n  setLocale(input: $input) {\n    viewer {\n      staff {\n        id\n        locale\n      }\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountEndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountEndOthers {\n  endOtherSessions {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountStartTotp($input: PasswordInput!) {\n  startTotp(input: $input) {\n    enrolment {\n      secret\n      url\n      qr\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountConfirmTotp($input: ConfirmTotpInput!) {\n  confirmTotp(input: $input) {\n    recoveryCodes\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountStopTotp($input: PasswordInput!) {\n  stopTotp(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"): (typeof documents)["fragment AccountFields on Account {\n  staff {\n    id\n    name\n    email\n    role\n    locale\n    secondStep\n  }\n  sessions {\n    id\n    browser\n    system\n    isToken\n    place\n    createdAt\n    lastUsedAt\n    current\n  }\n  recoveryCodesLeft\n}\n\nquery Account {\n  account {\n    ...AccountFields\n  }\n}\n\nmutation AccountRename($input: RenameAccountInput!) {\n  renameAccount(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountSetLocale($input: SetLocaleInput!) {\n  setLocale(input: $input) {\n    viewer {\n      staff {\n        id\n        locale\n      }\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountEndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountEndOthers {\n  endOtherSessions {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountStartTotp($input: PasswordInput!) {\n  startTotp(input: $input) {\n    enrolment {\n      secret\n      url\n      qr\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountConfirmTotp($input: ConfirmTotpInput!) {\n  confirmTotp(input: $input) {\n    recoveryCodes\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation AccountStopTotp($input: PasswordInput!) {\n  stopTotp(input: $input) {\n    account {\n      ...AccountFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"): (typeof documents)["fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;