/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type ChangePasswordInput = {
  currentPassword: string;
  newPassword: string;
};

export type ConfirmTotpInput = {
  /** Six digits of the app. */
  code: string;
};

export type EndSessionInput = {
  id: string | number;
};

export type PasswordInput = {
  /** The current one. */
  password: string;
};

export type RenameAccountInput = {
  name: string;
};

export type SetLocaleInput = {
  locale: string;
};

/** What a member of staff may do. Each role is a set of scopes. */
export type StaffRole =
  /** Reads everything but staff and audit log; changes nothing. */
  | 'ANALYST'
  /** Everything but staff of role OWNER. */
  | 'MANAGER'
  /** Customers, segments, offers, campaigns, imports. */
  | 'MARKETER'
  /** Everything, including staff and settings. */
  | 'OWNER'
  /** Customers and their points. */
  | 'SUPPORT';

export type AccountFieldsFragment = { recoveryCodesLeft: number, staff: { id: string, name: string, email: string, role: StaffRole, locale: string, secondStep: boolean }, sessions: Array<{ id: string, browser: string | null, system: string | null, isToken: boolean, place: string | null, createdAt: string, lastUsedAt: string, current: boolean }> };

export type AccountQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountQuery = { account: { recoveryCodesLeft: number, staff: { id: string, name: string, email: string, role: StaffRole, locale: string, secondStep: boolean }, sessions: Array<{ id: string, browser: string | null, system: string | null, isToken: boolean, place: string | null, createdAt: string, lastUsedAt: string, current: boolean }> } };

export type AccountRenameMutationVariables = Exact<{
  input: RenameAccountInput;
}>;


export type AccountRenameMutation = { renameAccount: { account: { recoveryCodesLeft: number, staff: { id: string, name: string, email: string, role: StaffRole, locale: string, secondStep: boolean }, sessions: Array<{ id: string, browser: string | null, system: string | null, isToken: boolean, place: string | null, createdAt: string, lastUsedAt: string, current: boolean }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type AccountSetLocaleMutationVariables = Exact<{
  input: SetLocaleInput;
}>;


export type AccountSetLocaleMutation = { setLocale: { viewer: { staff: { id: string, locale: string } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type AccountChangePasswordMutationVariables = Exact<{
  input: ChangePasswordInput;
}>;


export type AccountChangePasswordMutation = { changePassword: { userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type AccountEndSessionMutationVariables = Exact<{
  input: EndSessionInput;
}>;


export type AccountEndSessionMutation = { endSession: { account: { recoveryCodesLeft: number, staff: { id: string, name: string, email: string, role: StaffRole, locale: string, secondStep: boolean }, sessions: Array<{ id: string, browser: string | null, system: string | null, isToken: boolean, place: string | null, createdAt: string, lastUsedAt: string, current: boolean }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type AccountEndOthersMutationVariables = Exact<{ [key: string]: never; }>;


export type AccountEndOthersMutation = { endOtherSessions: { account: { recoveryCodesLeft: number, staff: { id: string, name: string, email: string, role: StaffRole, locale: string, secondStep: boolean }, sessions: Array<{ id: string, browser: string | null, system: string | null, isToken: boolean, place: string | null, createdAt: string, lastUsedAt: string, current: boolean }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type AccountStartTotpMutationVariables = Exact<{
  input: PasswordInput;
}>;


export type AccountStartTotpMutation = { startTotp: { enrolment: { secret: string, url: string, qr: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type AccountConfirmTotpMutationVariables = Exact<{
  input: ConfirmTotpInput;
}>;


export type AccountConfirmTotpMutation = { confirmTotp: { recoveryCodes: Array<string> | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type AccountStopTotpMutationVariables = Exact<{
  input: PasswordInput;
}>;


export type AccountStopTotpMutation = { stopTotp: { account: { recoveryCodesLeft: number, staff: { id: string, name: string, email: string, role: StaffRole, locale: string, secondStep: boolean }, sessions: Array<{ id: string, browser: string | null, system: string | null, isToken: boolean, place: string | null, createdAt: string, lastUsedAt: string, current: boolean }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const AccountFieldsFragmentDoc = gql`
    fragment AccountFields on Account {
  staff {
    id
    name
    email
    role
    locale
    secondStep
  }
  sessions {
    id
    browser
    system
    isToken
    place
    createdAt
    lastUsedAt
    current
  }
  recoveryCodesLeft
}
    ` as unknown as DocumentNode<AccountFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const AccountDocument = gql`
    query Account {
  account {
    ...AccountFields
  }
}
    ${AccountFieldsFragmentDoc}` as unknown as DocumentNode<AccountQuery, AccountQueryVariables>;
export const AccountRenameDocument = gql`
    mutation AccountRename($input: RenameAccountInput!) {
  renameAccount(input: $input) {
    account {
      ...AccountFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${AccountFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<AccountRenameMutation, AccountRenameMutationVariables>;
export const AccountSetLocaleDocument = gql`
    mutation AccountSetLocale($input: SetLocaleInput!) {
  setLocale(input: $input) {
    viewer {
      staff {
        id
        locale
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<AccountSetLocaleMutation, AccountSetLocaleMutationVariables>;
export const AccountChangePasswordDocument = gql`
    mutation AccountChangePassword($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<AccountChangePasswordMutation, AccountChangePasswordMutationVariables>;
export const AccountEndSessionDocument = gql`
    mutation AccountEndSession($input: EndSessionInput!) {
  endSession(input: $input) {
    account {
      ...AccountFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${AccountFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<AccountEndSessionMutation, AccountEndSessionMutationVariables>;
export const AccountEndOthersDocument = gql`
    mutation AccountEndOthers {
  endOtherSessions {
    account {
      ...AccountFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${AccountFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<AccountEndOthersMutation, AccountEndOthersMutationVariables>;
export const AccountStartTotpDocument = gql`
    mutation AccountStartTotp($input: PasswordInput!) {
  startTotp(input: $input) {
    enrolment {
      secret
      url
      qr
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<AccountStartTotpMutation, AccountStartTotpMutationVariables>;
export const AccountConfirmTotpDocument = gql`
    mutation AccountConfirmTotp($input: ConfirmTotpInput!) {
  confirmTotp(input: $input) {
    recoveryCodes
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<AccountConfirmTotpMutation, AccountConfirmTotpMutationVariables>;
export const AccountStopTotpDocument = gql`
    mutation AccountStopTotp($input: PasswordInput!) {
  stopTotp(input: $input) {
    account {
      ...AccountFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${AccountFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<AccountStopTotpMutation, AccountStopTotpMutationVariables>;