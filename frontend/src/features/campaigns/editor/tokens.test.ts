import { expect, it } from 'vitest';
import { tokensOf } from './tokens';

const words = (text: string) => ({ text, variable: false, source: text });
const name = (text: string, source = `{{ ${text} }}`) => ({ text, variable: true, source });

it.each([
  ['新茶ができました', [words('新茶ができました')]],
  ['{{ customer.addressee }}、新茶です', [name('customer.addressee'), words('、新茶です')]],
  ['{{points.available}}pt・{{ shop.name | upcase }}', [name('points.available', '{{points.available}}'), words('pt・'), name('shop.name', '{{ shop.name | upcase }}')]],
  ['{% if a %}x{% endif %}', [words('{% if a %}x{% endif %}')]],
  ['', []],
])('%s', (text, tokens) => expect(tokensOf(text)).toEqual(tokens));
