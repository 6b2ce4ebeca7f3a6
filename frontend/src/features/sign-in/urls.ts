import { flag, text } from '#lib/search';
import { linkOptions } from '@tanstack/react-router';

/**
 * What the address of the sign-in holds: where one was going, which is only ever
 * a path of this application, because an address elsewhere would make the page
 * an open redirect; and whether a new password was just set.
 */
export const signInSearch = (raw: Record<string, unknown>): { next?: string; reset?: true } => {
  const next = text(raw.next);
  const inside = next?.startsWith('/') && !next.startsWith('//') && !next.includes('\\');
  return { ...(inside && { next }), ...(flag(raw.reset) && { reset: true as const }) };
};

/** The sign-in, after a new password was set. */
export const signInUrl = (reset?: true) => linkOptions({ to: '/sign-in', search: reset ? { reset } : {} });

/** Where a forgotten password is asked for anew. */
export const forgotUrl = () => linkOptions({ to: '/forgot-password' });
