/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
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

export type PolicyOverride =
  /** With an approval number. */
  | 'EVIDENCE'
  /** It cannot be lifted. */
  | 'NONE'
  /** With a reason. */
  | 'REASON';

export type PolicyParamsInput = {
  advertising?: Array<string>;
  classes?: Array<string>;
  contacts?: Array<string>;
  domains?: Array<string>;
  except?: Array<string>;
  hosts?: Array<string>;
  phrases?: Array<string>;
  with?: Array<string>;
  years?: number;
};

export type PolicyRuleInput = {
  certainty: string;
  channels: Array<PolicyChannel>;
  /** Name of a condition; that of an existing rule stays. */
  condition: string;
  /** Today or later. */
  effectiveFrom: string;
  enabled: boolean;
  /** E.g. RK-03, or a new one of one's own: two to eight capitals, a hyphen, two or three digits. */
  id: string | number;
  messageEn: string;
  messageJa: string;
  /** Why the version is made. */
  note: string;
  origins: Array<Mall>;
  override: PolicyOverride;
  params: PolicyParamsInput;
  remedyEn: string;
  remedyJa: string;
  severity: Severity;
  sources: Array<string>;
};

export type ReviewPolicyRuleInput = {
  id: string | number;
  note?: string;
};

export type Severity =
  | 'BLOCK'
  | 'INFO'
  | 'WARN';

export type RuleFieldsFragment = { id: string, version: number, origins: Array<Mall>, channels: Array<PolicyChannel>, severity: Severity, override: PolicyOverride, message: string, sources: Array<string>, certainty: string, effectiveFrom: string, reviewedOn: string, enabled: boolean, note: string, canWeaken: boolean, createdAt: string, createdBy: string | null, messageJa: string, messageEn: string, remedyJa: string, remedyEn: string, condition: { name: string, label: string, params: Array<string>, content: boolean, judged: boolean }, params: { hosts: Array<string>, classes: Array<string>, phrases: Array<string>, except: Array<string>, advertising: Array<string>, with: Array<string>, contacts: Array<string>, domains: Array<string>, years: number } };

export type PolicyRulesQueryVariables = Exact<{
  locale: string;
}>;


export type PolicyRulesQuery = { policyRules: Array<{ id: string, version: number, origins: Array<Mall>, channels: Array<PolicyChannel>, severity: Severity, override: PolicyOverride, message: string, sources: Array<string>, certainty: string, effectiveFrom: string, reviewedOn: string, enabled: boolean, note: string, canWeaken: boolean, createdAt: string, createdBy: string | null, messageJa: string, messageEn: string, remedyJa: string, remedyEn: string, condition: { name: string, label: string, params: Array<string>, content: boolean, judged: boolean }, params: { hosts: Array<string>, classes: Array<string>, phrases: Array<string>, except: Array<string>, advertising: Array<string>, with: Array<string>, contacts: Array<string>, domains: Array<string>, years: number } }> };

export type PolicyRuleVersionsQueryVariables = Exact<{
  id: string | number;
  locale: string;
}>;


export type PolicyRuleVersionsQuery = { policyRuleVersions: Array<{ id: string, version: number, origins: Array<Mall>, channels: Array<PolicyChannel>, severity: Severity, override: PolicyOverride, message: string, sources: Array<string>, certainty: string, effectiveFrom: string, reviewedOn: string, enabled: boolean, note: string, canWeaken: boolean, createdAt: string, createdBy: string | null, messageJa: string, messageEn: string, remedyJa: string, remedyEn: string, condition: { name: string, label: string, params: Array<string>, content: boolean, judged: boolean }, params: { hosts: Array<string>, classes: Array<string>, phrases: Array<string>, except: Array<string>, advertising: Array<string>, with: Array<string>, contacts: Array<string>, domains: Array<string>, years: number } }> };

export type PolicyConditionsQueryVariables = Exact<{
  locale: string;
}>;


export type PolicyConditionsQuery = { policyConditions: Array<{ name: string, label: string, params: Array<string>, content: boolean, judged: boolean }> };

export type PolicyTrialQueryVariables = Exact<{
  input: PolicyRuleInput;
}>;


export type PolicyTrialQuery = { policyRuleTrial: Array<{ campaignId: string, campaignName: string, mall: Mall, place: string, line: number | null, excerpt: string }> };

export type PolicySaveMutationVariables = Exact<{
  input: PolicyRuleInput;
}>;


export type PolicySaveMutation = { savePolicyRule: { rule: { id: string, version: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type PolicyReviewMutationVariables = Exact<{
  input: ReviewPolicyRuleInput;
}>;


export type PolicyReviewMutation = { reviewPolicyRule: { rule: { id: string, version: number } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const RuleFieldsFragmentDoc = gql`
    fragment RuleFields on PolicyRule {
  id
  version
  origins
  channels
  condition {
    name
    label(locale: $locale)
    params
    content
    judged
  }
  params {
    hosts
    classes
    phrases
    except
    advertising
    with
    contacts
    domains
    years
  }
  severity
  override
  message(locale: $locale)
  messageJa: message(locale: "ja")
  messageEn: message(locale: "en")
  remedyJa: remedy(locale: "ja")
  remedyEn: remedy(locale: "en")
  sources
  certainty
  effectiveFrom
  reviewedOn
  enabled
  note
  canWeaken
  createdAt
  createdBy
}
    ` as unknown as DocumentNode<RuleFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const PolicyRulesDocument = gql`
    query PolicyRules($locale: String!) {
  policyRules {
    ...RuleFields
  }
}
    ${RuleFieldsFragmentDoc}` as unknown as DocumentNode<PolicyRulesQuery, PolicyRulesQueryVariables>;
export const PolicyRuleVersionsDocument = gql`
    query PolicyRuleVersions($id: ID!, $locale: String!) {
  policyRuleVersions(id: $id) {
    ...RuleFields
  }
}
    ${RuleFieldsFragmentDoc}` as unknown as DocumentNode<PolicyRuleVersionsQuery, PolicyRuleVersionsQueryVariables>;
export const PolicyConditionsDocument = gql`
    query PolicyConditions($locale: String!) {
  policyConditions {
    name
    label(locale: $locale)
    params
    content
    judged
  }
}
    ` as unknown as DocumentNode<PolicyConditionsQuery, PolicyConditionsQueryVariables>;
export const PolicyTrialDocument = gql`
    query PolicyTrial($input: PolicyRuleInput!) {
  policyRuleTrial(input: $input) {
    campaignId
    campaignName
    mall
    place
    line
    excerpt
  }
}
    ` as unknown as DocumentNode<PolicyTrialQuery, PolicyTrialQueryVariables>;
export const PolicySaveDocument = gql`
    mutation PolicySave($input: PolicyRuleInput!) {
  savePolicyRule(input: $input) {
    rule {
      id
      version
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PolicySaveMutation, PolicySaveMutationVariables>;
export const PolicyReviewDocument = gql`
    mutation PolicyReview($input: ReviewPolicyRuleInput!) {
  reviewPolicyRule(input: $input) {
    rule {
      id
      version
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<PolicyReviewMutation, PolicyReviewMutationVariables>;