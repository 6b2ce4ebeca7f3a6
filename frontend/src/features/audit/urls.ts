import { linkOptions } from '@tanstack/react-router';
import { oneOf, placeOf, text, texts } from '#lib/search';

/** Those who act beside staff. */
export const otherActors = ['SYSTEM', 'COMMAND', 'CUSTOMER', 'CLIENT'] as const;
/** Kinds of those who act: staff whoever it was, and the others. */
const actors = ['STAFF', ...otherActors] as const;

/** What the address of the log holds. */
export interface AuditSearch {
  /** A member of staff. */
  actor?: string;
  by?: (typeof actors)[number];
  /** An action, or `all:` and the first action of a group for the whole of it. */
  what?: string;
  /** What was acted on. */
  object?: string;
  /** Days in the merchant's zone, both included. */
  from?: string;
  to?: string;
  /** The open entry. */
  entry?: string;
  /** Keys of the columns to show. */
  cols?: string[];
  /** The saved view that was opened. */
  view?: string;
  after?: string;
  before?: string;
  page?: number;
}

const day = (raw: unknown): string | undefined => {
  const found = text(raw);
  return found && /^\d{4}-\d{2}-\d{2}$/.test(found) && !Number.isNaN(Date.parse(found)) ? found : undefined;
};

/** Reads the address of the log. */
export const auditSearch = (raw: Record<string, unknown>): AuditSearch => ({
  actor: text(raw.actor),
  by: oneOf(...actors)(raw.by),
  what: text(raw.what),
  object: text(raw.object),
  from: day(raw.from),
  to: day(raw.to),
  entry: text(raw.entry),
  cols: texts(raw.cols),
  view: text(raw.view),
  ...placeOf(raw),
});

/** What of the address a saved view keeps: neither the place in the list, the open entry nor which view it is. */
export function viewOf(search: AuditSearch): Omit<AuditSearch, 'entry' | 'view' | 'after' | 'before' | 'page'> {
  const { entry: _entry, view: _view, after: _after, before: _before, page: _page, ...kept } = search;
  return kept;
}

/** The log, narrowed. */
export const auditUrl = (search: AuditSearch = {}) => linkOptions({ to: '/settings/audit', search });
