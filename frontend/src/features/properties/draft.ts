import type { CreatePropertyInput, PropertyFieldsFragment, PropertyPlace, PropertyType, UpdatePropertyInput } from '#gql/properties/graphql';

export const types = ['TEXT', 'NUMBER', 'DATE', 'CHOICE', 'CHOICES', 'BOOLEAN'] as const satisfies readonly PropertyType[];
/** The places that show a property. */
export const places = ['PROFILE', 'LIST', 'FORM', 'PREFERENCES'] as const satisfies readonly PropertyPlace[];

/** A property as it is being written. */
export interface Draft {
  key: string;
  name: string;
  help: string;
  type: PropertyType;
  decimals: number;
  places: PropertyPlace[];
  choices: { id: string; value?: string; name: string }[];
}

export const newChoice = (): Draft['choices'][number] => ({ id: crypto.randomUUID(), name: '' });

export const hasChoices = (type: PropertyType): boolean => type === 'CHOICE' || type === 'CHOICES';

/** What the form begins with: a property that is there, or nothing yet. */
export function draftOf(property: PropertyFieldsFragment | undefined): Draft {
  if (!property) return { key: '', name: '', help: '', type: 'TEXT', decimals: 0, places: ['PROFILE', 'LIST'], choices: [newChoice(), newChoice()] };
  const { key, name, help, type, decimals } = property;
  const choices = property.choices.filter((choice) => !choice.archived);
  return { key, name, help, type, decimals, places: [...property.places], choices: choices.map(({ value, name }) => ({ id: value, value, name })) };
}

/** A key made of what the name says in Latin letters; empty where it says nothing in them. */
export const keyOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 40);

const changing = (draft: Draft): Omit<UpdatePropertyInput, 'id'> => ({
  name: draft.name,
  help: draft.help,
  decimals: draft.type === 'NUMBER' ? draft.decimals : 0,
  places: draft.places,
  // A line left empty at the end of the list is none.
  choices: hasChoices(draft.type) ? draft.choices.filter((choice) => choice.name.trim() !== '').map(({ value, name }) => ({ value, name })) : [],
});

export const createInput = (draft: Draft): CreatePropertyInput => ({ ...changing(draft), key: draft.key, type: draft.type });
export const updateInput = (id: string, draft: Draft): UpdatePropertyInput => ({ ...changing(draft), id });
