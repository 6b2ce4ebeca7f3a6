import { expect, it } from 'vitest';
import { identityValue } from './identityValue';

it('writes keys of several parts for people, and leaves the others alone', () => {
  expect(identityValue({ kind: 'PHONE_NAME', value: '+81451234567|j:小林翔太', phoneNational: '045-123-4567' })).toBe(
    '小林翔太\u00a0· 045-123-4567',
  );
  expect(identityValue({ kind: 'PHONE_NAME', value: '+81312345678|k:コバヤシショウタ', phoneNational: '03-1234-5678' })).toBe(
    'コバヤシショウタ\u00a0· 03-1234-5678',
  );
  expect(
    identityValue({ kind: 'NAME_ADDRESS', value: '小林翔太|1600022|東京都新宿区新宿1-2-3', phoneNational: '' }),
  ).toBe('小林翔太\u00a0· 〒160-0022\u00a0· 東京都新宿区新宿1-2-3');
  expect(identityValue({ kind: 'NAME_ADDRESS', value: '小林翔太|東京都新宿区新宿1-2-3|コバヤシショータ', phoneNational: '' })).toBe(
    '小林翔太\u00a0· 東京都新宿区新宿1-2-3\u00a0· コバヤシショータ',
  );
  expect(identityValue({ kind: 'NAME_ADDRESS', value: '小林翔太|〒1600022新宿1-2-3', phoneNational: '' })).toBe(
    '小林翔太\u00a0· 〒160-0022 新宿1-2-3',
  );
  expect(identityValue({ kind: 'RELAY_MAIL', value: 'sha256:0123456789abcdef', phoneNational: '' })).toBe('#01234567');
  expect(identityValue({ kind: 'MAIL', value: 'a|b@example.com', phoneNational: '' })).toBe('a|b@example.com');
});
