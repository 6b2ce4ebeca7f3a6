import type { CustomerProfileInput, Gender } from '#gql/customers/graphql';

/** What a form of a profile holds: texts as they are typed. */
export interface ProfileDraft {
  familyName: string;
  givenName: string;
  familyKana: string;
  givenKana: string;
  email: string;
  phone: string;
  postalCode: string;
  prefecture: string;
  city: string;
  addressLine: string;
  birthDate: string;
  gender: Gender;
}

export const emptyProfile: ProfileDraft = {
  familyName: '',
  givenName: '',
  familyKana: '',
  givenKana: '',
  email: '',
  phone: '',
  postalCode: '',
  prefecture: '',
  city: '',
  addressLine: '',
  birthDate: '',
  gender: 'UNKNOWN',
};

/** A profile as the API takes it; a day that is not one is left out. */
export function profileInput(draft: ProfileDraft): CustomerProfileInput {
  const { birthDate, ...texts } = draft;
  return { ...texts, birthDate: birthDate || null };
}
