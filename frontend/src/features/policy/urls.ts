import { oneOf, text } from '#lib/search';
import { linkOptions } from '@tanstack/react-router';

/** What the page of rules shows: the rules, what may be sent where, the limits of premiums. */
export const policyTabs = ['rules', 'routes', 'premium'] as const;
type PolicyTab = (typeof policyTabs)[number];

interface PolicySearch {
  /** The rule that is open beside the list; `new` is the form for one of one's own. */
  rule?: string;
  tab?: PolicyTab;
  /** Of the routes: people known from orders only, instead of those who gave their consent. */
  known?: 'orders';
}

export const policySearch = (raw: Record<string, unknown>): PolicySearch => ({
  rule: text(raw.rule),
  tab: oneOf(...policyTabs)(raw.tab),
  known: oneOf('orders')(raw.known),
});

/** The page of rules, open at one of its parts. */
export const policyTabUrl = (tab: PolicyTab) => linkOptions({ to: '/policy', search: { tab } });
