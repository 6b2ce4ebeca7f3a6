import { text } from '#lib/search';
import { linkOptions } from '@tanstack/react-router';

/**
 * What the address bar holds: the connection that is open ("new": the form for
 * one, of `shop`), and the code with which a mall sends the merchant back.
 */
export const connectionsSearch = (raw: Record<string, unknown>): { open?: string; shop?: string; code?: string } => ({
  open: text(raw.open),
  shop: text(raw.shop),
  code: text(raw.code),
});

/** The connections to malls, with one of them open. */
export const connectionsUrl = (open?: string, shop?: string) => linkOptions({ to: '/settings/connections', search: { open, shop } });
