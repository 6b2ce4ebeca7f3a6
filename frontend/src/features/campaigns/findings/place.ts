import { moveCursor, rangeIn, textOf } from '../editor/chips';
import type { Step } from '../urls';

/** Where in the editor a finding is mended. */
interface Spot {
  step: Step;
  /** The destination's variant, or the mall of a mall mail. */
  mall?: string;
  /** The id of the input that holds the place. */
  field?: string;
}

const fields: Record<string, string> = {
  subject: 'variant-subject',
  mjml: 'variant-mjml',
  text: 'variant-textBody',
  offer: 'variant-offer',
};

/** Reads a place as the server names it: variants.RAKUTEN.mjml, mallMails.YAHOO.text, sender.name, audience. */
export function spotOf(place: string): Spot {
  const [kind, second, third = ''] = place.split('.');
  if (kind === 'variants') return { step: 'content', mall: second, field: fields[third] };
  if (kind === 'mallMails') return { step: 'content', field: `mallMail-${second}-${third}` };
  if (kind === 'sender') return { step: 'sender', field: `sender-${second}` };
  return { step: 'audience' };
}

/** How many characters stand before a line and column, both from 1; past the end is the end. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  // The server counts characters, the browser UTF-16 units: 𠮷 is one of the former and two of the latter.
  const within = [...(lines[line - 1] ?? '')].slice(0, column - 1).join('').length;
  return Math.min(before + within, text.length);
}

/** Where the body is shown as blocks, what can be focused in one of them: the field that says what was found, its first, or the block. */
const blockAt = (field: string, key: string | undefined, excerpt: string): HTMLElement | null => {
  if (field !== fields.mjml || !key) return null;
  const block = document.querySelector<HTMLElement>(`[data-block="${key}"]`);
  const inputs = [...(block?.querySelectorAll<HTMLElement>('textarea, input, [role=textbox]') ?? [])];
  return inputs.find((one) => whereIn(wordsOf(one), excerpt) >= 0) ?? inputs[0] ?? block;
};

/** What stands in a field, variables as their Liquid. */
const wordsOf = (field: HTMLElement): string =>
  field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement ? field.value : textOf(field, field.getAttribute('aria-multiline') === 'true');

const whereIn = (words: string, excerpt: string): number => (excerpt === '' ? -1 : words.toLowerCase().indexOf(excerpt.toLowerCase()));

const triesMs = 50;
const tries = 20;

/** Puts the cursor where the finding is, once the step that holds it is on screen. */
export function focusSpot(spot: Spot, at: { line?: number | null; column?: number | null; excerpt: string; block?: string }, tried = 0): void {
  const found = spot.field ? (document.getElementById(spot.field) ?? blockAt(spot.field, at.block, at.excerpt)) : null;
  if (!found) {
    if (spot.field && tried < tries) setTimeout(() => focusSpot(spot, at, tried + 1), triesMs);
    return;
  }
  found.scrollIntoView({ block: 'center' });
  found.focus();
  const words = wordsOf(found);
  // A block's field is a part of the body: its line is none of the body's, but its words are.
  const from = found.id !== spot.field ? whereIn(words, at.excerpt) : at.line ? offsetOf(words, at.line, at.column ?? 1) : -1;
  if (from < 0) return;
  const same = words.slice(from, from + at.excerpt.length).toLowerCase() === at.excerpt.toLowerCase();
  select(found, from, same ? from + at.excerpt.length : from);
  if (found instanceof HTMLTextAreaElement && found.id === spot.field && at.line) {
    const lineHeight = Number.parseFloat(getComputedStyle(found).lineHeight) || 20;
    found.scrollTop = Math.max(0, (at.line - 3) * lineHeight);
  }
}

function select(field: HTMLElement, from: number, to: number): void {
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) field.setSelectionRange(from, to);
  else if (field.getAttribute('role') === 'textbox') moveCursor(rangeIn(field, from, to));
}
