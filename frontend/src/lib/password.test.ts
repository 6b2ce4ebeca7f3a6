import { describe, expect, it } from 'vitest';
import { strengthOf } from './password';

describe('the strength of a password', () => {
  it.each([
    ['', 'empty'],
    ['elevenchars', 'short'],
    ['パスワード', 'short'],
    ['aaaaaaaaaaaa', 'guessable'],
    ['abababababab', 'guessable'],
    ['hanako-meguri', 'guessable'],
    ['passwordpassword', 'guessable'],
    ['twelve chars', 'good'],
    ['a long enough phrase', 'strong'],
    ['Tr4vel-light', 'strong'],
    ['春の海ひねもすのたりのたりかな', 'good'],
  ] as const)('%s is %s', (password, strength) => {
    expect(strengthOf(password, ['hanako@meguri.example', '花子'])).toBe(strength);
  });
});
