import { linkOptions } from '@tanstack/react-router';

/** The mailbox, with one mail open. */
export const mailUrl = (mail?: string, q?: string) =>
  linkOptions({ to: '/mailbox', search: { ...(q ? { q } : {}), ...(mail ? { mail } : {}) } });
