/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
/** How often shoppers tell their birthday, for which they may get points. */
export type OwnBirthday =
  /** And again, birthdayMonths after they told it. */
  | 'AGAIN'
  /** Never: the shop enters it. */
  | 'BY_SHOP'
  /** While it is not known. */
  | 'ONCE';

/** A part of the profile that shoppers may be let change. The birthday has rules of its own. */
export type OwnProfilePart =
  /** postalCode, prefecture, city, addressLine */
  | 'ADDRESS'
  /** gender */
  | 'GENDER'
  /** familyKana, givenKana */
  | 'KANA'
  /** mail, by changeMyMail */
  | 'MAIL'
  /** familyName, givenName */
  | 'NAME'
  /** phone */
  | 'PHONE';

export type UpdateOwnProfileSettingsInput = {
  birthday: OwnBirthday;
  /** 12 to 120; of AGAIN. */
  birthdayMonths?: number;
  parts: Array<OwnProfilePart>;
};

export type OwnProfileFieldsFragment = { parts: Array<OwnProfilePart>, birthday: OwnBirthday, birthdayMonths: number };

export type MemberPagePageQueryVariables = Exact<{ [key: string]: never; }>;


export type MemberPagePageQuery = { ownProfileSettings: { parts: Array<OwnProfilePart>, birthday: OwnBirthday, birthdayMonths: number } };

export type OwnProfileSaveMutationVariables = Exact<{
  input: UpdateOwnProfileSettingsInput;
}>;


export type OwnProfileSaveMutation = { updateOwnProfileSettings: { settings: { parts: Array<OwnProfilePart>, birthday: OwnBirthday, birthdayMonths: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const OwnProfileFieldsFragmentDoc = gql`
    fragment OwnProfileFields on OwnProfileSettings {
  parts
  birthday
  birthdayMonths
}
    ` as unknown as DocumentNode<OwnProfileFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const MemberPagePageDocument = gql`
    query MemberPagePage {
  ownProfileSettings {
    ...OwnProfileFields
  }
}
    ${OwnProfileFieldsFragmentDoc}` as unknown as DocumentNode<MemberPagePageQuery, MemberPagePageQueryVariables>;
export const OwnProfileSaveDocument = gql`
    mutation OwnProfileSave($input: UpdateOwnProfileSettingsInput!) {
  updateOwnProfileSettings(input: $input) {
    settings {
      ...OwnProfileFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${OwnProfileFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<OwnProfileSaveMutation, OwnProfileSaveMutationVariables>;