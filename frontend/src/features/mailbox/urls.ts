import { linkOptions } from '@tanstack/react-router';
import { oneOf, text } from '#lib/search';

/** The ways to look at a mail; where one arrives, it is that of a desktop. */
export const mailViews = ['desktop', 'phone', 'text', 'headers'] as const;

/** What the address of the mailbox holds. */
interface MailboxSearch {
  q?: string;
  /** The open mail. */
  mail?: string;
  as?: (typeof mailViews)[number];
}

/** Reads the address of the mailbox. */
export function mailboxSearch(raw: Record<string, unknown>): MailboxSearch {
  const as = oneOf(...mailViews)(raw.as);
  return { q: text(raw.q), mail: text(raw.mail), as: as === 'desktop' ? undefined : as };
}

/** The mailbox, with one mail open. */
export const mailUrl = (search: MailboxSearch = {}) => linkOptions({ to: '/mailbox', search });
