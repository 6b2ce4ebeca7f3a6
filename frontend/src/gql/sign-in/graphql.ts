/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type AcceptInviteInput = {
  /** Of the mail. */
  key: string;
  name: string;
  /** At least 12 characters, and not easily guessed. */
  password: string;
};

export type CompleteSignInInput = {
  challenge: string;
  /** Six digits of the app, or a recovery code. */
  code: string;
};

export type RequestPasswordResetInput = {
  email: string;
};

export type ResetPasswordInput = {
  /** Of the mail. */
  key: string;
  /** At least 12 characters, and not easily guessed. */
  password: string;
};

export type SignInInput = {
  email: string;
  password: string;
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

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { accessToken: string | null, expiresAt: string | null, challenge: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SignInCompleteMutationVariables = Exact<{
  input: CompleteSignInInput;
}>;


export type SignInCompleteMutation = { completeSignIn: { accessToken: string | null, expiresAt: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SignInForgotMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type SignInForgotMutation = { requestPasswordReset: { userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SignInResetOpenQueryVariables = Exact<{
  key: string;
}>;


export type SignInResetOpenQuery = { passwordResetOpen: boolean };

export type SignInResetMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type SignInResetMutation = { resetPassword: { userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SignInInviteQueryVariables = Exact<{
  key: string;
}>;


export type SignInInviteQuery = { inviteOffer: { email: string, role: StaffRole, locale: string, merchantName: string } | null };

export type SignInAcceptMutationVariables = Exact<{
  input: AcceptInviteInput;
}>;


export type SignInAcceptMutation = { acceptInvite: { accessToken: string | null, expiresAt: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SignInBrandQueryVariables = Exact<{ [key: string]: never; }>;


export type SignInBrandQuery = { brand: { name: string, logo: { url: string } | null } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const SignInDocument = gql`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    accessToken
    expiresAt
    challenge
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SignInMutation, SignInMutationVariables>;
export const SignInCompleteDocument = gql`
    mutation SignInComplete($input: CompleteSignInInput!) {
  completeSignIn(input: $input) {
    accessToken
    expiresAt
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SignInCompleteMutation, SignInCompleteMutationVariables>;
export const SignInForgotDocument = gql`
    mutation SignInForgot($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SignInForgotMutation, SignInForgotMutationVariables>;
export const SignInResetOpenDocument = gql`
    query SignInResetOpen($key: String!) {
  passwordResetOpen(key: $key)
}
    ` as unknown as DocumentNode<SignInResetOpenQuery, SignInResetOpenQueryVariables>;
export const SignInResetDocument = gql`
    mutation SignInReset($input: ResetPasswordInput!) {
  resetPassword(input: $input) {
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SignInResetMutation, SignInResetMutationVariables>;
export const SignInInviteDocument = gql`
    query SignInInvite($key: String!) {
  inviteOffer(key: $key) {
    email
    role
    locale
    merchantName
  }
}
    ` as unknown as DocumentNode<SignInInviteQuery, SignInInviteQueryVariables>;
export const SignInAcceptDocument = gql`
    mutation SignInAccept($input: AcceptInviteInput!) {
  acceptInvite(input: $input) {
    accessToken
    expiresAt
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SignInAcceptMutation, SignInAcceptMutationVariables>;
export const SignInBrandDocument = gql`
    query SignInBrand {
  brand {
    name
    logo {
      url
    }
  }
}
    ` as unknown as DocumentNode<SignInBrandQuery, SignInBrandQueryVariables>;