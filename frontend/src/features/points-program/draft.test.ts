import type { EarnRuleFieldsFragment } from '#gql/points-program/graphql';
import { expect, test } from 'vitest';
import { draftFrom, draftOf, inputOf, oftenOf } from './draft';

const rule: EarnRuleFieldsFragment = {
  id: 'r', version: 3, name: '2倍', kind: 'MULTIPLIER', status: 'ACTIVE', since: '2026-04-01T00:00:00Z', perAmount: 0, points: 0, multiplier: 12_500, per: null, action: null, often: null, validDays: 0,
  conditions: {
    from: '2026-04-01', to: null, daysOfMonth: [18], weekdays: [0], birthMonth: true, stageIds: ['s'], segmentIds: ['g'], shopIds: ['h'], malls: ['RAKUTEN'], skus: ['tea'],
    categories: ['drinks'], minAmount: 3000, formIds: [],
  },
  caps: { order: 1000, day: 0, person: 5000, total: 0 },
};

test('a rule that is opened and saved unchanged stays what it was', () => {
  const input = inputOf(draftFrom(rule));
  expect(input).toMatchObject({ id: 'r', version: 3, name: '2倍', kind: 'MULTIPLIER', multiplier: 12_500, points: null, perAmount: null });
  expect(input.conditions).toEqual(rule.conditions);
  expect(input.caps).toEqual(rule.caps);
});

test('what a kind does not have is not sent', () => {
  const action = inputOf({ ...draftFrom(rule), kind: 'ACTION', points: 500 });
  expect(action.conditions).toMatchObject({ skus: [], categories: [], minAmount: 0, daysOfMonth: [18] });
  expect(action.caps).toMatchObject({ order: 0, person: 5000 });
  expect(inputOf({ ...draftFrom(rule), kind: 'BASE', points: 2 }).caps).toEqual({ order: 0, day: 0, person: 0, total: 0 });
});

test('a thanks day is the 18th of every month from today, twice, up to 1,000 points an order', () => {
  expect(inputOf(draftOf('thanksDay', '感謝デー', '2026-11-22'))).toMatchObject({
    multiplier: 20_000, conditions: { from: '2026-11-22', to: null, daysOfMonth: [18] }, caps: { order: 1000 },
  });
});

test('a rule of joining keeps its forms and terms, and is given once whatever was chosen', () => {
  const joining = { ...rule, kind: 'ACTION' as const, action: 'JOIN' as const, often: 'ONCE' as const, validDays: 60, points: 500, conditions: { ...rule.conditions, formIds: ['f'] } };
  const draft = draftFrom(joining);
  expect(inputOf(draft)).toMatchObject({ often: 'ONCE', validDays: 60, conditions: { formIds: ['f'] } });
  expect(oftenOf({ ...draft, often: null })).toBe('ONCE');
  expect(inputOf({ ...draft, action: 'SURVEY' }).conditions.formIds).toEqual([]);
});
