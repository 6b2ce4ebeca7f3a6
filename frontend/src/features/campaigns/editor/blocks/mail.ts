import { attribute, type Attribute, type Element, elementsOf, encoded, tag, without } from './elements';
import { html, typed } from './inline';
import { type Preset, presetOf, presets } from './presets';

/** A part of a mail that staff fill in without knowing MJML. */
export type Block = { from?: number; to?: number } & (
  | { kind: 'heading' | 'text'; attributes: Attribute[]; text: string }
  | { kind: 'image'; attributes: Attribute[]; src: string; alt: string; href: string }
  | { kind: 'button'; attributes: Attribute[]; label: string; href: string }
  | { kind: 'product'; image: string; name: string; price: string; href: string; label: string }
  | { kind: 'preset'; preset: Preset }
  | { kind: 'divider'; source: string }
  /** Anything else: kept as it was written. */
  | { kind: 'raw'; source: string }
);

/** Blocks on one ground: a section with one column, or anything else as one raw block. */
interface Section {
  /** Empty for what is no section of one column. */
  open: string;
  close: string;
  blocks: Block[];
}

/** A mail as blocks, with what stands around them. */
export interface Mail {
  head: string;
  sections: Section[];
  tail: string;
}

const bodyPattern = /<mj-body\b[^>]*>/;

/** Reads MJML; undefined when it is not whole enough to be read. */
export function read(source: string): Mail | undefined {
  const body = bodyPattern.exec(source);
  const end = source.lastIndexOf('</mj-body>');
  if (!body || end < 0) return undefined;
  const start = body.index + body[0].length;
  const elements = elementsOf(source.slice(start, end), start);
  if (!elements) return undefined;
  const lineAt = (at: number) => source.slice(0, at).split('\n').length;
  return { head: source.slice(0, start), sections: wholes(elements).map((element) => section(element, lineAt)), tail: source.slice(end) };
}

type LineAt = (at: number) => number;

function section(element: Element, lineAt: LineAt): Section {
  const columns = element.name === 'mj-section' ? elementsOf(element.inner, element.innerAt) : undefined;
  const [column] = columns ?? [];
  const inside = columns?.length === 1 && column?.name === 'mj-column' ? elementsOf(column.inner, column.innerAt) : undefined;
  if (!column || !inside) return { open: '', close: '', blocks: [placed(element, { kind: 'raw', source: element.source.trim() }, lineAt)] };
  return {
    open: `${tag('mj-section', element.attributes)}\n      ${tag('mj-column', column.attributes)}`,
    close: '</mj-column>\n    </mj-section>',
    blocks: products(wholes(inside)).map((parts) => placed(parts, blockOf(parts), lineAt)),
  };
}

const placed = (element: Element, block: Block, lineAt: LineAt): Block => ({
  ...block,
  from: lineAt(element.at),
  to: lineAt(element.at + element.source.trimEnd().length),
});

/** Joins what a condition or a loop of Liquid holds together, so that no half of it can be moved away. */
function wholes(elements: readonly Element[]): Element[] {
  const list: Element[] = [];
  let depth = 0;
  for (const element of elements) {
    const last = list.at(-1);
    if (depth > 0 && last) list[list.length - 1] = joined(last, element);
    else list.push(element);
    if (element.name === 'mj-raw' || element.name === '') depth = Math.max(0, depth + opened(element.source));
  }
  return list;
}

/** How many Liquid blocks a text opens more than it closes. */
const opened = (text: string): number =>
  [...text.matchAll(/\{%-?\s*(end)?(if|unless|for|case)\b/g)].reduce((sum, [, end]) => sum + (end ? -1 : 1), 0);

const joined = (first: Element, next: Element): Element => ({
  ...first,
  source: `${first.source}\n        ${next.source.trim()}`,
  name: '',
});

const productClass = 'product';

/** Joins the parts of a product: they carry its class, and its button ends it. */
function products(elements: readonly Element[]): Element[] {
  const list: Element[] = [];
  let open = false;
  for (const element of elements) {
    const part = attribute(element.attributes, 'css-class') === productClass;
    const last = list.at(-1);
    if (part && open && last) list[list.length - 1] = { ...joined(last, element), name: productClass };
    else list.push(part ? { ...element, name: productClass } : element);
    open = part && element.name !== 'mj-button';
  }
  return list;
}

function blockOf(element: Element): Block {
  const { name, attributes, source } = element;
  const raw: Block = { kind: 'raw', source: source.trim() };
  const preset = presetOf(source);
  if (preset) return { kind: 'preset', preset };
  switch (name) {
    case 'mj-text': {
      const text = typed(element.inner);
      if (text === undefined) return raw;
      const size = Number.parseInt(attribute(attributes, 'font-size') ?? '0', 10);
      return { kind: size >= headingPx ? 'heading' : 'text', attributes, text };
    }
    case 'mj-button': {
      const label = typed(element.inner);
      if (label === undefined) return raw;
      return { kind: 'button', attributes: without(attributes, 'href'), label, href: attribute(attributes, 'href') ?? '' };
    }
    case 'mj-image':
      return {
        kind: 'image',
        attributes: without(attributes, 'src', 'alt', 'href'),
        src: attribute(attributes, 'src') ?? '',
        alt: attribute(attributes, 'alt') ?? '',
        href: attribute(attributes, 'href') ?? '',
      };
    case 'mj-divider':
    case 'mj-spacer':
      return { kind: 'divider', source: source.trim() };
    case productClass:
      return productOf(source) ?? raw;
    default:
      return raw;
  }
}

const headingPx = 18;

function productOf(source: string): Block | undefined {
  const parts = elementsOf(source) ?? [];
  const image = parts.find((part) => part.name === 'mj-image');
  const [name, price] = parts.filter((part) => part.name === 'mj-text').map((part) => typed(part.inner));
  const button = parts.find((part) => part.name === 'mj-button');
  if (name === undefined || !button) return undefined;
  return {
    kind: 'product',
    image: attribute(image?.attributes ?? [], 'src') ?? '',
    name,
    price: price ?? '',
    href: attribute(button.attributes, 'href') ?? '',
    label: typed(button.inner) ?? '',
  };
}

/** A section to begin with. */
export const sectionOf = (...blocks: Block[]): Section => ({ open: '<mj-section>\n      <mj-column>', close: '</mj-column>\n    </mj-section>', blocks });

/** Writes a mail as MJML. */
export const write = (mail: Mail): string =>
  `${mail.head}${mail.sections.map((each) => `\n    ${writeSection(each)}`).join('')}\n  ${mail.tail}`;

function writeSection(section: Section): string {
  const blocks = section.blocks.map(writeBlock);
  if (!section.open) return blocks.join('\n    ');
  return [section.open, ...blocks.map((block) => `  ${block}`), section.close].join('\n      ');
}

function writeBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'text':
      return `${tag('mj-text', block.attributes)}${html(block.text)}</mj-text>`;
    case 'button':
      return `${tag('mj-button', [['href', block.href], ...block.attributes])}${html(block.label)}</mj-button>`;
    case 'image':
      return tag('mj-image', [['src', block.src], ['alt', block.alt], ['href', block.href], ...block.attributes], true);
    case 'product':
      return writeProduct(block);
    case 'preset':
      return presets[block.preset];
    default:
      return block.source;
  }
}

function writeProduct(block: Extract<Block, { kind: 'product' }>): string {
  const part: Attribute = ['css-class', productClass];
  const centred: Attribute = ['align', 'center'];
  const lines = [
    block.image && tag('mj-image', [part, ['src', block.image], ['alt', block.name], ['href', block.href]], true),
    `${tag('mj-text', [part, centred, ['font-weight', '700'], ['padding-bottom', '0']])}${html(block.name)}</mj-text>`,
    block.price && `${tag('mj-text', [part, centred])}${html(block.price)}</mj-text>`,
    `${tag('mj-button', [part, ['href', block.href]])}${encoded(block.label)}</mj-button>`,
  ];
  return lines.filter(Boolean).join('\n        ');
}
