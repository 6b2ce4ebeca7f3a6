import { describe, expect, it } from 'vitest';
import { morningAfter, night, quietHours } from './night';

describe('the morning after', () => {
  it.each([
    ['2026-11-22T14:40:00Z', 'Asia/Tokyo', '2026-11-23 08:00:00'], // 23:40
    ['2026-11-22T17:00:00Z', 'Asia/Tokyo', '2026-11-23 08:00:00'], // 02:00
    ['2026-11-22T12:00:00Z', 'Asia/Tokyo', '2026-11-23 08:00:00'], // 21:00
    ['2026-12-31T14:00:00Z', 'Asia/Tokyo', '2027-01-01 08:00:00'],
    ['2026-11-01T03:30:00Z', 'America/New_York', '2026-11-01 08:00:00'], // the night of the change of clocks
  ])('of %s in %s is %s', (now, zone, morning) => {
    expect(morningAfter(new Date(now), zone)).toBe(morning);
  });

  it.each(['2026-11-21T23:00:00Z', '2026-11-22T11:59:59Z'])('is none by day (%s)', (now) => {
    expect(morningAfter(new Date(now), 'Asia/Tokyo')).toBeUndefined();
  });
});

it('names hours as clocks show them', () => {
  expect(night).toEqual({ from: '21:00', to: '08:00' });
  expect(quietHours({ quietFrom: 22 * 60 + 30, quietTo: 7 * 60 + 5 })).toEqual({ from: '22:30', to: '07:05' });
});
