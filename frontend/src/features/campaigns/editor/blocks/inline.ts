import { encoded, decoded } from './elements';

/*
 * The text of a mail as people type it: a line break is a line break, **bold**
 * is bold, [words](https://…) is a link, and {{ … }} stands for itself.
 */

const known = /<br\s*\/?>|<(b|strong)>(.*?)<\/\1>|<a\s+href\s*=\s*(?:"([^"]*)"|'([^']*)')\s*>(.*?)<\/a>/gis;
const liquid = /\{\{.*?\}\}|\{%.*?%\}/gs;

/** HTML as people type it; undefined when it holds what cannot be typed. */
export function typed(html: string): string | undefined {
  // Liquid may hold < and >, and takes no part in what follows.
  const kept: string[] = [];
  const plain = html
    .trim()
    .replace(liquid, (part) => `\ue000${kept.push(part) - 1}\ue001`)
    .replace(/\s*\n\s*/g, ' ');
  const words = plain.replace(known, (whole, bold, inner: string, double: string | undefined, single: string | undefined, label: string) => {
    if (/^<br/i.test(whole)) return '\n';
    return bold ? `**${inner}**` : `[${label}](${double ?? single ?? ''})`;
  });
  if (/<[^>]*>/.test(words)) return undefined;
  return decoded(words.replace(/ ?\n ?/g, '\n')).replace(/\ue000(\d+)\ue001/g, (_, at: string) => kept[Number(at)] ?? '');
}

/** What was typed, as HTML. */
export const html = (text: string): string =>
  encoded(text)
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replace(/\[([^\]\n]+)\]\(((?:\{\{[^}]*\}\}|[^)\s])+)\)/g, '<a href="$2">$1</a>')
    .replaceAll('\n', '<br />');
