import { text } from '#lib/search';

/** The rule that is open beside the list; `new` is the form for one of one's own. */
export const policySearch = (raw: Record<string, unknown>): { rule?: string } => ({ rule: text(raw.rule) });
