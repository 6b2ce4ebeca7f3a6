import type { MallKind } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { linkOptions } from '@tanstack/react-router';
import { flag, oneOf, placeOf, someOf, text, texts } from '#lib/search';

/** The columns the server can sort customers by. */
const sorts = ['LAST_ORDER', 'NET_SALES', 'ORDER_COUNT', 'CREATED'] as const;

/** What the address of the customer list holds. */
export interface CustomersSearch {
  q?: string;
  malls?: MallKind[];
  stages?: string[];
  segment?: string;
  tags?: string[];
  members?: true;
  mail?: true;
  anonymous?: true;
  /** A rule as segments have it; whatever else somebody wrote there is refused by the page. */
  rule?: unknown;
  sort?: (typeof sorts)[number];
  asc?: true;
  /** Keys of the columns to show. */
  cols?: string[];
  /** The saved view that was opened. */
  view?: string;
  after?: string;
  before?: string;
  page?: number;
  /** The form of a new customer stands beside the list. */
  add?: true;
}

/** Reads the address of the customer list. */
export const customersSearch = (raw: Record<string, unknown>): CustomersSearch => ({
  q: text(raw.q),
  malls: someOf(...malls)(raw.malls),
  stages: texts(raw.stages),
  segment: text(raw.segment),
  tags: texts(raw.tags),
  members: flag(raw.members),
  mail: flag(raw.mail),
  anonymous: flag(raw.anonymous),
  rule: raw.rule ?? undefined,
  sort: oneOf(...sorts)(raw.sort),
  asc: flag(raw.asc),
  cols: texts(raw.cols),
  view: text(raw.view),
  add: flag(raw.add),
  ...placeOf(raw),
});

/** What of the address a saved view keeps: neither the place in the list, nor which view it is, nor what stands beside it. */
export function viewOf(search: CustomersSearch): Omit<CustomersSearch, 'view' | 'after' | 'before' | 'page' | 'add'> {
  const { view: _view, after: _after, before: _before, page: _page, add: _add, ...kept } = search;
  return kept;
}

/** The sections of a customer's page. */
export const tabs = ['timeline', 'orders', 'points', 'stage', 'mails', 'identities', 'consents'] as const;
/** The kinds of thing a timeline can be narrowed to. */
export const kinds = ['NOTE', 'ORDER', 'POINTS', 'STAGE', 'MESSAGE', 'CONSENT', 'MEMBER', 'OFFER', 'BEHAVIOUR', 'OTHER'] as const;

/** What the address of a customer's page holds. */
export interface CustomerSearch {
  tab?: (typeof tabs)[number];
  kinds?: (typeof kinds)[number][];
}

/** Reads the address of a customer's page; the timeline is where one arrives. */
export const customerSearch = (raw: Record<string, unknown>): CustomerSearch => {
  const tab = oneOf(...tabs)(raw.tab);
  return { tab: tab === 'timeline' ? undefined : tab, kinds: someOf(...kinds)(raw.kinds) };
};

/** The way to the list, narrowed or not. */
export const customersUrl = (search: CustomersSearch = {}) => linkOptions({ to: '/customers', search });

/** The way to one customer. */
export const customerUrl = (id: string, search: CustomerSearch = {}) =>
  linkOptions({ to: '/customers/$customerId', params: { customerId: id }, search });
