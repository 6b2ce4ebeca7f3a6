/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type ArchivePropertyInput = {
  /** False puts it back into use. */
  archived?: boolean;
  id: string | number;
};

export type CreatePropertyInput = {
  choices?: Array<PropertyChoiceInput>;
  decimals?: number;
  /** At most 200 characters. */
  help?: string;
  /** Small letters, digits and _, beginning with a letter; at most 40. */
  key: string;
  /** 1 to 40 characters. Columns of files are told by it. */
  name: string;
  places?: Array<PropertyPlace>;
  type: PropertyType;
};

export type PropertyChoiceInput = {
  /** 1 to 40 characters, without commas and slashes, which separate choices in files. */
  name: string;
  /** Of a choice that is there: its value. Null for a new one, which gets one. */
  value?: string | null | undefined;
};

export type PropertyPlace =
  /** The form by which staff adds a customer. */
  | 'FORM'
  /** A column that can be chosen in the list of customers. */
  | 'LIST'
  /** The page on which shoppers choose what they get: there they may tell it anew. What is known is not shown on it. */
  | 'PREFERENCES'
  /** The customer's page. */
  | 'PROFILE';

export type PropertyType =
  | 'BOOLEAN'
  /** One of a few. */
  | 'CHOICE'
  /** Several of a few. */
  | 'CHOICES'
  /** A day. */
  | 'DATE'
  /** From -1,000,000,000,000 to 1,000,000,000,000. */
  | 'NUMBER'
  /** Up to 500 characters. */
  | 'TEXT';

export type ReorderPropertiesInput = {
  /** All properties in use, in their new order. */
  ids: Array<string | number>;
};

export type UpdatePropertyInput = {
  choices?: Array<PropertyChoiceInput>;
  decimals?: number;
  help?: string;
  id: string | number;
  name: string;
  places: Array<PropertyPlace>;
};

export type PropertyFieldsFragment = { id: string, key: string, name: string, help: string, type: PropertyType, decimals: number, places: Array<PropertyPlace>, archivedAt: string | null, choices: Array<{ value: string, name: string, archived: boolean }> };

export type PropertiesPageQueryVariables = Exact<{ [key: string]: never; }>;


export type PropertiesPageQuery = { properties: Array<{ customerCount: number, id: string, key: string, name: string, help: string, type: PropertyType, decimals: number, places: Array<PropertyPlace>, archivedAt: string | null, choices: Array<{ value: string, name: string, archived: boolean }> }> };

export type PropertyCreateMutationVariables = Exact<{
  input: CreatePropertyInput;
}>;


export type PropertyCreateMutation = { createProperty: { property: { id: string, key: string, name: string, help: string, type: PropertyType, decimals: number, places: Array<PropertyPlace>, archivedAt: string | null, choices: Array<{ value: string, name: string, archived: boolean }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PropertyUpdateMutationVariables = Exact<{
  input: UpdatePropertyInput;
}>;


export type PropertyUpdateMutation = { updateProperty: { property: { id: string, key: string, name: string, help: string, type: PropertyType, decimals: number, places: Array<PropertyPlace>, archivedAt: string | null, choices: Array<{ value: string, name: string, archived: boolean }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PropertyArchiveMutationVariables = Exact<{
  input: ArchivePropertyInput;
}>;


export type PropertyArchiveMutation = { archiveProperty: { property: { id: string, key: string, name: string, help: string, type: PropertyType, decimals: number, places: Array<PropertyPlace>, archivedAt: string | null, choices: Array<{ value: string, name: string, archived: boolean }> } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PropertyReorderMutationVariables = Exact<{
  input: ReorderPropertiesInput;
}>;


export type PropertyReorderMutation = { reorderProperties: { properties: Array<{ id: string }>, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const PropertyFieldsFragmentDoc = gql`
    fragment PropertyFields on Property {
  id
  key
  name
  help
  type
  decimals
  places
  archivedAt
  choices {
    value
    name
    archived
  }
}
    ` as unknown as DocumentNode<PropertyFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const PropertiesPageDocument = gql`
    query PropertiesPage {
  properties(includeArchived: true) {
    ...PropertyFields
    customerCount
  }
}
    ${PropertyFieldsFragmentDoc}` as unknown as DocumentNode<PropertiesPageQuery, PropertiesPageQueryVariables>;
export const PropertyCreateDocument = gql`
    mutation PropertyCreate($input: CreatePropertyInput!) {
  createProperty(input: $input) {
    property {
      ...PropertyFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${PropertyFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PropertyCreateMutation, PropertyCreateMutationVariables>;
export const PropertyUpdateDocument = gql`
    mutation PropertyUpdate($input: UpdatePropertyInput!) {
  updateProperty(input: $input) {
    property {
      ...PropertyFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${PropertyFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PropertyUpdateMutation, PropertyUpdateMutationVariables>;
export const PropertyArchiveDocument = gql`
    mutation PropertyArchive($input: ArchivePropertyInput!) {
  archiveProperty(input: $input) {
    property {
      ...PropertyFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${PropertyFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PropertyArchiveMutation, PropertyArchiveMutationVariables>;
export const PropertyReorderDocument = gql`
    mutation PropertyReorder($input: ReorderPropertiesInput!) {
  reorderProperties(input: $input) {
    properties {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PropertyReorderMutation, PropertyReorderMutationVariables>;