import { fileURLToPath } from 'node:url';

/** A file as it is handed to a page. */
export interface Given {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A file of text in UTF-8. */
export const textFile = (name: string, text: string): Given => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** One of the files that the formats of malls are tested with. */
export const mallFile = (name: string): string => fileURLToPath(new URL(`../../crm/mall/testdata/${name}`, import.meta.url));

/** Files in a zip, as they are: nothing is made smaller. */
export function zipOf(name: string, files: readonly Given[]): Given {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const path = Buffer.from(file.name);
    const facts = numbers([2, 20], [2, utf8Names], [2, 0], [4, 0], [4, crc32(file.buffer)], [4, file.buffer.length], [4, file.buffer.length], [2, path.length], [2, 0]);
    const local = Buffer.concat([numbers([4, 0x04034b50]), facts, path, file.buffer]);
    directory.push(Buffer.concat([numbers([4, 0x02014b50], [2, 20]), facts, numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), path]));
    parts.push(local);
    at += local.length;
  }
  const length = directory.reduce((sum, one) => sum + one.length, 0);
  const end = numbers([4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, length], [4, at], [2, 0]);
  return { name, mimeType: 'application/zip', buffer: Buffer.concat([...parts, ...directory, end]) };
}

const utf8Names = 0x0800;

/** Numbers in their widths in bytes, the low byte first. */
function numbers(...fields: readonly (readonly [width: number, value: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([width, value]) => {
      const bytes = Buffer.alloc(width);
      bytes.writeUIntLE(value, 0, width);
      return bytes;
    }),
  );
}

function crc32(content: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of content) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
