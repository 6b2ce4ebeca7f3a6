import { describe, expect, it } from 'vitest';
import { decode } from './file';

describe('a file of costs', () => {
  it('is read in UTF-8, with and without a mark', () => {
    expect(decode(new TextEncoder().encode('商品コード,原価').buffer as ArrayBuffer)).toBe('商品コード,原価');
    expect(decode(new TextEncoder().encode('\uFEFF原価').buffer as ArrayBuffer)).toBe('原価');
  });

  it('is read as Excel saves it in Japan', () => {
    // 原価 in Shift_JIS
    expect(decode(new Uint8Array([0x8c, 0xb4, 0x89, 0xbf]).buffer)).toBe('原価');
  });
});
