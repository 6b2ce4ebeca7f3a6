import { instantOf, localOf } from '#lib/zoned';

/** Hours of the merchant's clock between which most people sleep, and from which mails are welcome again. */
const sleepFrom = 21;
const morning = 8;

const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');

/** The same as clocks show it. */
export const night = { from: clock(sleepFrom * 60), to: clock(morning * 60) };

/** Quiet hours as clocks show them, given in minutes of the day. */
export const quietHours = (pace: { quietFrom: number; quietTo: number }) => ({ from: clock(pace.quietFrom), to: clock(pace.quietTo) });

/** The next morning on the merchant's wall clock while it is night there; undefined by day. */
export function morningAfter(now: Date, zone: string): string | undefined {
  const local = localOf(now.toISOString(), zone);
  const hour = Number(local.slice(11, 13));
  if (hour >= morning && hour < sleepFrom) return undefined;
  const at = (day: string) => `${day} ${night.to}:00`;
  const today = at(local.slice(0, 10));
  return hour < morning ? today : at(dayAfter(today, zone));
}

/** Some 24 hours on, at a time of day that no change of clocks takes to a third day. */
function dayAfter(local: string, zone: string): string {
  const next = new Date(instantOf(local, zone));
  next.setUTCHours(next.getUTCHours() + 24);
  return localOf(next.toISOString(), zone).slice(0, 10);
}
