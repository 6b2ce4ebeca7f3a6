import type { IdentityKind } from '#gql/customers/graphql';

/** Numbers whose parts are known by their first digits: those of mobiles, and the area codes of Tokyo and Osaka. */
const partsOf = [/^(0[5789]0)(\d{4})(\d{4})$/, /^(0[36])(\d{4})(\d{4})$/];

/** A Japanese number as people write it; where area code and exchange part is not told by the number, in one. */
function asWritten(phone: string): string {
  if (!phone.startsWith('+81')) return phone;
  const national = `0${phone.slice(3)}`;
  return partsOf.reduce((text, parts) => text.replace(parts, '$1-$2-$3'), national);
}

/**
 * An identity's value as people read it. Keys of several parts are stored as
 * phone|j:name (j: kanji, k: kana) and name|postcode|address[|proof].
 */
export function identityValue(kind: IdentityKind, value: string): string {
  const parts = value.split('|');
  if (kind === 'PHONE_NAME') {
    const [phone = '', name = ''] = parts;
    return `${name.replace(/^[jk]:/, '')} · ${asWritten(phone)}`;
  }
  if (kind === 'NAME_ADDRESS') {
    const [name = '', postcode = '', ...rest] = parts;
    return [name, postcode && `〒${postcode.slice(0, 3)}-${postcode.slice(3)}`, ...rest].filter(Boolean).join(' · ');
  }
  return value;
}
