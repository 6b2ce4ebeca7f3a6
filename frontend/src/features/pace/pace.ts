import type { PaceFieldsFragment } from '#gql/pace/graphql';

const dayMinutes = 24 * 60;

/** The hours offered first: what most merchants keep. */
export const usual = { from: '21:00', to: '08:00' } as const;

/** A pace as it is typed in; empty times and figures stand for none. */
export interface Typed {
  quiet: boolean;
  from: string;
  to: string;
  perDay: number | string;
  perWeek: number | string;
}

/** 1260 is 21:00. */
export function clock(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** 21:00 is 1260; undefined for what is no time of a day. */
export function minutes(time: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(time) ?? [];
  const value = Number(hour) * 60 + Number(minute);
  return Number.isNaN(value) || Number(minute) > 59 || value >= dayMinutes ? undefined : value;
}

export const typed = (pace: PaceFieldsFragment): Typed => {
  const quiet = pace.quietFrom !== pace.quietTo;
  return {
    quiet,
    from: quiet ? clock(pace.quietFrom) : '',
    to: quiet ? clock(pace.quietTo) : '',
    perDay: pace.perDay || '',
    perWeek: pace.perWeek || '',
  };
};

/** What is sent. A time that cannot be read is one the server refuses at its field. */
export const paceInput = (channel: PaceFieldsFragment['channel'], values: Typed) => ({
  channel,
  quietFrom: values.quiet ? (minutes(values.from) ?? -1) : 0,
  quietTo: values.quiet ? (minutes(values.to) ?? -1) : 0,
  perDay: Number(values.perDay) || 0,
  perWeek: Number(values.perWeek) || 0,
});

/** How long the quiet hours are, and whether they end on the next day; undefined while there are none. */
export function quietSpan(values: Typed): { hours: number; minutes: number; nextDay: boolean } | undefined {
  const from = minutes(values.from);
  const to = minutes(values.to);
  if (!values.quiet || from === undefined || to === undefined || from === to) return undefined;
  const span = (to - from + dayMinutes) % dayMinutes;
  return { hours: Math.floor(span / 60), minutes: span % 60, nextDay: to < from };
}
