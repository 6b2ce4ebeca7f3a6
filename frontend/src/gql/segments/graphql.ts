/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type ArchiveSegmentInput = {
  id: string | number;
};

export type CreateSegmentInput = {
  description?: string;
  name: string;
  rule: unknown;
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

export type RefreshSegmentInput = {
  id: string | number;
};

export type SegmentFieldType =
  | 'BOOLEAN'
  | 'CHOICE'
  /** Several values at once, e.g. malls bought on. */
  | 'CHOICES'
  | 'MONEY'
  | 'NUMBER'
  | 'TEXT'
  /** A day (2026-01-31) or a number of days, by operator. */
  | 'TIME';

export type SegmentOperand =
  /** How many different values: a whole number, whatever the field's type. */
  | 'COUNT'
  /** A whole number of days. */
  | 'DAYS'
  /** A list of 1 to 200 choices, or of texts where the field has none. */
  | 'LIST'
  /** No value. */
  | 'NONE'
  /** One value of the field's type: a whole number, a day, true or false. */
  | 'ONE'
  /** [low, high] of the field's type, both included. */
  | 'RANGE';

export type UpdateSegmentInput = {
  description?: string | null | undefined;
  id: string | number;
  name?: string | null | undefined;
  rule?: unknown;
};

export type SegmentListQueryVariables = Exact<{
  locale: string;
  includeArchived: boolean;
}>;


export type SegmentListQuery = { segments: Array<{ id: string, name: string, fixed: boolean, description: string, sentence: string, memberCount: number | null, computedAt: string | null, updatedAt: string, archivedAt: string | null }> };

export type SegmentOpenQueryVariables = Exact<{
  id: string | number;
}>;


export type SegmentOpenQuery = { segment: { id: string, name: string, description: string, rule: unknown, fixed: boolean, memberCount: number | null, computedAt: string | null, archivedAt: string | null } | null };

export type SegmentCatalogQueryVariables = Exact<{
  locale: string;
}>;


export type SegmentCatalogQuery = { segmentFields: Array<{ name: string, label: string, group: string, description: string, type: SegmentFieldType, unit: string, unitOfOne: string, perMall: boolean, period: boolean, perProduct: boolean, asOf: boolean, decimals: number, signed: boolean, events: Array<{ value: string, label: string }>, operators: Array<{ name: string, label: string, operand: SegmentOperand }>, choices: Array<{ value: string, label: string }> }> };

export type SegmentReadyQueryVariables = Exact<{
  locale: string;
}>;


export type SegmentReadyQuery = { readySegments: Array<{ code: string, name: string, sentence: string, rule: unknown }> };

export type SegmentPreviewQueryVariables = Exact<{
  rule: unknown;
  locale: string;
  withMalls: boolean;
}>;


export type SegmentPreviewQuery = { segmentPreview: { count: number, sentence: string, milliseconds: number, errors: Array<{ path: string, code: string, message: string }>, sample: Array<{ id: string, displayName: string, email: string, stats: { orderCount: number, malls: Array<Mall>, lastOrderAt: string | null, netSales: { amount: number, currency: string }, byMall?: Array<{ mall: Mall, orderCount: number, lastOrderAt: string | null, netSales: { amount: number, currency: string } }> }, points: { available: number, pending: number, held: number } }> } };

export type SegmentCreateMutationVariables = Exact<{
  input: CreateSegmentInput;
}>;


export type SegmentCreateMutation = { createSegment: { segment: { id: string } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SegmentUpdateMutationVariables = Exact<{
  input: UpdateSegmentInput;
}>;


export type SegmentUpdateMutation = { updateSegment: { segment: { id: string, name: string, description: string, rule: unknown, memberCount: number | null, computedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SegmentArchiveMutationVariables = Exact<{
  input: ArchiveSegmentInput;
}>;


export type SegmentArchiveMutation = { archiveSegment: { segment: { id: string, archivedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SegmentRefreshMutationVariables = Exact<{
  input: RefreshSegmentInput;
}>;


export type SegmentRefreshMutation = { refreshSegment: { entered: number | null, left: number | null, segment: { id: string, memberCount: number | null, computedAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const SegmentListDocument = gql`
    query SegmentList($locale: String!, $includeArchived: Boolean!) {
  segments(includeArchived: $includeArchived) {
    id
    name
    fixed
    description
    sentence(locale: $locale)
    memberCount
    computedAt
    updatedAt
    archivedAt
  }
}
    ` as unknown as DocumentNode<SegmentListQuery, SegmentListQueryVariables>;
export const SegmentOpenDocument = gql`
    query SegmentOpen($id: ID!) {
  segment(id: $id) {
    id
    name
    description
    rule
    fixed
    memberCount
    computedAt
    archivedAt
  }
}
    ` as unknown as DocumentNode<SegmentOpenQuery, SegmentOpenQueryVariables>;
export const SegmentCatalogDocument = gql`
    query SegmentCatalog($locale: String!) {
  segmentFields {
    name
    label(locale: $locale)
    group(locale: $locale)
    description(locale: $locale)
    type
    unit(locale: $locale)
    unitOfOne(locale: $locale)
    perMall
    period
    perProduct
    asOf
    decimals
    signed
    events(locale: $locale) {
      value
      label
    }
    operators {
      name
      label(locale: $locale)
      operand
    }
    choices(locale: $locale) {
      value
      label
    }
  }
}
    ` as unknown as DocumentNode<SegmentCatalogQuery, SegmentCatalogQueryVariables>;
export const SegmentReadyDocument = gql`
    query SegmentReady($locale: String!) {
  readySegments {
    code
    name(locale: $locale)
    sentence(locale: $locale)
    rule
  }
}
    ` as unknown as DocumentNode<SegmentReadyQuery, SegmentReadyQueryVariables>;
export const SegmentPreviewDocument = gql`
    query SegmentPreview($rule: JSON!, $locale: String!, $withMalls: Boolean!) {
  segmentPreview(rule: $rule, locale: $locale) {
    count
    sentence
    milliseconds
    errors {
      path
      code
      message
    }
    sample {
      id
      displayName
      email
      stats {
        orderCount
        malls
        lastOrderAt
        netSales {
          amount
          currency
        }
        byMall @include(if: $withMalls) {
          mall
          orderCount
          lastOrderAt
          netSales {
            amount
            currency
          }
        }
      }
      points {
        available
        pending
        held
      }
    }
  }
}
    ` as unknown as DocumentNode<SegmentPreviewQuery, SegmentPreviewQueryVariables>;
export const SegmentCreateDocument = gql`
    mutation SegmentCreate($input: CreateSegmentInput!) {
  createSegment(input: $input) {
    segment {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SegmentCreateMutation, SegmentCreateMutationVariables>;
export const SegmentUpdateDocument = gql`
    mutation SegmentUpdate($input: UpdateSegmentInput!) {
  updateSegment(input: $input) {
    segment {
      id
      name
      description
      rule
      memberCount
      computedAt
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SegmentUpdateMutation, SegmentUpdateMutationVariables>;
export const SegmentArchiveDocument = gql`
    mutation SegmentArchive($input: ArchiveSegmentInput!) {
  archiveSegment(input: $input) {
    segment {
      id
      archivedAt
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SegmentArchiveMutation, SegmentArchiveMutationVariables>;
export const SegmentRefreshDocument = gql`
    mutation SegmentRefresh($input: RefreshSegmentInput!) {
  refreshSegment(input: $input) {
    segment {
      id
      memberCount
      computedAt
    }
    entered
    left
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SegmentRefreshMutation, SegmentRefreshMutationVariables>;