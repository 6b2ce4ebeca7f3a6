import { failureKey } from './ErrorState';
import { requestFailed, type UserError } from './userErrors';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';

/** Runs mutations of a form and keeps what was wrong with the last one. */
export function useSubmit() {
  const { t } = useTranslation('ui');
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [busy, setBusy] = useState(false);
  /** Whether it was done; otherwise `errors` says why not. */
  const run = async <Data>(
    request: Promise<{ data?: Data; error?: CombinedError }>,
    errorsOf: (data: Data) => readonly UserError[],
  ): Promise<boolean> => {
    setBusy(true);
    const { data, error } = await request;
    setBusy(false);
    const found = error ? [requestFailed(t(failureKey(error)))] : data === undefined ? [] : errorsOf(data);
    setErrors(found);
    return found.length === 0;
  };
  return { run, errors, busy, clear: () => setErrors([]) };
}
