import type { MetricsFieldsFragment } from '#gql/campaigns/graphql';

export type Point = MetricsFieldsFragment['series'][number];

/** Counts per interval added up, so that a line shows how many by then. */
export function runningTotals(series: readonly Point[]): Point[] {
  const total = { sent: 0, opened: 0, clicked: 0, converted: 0 };
  return series.map((point) => {
    total.sent += point.sent;
    total.opened += point.opened;
    total.clicked += point.clicked;
    total.converted += point.converted;
    return { ...point, ...total };
  });
}

/** Writes the instants of a chart's time axis; a chart also asks for the label of a place where there is none. */
export const atInstant =
  (write: (instant: Date) => string) =>
  (value: unknown): string =>
    typeof value === 'number' && Number.isFinite(value) ? write(new Date(value)) : '';

/** The series as CSV with a header, for spreadsheets: UTF-8 with a byte order mark, or Excel reads Japanese wrongly. */
export function toCsv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    const text = String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${[header, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
