/** A stretch of a text: words, or the name of a variable that stands for others. */
interface Token {
  text: string;
  variable: boolean;
  /** As it is written, filters and all. */
  source: string;
}

const variable = /\{\{\s*([\w.]+)(?:\s*\|[^}]*)?\s*\}\}/g;

/** A text of the template language, with its variables told apart. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(variable)) {
    if (match.index > at) tokens.push(words(text.slice(at, match.index)));
    tokens.push({ text: match[1] ?? '', variable: true, source: match[0] });
    at = match.index + match[0].length;
  }
  if (at < text.length) tokens.push(words(text.slice(at)));
  return tokens;
}

const words = (text: string): Token => ({ text, variable: false, source: text });
