import { describe, expect, it } from 'vitest';
import { addDays, addMonths, asDay, asMonth, weeksOf } from './days';
import { type CalendarEvent, hintsOf, type PlannedCampaign } from './hints';
import { lanesOf } from './lanes';

describe('days', () => {
  it('makes weeks that hold the month, Sunday first', () => {
    const weeks = weeksOf('2026-11');
    expect(weeks).toHaveLength(5);
    expect(weeks[0]?.[0]).toBe('2026-11-01');
    expect(weeks.at(-1)).toEqual(['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05']);
    expect(weeksOf('2026-08').length).toBe(6);
  });

  it('counts over the turn of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(addMonths('2026-12', 13)).toBe('2028-01');
  });

  it('knows what an address may hold', () => {
    expect(asMonth('2026-12')).toBe('2026-12');
    expect(asMonth('2026-13')).toBeUndefined();
    expect(asDay('2026-12-04')).toBe('2026-12-04');
    expect(asDay('2026-02-30')).toBeUndefined();
    expect(asDay('2026-99-99')).toBeUndefined();
  });
});

describe('lanes', () => {
  const week = weeksOf('2026-12')[0] ?? []; // 11/29 to 12/5
  const item = (name: string, firstDay: string, lastDay: string) => ({ name, firstDay, lastDay });

  it('puts each item into the uppermost lane that is free', () => {
    const laid = lanesOf(week, [
      item('sale', '2026-12-04', '2026-12-10'),
      item('before', '2026-11-01', '2026-12-01'),
      item('day', '2026-12-05', '2026-12-05'),
      item('gap', '2026-12-02', '2026-12-03'),
    ]);
    expect(laid.map((s) => [s.item.name, s.from, s.length, s.lane, s.starts, s.ends])).toEqual([
      ['sale', 5, 2, 0, true, false],
      ['before', 0, 3, 0, false, true],
      ['day', 6, 1, 1, true, true],
      ['gap', 3, 2, 0, true, true],
    ]);
  });

  it('leaves out what lies in other weeks', () => {
    expect(lanesOf(week, [item('over', '2026-11-20', '2026-11-28'), item('later', '2026-12-06', '2026-12-06')])).toEqual([]);
  });
});

describe('hints', () => {
  const planned = (name: string, status: 'DRAFT' | 'SENT' | 'CANCELLED', segment: string | null, ...malls: string[]) =>
    ({
      firstDay: '2026-12-04',
      lastDay: '2026-12-20',
      campaign: { id: name, name, status, figures: { audience: 0, sent: 0, withoutCode: 0 }, segment: segment && { id: segment, name: segment }, variants: malls.map((mall) => ({ id: mall, mall })) },
    }) as PlannedCampaign;
  const sale = { id: 's', mall: 'RAKUTEN', major: true, approximate: false, status: 'PREDICTED', firstDay: '2026-12-04', lastDay: '2026-12-10' } as CalendarEvent;

  it('tells of two campaigns to one audience while one can be moved', () => {
    const [hint, ...more] = hintsOf('2026-12-04', '2026-11-01', [planned('a', 'DRAFT', 'vip'), planned('b', 'SENT', 'vip'), planned('c', 'DRAFT', 'new')], []);
    expect(more).toEqual([]);
    expect(hint).toMatchObject({ kind: 'SAME_AUDIENCE', segment: 'vip' });
    expect(hint?.campaigns.map((campaign) => campaign.name)).toEqual(['a', 'b']);
    expect(hintsOf('2026-12-04', '2026-11-01', [planned('a', 'SENT', 'vip'), planned('b', 'SENT', 'vip')], [])).toEqual([]);
    expect(hintsOf('2026-12-04', '2026-11-01', [planned('a', 'DRAFT', null), planned('b', 'DRAFT', null)], [])).toEqual([]);
  });

  it('leaves a cancelled campaign out, unless it has reached somebody', () => {
    const other = planned('b', 'CANCELLED', 'vip');
    expect(hintsOf('2026-12-04', '2026-11-01', [planned('a', 'DRAFT', 'vip'), other], [])).toEqual([]);
    const begun = { ...other, campaign: { ...other.campaign, figures: { ...other.campaign.figures, sent: 214 } } };
    expect(hintsOf('2026-12-04', '2026-11-01', [planned('a', 'DRAFT', 'vip'), begun], [])).toMatchObject([{ kind: 'SAME_AUDIENCE' }]);
  });

  it('tells of a sale only to who leads to its mall, as it begins and while it runs, and leaves the last day alone', () => {
    const there = planned('a', 'DRAFT', 'vip', 'OWN_SITE', 'RAKUTEN');
    expect(hintsOf('2026-12-04', '2026-11-01', [there, planned('b', 'DRAFT', 'new', 'YAHOO')], [sale])).toMatchObject([
      { kind: 'SALE_STARTS', campaigns: [{ name: 'a' }] },
    ]);
    const onDay = (day: string) => hintsOf(day, '2026-11-01', [{ ...there, firstDay: day }], [sale]).map((hint) => hint.kind);
    expect(onDay('2026-12-05')).toEqual(['SALE_RUNS']);
    expect(onDay('2026-12-10')).toEqual([]);
    expect(onDay('2026-12-03')).toEqual([]);
    expect(hintsOf('2026-12-04', '2026-11-01', [there], [{ ...sale, status: 'CANCELLED' }])).toEqual([]);
    expect(hintsOf('2026-12-04', '2026-11-01', [there], [{ ...sale, approximate: true }])).toEqual([]);
  });

  it('recommends days to come only, and nothing for a day that is over', () => {
    const there = { ...planned('a', 'DRAFT', 'vip', 'RAKUTEN'), firstDay: '2026-12-06' };
    const better = (today: string) => hintsOf('2026-12-06', today, [there], [sale]).map((hint) => hint.kind === 'SALE_RUNS' && hint.better);
    expect(better('2026-12-03')).toEqual([['2026-12-03', '2026-12-10']]);
    expect(better('2026-12-04')).toEqual([['2026-12-10']]);
    expect(better('2026-12-07')).toEqual([]);
  });
});
