import { ImportCreatePropertyDocument, ImportPropertiesDocument } from '#gql/imports/graphql';
import { failureKey } from '#ui/ErrorState';
import { requestFailed, type UserError } from '#ui/userErrors';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { guessKept, keyFor, type KeptChoice, newProperty } from './keptColumns';

/** Which custom properties the columns fill, and the making of those that are new. */
export function useKeptColumns(header: readonly string[], sample: readonly (readonly string[])[]) {
  const { t } = useTranslation('ui');
  const [{ data }] = useQuery({ query: ImportPropertiesDocument });
  const [, create] = useMutation(ImportCreatePropertyDocument);
  const [chosen, setChosen] = useState<Readonly<Record<string, KeptChoice>>>({});
  const kept = data?.properties ?? [];
  const choose = (column: string, choice: KeptChoice) => setChosen((was) => ({ ...was, [column]: choice }));
  const choicesOf = (columns: readonly string[]): Record<string, KeptChoice> =>
    Object.fromEntries(columns.map((column) => [column, chosen[column] ?? guessKept(column, kept)]));

  /** The columns of each property by its key, with the new ones made; or what was wrong. */
  const settle = async (columns: readonly string[]): Promise<{ properties: Record<string, string[]> } | { errors: readonly UserError[] }> => {
    const properties: Record<string, string[]> = {};
    const taken = kept.map((one) => one.key);
    for (const [column, choice] of Object.entries(choicesOf(columns))) {
      if (choice.to === 'property') properties[choice.key] = [column];
      if (choice.to !== 'new') continue;
      const key = keyFor(column, taken);
      const { data: made, error } = await create({ input: newProperty(column, choice.type, key, header, sample) });
      const errors = error ? [requestFailed(t(failureKey(error)))] : (made?.createProperty.userErrors ?? []);
      if (errors.length > 0) return { errors: errors.map((one) => ({ ...one, field: null, params: { ...(one.params as object), column } })) };
      taken.push(key);
      properties[key] = [column];
      choose(column, { to: 'property', key }); // made: what fails after it does not make it twice
    }
    return { properties };
  };
  return { kept, choicesOf, choose, settle };
}
