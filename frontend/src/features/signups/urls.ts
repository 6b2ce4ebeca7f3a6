import { linkOptions } from '@tanstack/react-router';
import { text } from '#lib/search';

/** What the address bar holds: the form that is open; "new": a new one. */
export const signUpsSearch = (raw: Record<string, unknown>): { open?: string } => ({ open: text(raw.open) });

/** The sign-up forms, with one of them open. */
export const signUpsUrl = (open?: string) => linkOptions({ to: '/settings/sign-up', search: { open } });
