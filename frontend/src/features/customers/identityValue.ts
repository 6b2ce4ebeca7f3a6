import type { CustomerIdentitiesQuery } from '#gql/customers/graphql';

type Identity = NonNullable<CustomerIdentitiesQuery['customer']>['identities'][number];

/**
 * An identity's value as people read it. Keys of several parts are stored as
 * phone|j:name (j: kanji, k: kana) and name|postcode|address[|proof].
 */
export function identityValue(identity: Pick<Identity, 'kind' | 'value' | 'phoneNational'>): string {
  const parts = identity.value.split('|');
  if (identity.kind === 'PHONE_NAME') {
    return `${parts[1]?.replace(/^[jk]:/, '') ?? ''} · ${identity.phoneNational}`;
  }
  if (identity.kind === 'NAME_ADDRESS') {
    const [name = '', postcode = '', ...rest] = parts;
    return [name, postcode && `〒${postcode.slice(0, 3)}-${postcode.slice(3)}`, ...rest].filter(Boolean).join(' · ');
  }
  return identity.value;
}
