import { useTranslation } from 'react-i18next';

/** Why somebody gets no message, and what can be done about it, in words. */
interface ReasonWords {
  reason: (code: string) => string;
  /** Undefined where nothing can be done. */
  remedy: (code: string) => string | undefined;
}

/**
 * Says in words why somebody gets no message: the rule of a mall or a law, or a
 * plain fact. A code without words is that of a rule of the merchant's own.
 */
export function useReasonWords(): ReasonWords {
  const { t, i18n } = useTranslation('campaigns');
  // Codes come from the server, so the compiler cannot check the keys.
  const word = (path: string) => (i18n.exists(`campaigns:${path}`) ? String(t(path as never)) : undefined);
  return {
    reason: (code) => word(`reason.${code}`) ?? t('ruleNamed', { rule: code }),
    remedy: (code) => word(`remedy.${code}`),
  };
}
