import { useFormat } from '#lib/FormatContext';
import { useTranslation } from 'react-i18next';
import type words from './locales/ja.json';

type Known = keyof (typeof words)['failure'];

/** Says in words why a file could not be read; undefined for a code this page does not know. */
export function useFailureWords(): (code: unknown, detail?: string | null) => string | undefined {
  const { t, i18n } = useTranslation('imports');
  return (code, detail) =>
    typeof code === 'string' && i18n.exists(`imports:failure.${code}`)
      ? t(`failure.${code as Known}`, { detail: detail ?? '' })
      : undefined;
}

/**
 * Says in words why an import, or a file of a watched folder, failed. Of the
 * stored detail the names of columns are shown, the rest is the server's English.
 */
export function useStoredFailureWords(): (failed: {
  errorCode?: string | null;
  errorDetail?: string | null;
}) => string | undefined {
  const words = useFailureWords();
  const format = useFormat();
  return ({ errorCode, errorDetail }) =>
    words(errorCode, errorCode === 'MISSING_COLUMNS' && errorDetail ? format.list(errorDetail.split(', ')) : undefined);
}
