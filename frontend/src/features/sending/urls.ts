import { linkOptions } from '@tanstack/react-router';
import { oneOf, text } from '#lib/search';

/** The parts of the page. */
export const sendingTabs = ['domains', 'bounces', 'suppressions'] as const;
type SendingTab = (typeof sendingTabs)[number];

/** Why an address is not written to, as lists filter by it. */
export const suppressionReasons = ['OPT_OUT', 'COMPLAINT', 'HARD_BOUNCE', 'STAFF'] as const;

/** What the address bar holds: the part, and of the list what it is narrowed by. */
export const sendingSearch = (
  raw: Record<string, unknown>,
): { tab?: SendingTab; reason?: (typeof suppressionReasons)[number]; address?: string } => ({
  tab: oneOf(...sendingTabs)(raw.tab),
  reason: oneOf(...suppressionReasons)(raw.reason),
  address: text(raw.address),
});

/** Settings of what is sent by mail, beginning with the domains it is sent from. */
export const sendingUrl = () => linkOptions({ to: '/settings/mail' });
