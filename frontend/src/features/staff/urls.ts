import { linkOptions } from '@tanstack/react-router';
import { oneOf, someOf, text, texts } from '#lib/search';
import { roles } from './roles';

/** The parts of the page. */
export const staffTabs = ['people', 'roles'] as const;

/** Whether an account can be used. */
export const staffStates = ['active', 'disabled'] as const;

/** What the address of the page holds. */
export interface StaffSearch {
  tab?: (typeof staffTabs)[number];
  q?: string;
  roles?: (typeof roles)[number][];
  state?: (typeof staffStates)[number];
  /** Keys of the columns to show. */
  cols?: string[];
}

/** Reads the address of the page. */
export const staffSearch = (raw: Record<string, unknown>): StaffSearch => ({
  tab: oneOf(...staffTabs)(raw.tab),
  q: text(raw.q),
  roles: someOf(...roles)(raw.roles),
  state: oneOf(...staffStates)(raw.state),
  cols: texts(raw.cols),
});

/** Who works with Meguri, and who may do what. */
export const staffUrl = () => linkOptions({ to: '/settings/staff' });
