/** What a cell of a downloaded table can hold; a figure goes without its unit, so that a spreadsheet can reckon with it. */
export type Cell = string | number | null;

/** Excel takes a file for UTF-8 only with this in front. */
const byteOrderMark = '\uFEFF';

/** A text that a spreadsheet would take for a formula, wherever the text came from; a number below zero is none. The server's files go by the same: crm/spreadsheet. */
const formula = /^(?!-[\d,]*\.?\d+%?$)[=+\-@\t\r\n＝＋－＠]/;

function write(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as a CSV file: UTF-8 with its mark, lines ending as spreadsheets write them, texts that look like formulas disarmed. */
export const toCsv = (rows: readonly (readonly Cell[])[]): string =>
  byteOrderMark + rows.map((row) => `${row.map(write).join(',')}\r\n`).join('');

/** Hands a table on the screen over as a file; the name goes without its ending. */
export function downloadCsv(name: string, rows: readonly (readonly Cell[])[]): void {
  const url = URL.createObjectURL(new Blob([toCsv(rows)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.csv`;
  link.click();
  // The download begins after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
