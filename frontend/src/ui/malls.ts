import type { MallKind } from './MallDot';

/** Every kind of mall, in the order lists offer them. */
export const malls: readonly MallKind[] = [
  'RAKUTEN',
  'AMAZON',
  'YAHOO',
  'AU_PAY',
  'QOO10',
  'SHOPIFY',
  'FUTURESHOP',
  'MAKESHOP',
  'OWN_SITE',
  'STORE',
];
