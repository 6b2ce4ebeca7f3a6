import { linkOptions } from '@tanstack/react-router';
import { oneOf } from '#lib/search';

/** The parts of the page. */
export const staffTabs = ['people', 'roles'] as const;

/** What the address of the page holds. */
export const staffSearch = (raw: Record<string, unknown>): { tab?: (typeof staffTabs)[number] } => ({ tab: oneOf(...staffTabs)(raw.tab) });

/** Who works with Meguri, and who may do what. */
export const staffUrl = () => linkOptions({ to: '/settings/staff' });
