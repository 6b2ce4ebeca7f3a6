import type { FindingFieldsFragment } from '#gql/campaigns/graphql';

/** What one rule found, at all its places; a code that is no rule stands alone. */
export interface Group {
  key: string;
  first: FindingFieldsFragment;
  places: readonly FindingFieldsFragment[];
}

/** Puts the findings of one rule together, in the order in which they came. */
export function groupsOf(findings: readonly FindingFieldsFragment[]): Group[] {
  const groups = new Map<string, FindingFieldsFragment[]>();
  findings.forEach((finding, at) => {
    const key = finding.ruleVersion ? `${finding.code}:${finding.origins.join()}:${finding.lifted?.id ?? ''}` : `${at}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  });
  return [...groups].flatMap(([key, places]) => (places[0] ? [{ key, first: places[0], places }] : []));
}
