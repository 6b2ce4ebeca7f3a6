import { linkOptions } from '@tanstack/react-router';
import { text } from '#lib/search';

/** The words of the address that open the form for a new one. */
export const newClient = 'new-client';
export const newIssuer = 'new-issuer';

/** What the address bar holds: the client or the issuer that is open, or the form for a new one. */
export const apiSearch = (raw: Record<string, unknown>): { open?: string } => ({ open: text(raw.open) });

/** Programs of partners and the tokens that are accepted, with one of them open. */
export const apiUrl = (open?: string) => linkOptions({ to: '/settings/api', search: { open } });
