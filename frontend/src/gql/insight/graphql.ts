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

export type InsightPeopleFieldsFragment = { count: number, rule: unknown };

export type InsightRateFieldsFragment = { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } };

export type InsightConversionTabQueryVariables = Exact<{
  months: number;
  window: number;
}>;


export type InsightConversionTabQuery = { insightConversion: { from: string, to: string, asOf: string, window: number, medianDays: number | null, f2: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } }, again: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } }, cohorts: Array<{ month: string, first: { count: number, rule: unknown }, within: Array<{ days: number, complete: boolean, people: { count: number, rule: unknown } }>, again: { count: number, rule: unknown } }>, steps: Array<{ order: number, rate: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } } }>, byMall: Array<{ mall: Mall, medianDays: number | null, rate: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } } }>, byCategory: Array<{ category: string, rate: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } } }> } };

export type InsightRepeatFieldsFragment = { mall: Mall | null, medianDays: number | null, orders: number, netSales: { amount: number, currency: string }, rate: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } }, same: { count: number, rule: unknown }, elsewhere: { count: number, rule: unknown } };

export type InsightRepeatTabQueryVariables = Exact<{
  months: number;
}>;


export type InsightRepeatTabQuery = { insightRepeat: { from: string, to: string, asOf: string, total: { mall: Mall | null, medianDays: number | null, orders: number, netSales: { amount: number, currency: string }, rate: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } }, same: { count: number, rule: unknown }, elsewhere: { count: number, rule: unknown } }, byMall: Array<{ mall: Mall | null, medianDays: number | null, orders: number, netSales: { amount: number, currency: string }, rate: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } }, same: { count: number, rule: unknown }, elsewhere: { count: number, rule: unknown } }> } };

export type InsightEventsTabQueryVariables = Exact<{
  months: number;
}>;


export type InsightEventsTabQuery = { insightEvents: { from: string, to: string, asOf: string, total: { mall: Mall | null, orders: number, inSale: number, netSales: { amount: number, currency: string }, netInSale: { amount: number, currency: string }, buyers: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } } }, byMall: Array<{ mall: Mall | null, orders: number, inSale: number, netSales: { amount: number, currency: string }, netInSale: { amount: number, currency: string }, buyers: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } } }>, months: Array<{ month: string, orders: number, inSale: number, people: { count: number, rule: unknown } }>, events: Array<{ code: string, name: string, nameEn: string, mall: Mall | null, sale: boolean, times: number, orders: number, netSales: { amount: number, currency: string }, people: { count: number, rule: unknown } }>, first: { mall: Mall | null, sale: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } }, other: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } } }, firstByMall: Array<{ mall: Mall | null, sale: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } }, other: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } } }> } };

export type InsightEventShareFieldsFragment = { mall: Mall | null, orders: number, inSale: number, netSales: { amount: number, currency: string }, netInSale: { amount: number, currency: string }, buyers: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } } };

export type InsightEventFirstFieldsFragment = { mall: Mall | null, sale: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } }, other: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } } };

export type InsightWorthFieldsFragment = { orders: number, netSales: { amount: number, currency: string }, people: { count: number, rule: unknown } };

export type InsightCirculationTabQueryVariables = Exact<{
  months: number;
}>;


export type InsightCirculationTabQuery = { insightCirculation: { from: string, to: string, asOf: string, rate: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } }, origins: Array<{ mall: Mall, rate: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } } }>, cells: Array<{ from: Mall, to: Mall, medianDays: number, netSales: { amount: number, currency: string }, people: { count: number, rule: unknown } }>, overlap: Array<{ a: Mall, b: Mall, people: { count: number, rule: unknown } }>, months: Array<{ day: string, rate: { share: number | null, previous: number | null, of: { count: number, rule: unknown }, hit: { count: number, rule: unknown } } }>, one: { orders: number, netSales: { amount: number, currency: string }, people: { count: number, rule: unknown } }, several: { orders: number, netSales: { amount: number, currency: string }, people: { count: number, rule: unknown } }, covered: Array<{ mall: Mall, orders: number, nameless: number, joinable: number, people: { count: number, rule: unknown }, known: { count: number, rule: unknown } }> } };

export type InsightStagesTabQueryVariables = Exact<{
  months: number;
}>;


export type InsightStagesTabQuery = { insightStages: { from: string, to: string, asOf: string, ladder: Array<{ code: string, name: string, previous: number, people: { count: number, rule: unknown } }>, months: Array<{ day: string, people: Array<{ count: number, rule: unknown }> }>, moves: Array<{ from: string | null, to: string, people: { count: number, rule: unknown } }> } };

export type InsightPointsTabQueryVariables = Exact<{
  months: number;
}>;


export type InsightPointsTabQuery = { insightLiability: { from: string, to: string, asOf: string, balance: number, available: number, pending: number, held: number, debt: number, holders: { count: number, rule: unknown }, months: Array<{ day: string, opening: number, issued: number, redeemed: number, expired: number, clawedBack: number, other: number, closing: number, holders: unknown }>, forecast: Array<{ month: string | null, never: boolean, points: number, people: { count: number, rule: unknown } }>, breakage: { granted: number, expired: number, share: number | null, previous: number | null, estimate: number }, expired: Array<{ month: string, granted: number, expired: number, people: { count: number, rule: unknown } }> } };

export type UserErrorFieldsFragment = { code: string, field: Array<string> | null, message: string, params: unknown };

export const InsightPeopleFieldsFragmentDoc = gql`
    fragment InsightPeopleFields on InsightPeople {
  count
  rule
}
    ` as unknown as DocumentNode<InsightPeopleFieldsFragment, unknown>;
export const InsightRateFieldsFragmentDoc = gql`
    fragment InsightRateFields on InsightRate {
  of {
    ...InsightPeopleFields
  }
  hit {
    ...InsightPeopleFields
  }
  share
  previous
}
    ` as unknown as DocumentNode<InsightRateFieldsFragment, unknown>;
export const InsightRepeatFieldsFragmentDoc = gql`
    fragment InsightRepeatFields on InsightRepeatRow {
  mall
  medianDays
  orders
  netSales {
    amount
    currency
  }
  rate {
    ...InsightRateFields
  }
  same {
    ...InsightPeopleFields
  }
  elsewhere {
    ...InsightPeopleFields
  }
}
    ` as unknown as DocumentNode<InsightRepeatFieldsFragment, unknown>;
export const InsightEventShareFieldsFragmentDoc = gql`
    fragment InsightEventShareFields on InsightEventShare {
  mall
  orders
  inSale
  netSales {
    amount
    currency
  }
  netInSale {
    amount
    currency
  }
  buyers {
    ...InsightRateFields
  }
}
    ` as unknown as DocumentNode<InsightEventShareFieldsFragment, unknown>;
export const InsightEventFirstFieldsFragmentDoc = gql`
    fragment InsightEventFirstFields on InsightEventFirst {
  mall
  sale {
    ...InsightRateFields
  }
  other {
    ...InsightRateFields
  }
}
    ` as unknown as DocumentNode<InsightEventFirstFieldsFragment, unknown>;
export const InsightWorthFieldsFragmentDoc = gql`
    fragment InsightWorthFields on InsightWorth {
  orders
  netSales {
    amount
    currency
  }
  people {
    ...InsightPeopleFields
  }
}
    ` as unknown as DocumentNode<InsightWorthFieldsFragment, unknown>;
export const UserErrorFieldsFragmentDoc = gql`
    fragment UserErrorFields on UserError {
  code
  field
  message
  params
}
    ` as unknown as DocumentNode<UserErrorFieldsFragment, unknown>;
export const InsightConversionTabDocument = gql`
    query InsightConversionTab($months: Int!, $window: Int!) {
  insightConversion(months: $months, window: $window) {
    from
    to
    asOf
    window
    medianDays
    f2 {
      ...InsightRateFields
    }
    again {
      ...InsightRateFields
    }
    cohorts {
      month
      first {
        ...InsightPeopleFields
      }
      within {
        days
        complete
        people {
          ...InsightPeopleFields
        }
      }
      again {
        ...InsightPeopleFields
      }
    }
    steps {
      order
      rate {
        ...InsightRateFields
      }
    }
    byMall {
      mall
      medianDays
      rate {
        ...InsightRateFields
      }
    }
    byCategory {
      category
      rate {
        ...InsightRateFields
      }
    }
  }
}
    ${InsightRateFieldsFragmentDoc}
${InsightPeopleFieldsFragmentDoc}` as unknown as DocumentNode<InsightConversionTabQuery, InsightConversionTabQueryVariables>;
export const InsightRepeatTabDocument = gql`
    query InsightRepeatTab($months: Int!) {
  insightRepeat(months: $months) {
    from
    to
    asOf
    total {
      ...InsightRepeatFields
    }
    byMall {
      ...InsightRepeatFields
    }
  }
}
    ${InsightRepeatFieldsFragmentDoc}
${InsightRateFieldsFragmentDoc}
${InsightPeopleFieldsFragmentDoc}` as unknown as DocumentNode<InsightRepeatTabQuery, InsightRepeatTabQueryVariables>;
export const InsightEventsTabDocument = gql`
    query InsightEventsTab($months: Int!) {
  insightEvents(months: $months) {
    from
    to
    asOf
    total {
      ...InsightEventShareFields
    }
    byMall {
      ...InsightEventShareFields
    }
    months {
      month
      orders
      inSale
      people {
        ...InsightPeopleFields
      }
    }
    events {
      code
      name
      nameEn
      mall
      sale
      times
      orders
      netSales {
        amount
        currency
      }
      people {
        ...InsightPeopleFields
      }
    }
    first {
      ...InsightEventFirstFields
    }
    firstByMall {
      ...InsightEventFirstFields
    }
  }
}
    ${InsightEventShareFieldsFragmentDoc}
${InsightRateFieldsFragmentDoc}
${InsightPeopleFieldsFragmentDoc}
${InsightEventFirstFieldsFragmentDoc}` as unknown as DocumentNode<InsightEventsTabQuery, InsightEventsTabQueryVariables>;
export const InsightCirculationTabDocument = gql`
    query InsightCirculationTab($months: Int!) {
  insightCirculation(months: $months) {
    from
    to
    asOf
    rate {
      ...InsightRateFields
    }
    origins {
      mall
      rate {
        ...InsightRateFields
      }
    }
    cells {
      from
      to
      medianDays
      netSales {
        amount
        currency
      }
      people {
        ...InsightPeopleFields
      }
    }
    overlap {
      a
      b
      people {
        ...InsightPeopleFields
      }
    }
    months {
      day
      rate {
        ...InsightRateFields
      }
    }
    one {
      ...InsightWorthFields
    }
    several {
      ...InsightWorthFields
    }
    covered {
      mall
      orders
      nameless
      joinable
      people {
        ...InsightPeopleFields
      }
      known {
        ...InsightPeopleFields
      }
    }
  }
}
    ${InsightRateFieldsFragmentDoc}
${InsightPeopleFieldsFragmentDoc}
${InsightWorthFieldsFragmentDoc}` as unknown as DocumentNode<InsightCirculationTabQuery, InsightCirculationTabQueryVariables>;
export const InsightStagesTabDocument = gql`
    query InsightStagesTab($months: Int!) {
  insightStages(months: $months) {
    from
    to
    asOf
    ladder {
      code
      name
      previous
      people {
        ...InsightPeopleFields
      }
    }
    months {
      day
      people {
        ...InsightPeopleFields
      }
    }
    moves {
      from
      to
      people {
        ...InsightPeopleFields
      }
    }
  }
}
    ${InsightPeopleFieldsFragmentDoc}` as unknown as DocumentNode<InsightStagesTabQuery, InsightStagesTabQueryVariables>;
export const InsightPointsTabDocument = gql`
    query InsightPointsTab($months: Int!) {
  insightLiability(months: $months) {
    from
    to
    asOf
    balance
    available
    pending
    held
    debt
    holders {
      ...InsightPeopleFields
    }
    months {
      day
      opening
      issued
      redeemed
      expired
      clawedBack
      other
      closing
      holders
    }
    forecast {
      month
      never
      points
      people {
        ...InsightPeopleFields
      }
    }
    breakage {
      granted
      expired
      share
      previous
      estimate
    }
    expired {
      month
      granted
      expired
      people {
        ...InsightPeopleFields
      }
    }
  }
}
    ${InsightPeopleFieldsFragmentDoc}` as unknown as DocumentNode<InsightPointsTabQuery, InsightPointsTabQueryVariables>;