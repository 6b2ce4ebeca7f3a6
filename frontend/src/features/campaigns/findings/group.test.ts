import type { FindingFieldsFragment } from '#gql/campaigns/graphql';
import { describe, expect, it } from 'vitest';
import { groupsOf } from './group';

const found = (part: Partial<FindingFieldsFragment>): FindingFieldsFragment => ({
  severity: 'WARN',
  code: 'VARIABLE_EMPTY',
  place: 'variants.RAKUTEN.mjml',
  line: 4,
  column: 0,
  excerpt: '',
  message: '「特典名」に入る値がありません。',
  remedy: '特典を選ぶか、この変数を外してください。',
  sources: [],
  certainty: '',
  origins: [],
  blocks: false,
  ruleVersion: null,
  override: 'NONE',
  lifted: null,
  ...part,
});
const shape = (...findings: FindingFieldsFragment[]) => groupsOf(findings).map(({ places }) => places.map(({ place, line }) => `${place}:${line}`));

describe('findings', () => {
  it('that say the same are one, with a place each', () => {
    expect(shape(found({}), found({ code: 'CODE_MISSING', message: 'x' }), found({ line: 9 }), found({ place: 'variants.YAHOO.mjml' }))).toEqual([
      ['variants.RAKUTEN.mjml:4', 'variants.RAKUTEN.mjml:9', 'variants.YAHOO.mjml:4'],
      ['variants.RAKUTEN.mjml:4'],
    ]);
  });

  it('tell a place once', () => {
    expect(shape(found({}), found({}))).toEqual([['variants.RAKUTEN.mjml:4']]);
  });

  it('that say something else of the same code stay apart', () => {
    expect(shape(found({}), found({ message: '「特典の終了日」に入る値がありません。' }))).toHaveLength(2);
  });

  it('of one rule are one, unless they touch other malls', () => {
    const ruled = { code: 'RK-01', ruleVersion: 1 };
    expect(shape(found(ruled), found({ ...ruled, message: 'y', line: 5 }), found({ ...ruled, origins: ['RAKUTEN'] }))).toEqual([
      ['variants.RAKUTEN.mjml:4', 'variants.RAKUTEN.mjml:5'],
      ['variants.RAKUTEN.mjml:4'],
    ]);
  });
});
