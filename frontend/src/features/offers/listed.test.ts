import type { OfferFieldsFragment } from '#gql/offers/graphql';
import { describe, expect, it } from 'vitest';
import { listed, stateOf } from './listed';

const now = Date.parse('2026-06-15T00:00:00Z');
const offer = (id: string, part: Partial<OfferFieldsFragment> = {}): OfferFieldsFragment => ({
  id,
  name: id,
  mall: 'RAKUTEN',
  kind: 'COUPON_AMOUNT',
  value: 500,
  proof: 'SHARED_CODE',
  sharedCode: `CODE-${id}`,
  startsAt: '2026-06-01T00:00:00Z',
  endsAt: '2026-06-30T00:00:00Z',
  terms: '',
  archivedAt: null,
  forMembers: false, minStageId: null, memberLimit: null, memberFigures: { seen: 0, issued: 0, used: 0 }, makesCodes: false,
  codes: null,
  results: null,
  ...part,
});
const offers = [
  offer('a', { endsAt: '2026-06-20T00:00:00Z' }),
  offer('b', { mall: 'YAHOO', kind: 'FREE_SHIPPING', results: { orders: 3, customers: 2, sales: { amount: 900, currency: 'JPY' } } }),
  offer('c', { startsAt: '2026-07-01T00:00:00Z', endsAt: '2026-07-31T00:00:00Z', results: { orders: 9, customers: 9, sales: { amount: 100, currency: 'JPY' } } }),
  offer('d', { endsAt: '2026-06-10T00:00:00Z' }),
  offer('e', { archivedAt: '2026-06-14T00:00:00Z' }),
];
const ids = (search: Parameters<typeof listed>[1]) => listed(offers, search, now).map((one) => one.id).join('');

describe('the list of offers', () => {
  it('tells where an offer stands', () => {
    expect(offers.map((one) => stateOf(one, now))).toEqual(['running', 'running', 'coming', 'ended', 'archived']);
  });

  it('leaves the archived out until they are asked for', () => {
    expect(ids({})).toBe('cbad');
    expect(ids({ states: ['archived', 'ended'] })).toBe('ed');
  });

  it('is narrowed by malls, kinds and words', () => {
    expect(ids({ malls: ['YAHOO'] })).toBe('b');
    expect(ids({ kinds: ['COUPON_AMOUNT'], asc: true })).toBe('dac');
    expect(ids({ q: ' code-A ' })).toBe('a');
  });

  it('puts what has no figure last, whichever way it is sorted', () => {
    expect(ids({ sort: 'orders' })).toBe('cbad');
    expect(ids({ sort: 'orders', asc: true })).toBe('bcad');
    expect(ids({ sort: 'sales' }).slice(0, 2)).toBe('bc');
    expect(ids({ sort: 'name', asc: true })).toBe('abcd');
  });
});
