import { useTranslation } from 'react-i18next';
import type words from './locales/ja.json';

type Known = keyof (typeof words)['reason'];
type Remedied = keyof (typeof words)['remedy'];

/** Says in words why a row was refused; a code this page does not know is shown as it is. */
export function useReasonWords(): (row: { code: string; detail: string }) => string {
  const { t, i18n } = useTranslation('imports');
  return ({ code, detail }) =>
    i18n.exists(`imports:reason.${code}`) ? t(`reason.${code as Known}`, { detail }) : [code, detail].filter(Boolean).join(': ');
}

/** Says how a fault is mended, with an example for columns of its kind; nothing where the reason says it all. */
export function useRemedyWords(): (code: string) => string | undefined {
  const { t, i18n } = useTranslation('imports');
  return (code) => (i18n.exists(`imports:remedy.${code}`) ? t(`remedy.${code as Remedied}`) : undefined);
}
