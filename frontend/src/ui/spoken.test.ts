import { describe, expect, it } from 'vitest';
import { spokenOf } from './spoken';

describe('what a rule speaks about', () => {
  it('is found at any depth, also under a denial', () => {
    const { fields, malls } = spokenOf({
      all: [
        { field: 'net_sales', op: 'gte', value: 100, mall: 'YAHOO' },
        { any: [{ not: { field: 'points_outstanding', op: 'gte', value: 1 } }, { field: 'malls', op: 'any_of', value: ['RAKUTEN'] }] },
      ],
    });
    expect([...fields]).toEqual(['net_sales', 'points_outstanding', 'malls']);
    expect(malls).toEqual(['RAKUTEN', 'YAHOO']);
  });

  it('is no mall that people have not bought on, and no text that is none', () => {
    expect(spokenOf({ all: [{ field: 'malls', op: 'none_of', value: ['AMAZON'] }, { field: 'prefecture', op: 'any_of', value: ['東京都'] }] }).malls).toEqual([]);
  });

  it.each([undefined, null, 'rule', 7, [], { all: 'x' }, { field: 7 }])('is nothing for %j', (rule) => {
    expect(spokenOf(rule)).toEqual({ fields: new Set(), malls: [] });
  });
});
