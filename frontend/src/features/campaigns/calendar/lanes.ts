import { daysBetween } from './days';

/** What lies on some days of a calendar. */
interface Lying {
  firstDay: string;
  lastDay: string;
}

/** A part of it within one week. */
export interface Segment<Item> {
  item: Item;
  /** 0 is the first day of the week. */
  from: number;
  /** How many days. */
  length: number;
  /** 0 is the uppermost. */
  lane: number;
  /** It begins, or ends, within this week. */
  starts: boolean;
  ends: boolean;
}

/** Lays items into the lanes of a week, in their order, each into the uppermost lane that is free on all of its days. */
export function lanesOf<Item extends Lying>(week: readonly string[], items: readonly Item[]): Segment<Item>[] {
  const [first = ''] = week;
  const last = week.length - 1;
  const taken: boolean[][] = [];
  const segments: Segment<Item>[] = [];
  for (const item of items) {
    const begins = daysBetween(first, item.firstDay);
    const finishes = daysBetween(first, item.lastDay);
    if (finishes < 0 || begins > last) continue;
    const from = Math.max(begins, 0);
    const to = Math.min(finishes, last);
    let lane = 0;
    while (taken[lane]?.slice(from, to + 1).some(Boolean)) lane += 1;
    const row = taken[lane] ?? [];
    for (let day = from; day <= to; day += 1) row[day] = true;
    taken[lane] = row;
    segments.push({ item, from, length: to - from + 1, lane, starts: begins >= 0, ends: finishes <= last });
  }
  return segments;
}
