import type { Block } from './mail';
import type { Preset } from './presets';

/** What can be added to a mail: what one writes oneself. */
export const written = ['heading', 'text', 'image', 'button', 'product', 'divider'] as const;
/** What is filled in for each person. */
export const filledIn = ['code', 'until', 'terms', 'points', 'expiring', 'stage'] as const satisfies readonly Preset[];
export type Addable = (typeof written)[number] | (typeof filledIn)[number];

/** A block as it is when it is added. Links lead to the shop at the destination until they are changed. */
export function fresh(kind: Addable): Block {
  const href = '{{ shop.url }}';
  switch (kind) {
    case 'heading':
      return { kind, attributes: [['font-size', '22px'], ['font-weight', '700'], ['line-height', '1.5']], text: '' };
    case 'text':
      return { kind, attributes: [], text: '' };
    case 'image':
      return { kind, attributes: [], src: '', alt: '', href: '' };
    case 'button':
      return { kind, attributes: [], label: '', href };
    case 'product':
      return { kind, image: '', name: '', price: '', href, label: '商品を見る' };
    case 'divider':
      return { kind, source: '<mj-divider border-width="1px" border-color="#e3e6eb" />' };
    default:
      return { kind: 'preset', preset: kind };
  }
}
