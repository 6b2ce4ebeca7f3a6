import { linkOptions } from '@tanstack/react-router';
import { flag, text } from '#lib/search';

/** What the address bar holds: the shop that is open ("new": the form for one), and whether archived ones are listed. */
export const shopsSearch = (raw: Record<string, unknown>): { open?: string; archived?: true } => ({
  open: text(raw.open),
  archived: flag(raw.archived),
});

/** The shops, with one of them open. */
export const shopsUrl = (open?: string) => linkOptions({ to: '/settings/shops', search: (was) => ({ ...was, open }) });
