import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { UserErrorFieldsFragment } from '#gql/app/graphql';

/** What a mutation answers when it did not do what was asked. */
export type UserError = UserErrorFieldsFragment;

/** The field an error belongs to, as forms name it: ["input", "name"] is "name". */
export function fieldOf(error: UserError): string | undefined {
  const path = error.field?.[0] === 'input' ? error.field.slice(1) : error.field;
  return path?.join('.') || undefined;
}

/**
 * Writes a user error in the language of the screen, by its code. A feature
 * passes its own namespace for codes only it knows (`userError.<CODE>` in its
 * words); a code nobody knows reads as the server wrote it.
 */
export function useErrorText(namespace = 'ui'): (error: UserError) => string {
  const { t, i18n } = useTranslation();
  return useCallback(
    (error) => {
      const key = [namespace, 'ui'].map((ns) => `${ns}:userError.${error.code}`).find((at) => i18n.exists(at));
      // The key is only known at run time, so the compiler cannot check it.
      return key ? String(t(key as never, (error.params ?? {}) as never)) : error.message;
    },
    [t, i18n, namespace],
  );
}

/** The sentence under one field of a form, or nothing. */
export function useFieldErrors(errors: readonly UserError[], namespace?: string): (field: string) => string | undefined {
  const write = useErrorText(namespace);
  return (field) => {
    const found = errors.find((error) => fieldOf(error) === field);
    return found && write(found);
  };
}

/** A request that did not reach its resolver, in the shape forms already show. */
export const requestFailed = (message: string): UserError => ({
  code: 'REQUEST_FAILED',
  field: null,
  message,
  params: null,
});
