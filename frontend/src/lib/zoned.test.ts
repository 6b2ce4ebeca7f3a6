import { describe, expect, it } from 'vitest';
import { instantOf, localOf } from './zoned';

describe('the wall clock of a zone', () => {
  it.each([
    ['Asia/Tokyo', '2026-11-21 14:05:00', '2026-11-21T05:05:00.000Z'],
    ['Asia/Tokyo', '2026-01-01 00:00:00', '2025-12-31T15:00:00.000Z'],
    ['America/New_York', '2026-07-01 09:30:00', '2026-07-01T13:30:00.000Z'],
    ['America/New_York', '2026-03-08 01:30:00', '2026-03-08T06:30:00.000Z'],
    ['America/New_York', '2026-03-08 03:30:00', '2026-03-08T07:30:00.000Z'],
  ])('%s %s is %s, both ways', (zone, local, instant) => {
    expect(instantOf(local, zone)).toBe(instant);
    expect(localOf(instant, zone)).toBe(local);
  });
});
