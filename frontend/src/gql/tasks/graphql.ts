/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type CompleteTaskInput = {
  id: string | number;
  note?: string;
  sentCount: number;
};

/** A kind of marketplace with its own rules. */
export type Mall =
  /** Amazon.co.jp */
  | 'AMAZON'
  /** au PAY マーケット */
  | 'AU_PAY'
  /** futureshop */
  | 'FUTURESHOP'
  /** MakeShop */
  | 'MAKESHOP'
  /** The merchant's own site (自社サイト). */
  | 'OWN_SITE'
  /** Qoo10 */
  | 'QOO10'
  /** 楽天市場 */
  | 'RAKUTEN'
  /** Shopify */
  | 'SHOPIFY'
  /** A physical shop (実店舗). */
  | 'STORE'
  /** Yahoo!ショッピング */
  | 'YAHOO';

/** A way to speak to a customer that rules know. */
export type PolicyChannel =
  /** Data of people handed to others, e.g. lists for advertisements. */
  | 'EXPORT'
  /** Paper in a parcel (同梱物). */
  | 'INSERT'
  | 'LINE'
  | 'MAIL'
  /** A mall's messages about an order. */
  | 'ORDER_MESSAGE'
  | 'POSTAL'
  | 'PUSH'
  /** Asking for a review. */
  | 'REVIEW_REQUEST'
  /** Rakuten's own mail tool. */
  | 'R_MAIL'
  | 'SMS'
  /** Yahoo! Shopping's own mail tool (ストアニュースレター). */
  | 'STORE_NEWSLETTER';

export type SortDirection =
  | 'ASC'
  | 'DESC';

export type TaskRef = {
  id: string | number;
};

export type TaskStatus =
  | 'CANCELLED'
  | 'DONE'
  | 'OPEN';

export type TaskFieldsFragment = { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null };

export type TaskListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  before?: string | null | undefined;
  status: TaskStatus;
  malls?: Array<Mall> | Mall | null | undefined;
  assigneeId?: string | number | null | undefined;
  late: boolean;
  search: string;
  direction: SortDirection;
}>;


export type TaskListQuery = { tasks: { edges: Array<{ node: { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } };

export type TaskDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type TaskDetailQuery = { task: { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null };

export type TaskCompleteMutationVariables = Exact<{
  input: CompleteTaskInput;
}>;


export type TaskCompleteMutation = { completeTask: { task: { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type TaskReopenMutationVariables = Exact<{
  input: TaskRef;
}>;


export type TaskReopenMutation = { reopenTask: { task: { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type TaskCancelMutationVariables = Exact<{
  input: TaskRef;
}>;


export type TaskCancelMutation = { cancelTask: { task: { id: string, mall: Mall, tool: PolicyChannel, status: TaskStatus, subject: string, text: string, html: string, couponCode: string, customers: number, dueOn: string, createdAt: string, doneAt: string | null, doneBy: string | null, sentCount: number | null, note: string, campaign: { id: string, name: string } | null, offer: { id: string, name: string, startsAt: string, endsAt: string } | null, assignee: { id: string, name: string } | null, results: { orders: number, customers: number, sales: { amount: number, currency: string } } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type TaskCountsQueryVariables = Exact<{ [key: string]: never; }>;


export type TaskCountsQuery = { taskCounts: { open: number, overdue: number, done: number, cancelled: number } };

export type TaskStaffQueryVariables = Exact<{ [key: string]: never; }>;


export type TaskStaffQuery = { assignees: Array<{ id: string, name: string }> };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const TaskFieldsFragmentDoc = gql`
    fragment TaskFields on Task {
  id
  mall
  tool
  status
  subject
  text
  html
  couponCode
  customers
  dueOn
  createdAt
  doneAt
  doneBy
  sentCount
  note
  campaign {
    id
    name
  }
  offer {
    id
    name
    startsAt
    endsAt
  }
  assignee {
    id
    name
  }
  results {
    orders
    customers
    sales {
      amount
      currency
    }
  }
}
    ` as unknown as DocumentNode<TaskFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const TaskListDocument = gql`
    query TaskList($first: Int!, $after: String, $before: String, $status: TaskStatus!, $malls: [Mall!], $assigneeId: ID, $late: Boolean!, $search: String!, $direction: SortDirection!) {
  tasks(
    first: $first
    after: $after
    before: $before
    status: $status
    malls: $malls
    assigneeId: $assigneeId
    late: $late
    search: $search
    direction: $direction
  ) {
    edges {
      node {
        ...TaskFields
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    ${TaskFieldsFragmentDoc}` as unknown as DocumentNode<TaskListQuery, TaskListQueryVariables>;
export const TaskDetailDocument = gql`
    query TaskDetail($id: ID!) {
  task(id: $id) {
    ...TaskFields
  }
}
    ${TaskFieldsFragmentDoc}` as unknown as DocumentNode<TaskDetailQuery, TaskDetailQueryVariables>;
export const TaskCompleteDocument = gql`
    mutation TaskComplete($input: CompleteTaskInput!) {
  completeTask(input: $input) {
    task {
      ...TaskFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${TaskFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<TaskCompleteMutation, TaskCompleteMutationVariables>;
export const TaskReopenDocument = gql`
    mutation TaskReopen($input: TaskRef!) {
  reopenTask(input: $input) {
    task {
      ...TaskFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${TaskFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<TaskReopenMutation, TaskReopenMutationVariables>;
export const TaskCancelDocument = gql`
    mutation TaskCancel($input: TaskRef!) {
  cancelTask(input: $input) {
    task {
      ...TaskFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${TaskFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<TaskCancelMutation, TaskCancelMutationVariables>;
export const TaskCountsDocument = gql`
    query TaskCounts {
  taskCounts {
    open
    overdue
    done
    cancelled
  }
}
    ` as unknown as DocumentNode<TaskCountsQuery, TaskCountsQueryVariables>;
export const TaskStaffDocument = gql`
    query TaskStaff {
  assignees {
    id
    name
  }
}
    ` as unknown as DocumentNode<TaskStaffQuery, TaskStaffQueryVariables>;