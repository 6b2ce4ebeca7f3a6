import type { CustomerIdentitiesQuery } from '#gql/customers/graphql';

type Identity = NonNullable<CustomerIdentitiesQuery['customer']>['identities'][number];

/**
 * An identity's value as people read it. Keys of several parts are stored as
 * phone|j:name (j: kanji, k: kana) and name|address[|proof], in older ones
 * name|postcode|address[|proof]. An address that may not be kept shows a mark.
 * The dot between parts stays at the end of its line.
 */
export function identityValue(identity: Pick<Identity, 'kind' | 'value' | 'phoneNational'>): string {
  const parts = identity.value.split('|');
  if (identity.kind === 'PHONE_NAME') {
    return `${parts[1]?.replace(/^[jk]:/, '') ?? ''}\u00a0· ${identity.phoneNational}`;
  }
  if (identity.kind === 'NAME_ADDRESS') {
    return parts
      .filter(Boolean)
      .map((part) => part.replace(/^〒?(\d{3})(\d{4})(?=$|\D)/, '〒$1-$2 ').trim())
      .join('\u00a0· ');
  }
  return identity.value.replace(/^sha256:([0-9a-f]{8}).*$/, '#$1');
}
