import { tokensOf } from './tokens';

/** Keeps room for the cursor beside a chip, where browsers have none; it is no part of the text. */
const room = '\u200b';

/**
 * Fills a field with a text of the template language, its variables as chips
 * that name them. A field of several lines ends with a break that is no part of
 * the text, as browsers show none that nothing follows.
 */
export function show(field: HTMLElement, text: string, chip: (name: string, source: string) => HTMLElement, lines = false): void {
  const nodes: Node[] = [];
  for (const token of tokensOf(text)) {
    if (token.variable) nodes.push(document.createTextNode(room), chip(token.text, token.source), document.createTextNode(room));
    else nodes.push(document.createTextNode(token.text));
  }
  if (lines && text !== '') nodes.push(document.createTextNode('\n'));
  field.replaceChildren(...nodes);
}

/** The text behind what a field shows, chips as the Liquid they stand for; on one line unless it may have more. */
export function textOf(field: Node, lines = false): string {
  const text = rawOf(field).replaceAll(room, '').replaceAll('\u00a0', ' ').replaceAll('\r\n', '\n');
  return lines ? text.replace(/\n$/, '') : text.replace(/[\r\n]+/g, ' ');
}

const rawOf = (field: Node): string =>
  [...field.childNodes]
    .map((node) => {
      if (!(node instanceof HTMLElement)) return node.nodeValue ?? '';
      return node.tagName === 'BR' ? '\n' : (node.dataset.source ?? rawOf(node));
    })
    .join('');

/** From one place of the text behind a field to another, counted as `textOf` writes it; of a chip always the whole. */
export function rangeIn(field: Node, from: number, to: number): Range {
  const range = document.createRange();
  range.selectNodeContents(field);
  range.collapse(false);
  let begun = false;
  let at = 0;
  for (const leaf of leavesOf(field)) {
    const whole = leaf instanceof Text ? undefined : (sourceOf(leaf)?.length ?? 1);
    const end = at + (whole ?? leaf.textContent?.replaceAll(room, '').length ?? 0);
    if (!begun && from < end) {
      if (leaf instanceof Text) range.setStart(leaf, placeIn(leaf.data, from - at));
      else range.setStartBefore(leaf);
      begun = true;
    }
    if (begun && to <= end) {
      if (leaf instanceof Text) range.setEnd(leaf, placeIn(leaf.data, to - at));
      else if (to > at) range.setEndAfter(leaf);
      else range.setEndBefore(leaf);
      return range;
    }
    at = end;
  }
  return range;
}

const sourceOf = (node: Node): string | undefined => (node instanceof HTMLElement ? node.dataset.source : undefined);

/** Chips, breaks and the text between them, in their order. */
const leavesOf = (node: Node): ChildNode[] =>
  [...node.childNodes].flatMap((child) => (child.hasChildNodes() && sourceOf(child) === undefined ? leavesOf(child) : [child]));

/** Where in a text that keeps room for the cursor so many of its own characters are over. */
function placeIn(data: string, characters: number): number {
  let place = 0;
  for (let left = characters; place < data.length && (left > 0 || data[place] === room); place += 1) {
    if (data[place] !== room) left -= 1;
  }
  return place;
}

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

/** The end of what a field says, before the break that only ends it. */
function endOf(field: HTMLElement): Range {
  const range = document.createRange();
  range.selectNodeContents(field);
  range.collapse(false);
  const last = field.lastChild;
  if (last instanceof Text && last.data.endsWith('\n')) range.setStart(last, last.length - 1);
  else if (last instanceof HTMLElement && last.tagName === 'BR') range.setStartBefore(last);
  range.collapse(true);
  return range;
}

/** A chip with room for the cursor on both sides. */
export const withRoom = (chip: HTMLElement): Node[] => [document.createTextNode(room), chip, document.createTextNode(room)];
