/** Conversions between instants and the wall clock of the merchant's zone, as date pickers speak it. */

const wallClock = (zone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });

/** The wall clock of an instant: 2026-11-21 14:05:00. */
export const localOf = (instant: string, zone: string): string => wallClock(zone).format(new Date(instant));

/**
 * The instant of a wall clock. Where clocks are put back and it comes twice, the
 * first; where they are put forward and it does not exist, the moment after the gap.
 */
export function instantOf(local: string, zone: string): string {
  const asUtc = Date.parse(`${local.replace(' ', 'T')}Z`);
  const offset = (at: number) => Date.parse(`${localOf(new Date(at).toISOString(), zone).replace(' ', 'T')}Z`) - at;
  // The offset at the first guess may be that of the other side of a change of clocks; the second settles it.
  const guess = asUtc - offset(asUtc);
  return new Date(asUtc - offset(guess)).toISOString();
}
