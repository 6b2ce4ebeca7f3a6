import type { CustomerPropertyFieldsFragment } from '#gql/customers/graphql';
import type { Format } from '#lib/format';

export type Property = CustomerPropertyFieldsFragment;
/** A value as the API has it, by the property's type; null: not known. */
export type PropertyValue = unknown;

/** A value as people read it; empty where nothing is known. */
export function shownValue(property: Property, value: PropertyValue, format: Format, words: { yes: string; no: string }): string {
  if (value === null || value === undefined) return '';
  const named = (one: unknown) => property.choices.find((choice) => choice.value === one)?.name ?? String(one);
  switch (property.type) {
    case 'NUMBER':
      return typeof value === 'number' ? format.number(value) : '';
    case 'DATE':
      return format.date(String(value));
    case 'BOOLEAN':
      return value === true ? words.yes : words.no;
    case 'CHOICE':
      return named(value);
    case 'CHOICES':
      return Array.isArray(value) ? format.list(value.map(named)) : '';
    default:
      return String(value);
  }
}

/** The choices a form offers: those in use, and what is held although it no longer is. */
export function offered(property: Property, held: PropertyValue): { value: string; label: string }[] {
  const has = (value: string) => (Array.isArray(held) ? held.includes(value) : held === value);
  return property.choices.filter((choice) => !choice.archived || has(choice.value)).map(({ value, name }) => ({ value, label: name }));
}
