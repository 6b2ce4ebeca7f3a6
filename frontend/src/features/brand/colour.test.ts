import { describe, expect, it } from 'vitest';
import { contrast, inkOn, inks, isColour } from './colour';

describe('a brand colour', () => {
  it('is # and six hexadecimal digits', () => {
    expect(['#2a4b8d', '#ABCDEF'].every(isColour)).toBe(true);
    expect(['red', '#fff', '#12345g', '2a4b8d', '#2a4b8d;'].some(isColour)).toBe(false);
  });

  it('contrasts as WCAG reckons', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(contrast('#bf0000', '#bf0000')).toBe(1);
  });

  it('carries the ink that is read better', () => {
    for (const accent of ['#2a4b8d', '#bf0000', '#ffd400', '#ffffff', '#808080']) {
      const chosen = contrast(accent, inks[inkOn(accent)]);
      expect(chosen).toBeGreaterThanOrEqual(4);
    }
    expect(inkOn('#ffd400')).toBe('black');
    expect(inkOn('#2a4b8d')).toBe('white');
  });
});
