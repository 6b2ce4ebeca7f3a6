import type { FindingFieldsFragment } from '#gql/campaigns/graphql';

/** What one rule found, or what is said in the same words, at all its places. */
export interface Group {
  key: string;
  first: FindingFieldsFragment;
  places: readonly FindingFieldsFragment[];
}

/** Puts the findings of one rule together, and those that say the same, in the order in which they came; each place is told once. */
export function groupsOf(findings: readonly FindingFieldsFragment[]): Group[] {
  const groups = new Map<string, FindingFieldsFragment[]>();
  for (const finding of findings) {
    const { code, origins, lifted, message, remedy } = finding;
    const key = JSON.stringify(finding.ruleVersion ? [code, origins, lifted?.id] : [code, origins, message, remedy]);
    const places = groups.get(key) ?? [];
    if (!places.some((one) => placeKey(one) === placeKey(finding))) groups.set(key, [...places, finding]);
  }
  return [...groups].flatMap(([key, places]) => (places[0] ? [{ key, first: places[0], places }] : []));
}

/** What tells one place from another. */
export const placeKey = ({ place, line, column, excerpt }: FindingFieldsFragment): string => JSON.stringify([place, line, column, excerpt]);
