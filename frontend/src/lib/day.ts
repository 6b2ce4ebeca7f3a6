/** Reads a day as somebody types it, 2026/11/21, 2026-11-21, 2026年11月21日 or 20261121, full-width or not; null for what is none. */
export function dayOf(typed: string): string | null {
  const found = /^(\d{4})(?:[/\-.年](\d{1,2})[/\-.月](\d{1,2})日?|(\d{2})(\d{2}))$/.exec(typed.normalize('NFKC').trim());
  if (!found) return null;
  const [year, month, day] = [found[1], found[2] ?? found[4], found[3] ?? found[5]].map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const written = Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
  // The 31st of a short month would be the next one's first.
  return Number(written.slice(8)) === day && Number(written.slice(5, 7)) === month ? written : null;
}
