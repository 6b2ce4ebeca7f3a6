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
    "fragment TaskFields on Task {\n  id\n  mall\n  tool\n  status\n  subject\n  text\n  html\n  couponCode\n  customers\n  dueOn\n  createdAt\n  doneAt\n  doneBy\n  sentCount\n  note\n  campaign {\n    id\n    name\n  }\n  offer {\n    id\n    name\n    startsAt\n    endsAt\n  }\n  assignee {\n    id\n    name\n  }\n  results {\n    orders\n    customers\n    sales {\n      amount\n      currency\n    }\n  }\n}\n\nquery TaskList($first: Int!, $after: String, $before: String, $status: TaskStatus!, $malls: [Mall!], $assigneeId: ID, $late: Boolean!, $search: String!, $direction: SortDirection!) {\n  tasks(\n    first: $first\n    after: $after\n    before: $before\n    status: $status\n    malls: $malls\n    assigneeId: $assigneeId\n    late: $late\n    search: $search\n    direction: $direction\n  ) {\n    edges {\n      node {\n        ...TaskFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}\n\nquery TaskDetail($id: ID!) {\n  task(id: $id) {\n    ...TaskFields\n  }\n}\n\nmutation TaskComplete($input: CompleteTaskInput!) {\n  completeTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation TaskReopen($input: TaskRef!) {\n  reopenTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation TaskCancel($input: TaskRef!) {\n  cancelTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nquery TaskCounts {\n  taskCounts {\n    open\n    overdue\n    done\n    cancelled\n  }\n}\n\nquery TaskStaff {\n  assignees {\n    id\n    name\n  }\n}": typeof types.TaskFieldsFragmentDoc,
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": typeof types.UserErrorFieldsFragmentDoc,
};
const documents: Documents = {
    "fragment TaskFields on Task {\n  id\n  mall\n  tool\n  status\n  subject\n  text\n  html\n  couponCode\n  customers\n  dueOn\n  createdAt\n  doneAt\n  doneBy\n  sentCount\n  note\n  campaign {\n    id\n    name\n  }\n  offer {\n    id\n    name\n    startsAt\n    endsAt\n  }\n  assignee {\n    id\n    name\n  }\n  results {\n    orders\n    customers\n    sales {\n      amount\n      currency\n    }\n  }\n}\n\nquery TaskList($first: Int!, $after: String, $before: String, $status: TaskStatus!, $malls: [Mall!], $assigneeId: ID, $late: Boolean!, $search: String!, $direction: SortDirection!) {\n  tasks(\n    first: $first\n    after: $after\n    before: $before\n    status: $status\n    malls: $malls\n    assigneeId: $assigneeId\n    late: $late\n    search: $search\n    direction: $direction\n  ) {\n    edges {\n      node {\n        ...TaskFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}\n\nquery TaskDetail($id: ID!) {\n  task(id: $id) {\n    ...TaskFields\n  }\n}\n\nmutation TaskComplete($input: CompleteTaskInput!) {\n  completeTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation TaskReopen($input: TaskRef!) {\n  reopenTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation TaskCancel($input: TaskRef!) {\n  cancelTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nquery TaskCounts {\n  taskCounts {\n    open\n    overdue\n    done\n    cancelled\n  }\n}\n\nquery TaskStaff {\n  assignees {\n    id\n    name\n  }\n}": types.TaskFieldsFragmentDoc,
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
export function graphql(source: "fragment TaskFields on Task {\n  id\n  mall\n  tool\n  status\n  subject\n  text\n  html\n  couponCode\n  customers\n  dueOn\n  createdAt\n  doneAt\n  doneBy\n  sentCount\n  note\n  campaign {\n    id\n    name\n  }\n  offer {\n    id\n    name\n    startsAt\n    endsAt\n  }\n  assignee {\n    id\n    name\n  }\n  results {\n    orders\n    customers\n    sales {\n      amount\n      currency\n    }\n  }\n}\n\nquery TaskList($first: Int!, $after: String, $before: String, $status: TaskStatus!, $malls: [Mall!], $assigneeId: ID, $late: Boolean!, $search: String!, $direction: SortDirection!) {\n  tasks(\n    first: $first\n    after: $after\n    before: $before\n    status: $status\n    malls: $malls\n    assigneeId: $assigneeId\n    late: $late\n    search: $search\n    direction: $direction\n  ) {\n    edges {\n      node {\n        ...TaskFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}\n\nquery TaskDetail($id: ID!) {\n  task(id: $id) {\n    ...TaskFields\n  }\n}\n\nmutation TaskComplete($input: CompleteTaskInput!) {\n  completeTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation TaskReopen($input: TaskRef!) {\n  reopenTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation TaskCancel($input: TaskRef!) {\n  cancelTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nquery TaskCounts {\n  taskCounts {\n    open\n    overdue\n    done\n    cancelled\n  }\n}\n\nquery TaskStaff {\n  assignees {\n    id\n    name\n  }\n}"): (typeof documents)["fragment TaskFields on Task {\n  id\n  mall\n  tool\n  status\n  subject\n  text\n  html\n  couponCode\n  customers\n  dueOn\n  createdAt\n  doneAt\n  doneBy\n  sentCount\n  note\n  campaign {\n    id\n    name\n  }\n  offer {\n    id\n    name\n    startsAt\n    endsAt\n  }\n  assignee {\n    id\n    name\n  }\n  results {\n    orders\n    customers\n    sales {\n      amount\n      currency\n    }\n  }\n}\n\nquery TaskList($first: Int!, $after: String, $before: String, $status: TaskStatus!, $malls: [Mall!], $assigneeId: ID, $late: Boolean!, $search: String!, $direction: SortDirection!) {\n  tasks(\n    first: $first\n    after: $after\n    before: $before\n    status: $status\n    malls: $malls\n    assigneeId: $assigneeId\n    late: $late\n    search: $search\n    direction: $direction\n  ) {\n    edges {\n      node {\n        ...TaskFields\n      }\n    }\n    pageInfo {\n      hasNextPage\n      hasPreviousPage\n      startCursor\n      endCursor\n    }\n  }\n}\n\nquery TaskDetail($id: ID!) {\n  task(id: $id) {\n    ...TaskFields\n  }\n}\n\nmutation TaskComplete($input: CompleteTaskInput!) {\n  completeTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation TaskReopen($input: TaskRef!) {\n  reopenTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation TaskCancel($input: TaskRef!) {\n  cancelTask(input: $input) {\n    task {\n      ...TaskFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nquery TaskCounts {\n  taskCounts {\n    open\n    overdue\n    done\n    cancelled\n  }\n}\n\nquery TaskStaff {\n  assignees {\n    id\n    name\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"): (typeof documents)["fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;