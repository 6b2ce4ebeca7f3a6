/** A stretch of a text: words, or the name of a variable that stands for others. */
interface Token {
  text: string;
  variable: boolean;
}

const variable = /\{\{\s*([\w.]+)(?:\s*\|[^}]*)?\s*\}\}/g;

/** A text of the template language, with its variables told apart. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(variable)) {
    if (match.index > at) tokens.push({ text: text.slice(at, match.index), variable: false });
    tokens.push({ text: match[1] ?? '', variable: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) tokens.push({ text: text.slice(at), variable: false });
  return tokens;
}
