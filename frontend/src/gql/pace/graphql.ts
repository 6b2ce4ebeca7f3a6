/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
/** A way to reach a customer. */
export type Channel =
  | 'LINE'
  | 'MAIL'
  /** Paper by post. */
  | 'POSTAL'
  | 'PUSH'
  | 'SMS';

export type UpdatePaceSettingsInput = {
  channel: Channel;
  /** 0 to 100. */
  perDay: number;
  /** 0 to 100, not below perDay unless 0. */
  perWeek: number;
  /** 0 to 1439. */
  quietFrom: number;
  /** 0 to 1439; at least 60 minutes of a day must stay open. */
  quietTo: number;
};

export type PaceFieldsFragment = { channel: Channel, quietFrom: number, quietTo: number, perDay: number, perWeek: number };

export type PacePageQueryVariables = Exact<{ [key: string]: never; }>;


export type PacePageQuery = { paceSettings: Array<{ channel: Channel, quietFrom: number, quietTo: number, perDay: number, perWeek: number }> };

export type PaceSaveMutationVariables = Exact<{
  input: UpdatePaceSettingsInput;
}>;


export type PaceSaveMutation = { updatePaceSettings: { settings: { channel: Channel, quietFrom: number, quietTo: number, perDay: number, perWeek: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const PaceFieldsFragmentDoc = gql`
    fragment PaceFields on PaceSettings {
  channel
  quietFrom
  quietTo
  perDay
  perWeek
}
    ` as unknown as DocumentNode<PaceFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const PacePageDocument = gql`
    query PacePage {
  paceSettings {
    ...PaceFields
  }
}
    ${PaceFieldsFragmentDoc}` as unknown as DocumentNode<PacePageQuery, PacePageQueryVariables>;
export const PaceSaveDocument = gql`
    mutation PaceSave($input: UpdatePaceSettingsInput!) {
  updatePaceSettings(input: $input) {
    settings {
      ...PaceFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${PaceFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PaceSaveMutation, PaceSaveMutationVariables>;