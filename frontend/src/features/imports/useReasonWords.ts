import { useTranslation } from 'react-i18next';
import type words from './locales/ja.json';

type Known = keyof (typeof words)['reason'];

/** Says in words why a row was refused; a code this page does not know is shown as it is. */
export function useReasonWords(): (row: { code: string; detail: string }) => string {
  const { t, i18n } = useTranslation('imports');
  return ({ code, detail }) =>
    i18n.exists(`imports:reason.${code}`) ? t(`reason.${code as Known}`, { detail }) : [code, detail].filter(Boolean).join(': ');
}
