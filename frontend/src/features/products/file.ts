/** Reads a file that a spreadsheet saved: UTF-8 where it is that, else Shift_JIS as Excel writes it in Japan. */
export function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('shift_jis').decode(bytes);
  }
}
