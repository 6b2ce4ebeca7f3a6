import { describe, expect, it } from 'vitest';
import { ruledShop } from './Preview';

const shops = [
  { id: 'own', mall: 'OWN_SITE' },
  { id: 'rakuten', mall: 'RAKUTEN' },
];
type Rule = Parameters<typeof ruledShop>[1][number];
const rule = (conditions: { shopIds?: string[]; malls?: string[] }, rest: Partial<Rule> = {}): Rule =>
  ({ kind: 'MULTIPLIER', status: 'ACTIVE', ...rest, conditions: { shopIds: [], malls: [], ...conditions } }) as unknown as Rule;

describe('the shop that the trial begins with', () => {
  it('is one that a rule in force means, by itself, by its mall or as every shop', () => {
    expect(ruledShop(shops, [rule({ malls: ['RAKUTEN'] })])?.id).toBe('rakuten');
    expect(ruledShop(shops, [rule({ shopIds: ['rakuten'] })])?.id).toBe('rakuten');
    expect(ruledShop(shops, [rule({ malls: ['RAKUTEN'] }), rule({})])?.id).toBe('own');
  });

  it('is the first where no rule is for orders', () => {
    expect(ruledShop(shops, [rule({ malls: ['RAKUTEN'] }, { kind: 'ACTION' }), rule({ malls: ['RAKUTEN'] }, { status: 'STOPPED' })])?.id).toBe('own');
    expect(ruledShop([], [])).toBeUndefined();
  });
});
