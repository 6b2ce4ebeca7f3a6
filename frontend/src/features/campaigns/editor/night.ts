import { instantOf, localOf } from '#lib/zoned';

/** Hours of the merchant's clock between which most people sleep, and from which mails are welcome again. */
const sleepFrom = 21;
const morning = 8;

/** The next morning on the merchant's wall clock while it is night there; undefined by day. */
export function morningAfter(now: Date, zone: string): string | undefined {
  const local = localOf(now.toISOString(), zone);
  const hour = Number(local.slice(11, 13));
  if (hour >= morning && hour < sleepFrom) return undefined;
  const at = (day: string) => `${day} ${String(morning).padStart(2, '0')}:00:00`;
  const today = at(local.slice(0, 10));
  return hour < morning ? today : at(dayAfter(today, zone));
}

/** Some 24 hours on, at a time of day that no change of clocks takes to a third day. */
function dayAfter(local: string, zone: string): string {
  const next = new Date(instantOf(local, zone));
  next.setUTCHours(next.getUTCHours() + 24);
  return localOf(next.toISOString(), zone).slice(0, 10);
}
