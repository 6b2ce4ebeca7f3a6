import { describe, expect, it } from 'vitest';
import { duplicatesInput, emptyEntry, entryInput, wayOf, type Duplicate } from './entry';

const draft = { ...emptyEntry('S1'), memberId: ' 100 ', values: { pet: true, size: null }, channels: ['MAIL', 'POSTAL'] as const, wording: 'お知らせを受け取ります', source: '申込用紙' };
const duplicate = (some: Partial<Duplicate>) => ({ exact: false, asks: false, ...some }) as Duplicate;

describe('a customer that staff writes down', () => {
  it('is not looked for by a day of birth alone', () => {
    expect(duplicatesInput({ ...emptyEntry('S1'), profile: { ...draft.profile, birthDate: '1990-01-02' } })).toBeUndefined();
    expect(duplicatesInput({ ...emptyEntry(null), memberId: '100' })).toBeUndefined();
    expect(duplicatesInput(draft)).toMatchObject({ shopId: 'S1', memberId: '100' });
  });

  it('has one consent per channel with what proves it, and only the values that are told', () => {
    const input = entryInput(draft, 'S1', ['T1']);
    expect(input.consents).toEqual([
      { channel: 'MAIL', method: 'STORE', wording: 'お知らせを受け取ります', source: '申込用紙' },
      { channel: 'POSTAL', method: 'STORE', wording: 'お知らせを受け取ります', source: '申込用紙' },
    ]);
    expect(input).toMatchObject({ memberId: '100', tagIds: ['T1'], properties: [{ key: 'pet', value: true }] });
  });

  it('can be made unless somebody has the number, and after a word where somebody may be the same', () => {
    expect(wayOf([duplicate({})])).toBe('CREATE');
    expect(wayOf([duplicate({}), duplicate({ asks: true })])).toBe('DIFFERENT');
    expect(wayOf([duplicate({ asks: true }), duplicate({ asks: true, exact: true })])).toBe('EXISTS');
  });
});
