/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type UpdateBrandSettingsInput = {
  /** #rrggbb. */
  accent?: string | null | undefined;
  /** Mails that are out keep theirs. */
  removeLogo?: boolean;
};

export type UpdateSenderSettingsInput = {
  contact: string;
  email: string;
  name: string;
  postalAddress: string;
};

export type BrandPageQueryVariables = Exact<{ [key: string]: never; }>;


export type BrandPageQuery = { brandSettings: { accent: string, logo: { url: string, width: number, height: number } | null }, senderSettings: { name: string, email: string, postalAddress: string, contact: string } };

export type BrandSaveMutationVariables = Exact<{
  input: UpdateBrandSettingsInput;
}>;


export type BrandSaveMutation = { updateBrandSettings: { settings: { accent: string, logo: { url: string, width: number, height: number } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type BrandSaveSenderMutationVariables = Exact<{
  input: UpdateSenderSettingsInput;
}>;


export type BrandSaveSenderMutation = { updateSenderSettings: { settings: { name: string, email: string, postalAddress: string, contact: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const BrandPageDocument = gql`
    query BrandPage {
  brandSettings {
    accent
    logo {
      url
      width
      height
    }
  }
  senderSettings {
    name
    email
    postalAddress
    contact
  }
}
    ` as unknown as DocumentNode<BrandPageQuery, BrandPageQueryVariables>;
export const BrandSaveDocument = gql`
    mutation BrandSave($input: UpdateBrandSettingsInput!) {
  updateBrandSettings(input: $input) {
    settings {
      accent
      logo {
        url
        width
        height
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<BrandSaveMutation, BrandSaveMutationVariables>;
export const BrandSaveSenderDocument = gql`
    mutation BrandSaveSender($input: UpdateSenderSettingsInput!) {
  updateSenderSettings(input: $input) {
    settings {
      name
      email
      postalAddress
      contact
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<BrandSaveSenderMutation, BrandSaveSenderMutationVariables>;