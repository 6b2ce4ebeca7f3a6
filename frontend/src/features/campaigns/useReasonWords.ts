import { useTranslation } from 'react-i18next';
import type words from './locales/ja.json';

type Known = keyof (typeof words)['reason'];

/** Says in words why somebody gets no message: the rule of a mall or a law, or a plain fact. */
export function useReasonWords(): (code: string) => string {
  const { t, i18n } = useTranslation('campaigns');
  return (code) => (i18n.exists(`campaigns:reason.${code}`) ? t(`reason.${code as Known}`) : code);
}
