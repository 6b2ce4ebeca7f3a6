import type { CampaignAudienceQuery, FindingFieldsFragment } from '#gql/campaigns/graphql';
import type { Step } from '../urls';
import { concerned } from './concerned';
import { spotOf } from './place';

/** How a step of the editor stands: something in it keeps the campaign from being sent, or should be mended. */
export type StepState = 'blocked' | 'warned';

type Audience = NonNullable<CampaignAudienceQuery['campaign']>['audience'];

/**
 * The steps in which something is open. What an exception lifts is not, nor what
 * concerns nobody of the audience, as far as that is known.
 */
export function stepStates(findings: readonly FindingFieldsFragment[], audience: Audience | undefined): Partial<Record<Step, StepState>> {
  const states: Partial<Record<Step, StepState>> = {};
  for (const finding of findings) {
    const { step } = spotOf(finding.place);
    const nobody = audience && finding.origins.length > 0 && concerned(finding, findings, audience) === 0;
    if (finding.blocks) states[step] = 'blocked';
    else if (finding.severity !== 'INFO' && !finding.lifted && !nobody) states[step] ??= 'warned';
  }
  return states;
}
