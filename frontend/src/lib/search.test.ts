import { describe, expect, it } from 'vitest';
import { flag, oneOf, someOf, text } from './search';

describe('what stands in the address bar', () => {
  it('keeps known words and drops the others', () => {
    expect(oneOf('name', 'spend')('spend')).toBe('spend');
    expect(oneOf('name', 'spend')('drop table')).toBeUndefined();
    expect(someOf('RAKUTEN', 'AMAZON')(['AMAZON', 'AMAZON', 'EBAY'])).toEqual(['AMAZON']);
    expect(someOf('RAKUTEN', 'AMAZON')('RAKUTEN')).toEqual(['RAKUTEN']);
    expect(someOf('RAKUTEN', 'AMAZON')([])).toBeUndefined();
  });

  it('reads numbers that were meant as text', () => {
    expect(text(812345)).toBe('812345');
    expect(text('  ')).toBeUndefined();
    expect(text({})).toBeUndefined();
  });

  it('reads flags', () => {
    expect(flag('true')).toBe(true);
    expect(flag(false)).toBeUndefined();
  });
});
