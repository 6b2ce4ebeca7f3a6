import { tokensOf } from './tokens';

/** Keeps room for the cursor beside a chip, where browsers have none; it is no part of the text. */
const room = '\u200b';

/** Fills a field with a text of the template language, its variables as chips that name them. */
export function show(field: HTMLElement, text: string, chip: (name: string, source: string) => HTMLElement): void {
  const nodes: Node[] = [];
  for (const token of tokensOf(text)) {
    if (token.variable) nodes.push(document.createTextNode(room), chip(token.text, token.source), document.createTextNode(room));
    else nodes.push(document.createTextNode(token.text));
  }
  field.replaceChildren(...nodes);
}

/** The text behind what a field shows: one line, chips as the Liquid they stand for. */
export const textOf = (field: Node): string =>
  [...field.childNodes]
    .map((node) => {
      if (node instanceof HTMLElement) return node.dataset.source ?? textOf(node);
      return node.nodeValue ?? '';
    })
    .join('')
    .replaceAll(room, '')
    .replaceAll('\u00a0', ' ')
    .replace(/[\r\n]+/g, ' ');

/** Where the cursor stands in a field, or what is selected; undefined while it is elsewhere. */
export function cursorIn(field: HTMLElement): Range | undefined {
  const selection = getSelection();
  const range = selection && selection.rangeCount > 0 ? selection.getRangeAt(0) : undefined;
  return range && field.contains(range.commonAncestorContainer) ? range.cloneRange() : undefined;
}

/** Puts the cursor, or a selection, where it was. */
export function moveCursor(to: Range): void {
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(to);
}

/** Puts nodes in where the cursor stands in a field, or at its end, and the cursor behind them. */
export function putIn(field: HTMLElement, ...nodes: Node[]): void {
  const range = cursorIn(field) ?? endOf(field);
  range.deleteContents();
  for (const node of nodes.toReversed()) range.insertNode(node);
  const last = nodes.at(-1);
  if (last) range.setStartAfter(last);
  range.collapse(true);
  moveCursor(range);
}

function endOf(field: HTMLElement): Range {
  const range = document.createRange();
  range.selectNodeContents(field);
  range.collapse(false);
  return range;
}

/** A chip with room for the cursor on both sides. */
export const withRoom = (chip: HTMLElement): Node[] => [document.createTextNode(room), chip, document.createTextNode(room)];
