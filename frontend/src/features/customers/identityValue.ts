import type { IdentityKind } from '#gql/customers/graphql';

/**
 * An identity's value as people read it. Keys of several parts are stored as
 * phone|j:name (j: kanji, k: kana) and name|postcode|address[|proof].
 */
export function identityValue(kind: IdentityKind, value: string): string {
  const parts = value.split('|');
  if (kind === 'PHONE_NAME') {
    const [phone = '', name = ''] = parts;
    return `${name.replace(/^[jk]:/, '')} · ${phone}`;
  }
  if (kind === 'NAME_ADDRESS') {
    const [name = '', postcode = '', ...rest] = parts;
    return [name, postcode && `〒${postcode.slice(0, 3)}-${postcode.slice(3)}`, ...rest].filter(Boolean).join(' · ');
  }
  return value;
}
