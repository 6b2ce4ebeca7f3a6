import type { CampaignAudienceQuery, FindingFieldsFragment } from '#gql/campaigns/graphql';

type Audience = NonNullable<CampaignAudienceQuery['campaign']>['audience'];

/** Whether a finding takes its malls' recipients out. */
export const takesOut = (finding: FindingFieldsFragment): boolean => finding.severity === 'BLOCK' && !finding.lifted;

/**
 * How many people of the audience a finding is about that touches some malls'
 * recipients only. Of those it takes out, each is counted under the first rule
 * that refused him; so what is counted is whom it takes out together with the
 * other findings of its malls. Otherwise it is those who can be reached through
 * a shop on one of its malls and get the variant it was found in.
 */
export function concerned(
  finding: FindingFieldsFragment,
  all: readonly FindingFieldsFragment[],
  audience: Audience,
): number {
  if (takesOut(finding)) {
    const together = new Set(all.filter((other) => takesOut(other) && other.origins.some((mall) => finding.origins.includes(mall))).map(({ code }) => code));
    return sum(audience.refused.filter((row) => together.has(row.reason)));
  }
  const reached = audience.byOrigin.filter((row) => finding.origins.includes(row.shop.mall));
  const variant = /^variants\.([A-Z0-9_]+)\./.exec(finding.place)?.[1];
  return sum(variant === undefined ? reached : reached.flatMap((row) => row.byDestination.filter(({ mall }) => mall === variant)));
}

const sum = (rows: readonly { count: number }[]): number => rows.reduce((total, row) => total + row.count, 0);
