/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
export type AcceptCandidatesInput = {
  minScore: number;
  /** As candidateAcceptance counted them: nothing is merged that was not seen to be. */
  pairCount: number;
};

export type CandidateBatchStatus =
  | 'DONE'
  | 'RUNNING'
  | 'UNDOING'
  /** Taken back. Merges whose survivor was merged on since stand. */
  | 'UNDONE';

export type CandidateDecision =
  /** Two people. */
  | 'DIFFERENT'
  /** Two people of one house. */
  | 'HOUSEHOLD'
  /** One person: merges the two. */
  | 'SAME'
  /** Takes a decision back. */
  | 'UNDECIDED';

export type CandidateFilter = {
  /** Only pairs with this customer. */
  customerId?: string | number | null | undefined;
  /** Only pairs that rather are a household, or only those that are not. */
  household?: boolean | null | undefined;
  maxScore?: number | null | undefined;
  minScore?: number | null | undefined;
  status?: CandidateStatus;
};

export type CandidateReason =
  /** The same address and surname. */
  | 'ADDRESS_FAMILY'
  /** The same address and given name, another surname: by marriage, perhaps. */
  | 'ADDRESS_GIVEN'
  /** One order names both. */
  | 'LINKED'
  /** The same mail address, which another uses, too. Of candidates only those whom staff told apart while writing one of them down, and members who gave the address of another as their own. */
  | 'MAIL'
  /** The same full name. Of candidates only those whom staff told apart while writing one of them down. */
  | 'NAME'
  /** The same full name and address; neither kana nor birth date proves it. */
  | 'NAME_ADDRESS'
  /** The same phone. */
  | 'PHONE';

export type CandidateStatus =
  /** A person said: two people of one house. */
  | 'HOUSEHOLD'
  /** Sure; the program merges them in a moment. */
  | 'JOINING'
  | 'MERGED'
  | 'OPEN'
  /** A person said: not the same. Only surer evidence opens it again. */
  | 'REJECTED';

/** A way to reach a customer. */
export type Channel =
  | 'LINE'
  | 'MAIL'
  /** Paper by post. */
  | 'POSTAL'
  | 'PUSH'
  | 'SMS';

export type ConsentState =
  | 'GIVEN'
  | 'WITHDRAWN';

export type DecideCandidatesInput = {
  /** With SAME: contradictions that were seen. */
  accept?: Array<IdentityFact>;
  decision: CandidateDecision;
  /** At most 50. */
  ids: Array<string | number>;
  /** With SAME: who stays, where it is one of the pair. Default: Candidate.survivor. */
  survivorId?: string | number | null | undefined;
};

export type Gender =
  | 'FEMALE'
  | 'MALE'
  | 'OTHER'
  | 'UNKNOWN';

export type IdentityFact =
  /** The address down to the house number. */
  | 'ADDRESS'
  /** One is known from Amazon, whose buyers must not be joined by their data (AM-05): only by hand, and on other grounds. */
  | 'AMAZON'
  | 'BIRTH_DATE'
  | 'FAMILY_NAME'
  | 'GENDER'
  | 'GIVEN_NAME'
  /** The reading of the full name. */
  | 'KANA'
  /** One's own mail address; what its provider ignores (a tag, dots at Gmail) does not count. */
  | 'MAIL'
  /** Two member ids on one shop. */
  | 'MEMBER_ID'
  /** The full name; old and new forms of a letter are one. */
  | 'NAME'
  /** Mail addresses that differ as a slip of the pen does. Agrees only. */
  | 'NEAR_MAIL'
  /** Readings that differ as a slip of the pen does. Agrees only. */
  | 'NEAR_NAME'
  | 'PHONE'
  /** The room, of a house they share. */
  | 'ROOM'
  /** Read alike, but the given name is written with other letters. Differs only. */
  | 'WRITING';

export type IdentityKind =
  | 'ANONYMOUS'
  | 'LINE'
  | 'MAIL'
  | 'MEMBER_ID'
  /** Name and address. */
  | 'NAME_ADDRESS'
  /** Phone and name. */
  | 'PHONE_NAME'
  /** A masked address of a mall; never joins two malls. */
  | 'RELAY_MAIL';

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

export type MergeCustomersInput = {
  /** The warnings of mergePreview that were seen. */
  accept?: Array<IdentityFact>;
  mergedId: string | number;
  survivorId: string | number;
};

export type UndoCandidateBatchInput = {
  id: string | number;
};

export type UndoMergeInput = {
  /** Keep in mind that the two are not one, so that nothing joins them again. */
  distinct?: boolean;
  mergeId: string | number;
};

export type CandidateListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: CandidateFilter | null | undefined;
}>;


export type CandidateListQuery = { candidates: { edges: Array<{ node: { id: string, score: number, reason: CandidateReason, status: CandidateStatus, household: boolean, contradictions: Array<IdentityFact>, decidedAs: CandidateStatus | null, survivor: { id: string, displayName: string }, other: { id: string, displayName: string } } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } };

export type CandidateCountQueryVariables = Exact<{
  filter?: CandidateFilter | null | undefined;
}>;


export type CandidateCountQuery = { candidates: { totalCount: number } };

export type ComparedCustomerFragment = { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, postalCode: string, prefecture: string, city: string, addressLine: string, gender: Gender, birthDate: string | null, memberSince: string | null, createdAt: string, stage: { stage: { id: string, name: string } } | null, points: { available: number }, stats: { orderCount: number, lastOrderAt: string | null, malls: Array<Mall>, netSales: { amount: number, currency: string } }, identities: Array<{ id: string, kind: IdentityKind, value: string, shop: { id: string, name: string, mall: Mall } }> };

export type CandidatePairQueryVariables = Exact<{
  id: string | number;
}>;


export type CandidatePairQuery = { node:
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { score: number, reason: CandidateReason, status: CandidateStatus, household: boolean, agree: Array<IdentityFact>, differ: Array<IdentityFact>, contradictions: Array<IdentityFact>, baseScore: number | null, decidedAt: string | null, decidedAs: CandidateStatus | null, createdAt: string, id: string, evidence: Array<{ fact: IdentityFact, agrees: boolean, points: number }>, survivor: { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, postalCode: string, prefecture: string, city: string, addressLine: string, gender: Gender, birthDate: string | null, memberSince: string | null, createdAt: string, stage: { stage: { id: string, name: string } } | null, points: { available: number }, stats: { orderCount: number, lastOrderAt: string | null, malls: Array<Mall>, netSales: { amount: number, currency: string } }, identities: Array<{ id: string, kind: IdentityKind, value: string, shop: { id: string, name: string, mall: Mall } }> }, other: { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, postalCode: string, prefecture: string, city: string, addressLine: string, gender: Gender, birthDate: string | null, memberSince: string | null, createdAt: string, stage: { stage: { id: string, name: string } } | null, points: { available: number }, stats: { orderCount: number, lastOrderAt: string | null, malls: Array<Mall>, netSales: { amount: number, currency: string } }, identities: Array<{ id: string, kind: IdentityKind, value: string, shop: { id: string, name: string, mall: Mall } }> } }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
   | null };

export type BatchFragment = { id: string, minScore: number, pairCount: number, mergedCount: number, leftCount: number, undoneCount: number, status: CandidateBatchStatus, createdAt: string, createdBy: { id: string, name: string } | null };

export type CandidateAcceptanceQueryVariables = Exact<{
  minScore: number;
}>;


export type CandidateAcceptanceQuery = { candidateAcceptance: { pairCount: number, customerCount: number } };

export type CandidateBatchesQueryVariables = Exact<{
  first: number;
}>;


export type CandidateBatchesQuery = { candidateBatches: Array<{ id: string, minScore: number, pairCount: number, mergedCount: number, leftCount: number, undoneCount: number, status: CandidateBatchStatus, createdAt: string, createdBy: { id: string, name: string } | null }> };

export type AcceptCandidatesMutationVariables = Exact<{
  input: AcceptCandidatesInput;
}>;


export type AcceptCandidatesMutation = { acceptCandidates: { batch: { id: string, minScore: number, pairCount: number, mergedCount: number, leftCount: number, undoneCount: number, status: CandidateBatchStatus, createdAt: string, createdBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UndoCandidateBatchMutationVariables = Exact<{
  input: UndoCandidateBatchInput;
}>;


export type UndoCandidateBatchMutation = { undoCandidateBatch: { batch: { id: string, minScore: number, pairCount: number, mergedCount: number, leftCount: number, undoneCount: number, status: CandidateBatchStatus, createdAt: string, createdBy: { id: string, name: string } | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type CandidateDecideMutationVariables = Exact<{
  input: DecideCandidatesInput;
}>;


export type CandidateDecideMutation = { decideCandidates: { candidates: Array<{ id: string, status: CandidateStatus }>, merges: Array<{ id: string }>, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type StandingFragment = { orderCount: number, available: number, pending: number, held: number, debt: number, stage: string | null, netSales: { amount: number, currency: string }, consents: Array<{ id: string, channel: Channel, state: ConsentState, originShop: { id: string, name: string, mall: Mall } }> };

export type MergeLookUpQueryVariables = Exact<{
  search: string;
}>;


export type MergeLookUpQuery = { customers: { edges: Array<{ node: { id: string, displayName: string, email: string, phoneNational: string } }> } };

export type MergePreviewQueryVariables = Exact<{
  survivorId: string | number;
  mergedId: string | number;
}>;


export type MergePreviewQuery = { mergePreview: { agree: Array<IdentityFact>, differ: Array<IdentityFact>, warnings: Array<IdentityFact>, survivor: { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, postalCode: string, prefecture: string, city: string, addressLine: string, gender: Gender, birthDate: string | null, memberSince: string | null, createdAt: string, stage: { stage: { id: string, name: string } } | null, points: { available: number }, stats: { orderCount: number, lastOrderAt: string | null, malls: Array<Mall>, netSales: { amount: number, currency: string } }, identities: Array<{ id: string, kind: IdentityKind, value: string, shop: { id: string, name: string, mall: Mall } }> }, merged: { id: string, displayName: string, familyKana: string, givenKana: string, email: string, phoneNational: string, postalCode: string, prefecture: string, city: string, addressLine: string, gender: Gender, birthDate: string | null, memberSince: string | null, createdAt: string, stage: { stage: { id: string, name: string } } | null, points: { available: number }, stats: { orderCount: number, lastOrderAt: string | null, malls: Array<Mall>, netSales: { amount: number, currency: string } }, identities: Array<{ id: string, kind: IdentityKind, value: string, shop: { id: string, name: string, mall: Mall } }> }, survivorNow: { orderCount: number, available: number, pending: number, held: number, debt: number, stage: string | null, netSales: { amount: number, currency: string }, consents: Array<{ id: string, channel: Channel, state: ConsentState, originShop: { id: string, name: string, mall: Mall } }> }, mergedNow: { orderCount: number, available: number, pending: number, held: number, debt: number, stage: string | null, netSales: { amount: number, currency: string }, consents: Array<{ id: string, channel: Channel, state: ConsentState, originShop: { id: string, name: string, mall: Mall } }> }, then: { orderCount: number, available: number, pending: number, held: number, debt: number, stage: string | null, netSales: { amount: number, currency: string }, consents: Array<{ id: string, channel: Channel, state: ConsentState, originShop: { id: string, name: string, mall: Mall } }> } } };

export type MergeSurvivorQueryVariables = Exact<{
  id: string | number;
}>;


export type MergeSurvivorQuery = { customer: { id: string, displayName: string } | null };

export type MergeCustomersMutationVariables = Exact<{
  input: MergeCustomersInput;
}>;


export type MergeCustomersMutation = { mergeCustomers: { merge: { id: string, survivor: { id: string } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type MergeUndoMutationVariables = Exact<{
  input: UndoMergeInput;
}>;


export type MergeUndoMutation = { undoMerge: { merge: { id: string, undoneAt: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const ComparedCustomerFragmentDoc = gql`
    fragment ComparedCustomer on Customer {
  id
  displayName
  familyKana
  givenKana
  email
  phoneNational
  postalCode
  prefecture
  city
  addressLine
  gender
  birthDate
  memberSince
  createdAt
  stage {
    stage {
      id
      name
    }
  }
  points {
    available
  }
  stats {
    orderCount
    netSales {
      amount
      currency
    }
    lastOrderAt
    malls
  }
  identities {
    id
    kind
    value
    shop {
      id
      name
      mall
    }
  }
}
    ` as unknown as DocumentNode<ComparedCustomerFragment, unknown>;
export const BatchFragmentDoc = gql`
    fragment Batch on CandidateBatch {
  id
  minScore
  pairCount
  mergedCount
  leftCount
  undoneCount
  status
  createdAt
  createdBy {
    id
    name
  }
}
    ` as unknown as DocumentNode<BatchFragment, unknown>;
export const StandingFragmentDoc = gql`
    fragment Standing on MergeStanding {
  orderCount
  netSales {
    amount
    currency
  }
  available
  pending
  held
  debt
  stage
  consents {
    id
    channel
    state
    originShop {
      id
      name
      mall
    }
  }
}
    ` as unknown as DocumentNode<StandingFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const CandidateListDocument = gql`
    query CandidateList($first: Int!, $after: String, $filter: CandidateFilter) {
  candidates(first: $first, after: $after, filter: $filter) {
    edges {
      node {
        id
        score
        reason
        status
        household
        contradictions
        decidedAs
        survivor {
          id
          displayName
        }
        other {
          id
          displayName
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    ` as unknown as DocumentNode<CandidateListQuery, CandidateListQueryVariables>;
export const CandidateCountDocument = gql`
    query CandidateCount($filter: CandidateFilter) {
  candidates(first: 0, filter: $filter) {
    totalCount
  }
}
    ` as unknown as DocumentNode<CandidateCountQuery, CandidateCountQueryVariables>;
export const CandidatePairDocument = gql`
    query CandidatePair($id: ID!) {
  node(id: $id) {
    id
    ... on Candidate {
      score
      reason
      status
      household
      agree
      differ
      contradictions
      baseScore
      evidence {
        fact
        agrees
        points
      }
      decidedAt
      decidedAs
      createdAt
      survivor {
        ...ComparedCustomer
      }
      other {
        ...ComparedCustomer
      }
    }
  }
}
    ${ComparedCustomerFragmentDoc}` as unknown as DocumentNode<CandidatePairQuery, CandidatePairQueryVariables>;
export const CandidateAcceptanceDocument = gql`
    query CandidateAcceptance($minScore: Int!) {
  candidateAcceptance(minScore: $minScore) {
    pairCount
    customerCount
  }
}
    ` as unknown as DocumentNode<CandidateAcceptanceQuery, CandidateAcceptanceQueryVariables>;
export const CandidateBatchesDocument = gql`
    query CandidateBatches($first: Int!) {
  candidateBatches(first: $first) {
    ...Batch
  }
}
    ${BatchFragmentDoc}` as unknown as DocumentNode<CandidateBatchesQuery, CandidateBatchesQueryVariables>;
export const AcceptCandidatesDocument = gql`
    mutation AcceptCandidates($input: AcceptCandidatesInput!) {
  acceptCandidates(input: $input) {
    batch {
      ...Batch
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${BatchFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<AcceptCandidatesMutation, AcceptCandidatesMutationVariables>;
export const UndoCandidateBatchDocument = gql`
    mutation UndoCandidateBatch($input: UndoCandidateBatchInput!) {
  undoCandidateBatch(input: $input) {
    batch {
      ...Batch
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${BatchFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<UndoCandidateBatchMutation, UndoCandidateBatchMutationVariables>;
export const CandidateDecideDocument = gql`
    mutation CandidateDecide($input: DecideCandidatesInput!) {
  decideCandidates(input: $input) {
    candidates {
      id
      status
    }
    merges {
      id
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<CandidateDecideMutation, CandidateDecideMutationVariables>;
export const MergeLookUpDocument = gql`
    query MergeLookUp($search: String!) {
  customers(first: 8, filter: {search: $search}) {
    edges {
      node {
        id
        displayName
        email
        phoneNational
      }
    }
  }
}
    ` as unknown as DocumentNode<MergeLookUpQuery, MergeLookUpQueryVariables>;
export const MergePreviewDocument = gql`
    query MergePreview($survivorId: ID!, $mergedId: ID!) {
  mergePreview(survivorId: $survivorId, mergedId: $mergedId) {
    agree
    differ
    warnings
    survivor {
      ...ComparedCustomer
    }
    merged {
      ...ComparedCustomer
    }
    survivorNow {
      ...Standing
    }
    mergedNow {
      ...Standing
    }
    then {
      ...Standing
    }
  }
}
    ${ComparedCustomerFragmentDoc}
${StandingFragmentDoc}` as unknown as DocumentNode<MergePreviewQuery, MergePreviewQueryVariables>;
export const MergeSurvivorDocument = gql`
    query MergeSurvivor($id: ID!) {
  customer(id: $id) {
    id
    displayName
  }
}
    ` as unknown as DocumentNode<MergeSurvivorQuery, MergeSurvivorQueryVariables>;
export const MergeCustomersDocument = gql`
    mutation MergeCustomers($input: MergeCustomersInput!) {
  mergeCustomers(input: $input) {
    merge {
      id
      survivor {
        id
      }
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<MergeCustomersMutation, MergeCustomersMutationVariables>;
export const MergeUndoDocument = gql`
    mutation MergeUndo($input: UndoMergeInput!) {
  undoMerge(input: $input) {
    merge {
      id
      undoneAt
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<MergeUndoMutation, MergeUndoMutationVariables>;