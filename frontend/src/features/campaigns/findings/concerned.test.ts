import type { FindingFieldsFragment } from '#gql/campaigns/graphql';
import { describe, expect, it } from 'vitest';
import { concerned } from './concerned';

describe('how many a finding is about', () => {
  const audience = {
    refused: [{ reason: 'RK-01', count: 12 }],
    byOrigin: [
      { shop: { id: '1', name: '楽天店', mall: 'RAKUTEN' as const }, count: 5, byDestination: [{ mall: 'RAKUTEN', count: 4 }, { mall: 'OWN_SITE', count: 1 }] },
      { shop: { id: '2', name: '楽天2号店', mall: 'RAKUTEN' as const }, count: 3, byDestination: [{ mall: 'RAKUTEN', count: 3 }] },
      { shop: { id: '3', name: '本店', mall: 'OWN_SITE' as const }, count: 100, byDestination: [{ mall: 'OWN_SITE', count: 100 }] },
    ],
  } as Parameters<typeof concerned>[2];
  const finding = (part: Partial<FindingFieldsFragment>) => ({ severity: 'BLOCK', code: 'RK-01', origins: ['RAKUTEN'], place: 'sender', lifted: null, ...part }) as FindingFieldsFragment;

  it.each([
    ['whom it takes out', finding({}), 12],
    ['whom it would take out if the one before it did not', finding({ code: 'RK-03' }), 12],
    ['nobody', finding({ code: 'AM-01', origins: ['AMAZON'] }), 0],
    ['who is reached there, for a warning', finding({ severity: 'WARN' }), 8],
    ['who gets the variant it is in', finding({ severity: 'WARN', place: 'variants.OWN_SITE.mjml' }), 1],
    ['nobody, in a variant that none of them gets', finding({ severity: 'WARN', place: 'variants.YAHOO.mjml' }), 0],
    ['who is reached there, once it is lifted', finding({ lifted: { id: '1', reason: 'x', evidenceNo: '', createdAt: '2026-11-22T00:00:00Z', validUntil: null, createdBy: null } }), 8],
  ])('%s', (_, of, people) => expect(concerned(of, [finding({}), finding({ code: 'AM-01', origins: ['AMAZON'] }), of], audience)).toBe(people));
});
