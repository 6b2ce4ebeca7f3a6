import type { MallKind } from './MallDot';

/** What one types in of a shop. */
export interface ShopValues {
  mall: MallKind;
  name: string;
  code: string;
  currency: string;
  url: string;
  /** Further addresses of its own site, one a line. */
  moreUrls: string;
}

/** The malls on the merchant's own ground, whose shop may have several addresses. */
const own: readonly MallKind[] = ['OWN_SITE', 'STORE', 'SHOPIFY', 'FUTURESHOP', 'MAKESHOP'];

export const isOwn = (mall: MallKind): boolean => own.includes(mall);

/** What is sent of it: trimmed, the addresses as a list; a shop on somebody else's mall has one address. */
export function shopInput(values: ShopValues) {
  const lines = values.moreUrls.split('\n').map((line) => line.trim());
  return {
    ...values,
    name: values.name.trim(),
    code: values.code.trim(),
    url: values.url.trim(),
    moreUrls: isOwn(values.mall) ? lines.filter((line) => line !== '') : [],
  };
}

/** A code nobody uses yet: the mall's, with a number from the second shop on. */
export function suggestedCode(mall: MallKind, taken: readonly string[]): string {
  const name = mall.toLowerCase().replaceAll('_', '-');
  let code = name;
  for (let n = 2; taken.includes(code); n += 1) code = `${name}-${n}`;
  return code;
}

/** The shop a form begins with: the only one there is; null where one has to be chosen. */
export const onlyOne = (shops: readonly { id: string }[] | undefined): string | null =>
  shops?.length === 1 ? (shops[0]?.id ?? null) : null;
