import { describe, expect, it } from 'vitest';
import { createFormat } from './format';

const ja = createFormat('ja', 'Asia/Tokyo');
const en = createFormat('en', 'Asia/Tokyo');

describe('figures', () => {
  it('writes yen with the half-width sign and no decimals', () => {
    expect(ja.money(1234567)).toBe('¥1,234,567');
    expect(ja.money(-500)).toBe('-¥500');
    expect(en.money(1234567)).toBe('¥1,234,567');
  });

  it('reads other currencies from their minor unit', () => {
    expect(en.money(123456, 'GBP')).toBe('£1,234.56');
  });

  it('shortens what is too long for an axis', () => {
    expect(ja.brief(999_999)).toBe('999,999');
    expect(ja.brief(1_125_000)).toBe('112.5万');
    expect(ja.brief(16_000_000_000)).toBe('160億');
    expect(en.brief(16_000_000_000)).toBe('16B');
  });

  it('counts people, points and shares', () => {
    expect(ja.people(1234)).toBe('1,234人');
    expect(en.people(1234)).toBe('1,234');
    expect(ja.points(1500)).toBe('1,500\u00a0pt');
    expect(ja.share(0.1234)).toBe('12.3%');
    expect(ja.share(0.1)).toBe('10.0%');
    expect(ja.share(null)).toBe('–');
    expect(ja.share(0 / 0)).toBe('–');
  });

  it('tells the last day, and the time of an end that is not that of the day', () => {
    expect(ja.lastDay('2026-11-30T14:59:00Z')).toBe('2026/11/30(月)');
    expect(ja.lastDay('2026-11-30T14:59:59.999Z')).toBe('2026/11/30(月)');
    expect(ja.lastDay('2026-11-30T15:00:00Z')).toBe('2026/11/30(月)');
    expect(ja.lastDay('2026-11-30T00:00:00Z')).toBe('2026/11/30(月) 09:00');
    expect(en.lastDay('2026-11-30T14:58:00Z')).toBe('2026/11/30 (Mon) 23:58');
  });

  it('joins words as the language does', () => {
    expect(ja.list(['楽天市場', 'Amazon'])).toBe('楽天市場、Amazon');
    expect(en.list(['Rakuten', 'Amazon'])).toBe('Rakuten, Amazon');
    expect(en.list([])).toBe('');
  });

  it('says plainly when there is nothing to compare with', () => {
    expect(ja.change(120, 100)).toBe('+20.0%');
    expect(ja.change(80, 100)).toBe('−20.0%');
    expect(ja.change(999, 100)).toBe('+899.0%');
    expect(ja.change(179_200, 100)).toBe('1,792倍');
    expect(en.change(1000, 100)).toBe('×10');
    expect(ja.change(1000, -100)).toBe('+1,100.0%');
    expect(ja.change(80, 0)).toBe('–');
    expect(ja.change(80, 80)).toBe('±0.0%');
    expect(ja.change(0, 0)).toBe('±0.0%');
  });

  it('writes sizes in decimal units', () => {
    expect(ja.bytes(999)).toBe('999 B');
    expect(ja.bytes(1_234_567)).toBe('1.2 MB');
  });
});

describe('instants', () => {
  it('are written in the merchant zone, not in the browser zone', () => {
    expect(ja.dateTime('2026-11-21T05:05:00Z')).toBe('2026/11/21(土) 14:05');
    expect(ja.shortDateTime('2026-11-21T05:05:00Z')).toBe('11/21 14:05');
    expect(ja.dateTime('2026-11-20T15:00:00Z')).toBe('2026/11/21(土) 00:00');
    expect(createFormat('ja', 'America/New_York').dateTime('2026-11-21T03:05:00Z')).toBe('2026/11/20(金) 22:05');
    expect(en.date('2026-11-21T05:05:00Z')).toBe('2026/11/21 (Sat)');
  });

  it('keep the day of a plain date', () => {
    expect(ja.date('2026-03-31')).toBe('2026/03/31(火)');
    expect(createFormat('ja', 'America/Los_Angeles').day('2026-03-31')).toBe('2026-03-31');
    expect(ja.month('2026-03-31')).toBe('2026年3月');
  });

  it('are relative to the given clock', () => {
    const now = new Date('2026-11-21T05:00:00Z');
    expect(ja.relative('2026-11-21T04:57:00Z', now)).toBe('3分前');
    expect(ja.relative('2026-11-19T04:57:00Z', now)).toBe('一昨日');
  });

  it('tells a rate that was set from a share that was measured', () => {
    expect(ja.rate(0.1)).toBe('10%');
    expect(ja.rate(0.125)).toBe('12.5%');
    expect(ja.rate(0.0525)).toBe('5.25%');
  });

  it.each([
    [0.0957, 0.0964, '9.6%', '9.6%', '±0.0'], // shown alike, so no difference is shown
    [0.0965, 0.0964, '9.7%', '9.6%', '+0.1'],
    [0.09, 0.1, '9.0%', '10.0%', '−1.0'],
    [0.1234, 0.1, '12.3%', '10.0%', '+2.3'],
  ])('says the difference of %d and %d as one reads it off', (now, before, nowShown, beforeShown, difference) => {
    expect([ja.share(now), ja.share(before), ja.shareChange(now, before)]).toEqual([nowShown, beforeShown, difference]);
  });
});
