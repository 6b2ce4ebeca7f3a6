import { describe, expect, it } from 'vitest';
import { guessKept, guessType, keyFor, newProperty, otherColumns } from './keptColumns';

const header = ['会員番号', 'ペット', '匹数', '来店日', '旧ランク', '備考', '郵便', '印'];
const row = (i: number) => [`M-${i}`, i % 2 ? 'あり' : 'なし', `${i}.5`, `2026/1/${i + 1}`, i % 3 ? 'ゴールド' : 'シルバー', `メモ${i}`, `060000${i}`, '1'];
const sample = Array.from({ length: 12 }, (_, i) => row(i % 10));
const typeOf = (column: string) => guessType(column, header, sample);

describe('columns that are no field of a person', () => {
  it('are told by what they hold', () => {
    expect(header.map(typeOf)).toEqual(['TEXT', 'BOOLEAN', 'NUMBER', 'DATE', 'CHOICE', 'TEXT', 'TEXT', 'NUMBER']);
    expect(guessType('空', ['空'], [['']])).toBe('TEXT');
  });

  it('are those that nothing else takes, and go to the property of their name', () => {
    expect(otherColumns(['a', '', 'b', 'b', 'c'], ['c', undefined])).toEqual(['a', 'b']);
    const kept = [
      { key: 'rank', name: '旧 ランク', archivedAt: null },
      { key: 'pet', name: 'ペット', archivedAt: '2026-01-01' },
    ];
    expect(guessKept('旧ランク', kept)).toEqual({ to: 'property', key: 'rank' });
    expect(guessKept('ペット', kept)).toEqual({ to: 'nothing' });
  });

  it('become properties with a key of their own', () => {
    expect(keyFor('Old Rank', [])).toBe('old_rank');
    expect(keyFor('Old Rank', ['old_rank'])).toBe('old_rank_1');
    expect(keyFor('旧ランク', ['item_1'])).toBe('item_2');
    expect(newProperty('旧ランク', 'CHOICE', 'item_1', header, sample).choices).toEqual([{ name: 'シルバー' }, { name: 'ゴールド' }]);
    expect(newProperty('匹数', 'NUMBER', 'item_1', header, sample).decimals).toBe(1);
  });
});
