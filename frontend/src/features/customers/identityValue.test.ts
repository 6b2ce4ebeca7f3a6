import { expect, it } from 'vitest';
import { identityValue } from './identityValue';

it('writes keys of several parts for people, and leaves the others alone', () => {
  expect(identityValue('PHONE_NAME', '+819000000072|j:小林翔太')).toBe('小林翔太 · 090-0000-0072');
  expect(identityValue('PHONE_NAME', '+81312345678|k:コバヤシショウタ')).toBe('コバヤシショウタ · 03-1234-5678');
  expect(identityValue('PHONE_NAME', '+81451234567|j:小林翔太')).toBe('小林翔太 · 0451234567');
  expect(identityValue('PHONE_NAME', '+12125550123|j:小林翔太')).toBe('小林翔太 · +12125550123');
  expect(identityValue('NAME_ADDRESS', '小林翔太|1600022|東京都新宿区新宿1-2-3')).toBe(
    '小林翔太 · 〒160-0022 · 東京都新宿区新宿1-2-3',
  );
  expect(identityValue('MAIL', 'a|b@example.com')).toBe('a|b@example.com');
});
