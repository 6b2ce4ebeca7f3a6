import { insightUrl } from '#features/insight/urls';
import { watchedFoldersUrl } from '#features/imports/urls';
import { ledgerUrl } from '#features/ledger/urls';
import { privacyUrl } from '#features/privacy/urls';
import type { LinkProps } from '@tanstack/react-router';
import type app from '../locales/ja.json';
import { type NavItem, nav, settings } from './nav';

interface Part {
  key: keyof (typeof app)['search']['part'];
  /** The page it is a part of, which gives it its icon and its scope. */
  of: NavItem['key'];
  link: LinkProps;
}

const known: readonly Part[] = [
  { key: 'conversion', of: 'insight', link: insightUrl() },
  { key: 'repeat', of: 'insight', link: insightUrl({ tab: 'repeat' }) },
  { key: 'circulation', of: 'insight', link: insightUrl({ tab: 'circulation' }) },
  { key: 'events', of: 'insight', link: insightUrl({ tab: 'events' }) },
  { key: 'stagesReport', of: 'insight', link: insightUrl({ tab: 'stages' }) },
  { key: 'pointsReport', of: 'insight', link: insightUrl({ tab: 'points' }) },
  { key: 'calendar', of: 'campaigns', link: { to: '/campaigns', search: { view: 'calendar' } } },
  { key: 'report', of: 'ledger', link: ledgerUrl({ tab: 'report' }) },
  { key: 'adjustments', of: 'ledger', link: ledgerUrl({ tab: 'adjustments' }) },
  { key: 'rewards', of: 'ledger', link: ledgerUrl({ tab: 'rewards' }) },
  { key: 'spending', of: 'ledger', link: ledgerUrl({ tab: 'spending' }) },
  { key: 'folders', of: 'imports', link: watchedFoldersUrl() },
  { key: 'bounces', of: 'sending', link: { to: '/settings/mail', search: { tab: 'bounces' } } },
  { key: 'suppressions', of: 'sending', link: { to: '/settings/mail', search: { tab: 'suppressions' } } },
  { key: 'retention', of: 'privacy', link: privacyUrl('retention') },
  { key: 'roles', of: 'staff', link: { to: '/settings/staff', search: { tab: 'roles' } } },
];

const places = new Map([...nav.flatMap((group) => group.items), ...settings].map((item) => [item.key, item]));

/** The parts of pages that have an address of their own, with what their pages give them. */
export const parts = known.flatMap((part) => {
  const page = places.get(part.of);
  return page ? [{ ...part, icon: page.icon, scope: page.scope }] : [];
});
