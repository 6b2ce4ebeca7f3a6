import type { OfferFieldsFragment, OfferKind } from '#gql/offers/graphql';
import type { Format } from '#lib/format';

/** Basis points of once: the contract counts rates and multipliers in them. */
const whole = 10_000;

/** What a person types for a kind: yen, per cent or times. */
export const toTyped = (kind: OfferKind, value: number): number =>
  kind === 'COUPON_RATE' ? value / 100 : kind === 'POINT_MULTIPLIER' ? value / whole : value;

/** What the contract takes for it: minor unit or basis points. */
export const fromTyped = (kind: OfferKind, typed: number): number => {
  if (kind === 'FREE_SHIPPING') return 0;
  return Math.round(kind === 'COUPON_RATE' ? typed * 100 : kind === 'POINT_MULTIPLIER' ? typed * whole : typed);
};

/** What can be typed for a kind, both ends included, as the contract bounds it. */
const ranges: Record<Exclude<OfferKind, 'FREE_SHIPPING'>, readonly [number, number]> = {
  COUPON_AMOUNT: [1, 1_000_000_000],
  COUPON_RATE: [0.01, 100],
  POINT_MULTIPLIER: [1.01, 100],
};

/** Whether what was typed is possible for a kind. An empty field is not. */
export function inRange(kind: keyof typeof ranges, typed: number | string): boolean {
  const [low, high] = ranges[kind];
  return typed !== '' && Number(typed) >= low && Number(typed) <= high;
}

/** The benefit in figures, e.g. ¥500, 10% or 2倍; `times` writes the multiplier in the language of the screen. */
export function writeValue(
  offer: Pick<OfferFieldsFragment, 'kind' | 'value'>,
  format: Format,
  times: (figure: string) => string,
  freeShipping: string,
): string {
  switch (offer.kind) {
    case 'COUPON_AMOUNT':
      return format.money(offer.value);
    case 'COUPON_RATE':
      return format.rate(offer.value / whole);
    case 'POINT_MULTIPLIER':
      return times(format.number(offer.value / whole));
    case 'FREE_SHIPPING':
      return freeShipping;
  }
}
