import { createFormat } from '#lib/format';
import { describe, expect, it } from 'vitest';
import { change, monthLabels, shade, shareOf } from './figures';
import { insightSearch } from './urls';

const format = createFormat('ja', 'Asia/Tokyo');

describe('shares', () => {
  it('are rounded as the server rounds them, and of nobody there is none', () => {
    expect(shareOf(1, 3)).toBe(3333);
    expect(shareOf(2, 3)).toBe(6667);
    expect(shareOf(1, 16)).toBe(625);
    expect(shareOf(0, 5)).toBe(0);
    expect(shareOf(0, 0)).toBeNull();
  });

  it('differ by points of a percent', () => {
    expect(change(1234, 1000, format, '%')).toEqual({ change: '+2.3%', direction: 'up' });
    expect(change(900, 1000, format)).toEqual({ change: '−1.0', direction: 'down' });
    expect(change(1000, 1000, format)).toEqual({ change: '±0.0', direction: 'flat' });
    expect(change(957, 964, format)).toEqual({ change: '±0.0', direction: 'flat' });
    expect(change(1000, null, format)).toBeUndefined();
  });
});

describe('a chart', () => {
  it('names the year where it begins', () => {
    const months = ['2025-12-01', '2026-01-01', '2026-02-01'].map((month, at) => monthLabels(month, at, format));
    expect(months).toEqual([
      { label: '12月', year: '2025' },
      { label: '1月', year: '2026' },
      { label: '2月', year: undefined },
    ]);
  });

  it('shades by the largest figure', () => {
    expect(shade(5, 10)).toEqual({ '--share': 0.5 });
    expect(shade(0, 0)).toEqual({ '--share': 0 });
  });
});

describe('the address', () => {
  it('leaves defaults out and refuses what it does not know', () => {
    expect(insightSearch({ tab: 'conversion', months: 12, window: '90', show: 'people' })).toEqual({});
    expect(insightSearch({ tab: 'points', months: 24, window: 180, show: 'sales' })).toEqual({
      tab: 'points',
      months: '24',
      window: '180',
      show: 'sales',
    });
    expect(insightSearch({ tab: 'x', months: 7, window: 45, show: 1 })).toEqual({});
  });
});
