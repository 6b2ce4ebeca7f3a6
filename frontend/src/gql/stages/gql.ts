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
    "fragment StageLadderFields on StageLadder {\n  stages {\n    id\n    name\n    position\n    spendThreshold {\n      amount\n      currency\n    }\n    orderThreshold\n    pointThreshold\n    keep {\n      spend\n      orders\n      points\n    }\n    windowMonths\n    pointMultiplier\n    memberCount\n  }\n  match\n  window\n  fall\n  review\n  graceDays\n  version\n  unplaced\n  losing(days: 30)\n  nextReviewOn\n}\n\nquery StageLadder {\n  stageLadder {\n    ...StageLadderFields\n  }\n}\n\nquery StageTrial($input: StageLadderInput!, $withPeople: Boolean!) {\n  stageTrial(input: $input) {\n    trial {\n      members\n      estimated\n      moves {\n        from {\n          id\n          name\n          position\n        }\n        to\n        members\n        customerIds @include(if: $withPeople)\n        people(first: 20) @include(if: $withPeople) {\n          id\n          displayName\n        }\n      }\n      pointsNow\n      pointsThen\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation StageKeepMovers($input: CreateFixedSegmentInput!) {\n  createFixedSegment(input: $input) {\n    segment {\n      id\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation StageSaveLadder($input: SaveStageLadderInput!) {\n  saveStageLadder(input: $input) {\n    ladder {\n      ...StageLadderFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": typeof types.StageLadderFieldsFragmentDoc,
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": typeof types.UserErrorFieldsFragmentDoc,
};
const documents: Documents = {
    "fragment StageLadderFields on StageLadder {\n  stages {\n    id\n    name\n    position\n    spendThreshold {\n      amount\n      currency\n    }\n    orderThreshold\n    pointThreshold\n    keep {\n      spend\n      orders\n      points\n    }\n    windowMonths\n    pointMultiplier\n    memberCount\n  }\n  match\n  window\n  fall\n  review\n  graceDays\n  version\n  unplaced\n  losing(days: 30)\n  nextReviewOn\n}\n\nquery StageLadder {\n  stageLadder {\n    ...StageLadderFields\n  }\n}\n\nquery StageTrial($input: StageLadderInput!, $withPeople: Boolean!) {\n  stageTrial(input: $input) {\n    trial {\n      members\n      estimated\n      moves {\n        from {\n          id\n          name\n          position\n        }\n        to\n        members\n        customerIds @include(if: $withPeople)\n        people(first: 20) @include(if: $withPeople) {\n          id\n          displayName\n        }\n      }\n      pointsNow\n      pointsThen\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation StageKeepMovers($input: CreateFixedSegmentInput!) {\n  createFixedSegment(input: $input) {\n    segment {\n      id\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation StageSaveLadder($input: SaveStageLadderInput!) {\n  saveStageLadder(input: $input) {\n    ladder {\n      ...StageLadderFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": types.StageLadderFieldsFragmentDoc,
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
export function graphql(source: "fragment StageLadderFields on StageLadder {\n  stages {\n    id\n    name\n    position\n    spendThreshold {\n      amount\n      currency\n    }\n    orderThreshold\n    pointThreshold\n    keep {\n      spend\n      orders\n      points\n    }\n    windowMonths\n    pointMultiplier\n    memberCount\n  }\n  match\n  window\n  fall\n  review\n  graceDays\n  version\n  unplaced\n  losing(days: 30)\n  nextReviewOn\n}\n\nquery StageLadder {\n  stageLadder {\n    ...StageLadderFields\n  }\n}\n\nquery StageTrial($input: StageLadderInput!, $withPeople: Boolean!) {\n  stageTrial(input: $input) {\n    trial {\n      members\n      estimated\n      moves {\n        from {\n          id\n          name\n          position\n        }\n        to\n        members\n        customerIds @include(if: $withPeople)\n        people(first: 20) @include(if: $withPeople) {\n          id\n          displayName\n        }\n      }\n      pointsNow\n      pointsThen\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation StageKeepMovers($input: CreateFixedSegmentInput!) {\n  createFixedSegment(input: $input) {\n    segment {\n      id\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation StageSaveLadder($input: SaveStageLadderInput!) {\n  saveStageLadder(input: $input) {\n    ladder {\n      ...StageLadderFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"): (typeof documents)["fragment StageLadderFields on StageLadder {\n  stages {\n    id\n    name\n    position\n    spendThreshold {\n      amount\n      currency\n    }\n    orderThreshold\n    pointThreshold\n    keep {\n      spend\n      orders\n      points\n    }\n    windowMonths\n    pointMultiplier\n    memberCount\n  }\n  match\n  window\n  fall\n  review\n  graceDays\n  version\n  unplaced\n  losing(days: 30)\n  nextReviewOn\n}\n\nquery StageLadder {\n  stageLadder {\n    ...StageLadderFields\n  }\n}\n\nquery StageTrial($input: StageLadderInput!, $withPeople: Boolean!) {\n  stageTrial(input: $input) {\n    trial {\n      members\n      estimated\n      moves {\n        from {\n          id\n          name\n          position\n        }\n        to\n        members\n        customerIds @include(if: $withPeople)\n        people(first: 20) @include(if: $withPeople) {\n          id\n          displayName\n        }\n      }\n      pointsNow\n      pointsThen\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation StageKeepMovers($input: CreateFixedSegmentInput!) {\n  createFixedSegment(input: $input) {\n    segment {\n      id\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation StageSaveLadder($input: SaveStageLadderInput!) {\n  saveStageLadder(input: $input) {\n    ladder {\n      ...StageLadderFields\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"): (typeof documents)["fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;