import type { NetSalesDefinitionFieldsFragment } from '#gql/ui/graphql';

export type NetSalesDefinition = Omit<NetSalesDefinitionFieldsFragment, '__typename'>;

/** What stands beside the goods in a definition of net sales, in the order it is read out. */
export const netSalesParts = [
  { key: 'withShipping', sign: '+' },
  { key: 'withFees', sign: '+' },
  { key: 'lessShopCoupons', sign: '−' },
  { key: 'lessMallCoupons', sign: '−' },
  { key: 'lessPoints', sign: '−' },
] as const satisfies readonly { key: keyof NetSalesDefinition; sign: string }[];

export type NetSalesPart = (typeof netSalesParts)[number]['key'];

/** The right side of the definition, as 商品代金 + 送料 − 店舗負担クーポン; a sign stays with what it is of. */
export function netSalesFormula(definition: NetSalesDefinition, goods: string, name: (part: NetSalesPart) => string): string {
  return netSalesParts.reduce((sum, { key, sign }) => (definition[key] ? `${sum} ${sign}\u00a0${name(key)}` : sum), goods);
}
