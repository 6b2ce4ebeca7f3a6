import type { FindingFieldsFragment } from '#gql/campaigns/graphql';
import { describe, expect, it } from 'vitest';
import { stepStates } from './steps';

const finding = (part: Partial<FindingFieldsFragment>): FindingFieldsFragment =>
  ({ severity: 'WARN', code: 'X', place: 'audience', origins: [], blocks: false, lifted: null, ...part }) as FindingFieldsFragment;
const shop = { id: '1', name: '', mall: 'RAKUTEN' as const };
const audience = { refused: [], byOrigin: [{ shop, count: 3, byDestination: [] }] } as unknown as Parameters<typeof stepStates>[1];

describe('stepStates', () => {
  it('marks the step of each place, and what blocks over what warns', () => {
    const found = [
      finding({ place: 'variants.YAHOO.subject' }),
      finding({ place: 'mallMails.RAKUTEN.text', severity: 'BLOCK', blocks: true }),
      finding({ place: 'variants.YAHOO.mjml' }),
      finding({ place: 'sender.postalAddress' }),
    ];
    expect(stepStates(found, audience)).toEqual({ content: 'blocked', sender: 'warned' });
  });

  it('leaves out what only tells, what is lifted and what concerns nobody of the audience', () => {
    const lifted = { id: '1' } as NonNullable<FindingFieldsFragment['lifted']>;
    const found = [finding({ severity: 'INFO' }), finding({ severity: 'BLOCK', lifted }), finding({ origins: ['YAHOO'], place: 'variants' })];
    expect(stepStates(found, audience)).toEqual({});
    expect(stepStates(found, undefined)).toEqual({ content: 'warned' });
    expect(stepStates([finding({ origins: ['RAKUTEN'] })], audience)).toEqual({ audience: 'warned' });
  });
});
