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

export type MessageStatus =
  /** Accepted first, returned later. */
  | 'BOUNCED'
  | 'CANCELLED'
  /** Refused for good, or given up. */
  | 'FAILED'
  /** Drawn at random to get nothing, so that lift can be told. */
  | 'HELD_OUT'
  | 'QUEUED'
  | 'SENDING'
  /** Accepted by the receiving server. */
  | 'SENT'
  /** The gate said no. */
  | 'SUPPRESSED'
  /** A crash or a cut line hid whether it was accepted; it was sent again with the same Message-ID. */
  | 'UNCERTAIN';

export type PolicyBenchState =
  /** Only the changed rule finds it. */
  | 'ANEW'
  /** Only the version in force finds it. */
  | 'NO_LONGER'
  /** Both find it. */
  | 'STILL';

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

/** What is to be given. Amounts are yen with tax; 0 where not known. */
export type PremiumInput = {
  kind: PremiumKind;
  /** Of the purchase it is given for; 0: any purchase, or a visit. */
  price?: number;
  /** Expected of the goods while the lottery runs. */
  sales?: number;
  /** Of all premiums of a lottery together. */
  total?: number;
  /** Of one premium, as it is sold. */
  value?: number;
};

/** How something is given beside a purchase, as 景品表示法 tells the ways apart. */
export type PremiumKind =
  /** Money off, coupons or points for the shop's own goods. */
  | 'DISCOUNT'
  /** 総付景品: to everybody who buys or comes, or to the first ones. */
  | 'GIFT'
  /** 共同懸賞: a lottery that many shops of a place or a trade hold together. */
  | 'JOINT_LOTTERY'
  /** 一般懸賞: by chance or merit to some who buy. */
  | 'LOTTERY'
  /** オープン懸賞: a lottery that asks for no purchase. */
  | 'OPEN_LOTTERY';

export type ReviewPolicyRuleInput = {
  id: string | number;
  note?: string;
};

/** Where a message leads: a mall or the merchant's own ground, LINE, a social network. */
export type RouteDestination =
  | 'AMAZON'
  | 'AU_PAY'
  | 'FUTURESHOP'
  | 'LINE'
  | 'MAKESHOP'
  | 'OWN_SITE'
  | 'QOO10'
  | 'RAKUTEN'
  | 'SHOPIFY'
  | 'SNS'
  | 'STORE'
  | 'YAHOO';

export type RouteOutcome =
  | 'ALLOWED'
  /** A mall's own tool reaches that mall's customers only. */
  | 'IMPOSSIBLE'
  | 'REFUSED'
  /** It may be sent, after a look. */
  | 'WARNED';

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

export type PolicyBenchQueryVariables = Exact<{
  input: PolicyRuleInput;
  text: string;
}>;


export type PolicyBenchQuery = { policyRuleBench: { campaigns: number, anew: number, still: number, noLonger: number, hits: Array<{ campaignId: string | null, campaignName: string | null, mall: Mall | null, place: string, line: number | null, excerpt: string, state: PolicyBenchState }> } };

export type PolicyRoutesQueryVariables = Exact<{
  consented: boolean;
}>;


export type PolicyRoutesQuery = { policyRoutes: Array<{ origin: Mall, channel: PolicyChannel, destination: RouteDestination, outcome: RouteOutcome, rules: Array<string> }> };

export type PolicyPremiumQueryVariables = Exact<{
  input: PremiumInput;
  locale: string;
}>;


export type PolicyPremiumQuery = { premiumLimit: { bound: boolean, price: number, each: number | null, total: number | null, totalRate: number, eachOver: boolean, totalOver: boolean, reason: string, sources: Array<string> } };

export type PolicyReportQueryVariables = Exact<{
  id: string | number;
  locale: string;
  last?: boolean;
}>;


export type PolicyReportQuery = { complianceReport: { campaignName: string, madeAt: string, stale: boolean, asOf: string, rules: Array<{ id: string, version: number, message: string, severity: Severity, certainty: string, reviewedOn: string }>, findings: Array<{ code: string, severity: Severity, message: string, excerpt: string, origins: Array<Mall> }>, overrides: Array<{ withdrawnAt: string | null, record: { ruleId: string, ruleVersion: number, reason: string, evidenceNo: string, validUntil: string | null, createdAt: string, createdBy: string | null } }>, outcomes: Array<{ malls: Array<Mall>, consented: boolean, status: MessageStatus, reason: string, count: number }>, texts: Array<{ mall: Mall, subject: string, hash: string }> } };

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
export const PolicyBenchDocument = gql`
    query PolicyBench($input: PolicyRuleInput!, $text: String!) {
  policyRuleBench(input: $input, text: $text) {
    campaigns
    anew
    still
    noLonger
    hits {
      campaignId
      campaignName
      mall
      place
      line
      excerpt
      state
    }
  }
}
    ` as unknown as DocumentNode<PolicyBenchQuery, PolicyBenchQueryVariables>;
export const PolicyRoutesDocument = gql`
    query PolicyRoutes($consented: Boolean!) {
  policyRoutes(consented: $consented) {
    origin
    channel
    destination
    outcome
    rules
  }
}
    ` as unknown as DocumentNode<PolicyRoutesQuery, PolicyRoutesQueryVariables>;
export const PolicyPremiumDocument = gql`
    query PolicyPremium($input: PremiumInput!, $locale: String!) {
  premiumLimit(input: $input, locale: $locale) {
    bound
    price
    each
    total
    totalRate
    eachOver
    totalOver
    reason
    sources
  }
}
    ` as unknown as DocumentNode<PolicyPremiumQuery, PolicyPremiumQueryVariables>;
export const PolicyReportDocument = gql`
    query PolicyReport($id: ID!, $locale: String!, $last: Boolean! = false) {
  complianceReport(campaignId: $id, last: $last) {
    campaignName
    madeAt
    stale
    asOf
    rules {
      id
      version
      message(locale: $locale)
      severity
      certainty
      reviewedOn
    }
    findings {
      code
      severity
      message(locale: $locale)
      excerpt
      origins
    }
    overrides {
      record {
        ruleId
        ruleVersion
        reason
        evidenceNo
        validUntil
        createdAt
        createdBy
      }
      withdrawnAt
    }
    outcomes {
      malls
      consented
      status
      reason
      count
    }
    texts {
      mall
      subject
      hash
    }
  }
}
    ` as unknown as DocumentNode<PolicyReportQuery, PolicyReportQueryVariables>;
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