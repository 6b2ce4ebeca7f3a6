import { expect, test } from 'vitest';
import { netSalesFormula } from './formula';

const nothing = { withShipping: false, withFees: false, lessShopCoupons: false, lessMallCoupons: false, lessPoints: false };

test('a definition reads as what is counted in and what is taken off', () => {
  const read = (change: Partial<typeof nothing>) => netSalesFormula({ ...nothing, ...change }, 'goods', (part) => part).replaceAll('\u00a0', ' ');
  expect(read({})).toBe('goods');
  expect(read({ lessShopCoupons: true })).toBe('goods − lessShopCoupons');
  expect(read({ withShipping: true, withFees: true, lessMallCoupons: true, lessPoints: true })).toBe('goods + withShipping + withFees − lessMallCoupons − lessPoints');
});
