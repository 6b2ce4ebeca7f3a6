import { linkOptions } from '@tanstack/react-router';
import { oneOf, someOf, text } from '#lib/search';

/** The places of the ledger. */
export const tabs = ['bookings', 'report', 'adjustments', 'rewards', 'spending'] as const;

/** What bookings do; a statement is narrowed by the same. */
export const kinds = [
  'GRANT', 'MATURE', 'HOLD', 'CAPTURE', 'RELEASE', 'REDEEM', 'EXPIRE', 'CLAWBACK', 'RESTORE', 'ADJUST', 'TRANSFER_IN', 'TRANSFER_OUT', 'DEBT_IN', 'DEBT_OUT',
] as const;
export type Kind = (typeof kinds)[number];

/** Who books. */
export const actors = ['STAFF', 'CUSTOMER', 'SYSTEM', 'COMMAND', 'CLIENT'] as const;

/** How far back a report goes, in months. */
export const periods = ['13', '25', '60'] as const;

/** What the address of the ledger holds. */
export interface LedgerSearch {
  tab?: (typeof tabs)[number];
  /** Whose bookings. */
  customer?: string;
  order?: string;
  from?: string;
  to?: string;
  kinds?: Kind[];
  by?: (typeof actors)[number][];
  /** Points that a booking is about, at least and at most. */
  min?: number;
  max?: number;
  months?: (typeof periods)[number];
  /** The open adjustment or reward. */
  open?: string;
}

const day = (raw: unknown): string | undefined => {
  const found = text(raw);
  return found && /^\d{4}-\d{2}-\d{2}$/.test(found) && !Number.isNaN(Date.parse(found)) ? found : undefined;
};
const points = (raw: unknown): number | undefined => (typeof raw === 'number' && Number.isInteger(raw) && raw >= 0 ? raw : undefined);

/** Reads the address of the ledger; the bookings are where one arrives. */
export const ledgerSearch = (raw: Record<string, unknown>): LedgerSearch => {
  const tab = oneOf(...tabs)(raw.tab);
  return {
    tab: tab === 'bookings' ? undefined : tab,
    customer: text(raw.customer),
    order: text(raw.order),
    from: day(raw.from),
    to: day(raw.to),
    kinds: someOf(...kinds)(raw.kinds),
    by: someOf(...actors)(raw.by),
    min: points(raw.min),
    max: points(raw.max),
    months: oneOf(...periods)(raw.months),
    open: text(raw.open),
  };
};

/** The ledger, narrowed. */
export const ledgerUrl = (search: LedgerSearch = {}) => linkOptions({ to: '/ledger', search });
