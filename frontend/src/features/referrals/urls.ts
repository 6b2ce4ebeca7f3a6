import { linkOptions } from '@tanstack/react-router';
import { oneOf, someOf } from '#lib/search';

/** The places of referrals. */
export const tabs = ['list', 'settings'] as const;

/** Where a referral stands, in the order in which it gets there. */
export const statuses = ['FLAGGED', 'WAITING', 'QUALIFIED', 'REWARDED', 'TAKEN_BACK', 'REFUSED', 'LAPSED', 'VOID'] as const;
export type Status = (typeof statuses)[number];

/** What the address of referrals holds. */
interface ReferralsSearch {
  tab?: (typeof tabs)[number];
  statuses?: Status[];
}

export const referralsSearch = (raw: Record<string, unknown>): ReferralsSearch => {
  const tab = oneOf(...tabs)(raw.tab);
  return { tab: tab === 'list' ? undefined : tab, statuses: someOf(...statuses)(raw.statuses) };
};

/** The referrals, narrowed. */
export const referralsUrl = (search: ReferralsSearch = {}) => linkOptions({ to: '/referrals', search });
