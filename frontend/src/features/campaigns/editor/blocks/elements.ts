/** One MJML element of a source, or what stands between two of them. */
export interface Element {
  /** Its whole source, as it was written. */
  source: string;
  /** mj-text; empty for what is no element. */
  name: string;
  attributes: Attribute[];
  inner: string;
  /** Where it begins, and where its inner part does, in characters from the start of the text. */
  at: number;
  innerAt: number;
}

/** An attribute with its value as it is meant, without entities. */
export type Attribute = readonly [name: string, value: string];

const openTag = /<(mj-[a-z-]+)((?:\s+[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>/g;
const attributePattern = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** The elements that stand side by side in a source; undefined when one is not closed. */
export function elementsOf(source: string, offset = 0): Element[] | undefined {
  const list: Element[] = [];
  let at = 0;
  while (at < source.length) {
    openTag.lastIndex = at;
    const tag = openTag.exec(source);
    const between = source.slice(at, tag?.index);
    if (between.trim()) list.push({ source: between, name: '', attributes: [], inner: '', at: offset + at, innerAt: offset + at });
    if (!tag) break;
    const [whole, name = '', attributes = '', empty] = tag;
    const innerAt = tag.index + whole.length;
    const end = empty ? innerAt : closing(source, name, innerAt);
    if (end === undefined) return undefined;
    list.push({
      source: source.slice(tag.index, end),
      name,
      attributes: attributesOf(attributes),
      inner: empty ? '' : source.slice(innerAt, end - `</${name}>`.length),
      at: offset + tag.index,
      innerAt: offset + innerAt,
    });
    at = end;
  }
  return list;
}

/** Where the element that was opened before `from` ends, its own kind inside of it passed over. */
function closing(source: string, name: string, from: number): number | undefined {
  const tags = new RegExp(`<${name}(?=[\\s>/])[^>]*?(/?)>|</${name}>`, 'g');
  tags.lastIndex = from;
  let depth = 1;
  for (let tag = tags.exec(source); tag; tag = tags.exec(source)) {
    if (tag[0].startsWith('</')) depth -= 1;
    else if (!tag[1]) depth += 1;
    if (depth === 0) return tag.index + tag[0].length;
  }
  return undefined;
}

const attributesOf = (text: string): Attribute[] =>
  [...text.matchAll(attributePattern)].map(([, name = '', double, single]) => [name, decoded(double ?? single ?? '')]);

/** The value of an attribute, or undefined. */
export const attribute = (attributes: readonly Attribute[], name: string): string | undefined =>
  attributes.find(([each]) => each === name)?.[1];

/** The attributes but those named. */
export const without = (attributes: readonly Attribute[], ...names: string[]): Attribute[] =>
  attributes.filter(([name]) => !names.includes(name));

/** An opening tag, or one without content; attributes without a value are left out. */
export const tag = (name: string, attributes: readonly Attribute[], empty = false): string =>
  `<${[name, ...attributes.filter(([, value]) => value !== '').map(([key, value]) => `${key}="${encoded(value)}"`)].join(' ')}${empty ? ' />' : '>'}`;

const liquid = /(\{\{.*?\}\}|\{%.*?%\})/s;

/** Text as it stands in a source: Liquid is left as it is. */
export const encoded = (text: string): string =>
  text
    .split(liquid)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    )
    .join('');

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", nbsp: '\u00a0' };

/** Text as it is meant. */
export const decoded = (text: string): string => text.replace(/&(amp|lt|gt|quot|apos|#39|nbsp);/g, (_, name: string) => entities[name] ?? '');
