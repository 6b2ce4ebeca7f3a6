import type { Channel, CreateCustomerInput, CustomerDuplicatesInput, CustomerDuplicatesQuery } from '#gql/customers/graphql';
import { emptyProfile, type ProfileDraft, profileInput } from './profileFields';
import type { PropertyValue } from './propertyValue';

/** A customer who may be the person of the form. */
export type Duplicate = CustomerDuplicatesQuery['customerDuplicates'][number];

/** What the form of a new customer holds. */
export interface EntryDraft {
  shopId: string | null;
  memberId: string;
  profile: ProfileDraft;
  enroll: boolean;
  tags: readonly string[];
  /** By the keys of properties. */
  values: Readonly<Record<string, PropertyValue>>;
  /** What the person agreed to get. */
  channels: readonly Channel[];
  wording: string;
  method: 'STORE' | 'STAFF';
  source: string;
}

export const emptyEntry = (shopId: string | null): EntryDraft => ({
  shopId,
  memberId: '',
  profile: emptyProfile,
  enroll: false,
  tags: [],
  values: {},
  channels: [],
  wording: '',
  method: 'STORE',
  source: '',
});

/** What duplicates are looked for with; undefined while there is nothing that anybody could be known by. */
export function duplicatesInput({ shopId, memberId, profile }: EntryDraft): CustomerDuplicatesInput | undefined {
  const { birthDate: _birthDate, gender: _gender, ...texts } = profile;
  if (!shopId || (memberId.trim() === '' && Object.values(texts).every((text) => text.trim() === ''))) return undefined;
  return { shopId, memberId: memberId.trim() || null, profile: profileInput(profile) };
}

type Shared = Omit<CreateCustomerInput, 'differentFrom'>;

/** The entry as the API takes it. */
export function entryInput(draft: EntryDraft, shopId: string, tagIds: readonly string[]): Shared {
  return {
    shopId,
    memberId: draft.memberId.trim() || null,
    profile: profileInput(draft.profile),
    enroll: draft.enroll,
    tagIds: [...tagIds],
    consents: draft.channels.map((channel) => ({ channel, method: draft.method, wording: draft.wording, source: draft.source })),
    properties: Object.entries(draft.values)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => ({ key, value })),
  };
}

/** How a form can be sent, given who may be the same person. */
export function wayOf(found: readonly Duplicate[]): 'CREATE' | 'DIFFERENT' | 'EXISTS' {
  if (found.some((one) => one.exact)) return 'EXISTS';
  return found.some((one) => one.asks) ? 'DIFFERENT' : 'CREATE';
}
