import type { CreatePropertyInput, PropertyType } from '#gql/imports/graphql';
import { plain } from './headings';

/** A custom property of the merchant's. */
export interface Kept {
  key: string;
  name: string;
  archivedAt: string | null;
}

/** What becomes of a column that is no field of a person: nothing, a property there is, or a new one of a type. */
export type KeptChoice = { to: 'nothing' } | { to: 'property'; key: string } | { to: 'new'; type: PropertyType };

export const types = ['TEXT', 'NUMBER', 'DATE', 'BOOLEAN', 'CHOICE'] as const satisfies readonly PropertyType[];

/** The columns that fill no field of the mapping. */
export const otherColumns = (header: readonly string[], taken: readonly (string | undefined)[]): string[] =>
  header.filter((column, at) => column.trim() !== '' && header.indexOf(column) === at && !taken.includes(column));

const cellsOf = (column: string, header: readonly string[], sample: readonly (readonly string[])[]): string[] => {
  const at = header.indexOf(column);
  return sample.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
};

// The words that the server reads as yes and no.
const truths = /^(yes|no|y|n|true|false|t|f|1|0|on|off|○|◯|×|✕|はい|いいえ|有|無|あり|なし|有り|無し|希望|希望する|希望しない|する|しない)$/i;
const day = /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(\s|$)/;
const number = /^[-+]?[\d,]+(\.\d{1,4})?$/;
/** From how many rows on, and up to how many words, a column looks like a choice. */
const enoughRows = 10;
const fewWords = 5;

/** What a column probably holds. Zeros and ones are numbers unless nothing else is written. */
export function guessType(column: string, header: readonly string[], sample: readonly (readonly string[])[]): PropertyType {
  const cells = cellsOf(column, header, sample).map((cell) => cell.normalize('NFKC'));
  if (cells.length === 0) return 'TEXT';
  const all = (pattern: RegExp) => cells.every((cell) => pattern.test(cell));
  if (all(truths) && !(all(number) && new Set(cells).size < 2)) return 'BOOLEAN';
  if (all(day)) return 'DATE';
  if (all(number) && !cells.some((cell) => /^0\d/.test(cell))) return 'NUMBER';
  const words = new Set(cells);
  const repeated = [...words].every((word) => cells.filter((cell) => cell === word).length > 1);
  return cells.length >= enoughRows && words.size <= fewWords && repeated ? 'CHOICE' : 'TEXT';
}

/** The choice the form begins with: the property that is called as the column is. */
export function guessKept(column: string, kept: readonly Kept[]): KeptChoice {
  const found = kept.find((one) => !one.archivedAt && plain(one.name) === plain(column));
  return found ? { to: 'property', key: found.key } : { to: 'nothing' };
}

/** A key for a property that is called as a column is, and is no other's. */
export function keyFor(column: string, taken: readonly string[]): string {
  const latin = column
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 36);
  const base = latin || 'item';
  if (latin && !taken.includes(base)) return base;
  let count = 1;
  while (taken.includes(`${base}_${count}`)) count++;
  return `${base}_${count}`;
}

/** The property that a column is to become. The choices are those of the rows that were looked at. */
export function newProperty(
  column: string,
  type: PropertyType,
  key: string,
  header: readonly string[],
  sample: readonly (readonly string[])[],
): CreatePropertyInput {
  const cells = cellsOf(column, header, sample);
  const digits = Math.max(0, ...cells.map((cell) => /\.(\d+)$/.exec(cell.normalize('NFKC'))?.[1]?.length ?? 0));
  return {
    key,
    name: column.trim().slice(0, 40),
    help: '',
    type,
    decimals: type === 'NUMBER' ? Math.min(4, digits) : 0,
    choices: type === 'CHOICE' ? [...new Set(cells)].map((name) => ({ name })) : [],
    places: ['PROFILE', 'LIST'],
  };
}
