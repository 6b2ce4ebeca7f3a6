import { beforeEach, describe, expect, it } from 'vitest';
import { eventOf } from './api';
import { darkRuns } from './Card';
import { gives } from './Offers';
import schema from '../../../schema.graphql?raw';
import { missingWords } from './Stage';
import { keepBalance, keptBalance, signOut, takeToken, token } from './session';
import { dateTime, day, lastDayOf, money, nearDay, pick, signed, soonClass, t } from './words';

describe('the token', () => {
  beforeEach(() => {
    sessionStorage.clear();
    window.location.hash = '';
  });

  it('leaves the address at once and stays for the tab', () => {
    window.location.hash = '#token=a.b%2Bc';
    expect(takeToken()).toBe(true);
    expect(token()).toBe('a.b+c');
    expect(window.location.hash).toBe('');
    expect(takeToken()).toBe(true);
  });

  it('is not there without a hand-over, nor after signing out', () => {
    expect(takeToken()).toBe(false);
    window.location.hash = '#token=x';
    takeToken();
    signOut();
    expect(token()).toBe('');
  });

  it('of another shopper takes nothing of the one before along', () => {
    keepBalance(1200);
    expect(keptBalance()?.available).toBe(1200);
    window.location.hash = '#token=y';
    takeToken();
    expect(keptBalance()).toBeUndefined();
  });
});

describe('a stream', () => {
  it('is read block by block', () => {
    expect(eventOf('event: next\ndata: {"data":1}')).toEqual({ name: 'next', data: '{"data":1}' });
    expect(eventOf(':')).toEqual({ name: 'message', data: '' });
    expect(eventOf('event: complete\ndata:')).toEqual({ name: 'complete', data: '' });
  });
});

describe('a code', () => {
  it('is drawn as runs of dark modules', () => {
    expect(darkRuns('1101', 4)).toEqual([
      [4, 2],
      [7, 1],
    ]);
    expect(darkRuns('000', 4)).toEqual([]);
  });
});

describe('words', () => {
  const valuesOf = (name: string) =>
    (new RegExp(`^enum ${name} \\{([^}]*)`, 'm').exec(schema)?.[1] ?? '').replaceAll(/"""[^"]*"""/g, '').trim().split(/\s+/);

  it.each([
    ['EarnAction', 'history.action'],
    ['PointBookingKind', 'history.kind'],
    ['OrderStatus', 'history.status'],
    ['Mall', 'mall'],
    ['Gender', 'settings.gender'],
  ])('of every %s are at %s', (name, path) => {
    const values = valuesOf(name);
    expect(values.length).toBeGreaterThan(1);
    expect(values.filter((value) => t(`${path}.${value}`) === `${path}.${value}`)).toEqual([]);
  });

  it('are Japanese unless a phone asks for English first', () => {
    expect(pick(['ja-JP', 'en'])).toBe('ja');
    expect(pick(['en-US', 'ja'])).toBe('en');
    expect(pick(['fr-FR'])).toBe('ja');
    expect(pick(['de', 'en'])).toBe('en');
  });

  it('fill their gaps, and a path without a word shows itself', () => {
    expect(t('nav.card')).not.toBe('nav.card');
    expect(t('stage.next', { missing: '¥3,200', name: 'ゴールド' })).toContain('¥3,200');
    expect(t('no.such.word')).toBe('no.such.word');
  });

  it('write figures and days', () => {
    expect(money(3200)).toBe('¥3,200');
    expect(money(1250, 'USD')).toBe('$12.50');
    expect(signed(500)).toBe('+500');
    expect(signed(-1200)).toBe('−1,200');
    expect(day('2099-12-31')).toBe('2099/12/31');
    expect(dateTime('2026-11-21T15:05:00Z')).toBe('2026/11/22 00:05');
  });

  it('leave out the year of a day only where it is this year', () => {
    expect(nearDay('2099-01-05', '2099/11/23')).toBe('1/5');
    expect(nearDay('2100-11-22', '2099/11/23')).toBe('2100/11/22');
    expect(nearDay('2098-12-31', '2099/01/01')).toBe('2098/12/31');
  });

  it('warn of a day once it is near', () => {
    expect(soonClass('2099-11-23', '2099/11/23')).toBe('soon');
    expect(soonClass('2100-01-21', '2099/11/23')).toBe('soon');
    expect(soonClass('2100-01-22', '2099/11/23')).toBeUndefined();
    expect(soonClass('2100-11-22', '2099/11/23')).toBeUndefined();
  });
});

describe('what is missing and what is given', () => {
  it('names each amount that is asked for', () => {
    expect(missingWords({ spend: 3200, orders: 0, points: 0 })).toBe('¥3,200');
    expect(missingWords({ spend: 3200, orders: 2, points: 0 })).toMatch(/^¥3,200.+2/);
  });

  it('tells until when, to the minute where that is not the end of a day', () => {
    expect(lastDayOf('2026-11-30T14:59:00Z')).toBe('2026/11/30');
    expect(lastDayOf('2026-11-30T15:00:00Z')).toBe('2026/11/30');
    expect(lastDayOf('2026-11-30T00:00:00Z')).toBe('2026/11/30 09:00');
  });

  it('says an offer in a few words', () => {
    expect(gives({ kind: 'COUPON_AMOUNT', value: 300 })).toContain('¥300');
    expect(gives({ kind: 'COUPON_RATE', value: 1250 })).toContain('12.5%');
    expect(gives({ kind: 'POINT_MULTIPLIER', value: 20_000 })).toContain('2');
  });
});
