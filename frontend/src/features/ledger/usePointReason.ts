import { pointReasonKey } from '#lib/pointReason';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

/** Why a booking exists, in words; a code that nobody has words for stands as it is. */
export function usePointReason(): (reason: string, kind: string) => string {
  const { t, i18n } = useTranslation('ledger');
  return useCallback(
    (reason, kind) => {
      const key = `ledger:reason.${pointReasonKey(reason, kind)}`;
      return i18n.exists(key) ? String(t(key as never)) : reason;
    },
    [t, i18n],
  );
}
