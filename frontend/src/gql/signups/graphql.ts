/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
import gql from 'graphql-tag';
/** A way to reach a customer. */
export type Channel =
  | 'LINE'
  | 'MAIL'
  /** Paper by post. */
  | 'POSTAL'
  | 'PUSH'
  | 'SMS';

export type CloseSignUpFormInput = {
  closed: boolean;
  id: string | number;
};

export type CreateSignUpFormInput = {
  content: SignUpContentInput;
  /** OWN_SITE, STORE, SHOPIFY, FUTURESHOP or MAKESHOP, else NOT_OWN_SHOP. */
  shopId: string | number;
  /** a–z, 0–9 and hyphens, from 2 to 63; empty: made up. */
  slug?: string;
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

export type SignUpAskInput = {
  channel: Channel;
  required?: boolean;
  /** At most 300 characters. */
  wording: SignUpTextInput;
};

export type SignUpContentInput = {
  /** Each channel once. Without one the form must make members (NOTHING_TO_AGREE). */
  asks?: Array<SignUpAskInput>;
  /** At most 1,000 characters. */
  intro?: SignUpTextInput;
  /** Makes, changes or stops the rule of action JOIN that means this form alone, so that new members get so many points; null leaves it to the rules. JOINING_GIVES_MORE where rules that mean others too give more. The rules are also changed by saveEarnRule. */
  joinPoints?: number | null | undefined;
  joins?: boolean;
  privacyUrl?: string;
  /** At most 20, each once; NO_SUCH_PROPERTY for one that is not in use. */
  properties?: Array<SignUpPropertyInput>;
  /** Each field once. */
  questions?: Array<SignUpQuestionInput>;
  /** At most 1,000 characters. */
  thanks?: SignUpTextInput;
  /** At most 80 characters. */
  title: SignUpTextInput;
};

export type SignUpField =
  /** Prefecture, city and the rest. */
  | 'ADDRESS'
  | 'BIRTH_DATE'
  | 'GENDER'
  | 'KANA'
  | 'NAME'
  | 'PHONE'
  | 'POSTCODE';

export type SignUpPropertyInput = {
  key: string;
  /** At most 80 characters. */
  label?: SignUpTextInput;
  required?: boolean;
};

export type SignUpQuestionInput = {
  field: SignUpField;
  required?: boolean;
};

export type SignUpTextInput = {
  en?: string;
  ja?: string;
};

export type UpdateSignUpFormInput = {
  content: SignUpContentInput;
  id: string | number;
  /** The version that the change was made from; STALE_VERSION when there is a newer one. */
  version: number;
};

export type SignUpFormsQueryVariables = Exact<{ [key: string]: never; }>;


export type SignUpFormsQuery = { signUpForms: Array<{ id: string, slug: string, url: string, version: number, changedAt: string, closedAt: string | null, shop: { id: string, name: string, mall: Mall }, counts: { sent: number, confirmed: number, waiting: number, allConfirmed: number }, content: { joins: boolean, joinPoints: number, privacyUrl: string, title: { ja: string, en: string }, intro: { ja: string, en: string }, thanks: { ja: string, en: string }, questions: Array<{ field: SignUpField, required: boolean }>, properties: Array<{ key: string, required: boolean, label: { ja: string, en: string } }>, asks: Array<{ channel: Channel, required: boolean, wording: { ja: string, en: string } }> } }>, properties: Array<{ key: string, name: string }>, shops: Array<{ id: string, name: string, mall: Mall }>, senderSettings: { name: string, email: string, postalAddress: string, contact: string } };

export type SignUpHistoryQueryVariables = Exact<{
  id: string | number;
}>;


export type SignUpHistoryQuery = { signUpForm: { id: string, history: Array<{ version: number, createdAt: string, createdBy: { id: string, name: string } | null, content: { joins: boolean, joinPoints: number, privacyUrl: string, title: { ja: string, en: string }, intro: { ja: string, en: string }, thanks: { ja: string, en: string }, questions: Array<{ field: SignUpField, required: boolean }>, properties: Array<{ key: string, required: boolean, label: { ja: string, en: string } }>, asks: Array<{ channel: Channel, required: boolean, wording: { ja: string, en: string } }> } }> } | null };

export type SignUpFormFieldsFragment = { id: string, slug: string, url: string, version: number, changedAt: string, closedAt: string | null, shop: { id: string, name: string, mall: Mall }, counts: { sent: number, confirmed: number, waiting: number, allConfirmed: number }, content: { joins: boolean, joinPoints: number, privacyUrl: string, title: { ja: string, en: string }, intro: { ja: string, en: string }, thanks: { ja: string, en: string }, questions: Array<{ field: SignUpField, required: boolean }>, properties: Array<{ key: string, required: boolean, label: { ja: string, en: string } }>, asks: Array<{ channel: Channel, required: boolean, wording: { ja: string, en: string } }> } };

export type SignUpContentFieldsFragment = { joins: boolean, joinPoints: number, privacyUrl: string, title: { ja: string, en: string }, intro: { ja: string, en: string }, thanks: { ja: string, en: string }, questions: Array<{ field: SignUpField, required: boolean }>, properties: Array<{ key: string, required: boolean, label: { ja: string, en: string } }>, asks: Array<{ channel: Channel, required: boolean, wording: { ja: string, en: string } }> };

export type SignUpCreateMutationVariables = Exact<{
  input: CreateSignUpFormInput;
}>;


export type SignUpCreateMutation = { createSignUpForm: { form: { id: string, slug: string, url: string, version: number, changedAt: string, closedAt: string | null, shop: { id: string, name: string, mall: Mall }, counts: { sent: number, confirmed: number, waiting: number, allConfirmed: number }, content: { joins: boolean, joinPoints: number, privacyUrl: string, title: { ja: string, en: string }, intro: { ja: string, en: string }, thanks: { ja: string, en: string }, questions: Array<{ field: SignUpField, required: boolean }>, properties: Array<{ key: string, required: boolean, label: { ja: string, en: string } }>, asks: Array<{ channel: Channel, required: boolean, wording: { ja: string, en: string } }> } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SignUpUpdateMutationVariables = Exact<{
  input: UpdateSignUpFormInput;
}>;


export type SignUpUpdateMutation = { updateSignUpForm: { form: { id: string, slug: string, url: string, version: number, changedAt: string, closedAt: string | null, shop: { id: string, name: string, mall: Mall }, counts: { sent: number, confirmed: number, waiting: number, allConfirmed: number }, content: { joins: boolean, joinPoints: number, privacyUrl: string, title: { ja: string, en: string }, intro: { ja: string, en: string }, thanks: { ja: string, en: string }, questions: Array<{ field: SignUpField, required: boolean }>, properties: Array<{ key: string, required: boolean, label: { ja: string, en: string } }>, asks: Array<{ channel: Channel, required: boolean, wording: { ja: string, en: string } }> } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type SignUpCloseMutationVariables = Exact<{
  input: CloseSignUpFormInput;
}>;


export type SignUpCloseMutation = { closeSignUpForm: { form: { id: string, slug: string, url: string, version: number, changedAt: string, closedAt: string | null, shop: { id: string, name: string, mall: Mall }, counts: { sent: number, confirmed: number, waiting: number, allConfirmed: number }, content: { joins: boolean, joinPoints: number, privacyUrl: string, title: { ja: string, en: string }, intro: { ja: string, en: string }, thanks: { ja: string, en: string }, questions: Array<{ field: SignUpField, required: boolean }>, properties: Array<{ key: string, required: boolean, label: { ja: string, en: string } }>, asks: Array<{ channel: Channel, required: boolean, wording: { ja: string, en: string } }> } } | null, userErrors: Array<{ code: string, field: Array<string> | null, message: string, params: unknown }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const SignUpContentFieldsFragmentDoc = gql`
    fragment SignUpContentFields on SignUpContent {
  title {
    ja
    en
  }
  intro {
    ja
    en
  }
  thanks {
    ja
    en
  }
  questions {
    field
    required
  }
  properties {
    key
    required
    label {
      ja
      en
    }
  }
  asks {
    channel
    required
    wording {
      ja
      en
    }
  }
  joins
  joinPoints
  privacyUrl
}
    ` as unknown as DocumentNode<SignUpContentFieldsFragment, unknown>;
export const SignUpFormFieldsFragmentDoc = gql`
    fragment SignUpFormFields on SignUpForm {
  id
  slug
  url
  version
  changedAt
  closedAt
  shop {
    id
    name
    mall
  }
  counts {
    sent
    confirmed
    waiting
    allConfirmed
  }
  content {
    ...SignUpContentFields
  }
}
    ` as unknown as DocumentNode<SignUpFormFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const SignUpFormsDocument = gql`
    query SignUpForms {
  signUpForms {
    ...SignUpFormFields
  }
  properties {
    key
    name
  }
  shops {
    id
    name
    mall
  }
  senderSettings {
    name
    email
    postalAddress
    contact
  }
}
    ${SignUpFormFieldsFragmentDoc}
${SignUpContentFieldsFragmentDoc}` as unknown as DocumentNode<SignUpFormsQuery, SignUpFormsQueryVariables>;
export const SignUpHistoryDocument = gql`
    query SignUpHistory($id: ID!) {
  signUpForm(id: $id) {
    id
    history(first: 50) {
      version
      createdAt
      createdBy {
        id
        name
      }
      content {
        ...SignUpContentFields
      }
    }
  }
}
    ${SignUpContentFieldsFragmentDoc}` as unknown as DocumentNode<SignUpHistoryQuery, SignUpHistoryQueryVariables>;
export const SignUpCreateDocument = gql`
    mutation SignUpCreate($input: CreateSignUpFormInput!) {
  createSignUpForm(input: $input) {
    form {
      ...SignUpFormFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${SignUpFormFieldsFragmentDoc}
${SignUpContentFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SignUpCreateMutation, SignUpCreateMutationVariables>;
export const SignUpUpdateDocument = gql`
    mutation SignUpUpdate($input: UpdateSignUpFormInput!) {
  updateSignUpForm(input: $input) {
    form {
      ...SignUpFormFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${SignUpFormFieldsFragmentDoc}
${SignUpContentFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SignUpUpdateMutation, SignUpUpdateMutationVariables>;
export const SignUpCloseDocument = gql`
    mutation SignUpClose($input: CloseSignUpFormInput!) {
  closeSignUpForm(input: $input) {
    form {
      ...SignUpFormFields
    }
    userErrors {
      ...UserErrorFields
    }
  }
}
    ${SignUpFormFieldsFragmentDoc}
${SignUpContentFieldsFragmentDoc}
${UserErrorFieldsFragmentDoc}` as unknown as DocumentNode<SignUpCloseMutation, SignUpCloseMutationVariables>;