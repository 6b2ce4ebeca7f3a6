/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type CreateCustomerTagInput = {
  /** 1 to 30 characters, without commas. */
  name: string;
};

export type DeleteCustomerTagInput = {
  id: string | number;
};

export type MergeCustomerTagsInput = {
  /** The tag that goes. */
  id: string | number;
  /** The tag that stays. */
  intoId: string | number;
};

export type RenameCustomerTagInput = {
  id: string | number;
  name: string;
};

export type CustomerTagsPageQueryVariables = Exact<{ [key: string]: never; }>;


export type CustomerTagsPageQuery = { customerTags: Array<{ id: string, name: string, customerCount: number }> };

export type CustomerTagCreateMutationVariables = Exact<{
  input: CreateCustomerTagInput;
}>;


export type CustomerTagCreateMutation = { createCustomerTag: { tag: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerTagRenameMutationVariables = Exact<{
  input: RenameCustomerTagInput;
}>;


export type CustomerTagRenameMutation = { renameCustomerTag: { tag: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerTagMergeMutationVariables = Exact<{
  input: MergeCustomerTagsInput;
}>;


export type CustomerTagMergeMutation = { mergeCustomerTags: { tag: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CustomerTagDeleteMutationVariables = Exact<{
  input: DeleteCustomerTagInput;
}>;


export type CustomerTagDeleteMutation = { deleteCustomerTag: { id: string | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const CustomerTagsPageDocument = gql`
    query CustomerTagsPage {
  customerTags {
    id
    name
    customerCount
  }
}
    ` as unknown as DocumentNode<CustomerTagsPageQuery, CustomerTagsPageQueryVariables>;
export const CustomerTagCreateDocument = gql`
    mutation CustomerTagCreate($input: CreateCustomerTagInput!) {
  createCustomerTag(input: $input) {
    tag {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerTagCreateMutation, CustomerTagCreateMutationVariables>;
export const CustomerTagRenameDocument = gql`
    mutation CustomerTagRename($input: RenameCustomerTagInput!) {
  renameCustomerTag(input: $input) {
    tag {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerTagRenameMutation, CustomerTagRenameMutationVariables>;
export const CustomerTagMergeDocument = gql`
    mutation CustomerTagMerge($input: MergeCustomerTagsInput!) {
  mergeCustomerTags(input: $input) {
    tag {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerTagMergeMutation, CustomerTagMergeMutationVariables>;
export const CustomerTagDeleteDocument = gql`
    mutation CustomerTagDelete($input: DeleteCustomerTagInput!) {
  deleteCustomerTag(input: $input) {
    id
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CustomerTagDeleteMutation, CustomerTagDeleteMutationVariables>;