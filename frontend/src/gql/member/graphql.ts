/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A way to reach a customer. */
export type Channel =
  | 'LINE'
  | 'MAIL'
  /** Paper by post. */
  | 'POSTAL'
  | 'PUSH'
  | 'SMS';

export type ContactChannelInput = {
  channel: Channel;
  on: boolean;
  /** The words that stood beside the switch; needed to turn it on. */
  wording?: string;
};

export type EarnAction =
  | 'APP_INSTALL'
  | 'BIRTHDAY'
  | 'JOIN'
  | 'LINE_SUBSCRIPTION'
  | 'MAIL_SUBSCRIPTION'
  | 'PROFILE_COMPLETE'
  /** Of the one who brought somebody. */
  | 'REFERRAL'
  /** Of the one who was brought. */
  | 'REFERRED'
  /** On a shop of the merchant's own only (own site, Shopify, futureshop, MakeShop, store). */
  | 'REVIEW'
  | 'SNS_FOLLOW'
  | 'STORE_CHECK_IN'
  | 'SURVEY';

export type Gender =
  | 'FEMALE'
  | 'MALE'
  | 'OTHER'
  | 'UNKNOWN';

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

export type MyOfferState =
  /** It can be taken. */
  | 'AVAILABLE'
  | 'ISSUED'
  /** It is for a higher stage. */
  | 'LOCKED'
  | 'USED';

export type MyReferralState =
  /** There is an order; the points come once it cannot come back. */
  | 'CHECKING'
  /** Nothing came of it. */
  | 'ENDED'
  | 'REWARDED'
  /** The points were taken back: the order was cancelled or came back, or the friend turned out to be nobody else. */
  | 'TAKEN_BACK'
  /** For the friend's order. */
  | 'WAITING';

export type OfferKind =
  | 'COUPON_AMOUNT'
  | 'COUPON_RATE'
  | 'FREE_SHIPPING'
  | 'POINT_MULTIPLIER';

export type OrderKind =
  /** A correction of money without goods. */
  | 'ADJUSTMENT'
  /** Goods sent back that name no sale. */
  | 'RETURN'
  | 'SALE';

export type OrderStatus =
  | 'CANCELLED'
  | 'COMPLETED'
  | 'PLACED'
  | 'SHIPPED';

/** A part of the profile that shoppers may be let change. The birthday has rules of its own. */
export type OwnProfilePart =
  /** postalCode, prefecture, city, addressLine */
  | 'ADDRESS'
  /** gender */
  | 'GENDER'
  /** familyKana, givenKana */
  | 'KANA'
  /** mail, by changeMyMail */
  | 'MAIL'
  /** familyName, givenName */
  | 'NAME'
  /** phone */
  | 'PHONE';

export type PointBookingKind =
  /** Taken away by hand, to correct a mistake. */
  | 'ADJUST'
  | 'CAPTURE'
  | 'CLAWBACK'
  /** A debt that came over with a merge or its undo. */
  | 'DEBT_IN'
  /** A debt that went over with a merge or its undo. */
  | 'DEBT_OUT'
  | 'EXPIRE'
  | 'GRANT'
  | 'HOLD'
  /** Pending points become usable. */
  | 'MATURE'
  | 'REDEEM'
  | 'RELEASE'
  /** Spent points given back after a cancellation. */
  | 'RESTORE'
  /** Came over from a customer who was merged into this one, or back when the merge was undone. */
  | 'TRANSFER_IN'
  /** Handed over to the customer that survived a merge, or back when the merge was undone. */
  | 'TRANSFER_OUT';

export type UpdateMyPreferencesInput = {
  channels?: Array<ContactChannelInput>;
  /** Language of the words that were shown. */
  locale?: string;
  /** 0, 1, 2 or 4; null leaves it. */
  perMonth?: number | null | undefined;
  /** Why everything is turned off: TOO_MANY, NOT_RELEVANT, NEVER_ASKED, NOT_CUSTOMER or OTHER. */
  reason?: string | null | undefined;
};

export type UpdateMyProfileInput = {
  addressLine?: string | null | undefined;
  birthDate?: string | null | undefined;
  city?: string | null | undefined;
  familyKana?: string | null | undefined;
  /** At most 100 characters each. */
  familyName?: string | null | undefined;
  gender?: Gender | null | undefined;
  givenKana?: string | null | undefined;
  givenName?: string | null | undefined;
  phone?: string | null | undefined;
  postalCode?: string | null | undefined;
  /** At most 150 characters each. */
  prefecture?: string | null | undefined;
};

export type MemberBrandQueryVariables = Exact<{ [key: string]: never; }>;


export type MemberBrandQuery = { brand: { name: string, logo: { url: string, width: number, height: number } | null } };

export type MemberPointsFragment = { available: number, pending: number, held: number, debt: number, expiringNext: { amount: number, on: string } | null };

export type MemberStageFragment = { name: string, progress: number, benefits: { pointMultiplier: number, lines: Array<string> }, next: { name: string, missingAmount: number, missingOrders: number, missingPoints: number, by: string } | null, loss: { on: string, to: string, by: string, missing: { spend: number, orders: number, points: number } } | null };

export type MemberHomeQueryVariables = Exact<{ [key: string]: never; }>;


export type MemberHomeQuery = { me: { profile: { name: string, memberSince: string | null }, points: { available: number, pending: number, held: number, debt: number, expiringNext: { amount: number, on: string } | null }, stage: { name: string, progress: number, benefits: { pointMultiplier: number, lines: Array<string> }, next: { name: string, missingAmount: number, missingOrders: number, missingPoints: number, by: string } | null, loss: { on: string, to: string, by: string, missing: { spend: number, orders: number, points: number } } | null } | null } | null };

export type MemberReferralFragment = { code: string, shareUrl: string | null, points: number, friendPoints: number, minAmount: number, useCodeUntil: string | null, brought: Array<{ month: string, state: MyReferralState, points: number }> };

export type MemberReferralsQueryVariables = Exact<{ [key: string]: never; }>;


export type MemberReferralsQuery = { me: { referrals: { code: string, shareUrl: string | null, points: number, friendPoints: number, minAmount: number, useCodeUntil: string | null, brought: Array<{ month: string, state: MyReferralState, points: number }> } | null } | null };

export type MemberReferralUseMutationVariables = Exact<{
  code: string;
}>;


export type MemberReferralUseMutation = { useReferralCode: { referrals: { code: string, shareUrl: string | null, points: number, friendPoints: number, minAmount: number, useCodeUntil: string | null, brought: Array<{ month: string, state: MyReferralState, points: number }> } | null, userErrors: Array<{ code: string }> } };

export type MemberCardCodeQueryVariables = Exact<{ [key: string]: never; }>;


export type MemberCardCodeQuery = { me: { card: { number: string, codeText: string, qr: Array<string>, bars: string, refreshInSeconds: number } | null } | null };

export type MemberPointsLiveSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type MemberPointsLiveSubscription = { myPoints: { points: { available: number, pending: number, held: number, debt: number, expiringNext: { amount: number, on: string } | null }, stage: { name: string, progress: number, benefits: { pointMultiplier: number, lines: Array<string> }, next: { name: string, missingAmount: number, missingOrders: number, missingPoints: number, by: string } | null, loss: { on: string, to: string, by: string, missing: { spend: number, orders: number, points: number } } | null } | null } };

export type MemberLotsQueryVariables = Exact<{ [key: string]: never; }>;


export type MemberLotsQuery = { me: { lots: { nodes: Array<{ points: number, usable: boolean, usableOn: string | null, expiresOn: string | null }> } } | null };

export type MemberOfferFragment = { id: string, name: string, mall: Mall, kind: OfferKind, value: number, terms: string, endsAt: string, state: MyOfferState, code: string | null, fromStage: string | null, seenAt: string | null, usedAt: string | null, usable: boolean };

export type MemberOffersQueryVariables = Exact<{ [key: string]: never; }>;


export type MemberOffersQuery = { me: { offers: Array<{ id: string, name: string, mall: Mall, kind: OfferKind, value: number, terms: string, endsAt: string, state: MyOfferState, code: string | null, fromStage: string | null, seenAt: string | null, usedAt: string | null, usable: boolean }> } | null };

export type MemberOfferIssueMutationVariables = Exact<{
  id: string | number;
}>;


export type MemberOfferIssueMutation = { issueMyOffer: { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, terms: string, endsAt: string, state: MyOfferState, code: string | null, fromStage: string | null, seenAt: string | null, usedAt: string | null, usable: boolean } | null, userErrors: Array<{ code: string }> } };

export type MemberOfferSeenMutationVariables = Exact<{
  id: string | number;
}>;


export type MemberOfferSeenMutation = { markMyOfferSeen: { userErrors: Array<{ code: string }> } };

export type MemberOfferUseMutationVariables = Exact<{
  id: string | number;
}>;


export type MemberOfferUseMutation = { useMyOffer: { offer: { id: string, name: string, mall: Mall, kind: OfferKind, value: number, terms: string, endsAt: string, state: MyOfferState, code: string | null, fromStage: string | null, seenAt: string | null, usedAt: string | null, usable: boolean } | null, userErrors: Array<{ code: string }> } };

export type MemberStatementQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MemberStatementQuery = { me: { statement: { nodes: Array<{ key: string, kind: PointBookingKind, amount: number, points: number, at: string, action: EarnAction | null, note: string, orderNo: string | null, mall: Mall | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type MemberOrdersQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type MemberOrdersQuery = { me: { orders: { nodes: Array<{ key: string, mall: Mall, shopName: string, orderNo: string, kind: OrderKind, status: OrderStatus, orderedAt: string, pointsEarned: number, pointsPending: number, pendingUntil: string | null, total: { amount: number, currency: string }, items: Array<{ name: string, option: string, quantity: number }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null } } } | null };

export type MemberProfileFragment = { memberSince: string | null, canChange: Array<OwnProfilePart>, familyName: string, givenName: string, familyKana: string, givenKana: string, gender: Gender, postalCode: string, prefecture: string, city: string, addressLine: string, phone: string, mail: string, birthDate: string | null, canSetBirthDate: boolean, birthDateFrom: string | null };

export type MemberMailChangeMutationVariables = Exact<{
  mail: string;
  locale: string;
}>;


export type MemberMailChangeMutation = { changeMyMail: { userErrors: Array<{ code: string }> } };

export type MemberProfileAskQueryVariables = Exact<{ [key: string]: never; }>;


export type MemberProfileAskQuery = { me: { profile: { memberSince: string | null, canChange: Array<OwnProfilePart>, familyName: string, givenName: string, familyKana: string, givenKana: string, gender: Gender, postalCode: string, prefecture: string, city: string, addressLine: string, phone: string, mail: string, birthDate: string | null, canSetBirthDate: boolean, birthDateFrom: string | null } } | null };

export type MemberProfileSaveMutationVariables = Exact<{
  input: UpdateMyProfileInput;
}>;


export type MemberProfileSaveMutation = { updateMyProfile: { profile: { memberSince: string | null, canChange: Array<OwnProfilePart>, familyName: string, givenName: string, familyKana: string, givenKana: string, gender: Gender, postalCode: string, prefecture: string, city: string, addressLine: string, phone: string, mail: string, birthDate: string | null, canSetBirthDate: boolean, birthDateFrom: string | null } | null, userErrors: Array<{ code: string, field: Array<string> | null }> } };

export type MemberSettingsQueryVariables = Exact<{ [key: string]: never; }>;


export type MemberSettingsQuery = { me: { preferences: { perMonth: number, channels: Array<{ channel: Channel, on: boolean, canTurnOn: boolean }> } } | null };

export type MemberSettingsSaveMutationVariables = Exact<{
  input: UpdateMyPreferencesInput;
}>;


export type MemberSettingsSaveMutation = { updateMyPreferences: { preferences: { perMonth: number, channels: Array<{ channel: Channel, on: boolean, canTurnOn: boolean }> } | null, userErrors: Array<{ code: string }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const MemberPointsFragmentDoc = new TypedDocumentString(`
    fragment MemberPoints on PointBalance {
  available
  pending
  held
  debt
  expiringNext {
    amount
    on
  }
}
    `, {"fragmentName":"MemberPoints"}) as unknown as TypedDocumentString<MemberPointsFragment, unknown>;
export const MemberStageFragmentDoc = new TypedDocumentString(`
    fragment MemberStage on MyStage {
  name
  progress
  benefits {
    pointMultiplier
    lines
  }
  next {
    name
    missingAmount
    missingOrders
    missingPoints
    by
  }
  loss {
    on
    to
    missing {
      spend
      orders
      points
    }
    by
  }
}
    `, {"fragmentName":"MemberStage"}) as unknown as TypedDocumentString<MemberStageFragment, unknown>;
export const MemberReferralFragmentDoc = new TypedDocumentString(`
    fragment MemberReferral on MyReferrals {
  code
  shareUrl
  points
  friendPoints
  minAmount
  useCodeUntil
  brought {
    month
    state
    points
  }
}
    `, {"fragmentName":"MemberReferral"}) as unknown as TypedDocumentString<MemberReferralFragment, unknown>;
export const MemberOfferFragmentDoc = new TypedDocumentString(`
    fragment MemberOffer on MyOffer {
  id
  name
  mall
  kind
  value
  terms
  endsAt
  state
  code
  fromStage
  seenAt
  usedAt
  usable
}
    `, {"fragmentName":"MemberOffer"}) as unknown as TypedDocumentString<MemberOfferFragment, unknown>;
export const MemberProfileFragmentDoc = new TypedDocumentString(`
    fragment MemberProfile on MyProfile {
  memberSince
  canChange
  familyName
  givenName
  familyKana
  givenKana
  gender
  postalCode
  prefecture
  city
  addressLine
  phone
  mail
  birthDate
  canSetBirthDate
  birthDateFrom
}
    `, {"fragmentName":"MemberProfile"}) as unknown as TypedDocumentString<MemberProfileFragment, unknown>;
export const MemberBrandDocument = new TypedDocumentString(`
    query MemberBrand {
  brand {
    name
    logo {
      url
      width
      height
    }
  }
}
    `) as unknown as TypedDocumentString<MemberBrandQuery, MemberBrandQueryVariables>;
export const MemberHomeDocument = new TypedDocumentString(`
    query MemberHome {
  me {
    profile {
      name
      memberSince
    }
    points {
      ...MemberPoints
    }
    stage {
      ...MemberStage
    }
  }
}
    fragment MemberPoints on PointBalance {
  available
  pending
  held
  debt
  expiringNext {
    amount
    on
  }
}
fragment MemberStage on MyStage {
  name
  progress
  benefits {
    pointMultiplier
    lines
  }
  next {
    name
    missingAmount
    missingOrders
    missingPoints
    by
  }
  loss {
    on
    to
    missing {
      spend
      orders
      points
    }
    by
  }
}`) as unknown as TypedDocumentString<MemberHomeQuery, MemberHomeQueryVariables>;
export const MemberReferralsDocument = new TypedDocumentString(`
    query MemberReferrals {
  me {
    referrals {
      ...MemberReferral
    }
  }
}
    fragment MemberReferral on MyReferrals {
  code
  shareUrl
  points
  friendPoints
  minAmount
  useCodeUntil
  brought {
    month
    state
    points
  }
}`) as unknown as TypedDocumentString<MemberReferralsQuery, MemberReferralsQueryVariables>;
export const MemberReferralUseDocument = new TypedDocumentString(`
    mutation MemberReferralUse($code: String!) {
  useReferralCode(input: {code: $code}) {
    referrals {
      ...MemberReferral
    }
    userErrors {
      code
    }
  }
}
    fragment MemberReferral on MyReferrals {
  code
  shareUrl
  points
  friendPoints
  minAmount
  useCodeUntil
  brought {
    month
    state
    points
  }
}`) as unknown as TypedDocumentString<MemberReferralUseMutation, MemberReferralUseMutationVariables>;
export const MemberCardCodeDocument = new TypedDocumentString(`
    query MemberCardCode {
  me {
    card {
      number
      codeText
      qr
      bars
      refreshInSeconds
    }
  }
}
    `) as unknown as TypedDocumentString<MemberCardCodeQuery, MemberCardCodeQueryVariables>;
export const MemberPointsLiveDocument = new TypedDocumentString(`
    subscription MemberPointsLive {
  myPoints {
    points {
      ...MemberPoints
    }
    stage {
      ...MemberStage
    }
  }
}
    fragment MemberPoints on PointBalance {
  available
  pending
  held
  debt
  expiringNext {
    amount
    on
  }
}
fragment MemberStage on MyStage {
  name
  progress
  benefits {
    pointMultiplier
    lines
  }
  next {
    name
    missingAmount
    missingOrders
    missingPoints
    by
  }
  loss {
    on
    to
    missing {
      spend
      orders
      points
    }
    by
  }
}`) as unknown as TypedDocumentString<MemberPointsLiveSubscription, MemberPointsLiveSubscriptionVariables>;
export const MemberLotsDocument = new TypedDocumentString(`
    query MemberLots {
  me {
    lots(first: 100) {
      nodes {
        points
        usable
        usableOn
        expiresOn
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MemberLotsQuery, MemberLotsQueryVariables>;
export const MemberOffersDocument = new TypedDocumentString(`
    query MemberOffers {
  me {
    offers {
      ...MemberOffer
    }
  }
}
    fragment MemberOffer on MyOffer {
  id
  name
  mall
  kind
  value
  terms
  endsAt
  state
  code
  fromStage
  seenAt
  usedAt
  usable
}`) as unknown as TypedDocumentString<MemberOffersQuery, MemberOffersQueryVariables>;
export const MemberOfferIssueDocument = new TypedDocumentString(`
    mutation MemberOfferIssue($id: ID!) {
  issueMyOffer(input: {offerId: $id}) {
    offer {
      ...MemberOffer
    }
    userErrors {
      code
    }
  }
}
    fragment MemberOffer on MyOffer {
  id
  name
  mall
  kind
  value
  terms
  endsAt
  state
  code
  fromStage
  seenAt
  usedAt
  usable
}`) as unknown as TypedDocumentString<MemberOfferIssueMutation, MemberOfferIssueMutationVariables>;
export const MemberOfferSeenDocument = new TypedDocumentString(`
    mutation MemberOfferSeen($id: ID!) {
  markMyOfferSeen(input: {offerId: $id}) {
    userErrors {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<MemberOfferSeenMutation, MemberOfferSeenMutationVariables>;
export const MemberOfferUseDocument = new TypedDocumentString(`
    mutation MemberOfferUse($id: ID!) {
  useMyOffer(input: {offerId: $id}) {
    offer {
      ...MemberOffer
    }
    userErrors {
      code
    }
  }
}
    fragment MemberOffer on MyOffer {
  id
  name
  mall
  kind
  value
  terms
  endsAt
  state
  code
  fromStage
  seenAt
  usedAt
  usable
}`) as unknown as TypedDocumentString<MemberOfferUseMutation, MemberOfferUseMutationVariables>;
export const MemberStatementDocument = new TypedDocumentString(`
    query MemberStatement($after: String) {
  me {
    statement(first: 30, after: $after) {
      nodes {
        key
        kind
        amount
        points
        at
        action
        note
        orderNo
        mall
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MemberStatementQuery, MemberStatementQueryVariables>;
export const MemberOrdersDocument = new TypedDocumentString(`
    query MemberOrders($after: String) {
  me {
    orders(first: 20, after: $after) {
      nodes {
        key
        mall
        shopName
        orderNo
        kind
        status
        orderedAt
        total {
          amount
          currency
        }
        items {
          name
          option
          quantity
        }
        pointsEarned
        pointsPending
        pendingUntil
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}
    `) as unknown as TypedDocumentString<MemberOrdersQuery, MemberOrdersQueryVariables>;
export const MemberMailChangeDocument = new TypedDocumentString(`
    mutation MemberMailChange($mail: String!, $locale: String!) {
  changeMyMail(input: {mail: $mail, locale: $locale}) {
    userErrors {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<MemberMailChangeMutation, MemberMailChangeMutationVariables>;
export const MemberProfileAskDocument = new TypedDocumentString(`
    query MemberProfileAsk {
  me {
    profile {
      ...MemberProfile
    }
  }
}
    fragment MemberProfile on MyProfile {
  memberSince
  canChange
  familyName
  givenName
  familyKana
  givenKana
  gender
  postalCode
  prefecture
  city
  addressLine
  phone
  mail
  birthDate
  canSetBirthDate
  birthDateFrom
}`) as unknown as TypedDocumentString<MemberProfileAskQuery, MemberProfileAskQueryVariables>;
export const MemberProfileSaveDocument = new TypedDocumentString(`
    mutation MemberProfileSave($input: UpdateMyProfileInput!) {
  updateMyProfile(input: $input) {
    profile {
      ...MemberProfile
    }
    userErrors {
      code
      field
    }
  }
}
    fragment MemberProfile on MyProfile {
  memberSince
  canChange
  familyName
  givenName
  familyKana
  givenKana
  gender
  postalCode
  prefecture
  city
  addressLine
  phone
  mail
  birthDate
  canSetBirthDate
  birthDateFrom
}`) as unknown as TypedDocumentString<MemberProfileSaveMutation, MemberProfileSaveMutationVariables>;
export const MemberSettingsDocument = new TypedDocumentString(`
    query MemberSettings {
  me {
    preferences {
      channels {
        channel
        on
        canTurnOn
      }
      perMonth
    }
  }
}
    `) as unknown as TypedDocumentString<MemberSettingsQuery, MemberSettingsQueryVariables>;
export const MemberSettingsSaveDocument = new TypedDocumentString(`
    mutation MemberSettingsSave($input: UpdateMyPreferencesInput!) {
  updateMyPreferences(input: $input) {
    preferences {
      channels {
        channel
        on
        canTurnOn
      }
      perMonth
    }
    userErrors {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<MemberSettingsSaveMutation, MemberSettingsSaveMutationVariables>;