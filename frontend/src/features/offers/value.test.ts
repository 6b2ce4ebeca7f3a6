import { createFormat } from '#lib/format';
import { describe, expect, it } from 'vitest';
import { fromTyped, inRange, toTyped, writeValue } from './value';

const format = createFormat('ja', 'Asia/Tokyo');
const write = (kind: Parameters<typeof fromTyped>[0], value: number) =>
  writeValue({ kind, value }, format, (figure) => `${figure}倍`, '送料無料');

describe('the value of an offer', () => {
  it.each([
    ['COUPON_AMOUNT', 500, 500, '¥500'],
    ['COUPON_RATE', 12.5, 1250, '12.5%'],
    ['POINT_MULTIPLIER', 1.5, 15_000, '1.5倍'],
    ['FREE_SHIPPING', 0, 0, '送料無料'],
  ] as const)('%s is typed as %d, kept as %d and read as %s', (kind, typed, kept, read) => {
    expect(fromTyped(kind, typed)).toBe(kept);
    expect(toTyped(kind, kept)).toBe(typed);
    expect(write(kind, kept)).toBe(read);
  });

  it('keeps no fraction of a yen or basis point', () => {
    expect(fromTyped('COUPON_AMOUNT', 99.6)).toBe(100);
    expect(fromTyped('COUPON_RATE', 0.333)).toBe(33);
  });
});

it.each([
  ['COUPON_RATE', 0, false],
  ['COUPON_RATE', '', false],
  ['COUPON_RATE', 100, true],
  ['COUPON_RATE', 150, false],
  ['COUPON_AMOUNT', 0, false],
  ['COUPON_AMOUNT', 1, true],
  ['POINT_MULTIPLIER', 1, false],
  ['POINT_MULTIPLIER', 1.5, true],
  ['POINT_MULTIPLIER', 101, false],
] as const)('%s of %s is possible: %s', (kind, typed, possible) => expect(inRange(kind, typed)).toBe(possible));
