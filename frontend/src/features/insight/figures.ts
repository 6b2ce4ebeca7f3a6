import type { Format } from '#lib/format';

const basisPoints = 10_000;

/** Basis points as they are written: 12.3%; nothing where there is nobody. */
export const shareText = (share: number | null, format: Format): string =>
  format.share(share === null ? null : share / basisPoints);

/** Basis points as a spreadsheet takes them: 12.3 percent as 0.123. */
export const shareCell = (share: number | null): number | null => (share === null ? null : share / basisPoints);

/** A part of a whole in basis points, rounded half up; nothing of nothing. */
export const shareOf = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.floor((part * 2 * basisPoints + whole) / (2 * whole));

/** What a share in basis points gained or lost, as one reads it off the figures that are shown. */
export function change(now: number | null, before: number | null, format: Format, unit = '') {
  if (now === null || before === null) return undefined;
  const difference = format.shareChange(now / basisPoints, before / basisPoints);
  const direction = difference.startsWith('+') ? 'up' : difference.startsWith('−') ? 'down' : 'flat';
  return { change: `${difference}${unit}`, direction } as const;
}

/** How dark a cell is: its figure by the largest one. */
export const shade = (value: number, most: number): Record<string, number> => ({ '--share': most > 0 ? value / most : 0 });

/** How many columns of figures a matrix has, which decides how narrow it may become. */
export const columns = (count: number): Record<string, number> => ({ '--columns': count });

/** Months under columns: the year stands with the first, and with each January. */
export function monthLabels(month: string, at: number, format: Format): { label: string; year?: string } {
  const [year = '', number] = month.split('-');
  return { label: format.shortMonth(month), year: at === 0 || number === '01' ? year : undefined };
}
