import { linkOptions } from '@tanstack/react-router';
import { flag, oneOf } from '#lib/search';

/** The parts of the page. */
export const privacyTabs = ['requests', 'retention'] as const;
type PrivacyTab = (typeof privacyTabs)[number];

/** What the address bar holds: the part that is open, and whether only what is not done is listed. */
export const privacySearch = (raw: Record<string, unknown>): { tab?: PrivacyTab; open?: true } => ({
  tab: oneOf(...privacyTabs)(raw.tab),
  open: flag(raw.open),
});

/** The register of requests, or how long data are kept. */
export const privacyUrl = (tab?: PrivacyTab) => linkOptions({ to: '/settings/privacy', search: { tab } });
