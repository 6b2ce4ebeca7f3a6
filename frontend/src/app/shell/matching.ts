/** A text as it is compared: letters of any width and case alike, katakana as hiragana, so that a word is found while it is still being typed. */
export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

/** How well what was typed names something, 0 the best; none where a word of it is neither in the label nor in the other words. */
export function rankOf(typed: string, label: string, words: string): number | undefined {
  const wanted = folded(typed).split(/\s+/).filter(Boolean);
  const [name, others] = [folded(label), folded(words)];
  if (!wanted.every((word) => name.includes(word) || others.includes(word))) return undefined;
  if (name.startsWith(wanted.join(' '))) return 0;
  if (wanted.every((word) => name.includes(word))) return 1;
  // A whole word tells more than a piece of one: "point" of "points", not of "appointment".
  return wanted.every((word) => others.split(/\s+/).some((other) => other.startsWith(word))) ? 2 : 3;
}
