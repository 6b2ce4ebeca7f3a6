import { type MallMailFieldsFragment, type MallMailInput, MallMailSaveDocument } from '#gql/campaigns/graphql';
import { failureKey } from '#ui/ErrorState';
import { requestFailed, type UserError } from '#ui/userErrors';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';

const quietMs = 700;

/**
 * What stands in the form of a mall mail, and on the server once typing has
 * rested for 700 ms. Saves never overtake one another; a form that goes away
 * saves what it still holds.
 */
export function useMallMail(campaignId: string, mail: MallMailFieldsFragment) {
  const client = useClient();
  const { t } = useTranslation('ui');
  const [draft, setDraft] = useState<MallMailInput>(() => ({
    campaignId,
    mall: mail.mall,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    offerId: mail.offer?.id ?? null,
    sendOn: mail.sendOn ?? null,
    assigneeId: mail.assignee?.id ?? null,
  }));
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const latest = useRef(draft);
  const saved = useRef(draft);
  const running = useRef<Promise<boolean>>(undefined);

  const save = useCallback(async (): Promise<boolean> => {
    const sending = latest.current;
    if (sending === saved.current) return true;
    const { data, error } = await client.mutation(MallMailSaveDocument, { input: sending }).toPromise();
    const found = error ? [requestFailed(t(failureKey(error)))] : (data?.saveMallMail.userErrors ?? []);
    setErrors(found);
    if (found.length > 0) return false;
    saved.current = sending;
    return true;
  }, [client, t]);

  const flush = useCallback(async (): Promise<boolean> => {
    while (running.current) await running.current;
    running.current = save().finally(() => {
      running.current = undefined;
    });
    return running.current;
  }, [save]);

  const change = useCallback((part: Partial<MallMailInput>) => {
    latest.current = { ...latest.current, ...part };
    setDraft(latest.current);
  }, []);

  useEffect(() => {
    if (draft === saved.current) return;
    const timer = setTimeout(() => void flush(), quietMs);
    return () => clearTimeout(timer);
  }, [draft, flush]);

  useEffect(() => () => void flush(), [flush]);

  return { draft, change, flush, errors };
}
