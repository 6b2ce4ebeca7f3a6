import { describe, expect, it } from 'vitest';
import { standingOf } from './campaignStanding';

const reached = (sent: number, withoutCode = 0) => ({ audience: 315, sent, withoutCode });

describe('where a campaign stands', () => {
  it.each([
    ['SENT', reached(315), 'SENT', undefined],
    ['SENT', reached(207), 'FINISHED', 207],
    ['SENT', reached(207, 60), 'PARTLY', 207],
    ['SENDING', reached(207), 'SENDING', 207],
    ['PAUSED', reached(0), 'PAUSED', 0],
    ['CANCELLED', reached(12), 'CANCELLED', 12],
    ['SENDING', { audience: 0, sent: 0, withoutCode: 0 }, 'SENDING', undefined],
    ['SCHEDULED', reached(0), 'SCHEDULED', undefined],
    ['SENT', undefined, 'SENT', undefined],
  ] as const)('%s with %j is %s', (status, figures, standing, sent) => {
    const got = standingOf(status, figures);
    expect(got.standing).toBe(standing);
    expect(got.reached?.sent).toBe(sent);
  });
});
