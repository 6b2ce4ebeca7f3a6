/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type MailboxListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type MailboxListQuery = { mailbox: { edges: Array<{ node: { id: string, receivedAt: string, from: string, to: string, subject: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type MailboxMailQueryVariables = Exact<{
  id: string | number;
}>;


export type MailboxMailQuery = { mailboxMail: { id: string, receivedAt: string, from: string, to: string, subject: string, messageId: string, html: string, text: string, size: number, headers: Array<{ name: string, value: string }> } | null };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const MailboxListDocument = gql`
    query MailboxList($first: Int!, $after: String, $search: String) {
  mailbox(first: $first, after: $after, search: $search) {
    edges {
      node {
        id
        receivedAt
        from
        to
        subject
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<MailboxListQuery, MailboxListQueryVariables>;
export const MailboxMailDocument = gql`
    query MailboxMail($id: ID!) {
  mailboxMail(id: $id) {
    id
    receivedAt
    from
    to
    subject
    messageId
    html
    text
    size
    headers {
      name
      value
    }
  }
}
    ` as unknown as DocumentNode<MailboxMailQuery, MailboxMailQueryVariables>;