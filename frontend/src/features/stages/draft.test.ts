import { describe, expect, it } from 'vitest';
import { directionOf, draftOf, inputOf, stageAbove, tallyOf, termsOf, type Trial } from './draft';

const stage = (id: string, position: number, spend: number, keep = spend) => ({
  id,
  name: id,
  position,
  spendThreshold: { amount: spend, currency: 'JPY' },
  orderThreshold: 0,
  pointThreshold: 0,
  keep: { spend: keep, orders: 0, points: 0 },
  windowMonths: 12,
  pointMultiplier: 12_500,
  benefits: [],
  memberCount: 0,
});

const ladder = {
  stages: [stage('low', 1, 0), stage('silver', 2, 20_000, 15_000), stage('gold', 3, 50_000)],
  match: 'ANY' as const,
  window: 'ROLLING' as const,
  fall: 'TO_EARNED' as const,
  review: 'DAILY' as const,
  graceDays: 0,
  version: 3,
  unplaced: 0,
  losing: 0,
  nextReviewOn: '2026-12-01',
  planned: null,
};

describe('a draft of the ladder', () => {
  it('asks for what was saved when nothing was changed', () => {
    const input = inputOf(draftOf(termsOf(ladder)));
    expect(input.stages).toEqual([
      expect.objectContaining({ id: 'low', spend: 0, keepSpend: null, pointMultiplier: 12_500 }),
      expect.objectContaining({ id: 'silver', spend: 20_000, keepSpend: 15_000 }),
      expect.objectContaining({ id: 'gold', spend: 50_000, keepSpend: null }),
    ]);
  });

  it('asks nothing of the lowest stage, and reads empty fields as nothing asked', () => {
    const draft = draftOf(termsOf(ladder));
    const [low, silver] = draft.stages;
    if (!low || !silver) throw new Error('no stages');
    low.spend = 500;
    silver.orders = '';
    silver.multiplier = 1.5;
    const input = inputOf(draft);
    expect(input.stages[0]?.spend).toBe(0);
    expect(input.stages[1]).toMatchObject({ orders: 0, pointMultiplier: 15_000 });
  });

  it('adds a stage that asks for more than the highest', () => {
    const added = stageAbove(draftOf(termsOf(ladder)).stages, 'new');
    expect(added).toMatchObject({ name: '', spend: 100_000, multiplier: 1.25 });
    expect(added.id).toBeUndefined();
  });
});

describe('a trial', () => {
  const move = (from: string, position: number, to: number, members: number) => ({
    from: { id: from, name: from, position },
    to,
    members,
  });
  const trial: Trial = {
    members: 60,
    estimated: false,
    moves: [move('low', 1, 0, 10), move('low', 1, 1, 20), move('gold', 3, 1, 5), move('silver', 2, 1, 25)],
    pointsNow: 0,
    pointsThen: 0,
  };

  it('counts who rises, falls and stays', () => {
    expect(tallyOf(trial, draftOf(termsOf(ladder)).stages)).toEqual({ up: 20, down: 5, same: 35 });
  });

  it('tells the way out of a stage that was taken off', () => {
    const stages = draftOf(termsOf(ladder)).stages.filter((one) => one.id !== 'silver');
    expect(directionOf(move('silver', 2, 0, 1), stages)).toBe('down');
    expect(directionOf(move('silver', 2, 1, 1), stages)).toBe('up');
  });
});
