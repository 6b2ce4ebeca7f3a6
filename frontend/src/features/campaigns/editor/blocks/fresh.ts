import type { Block } from './mail';

/** What can be added to a mail. */
export const addable = ['heading', 'text', 'image', 'button', 'product', 'code', 'until', 'terms', 'points', 'stage', 'divider'] as const;
export type Addable = (typeof addable)[number];

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
