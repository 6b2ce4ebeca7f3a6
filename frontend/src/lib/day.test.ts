import { describe, expect, it } from 'vitest';
import { dayOf } from './day';

describe('a typed day', () => {
  it.each([
    ['2026/11/21', '2026-11-21'],
    ['2026-1-5', '2026-01-05'],
    ['2026.01.05', '2026-01-05'],
    ['２０２６年１１月２１日', '2026-11-21'],
    [' 20240229 ', '2024-02-29'],
  ])('reads %s', (typed, day) => expect(dayOf(typed)).toBe(day));

  it.each(['', '2026', '2026/11', '2026/2/30', '20250229', '2026/13/1', '11/21/2026', '2026/11/211', 'きのう'])('is none: %j', (typed) =>
    expect(dayOf(typed)).toBeNull(),
  );
});
