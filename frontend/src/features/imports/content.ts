import { groupsOf, guessColumns, isHeaded, type MappingDraft, type MappingField, type MappingKind } from './mapping';

/** The first rows of a file below its header. */
interface Table {
  header: readonly string[];
  sample: readonly (readonly string[])[];
}

// What the content of a column looks like that fills a field; fields that may hold anything are not here.
const date = /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|^\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|^\d{8}$/;
const money = /^[-¥￥$▲−]?\s*[\d,]+(\.\d+)?円?$/;
const contents: Partial<Record<MappingField, RegExp>> = {
  orderedAt: date,
  shippedAt: date,
  joinedAt: date,
  consentedAt: date,
  birthDate: date,
  quantity: /^-?\d+$/,
  unitPrice: money,
  amount: money,
  discount: money,
  shipping: money,
  fee: money,
  shopCoupon: money,
  mallCoupon: money,
  pointsUsed: money,
  total: money,
  mail: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
  phone: /^'?\+?[\d\s()-]{9,}$/,
  postalCode: /^'?〒?\d{3}-?\d{4}$/,
};

/** Fields whose content is like no other's: a column without a usual heading is guessed by it. */
const telling: readonly MappingField[] = ['mail', 'postalCode'];

/** How far the content of a column agrees with the field it is given to: told by heading and content, by one of them, or against the content. */
type Certainty = 'BOTH' | 'HEADING' | 'CONTENT' | 'ODD' | 'CHOSEN';

const cellsAt = (at: number, sample: Table['sample']): string[] => sample.map((row) => (row[at] ?? '').trim().normalize('NFKC'));

const filledCells = (column: string, header: Table['header'], sample: Table['sample']): string[] => {
  const at = header.indexOf(column);
  return at < 0 ? [] : sample.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
};

/** Whether nearly all cells look so. */
const mostly = (cells: readonly string[], pattern: RegExp): boolean =>
  cells.filter((cell) => pattern.test(cell.normalize('NFKC'))).length >= cells.length * 0.8;

/** How sure it is that a column fills a field. */
export function certainty(field: MappingField, column: string, header: Table['header'], sample: Table['sample']): Certainty {
  const named = isHeaded(field, column);
  const cells = filledCells(column, header, sample);
  const pattern = contents[field];
  if (!pattern || cells.length === 0) return named ? 'HEADING' : 'CHOSEN';
  if (!mostly(cells, pattern)) return 'ODD';
  return named ? 'BOTH' : 'CONTENT';
}

/** What stands in a column, at most three contents that differ. */
export const examples = (column: string, header: Table['header'], sample: Table['sample']): string[] =>
  [...new Set(filledCells(column, header, sample))].slice(0, 3);

/** The columns that hold nothing but dates. */
const dateColumns = ({ header, sample }: Table): number[] =>
  header.flatMap((_, at) => {
    const cells = cellsAt(at, sample).filter(Boolean);
    return cells.length >= sample.length * 0.8 && cells.length > 0 && mostly(cells, date) ? [at] : [];
  });

/**
 * The column that numbers documents of several lines, as orders and receipts
 * are: its values repeat in rows that follow each other and are of one day, in a
 * file that has dates and amounts. Of several, the one that tells most apart.
 */
export function documentColumn(header: Table['header'], sample: Table['sample']): string | undefined {
  const dates = dateColumns({ header, sample });
  const amounts = header.some((_, at) => !dates.includes(at) && mostly(cellsAt(at, sample), money));
  if (dates.length === 0 || !amounts || sample.length < 3) return undefined;
  let found: { at: number; kinds: number } | undefined;
  for (const at of header.keys()) {
    if (dates.includes(at) || isOfPerson(header[at] ?? '')) continue;
    const kinds = documents(cellsAt(at, sample), dates.map((day) => cellsAt(day, sample)));
    if (kinds > (found?.kinds ?? 1)) found = { at, kinds };
  }
  return found && header[found.at];
}

/** How many documents the cells of a column number; 0 where they number none. */
function documents(cells: readonly string[], days: readonly (readonly string[])[]): number {
  if (cells.some((cell) => !/^(?=.{3})[\w#-]*\d[\w#-]*$/.test(cell)) || mostly(cells, /^'?〒?\d{3}-?\d{4}$|^'?\+?[\d]{2,4}-\d+-\d+$/)) return 0;
  const runs = cells.flatMap((cell, row) => (row === 0 || cells[row - 1] !== cell ? [row] : []));
  const oneDay = cells.every((cell, row) => row === 0 || cells[row - 1] !== cell || days.some((day) => day[row] === day[row - 1]));
  const kinds = new Set(cells).size;
  return oneDay && kinds === runs.length && kinds < cells.length ? kinds : 0;
}

const personFields = groupsOf('CUSTOMERS').flatMap(([, fields]) => fields);
const isOfPerson = (column: string): boolean => personFields.some((field) => isHeaded(field, column));

/** What a file of orders has beside the number of its orders. */
const boughtFields: readonly MappingField[] = ['orderedAt', 'sku', 'quantity', 'unitPrice', 'amount', 'total'];

/** Guesses what the rows of a file are: orders have numbers, days and amounts; else documents of several lines tell themselves. */
export function guessKind(header: Table['header'], sample: Table['sample']): MappingKind {
  const columns = guessColumns(header, 'ORDERS');
  const bought = boughtFields.filter((field) => columns[field]).length;
  if (columns.orderNo ? bought > 0 : bought > 2) return 'ORDERS';
  return documentColumn(header, sample) ? 'ORDERS' : 'CUSTOMERS';
}

/** Adds columns that only their content tells, and tells a discount of an order from one of a line. */
export function guessByContent(
  columns: MappingDraft['columns'],
  kind: MappingKind,
  header: Table['header'],
  sample: Table['sample'],
): MappingDraft['columns'] {
  const fields = groupsOf(kind).flatMap(([, all]) => all);
  const found = { ...columns };
  for (const field of telling) {
    if (found[field] || !fields.includes(field)) continue;
    const taken = new Set(Object.values(found));
    found[field] = header.find((column) => !taken.has(column) && certainty(field, column, header, sample) === 'CONTENT');
  }
  return kind === 'ORDERS' ? guessOrders(found, { header, sample }) : found;
}

function guessOrders(found: MappingDraft['columns'], table: Table): MappingDraft['columns'] {
  const { header, sample } = table;
  const taken = new Set(Object.values(found));
  const free = (column: string | undefined) => (column !== undefined && !taken.has(column) ? column : undefined);
  const [day, ...others] = dateColumns(table).filter((at) => free(header[at]) && !isOfPerson(header[at] ?? ''));
  const guessed = {
    ...found,
    orderNo: found.orderNo ?? free(documentColumn(header, sample)),
    orderedAt: found.orderedAt ?? (day !== undefined && others.length === 0 ? header[day] : undefined),
  };
  if (!guessed.discount || guessed.shopCoupon || !sameWithin(guessed.orderNo, guessed.discount, table)) return guessed;
  return { ...guessed, shopCoupon: guessed.discount, discount: undefined };
}

/** Whether documents of several lines have one value in a column, and not nothing. */
function sameWithin(orderNo: string | undefined, column: string, { header, sample }: Table): boolean {
  const numbers = cellsAt(header.indexOf(orderNo ?? ''), sample);
  const values = cellsAt(header.indexOf(column), sample);
  const pairs = numbers.flatMap((no, row) => (row > 0 && no !== '' && no === numbers[row - 1] ? [row] : []));
  return pairs.some((row) => !/^0?$/.test(values[row] ?? '')) && pairs.every((row) => values[row] === values[row - 1]);
}
