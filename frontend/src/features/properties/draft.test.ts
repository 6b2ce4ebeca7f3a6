import { describe, expect, it } from 'vitest';
import { createInput, draftOf, keyOf, updateInput } from './draft';

describe('the form of a property', () => {
  it('proposes a key where the name has Latin letters', () => {
    expect(keyOf('Ｐｅｔ Name (犬)')).toBe('pet_name');
    expect(keyOf('2nd address')).toBe('nd_address');
    expect(keyOf('好きなカテゴリ')).toBe('');
  });

  it('leaves out what its type does not have', () => {
    const draft = { ...draftOf(undefined), key: 'pet', name: 'ペット', decimals: 2 };
    expect(createInput(draft)).toMatchObject({ choices: [], decimals: 0 });
    expect(createInput({ ...draft, type: 'NUMBER' as const })).toMatchObject({ decimals: 2 });
  });

  it('keeps the values of choices, and drops archived and empty ones', () => {
    const draft = draftOf({
      id: 'p',
      key: 'pet',
      name: 'ペット',
      help: '',
      type: 'CHOICE',
      decimals: 0,
      places: ['LIST'],
      archivedAt: null,
      choices: [
        { value: 'c1', name: '犬', archived: false },
        { value: 'c2', name: '猫', archived: true },
      ],
    });
    const input = updateInput('p', { ...draft, choices: [...draft.choices, { id: 'x', name: ' ' }, { id: 'y', name: '鳥' }] });
    expect(input.choices).toEqual([{ value: 'c1', name: '犬' }, { value: undefined, name: '鳥' }]);
  });
});
