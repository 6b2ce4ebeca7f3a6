import { describe, expect, it } from 'vitest';
import { entriesOf, inputOf, newRule } from './rule';

describe('a rule in the form', () => {
  it('has one entry per line', () => {
    expect(entriesOf('本店なら\n\n  公式サイトなら \n本店なら')).toEqual(['本店なら', '公式サイトなら']);
  });

  it('takes effect on the day given, and asks anew why', () => {
    const input = inputOf({ ...newRule(), id: 'OWN-01', version: 3 }, '2026-11-22');
    expect(input).toMatchObject({ id: 'OWN-01', condition: 'phrases', effectiveFrom: '2026-11-22', note: '' });
    expect(input).not.toHaveProperty('version');
  });
});
