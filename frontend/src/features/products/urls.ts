import { linkOptions } from '@tanstack/react-router';
import { flag, text } from '#lib/search';

/** What the address bar holds: the words looked for, whether only products without a cost, and the one that is open. */
export const productsSearch = (raw: Record<string, unknown>): { q?: string; unknown?: true; open?: string } => ({
  q: text(raw.q),
  unknown: flag(raw.unknown),
  open: text(raw.open),
});

/** The products, with one of them open. */
export const productsUrl = (open?: string) => linkOptions({ to: '/settings/products', search: (was) => ({ ...was, open }) });
