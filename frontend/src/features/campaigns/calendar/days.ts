/** Days as the contract writes them, 2026-12-04, and the months they make. Nothing here knows a time zone. */

const dayMs = 86_400_000;
const weekDays = 7;

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** The day `count` days later; earlier for a negative count. */
export const addDays = (day: string, count: number): string => new Date(at(day) + count * dayMs).toISOString().slice(0, 10);

/** How many days later `to` is than `from`. */
export const daysBetween = (from: string, to: string): number => Math.round((at(to) - at(from)) / dayMs);

/** 0 is Sunday. */
export const weekdayOf = (day: string): number => new Date(at(day)).getUTCDay();

/** The month of a day, 2026-12. */
export const monthOf = (day: string): string => day.slice(0, 7);

/** The month `count` months later; earlier for a negative count. */
export const addMonths = (month: string, count: number): string => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 7);
};

/** The weeks, Sunday first, that hold a month. */
export const weeksOf = (month: string): string[][] => {
  const first = `${month}-01`;
  const next = `${addMonths(month, 1)}-01`;
  const weeks: string[][] = [];
  for (let start = addDays(first, -weekdayOf(first)); start < next; start = addDays(start, weekDays)) {
    weeks.push(Array.from({ length: weekDays }, (_, day) => addDays(start, day)));
  }
  return weeks;
};

/** A month as the address bar holds it; undefined for anything else. */
export const asMonth = (raw: unknown): string | undefined =>
  typeof raw === 'string' && /^20\d\d-(0[1-9]|1[0-2])$/.test(raw) ? raw : undefined;

/** A day as the address bar holds it; undefined for anything else. */
export const asDay = (raw: unknown): string | undefined =>
  typeof raw === 'string' && /^20\d\d-\d\d-\d\d$/.test(raw) && !Number.isNaN(at(raw)) && addDays(raw, 0) === raw ? raw : undefined;
