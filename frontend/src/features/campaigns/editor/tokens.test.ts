import { expect, it } from 'vitest';
import { tokensOf } from './tokens';

const words = (text: string) => ({ text, variable: false });
const name = (text: string) => ({ text, variable: true });

it.each([
  ['新茶ができました', [words('新茶ができました')]],
  ['{{ customer.addressee }}、新茶です', [name('customer.addressee'), words('、新茶です')]],
  ['{{points.available}}pt・{{ shop.name | upcase }}', [name('points.available'), words('pt・'), name('shop.name')]],
  ['{% if a %}x{% endif %}', [words('{% if a %}x{% endif %}')]],
  ['', []],
])('%s', (text, tokens) => expect(tokensOf(text)).toEqual(tokens));
