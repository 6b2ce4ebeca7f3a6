import type { PointLedgerFilter } from '#gql/ledger/graphql';
import type { LedgerSearch } from './urls';

/** The address as the API narrows by it. */
export const filterOf = (search: LedgerSearch): PointLedgerFilter => ({
  customerId: search.customer,
  orderNo: search.order,
  from: search.from,
  to: search.to,
  kinds: search.kinds,
  actorKinds: search.by,
  min: search.min,
  max: search.max,
});

/** The address of the file with the same bookings. */
export function fileAddress(search: LedgerSearch, locale: string): string {
  const query = new URLSearchParams({ locale });
  for (const kind of search.kinds ?? []) query.append('kinds', kind);
  for (const actor of search.by ?? []) query.append('actorKinds', actor);
  const rest = { customer: search.customer, orderNo: search.order, from: search.from, to: search.to, min: search.min, max: search.max };
  for (const [name, value] of Object.entries(rest)) if (value !== undefined) query.set(name, String(value));
  return `/points.csv?${query.toString()}`;
}

/** The last day of the month that begins on a day. */
export function lastDayOf(first: string): string {
  const [year = 0, month = 1] = first.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
