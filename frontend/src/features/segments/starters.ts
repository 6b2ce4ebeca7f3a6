import type { Rule } from './rule';

/** Rules that merchants ask for first, to begin from; their names stand in the words of the feature. */
export const starters = {
  f2Wall: {
    all: [
      { field: 'orders', op: 'eq', value: 1 },
      { field: 'last_order', op: 'before_days', value: 30 },
    ],
  },
  f2InTime: {
    all: [
      { field: 'orders', op: 'eq', value: 1 },
      { field: 'first_order', op: 'before_days', value: 30 },
      { field: 'first_order', op: 'within_days', value: 90 },
    ],
  },
  fading: {
    all: [
      { field: 'orders', op: 'gte', value: 2 },
      { field: 'last_order', op: 'before_days', value: 90 },
    ],
  },
  asleep: { all: [{ field: 'last_order', op: 'before_days', value: 180 }] },
  oneMall: {
    all: [
      { field: 'malls', op: 'count_lte', value: 1 },
      { field: 'orders', op: 'gte', value: 2 },
    ],
  },
  crossedLately: { all: [{ field: 'crossed', op: 'within_days', value: 30 }] },
  circulating: { all: [{ field: 'malls', op: 'count_gte', value: 2 }] },
  pointsExpiring: { all: [{ field: 'points', op: 'gte', value: 100, within_days: 30 }] },
  cartLeft: { all: [{ field: 'carted_not_bought', op: 'is', value: true, within_days: 14 }] },
  viewedOnly: { all: [{ field: 'viewed_not_bought', op: 'is', value: true, within_days: 7 }] },
  leaving: {
    all: [
      { field: 'orders', op: 'gte', value: 3 },
      { field: 'overdue', op: 'gte', value: 150 },
    ],
  },
  unread: {
    all: [
      { field: 'mails_sent', op: 'gte', value: 3, within_days: 90 },
      { field: 'mails_opened', op: 'eq', value: 0, within_days: 90 },
    ],
  },
  saleOnly: {
    all: [
      { field: 'orders', op: 'gte', value: 2 },
      { field: 'event_share', op: 'gte', value: 80 },
    ],
  },
  saleWaiting: {
    all: [
      { field: 'orders', op: 'gte', value: 3 },
      { field: 'event_share', op: 'gte', value: 100 },
      { field: 'last_order', op: 'within_days', value: 365 },
    ],
  },
  saleNever: {
    all: [
      { field: 'orders', op: 'gte', value: 2 },
      { field: 'event_share', op: 'lte', value: 0 },
    ],
  },
  firstInSale: {
    all: [
      { field: 'orders', op: 'eq', value: 1 },
      { field: 'first_in_event', op: 'is', value: true },
    ],
  },
  birthday: {
    all: [
      { field: 'birth_month', op: 'this_month' },
      { field: 'mail_consent', op: 'is', value: true },
    ],
  },
} as const satisfies Record<string, Rule>;
