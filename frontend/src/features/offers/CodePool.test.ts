import { expect, it } from 'vitest';
import { readCodes } from './CodePool';

it('reads codes from lines, commas and blanks, each once', () => {
  expect(readCodes('AAA-1\r\nBBB-2,CCC-3\n\n  AAA-1\tDDD-4　EEE-5')).toEqual(['AAA-1', 'BBB-2', 'CCC-3', 'DDD-4', 'EEE-5']);
  expect(readCodes(' \n')).toEqual([]);
});
