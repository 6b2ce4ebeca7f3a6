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
    "fragment RuleFields on PolicyRule {\n  id\n  version\n  origins\n  channels\n  condition {\n    name\n    label(locale: $locale)\n    params\n    content\n    judged\n  }\n  params {\n    hosts\n    classes\n    phrases\n    except\n    advertising\n    with\n    contacts\n    domains\n    years\n  }\n  severity\n  override\n  message(locale: $locale)\n  messageJa: message(locale: \"ja\")\n  messageEn: message(locale: \"en\")\n  remedyJa: remedy(locale: \"ja\")\n  remedyEn: remedy(locale: \"en\")\n  sources\n  certainty\n  effectiveFrom\n  reviewedOn\n  enabled\n  note\n  canWeaken\n  createdAt\n  createdBy\n}\n\nquery PolicyRules($locale: String!) {\n  policyRules {\n    ...RuleFields\n  }\n}\n\nquery PolicyRuleVersions($id: ID!, $locale: String!) {\n  policyRuleVersions(id: $id) {\n    ...RuleFields\n  }\n}\n\nquery PolicyConditions($locale: String!) {\n  policyConditions {\n    name\n    label(locale: $locale)\n    params\n    content\n    judged\n  }\n}\n\nquery PolicyTrial($input: PolicyRuleInput!) {\n  policyRuleTrial(input: $input) {\n    campaignId\n    campaignName\n    mall\n    place\n    line\n    excerpt\n  }\n}\n\nmutation PolicySave($input: PolicyRuleInput!) {\n  savePolicyRule(input: $input) {\n    rule {\n      id\n      version\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation PolicyReview($input: ReviewPolicyRuleInput!) {\n  reviewPolicyRule(input: $input) {\n    rule {\n      id\n      version\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": typeof types.RuleFieldsFragmentDoc,
    "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}": typeof types.UserErrorFieldsFragmentDoc,
};
const documents: Documents = {
    "fragment RuleFields on PolicyRule {\n  id\n  version\n  origins\n  channels\n  condition {\n    name\n    label(locale: $locale)\n    params\n    content\n    judged\n  }\n  params {\n    hosts\n    classes\n    phrases\n    except\n    advertising\n    with\n    contacts\n    domains\n    years\n  }\n  severity\n  override\n  message(locale: $locale)\n  messageJa: message(locale: \"ja\")\n  messageEn: message(locale: \"en\")\n  remedyJa: remedy(locale: \"ja\")\n  remedyEn: remedy(locale: \"en\")\n  sources\n  certainty\n  effectiveFrom\n  reviewedOn\n  enabled\n  note\n  canWeaken\n  createdAt\n  createdBy\n}\n\nquery PolicyRules($locale: String!) {\n  policyRules {\n    ...RuleFields\n  }\n}\n\nquery PolicyRuleVersions($id: ID!, $locale: String!) {\n  policyRuleVersions(id: $id) {\n    ...RuleFields\n  }\n}\n\nquery PolicyConditions($locale: String!) {\n  policyConditions {\n    name\n    label(locale: $locale)\n    params\n    content\n    judged\n  }\n}\n\nquery PolicyTrial($input: PolicyRuleInput!) {\n  policyRuleTrial(input: $input) {\n    campaignId\n    campaignName\n    mall\n    place\n    line\n    excerpt\n  }\n}\n\nmutation PolicySave($input: PolicyRuleInput!) {\n  savePolicyRule(input: $input) {\n    rule {\n      id\n      version\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation PolicyReview($input: ReviewPolicyRuleInput!) {\n  reviewPolicyRule(input: $input) {\n    rule {\n      id\n      version\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}": types.RuleFieldsFragmentDoc,
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
export function graphql(source: "fragment RuleFields on PolicyRule {\n  id\n  version\n  origins\n  channels\n  condition {\n    name\n    label(locale: $locale)\n    params\n    content\n    judged\n  }\n  params {\n    hosts\n    classes\n    phrases\n    except\n    advertising\n    with\n    contacts\n    domains\n    years\n  }\n  severity\n  override\n  message(locale: $locale)\n  messageJa: message(locale: \"ja\")\n  messageEn: message(locale: \"en\")\n  remedyJa: remedy(locale: \"ja\")\n  remedyEn: remedy(locale: \"en\")\n  sources\n  certainty\n  effectiveFrom\n  reviewedOn\n  enabled\n  note\n  canWeaken\n  createdAt\n  createdBy\n}\n\nquery PolicyRules($locale: String!) {\n  policyRules {\n    ...RuleFields\n  }\n}\n\nquery PolicyRuleVersions($id: ID!, $locale: String!) {\n  policyRuleVersions(id: $id) {\n    ...RuleFields\n  }\n}\n\nquery PolicyConditions($locale: String!) {\n  policyConditions {\n    name\n    label(locale: $locale)\n    params\n    content\n    judged\n  }\n}\n\nquery PolicyTrial($input: PolicyRuleInput!) {\n  policyRuleTrial(input: $input) {\n    campaignId\n    campaignName\n    mall\n    place\n    line\n    excerpt\n  }\n}\n\nmutation PolicySave($input: PolicyRuleInput!) {\n  savePolicyRule(input: $input) {\n    rule {\n      id\n      version\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation PolicyReview($input: ReviewPolicyRuleInput!) {\n  reviewPolicyRule(input: $input) {\n    rule {\n      id\n      version\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"): (typeof documents)["fragment RuleFields on PolicyRule {\n  id\n  version\n  origins\n  channels\n  condition {\n    name\n    label(locale: $locale)\n    params\n    content\n    judged\n  }\n  params {\n    hosts\n    classes\n    phrases\n    except\n    advertising\n    with\n    contacts\n    domains\n    years\n  }\n  severity\n  override\n  message(locale: $locale)\n  messageJa: message(locale: \"ja\")\n  messageEn: message(locale: \"en\")\n  remedyJa: remedy(locale: \"ja\")\n  remedyEn: remedy(locale: \"en\")\n  sources\n  certainty\n  effectiveFrom\n  reviewedOn\n  enabled\n  note\n  canWeaken\n  createdAt\n  createdBy\n}\n\nquery PolicyRules($locale: String!) {\n  policyRules {\n    ...RuleFields\n  }\n}\n\nquery PolicyRuleVersions($id: ID!, $locale: String!) {\n  policyRuleVersions(id: $id) {\n    ...RuleFields\n  }\n}\n\nquery PolicyConditions($locale: String!) {\n  policyConditions {\n    name\n    label(locale: $locale)\n    params\n    content\n    judged\n  }\n}\n\nquery PolicyTrial($input: PolicyRuleInput!) {\n  policyRuleTrial(input: $input) {\n    campaignId\n    campaignName\n    mall\n    place\n    line\n    excerpt\n  }\n}\n\nmutation PolicySave($input: PolicyRuleInput!) {\n  savePolicyRule(input: $input) {\n    rule {\n      id\n      version\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}\n\nmutation PolicyReview($input: ReviewPolicyRuleInput!) {\n  reviewPolicyRule(input: $input) {\n    rule {\n      id\n      version\n    }\n    userErrors {\n      ...UserErrorFields\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"): (typeof documents)["fragment UserErrorFields on UserError {\n  code\n  field\n  message\n  params\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;