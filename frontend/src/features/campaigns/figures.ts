import type { FigureFieldsFragment } from '#gql/campaigns/graphql';
import type { Format } from '#lib/format';

/** A share of people; null where there is nobody to take it of. */
export const rate = (part: number, base: number): number | null => (base > 0 ? part / base : null);

/** Sales in each currency, never added over currencies. */
export const writeSales = (sales: FigureFieldsFragment['sales'], format: Format): string =>
  sales.length === 0 ? format.money(0) : sales.map((sum) => format.money(sum.amount, sum.currency)).join(' + ');
