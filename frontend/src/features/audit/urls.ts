import { linkOptions } from '@tanstack/react-router';
import { oneOf, text } from '#lib/search';

/** Those who act beside staff. */
export const otherActors = ['SYSTEM', 'COMMAND', 'CUSTOMER'] as const;

/** What the address of the log holds. */
export interface AuditSearch {
  /** A member of staff. */
  actor?: string;
  by?: (typeof otherActors)[number];
  /** An action, or `all:` and the first action of a group for the whole of it. */
  what?: string;
  /** What was acted on. */
  object?: string;
  /** Days in the merchant's zone, both included. */
  from?: string;
  to?: string;
  /** The open entry. */
  entry?: string;
}

const day = (raw: unknown): string | undefined => {
  const found = text(raw);
  return found && /^\d{4}-\d{2}-\d{2}$/.test(found) && !Number.isNaN(Date.parse(found)) ? found : undefined;
};

/** Reads the address of the log. */
export const auditSearch = (raw: Record<string, unknown>): AuditSearch => ({
  actor: text(raw.actor),
  by: oneOf(...otherActors)(raw.by),
  what: text(raw.what),
  object: text(raw.object),
  from: day(raw.from),
  to: day(raw.to),
  entry: text(raw.entry),
});

/** The log, narrowed. */
export const auditUrl = (search: AuditSearch = {}) => linkOptions({ to: '/settings/audit', search });
