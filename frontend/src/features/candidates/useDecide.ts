import { CandidateDecideDocument, type CandidateDecision, MergeUndoDocument } from '#gql/candidates/graphql';
import { failureKey } from '#ui/ErrorState';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

/** As many pairs as one request decides. */
const most = 50;

/** Decides pairs and offers to take it back: merges are undone, other decisions withdrawn. */
export function useDecide(decided: () => void) {
  const { t } = useTranslation(['candidates', 'ui']);
  const write = useErrorText('candidates');
  const [{ fetching }, decide] = useMutation(CandidateDecideDocument);
  const [, undoMerge] = useMutation(MergeUndoDocument);

  const takeBack = useCallback(
    async (decision: CandidateDecision, ids: string[], merges: string[]) => {
      for (const mergeId of merges) {
        const { data, error } = await undoMerge({ input: { mergeId, distinct: false } });
        const refused = data?.undoMerge.userErrors[0];
        if (error ?? refused) {
          toastFailed(t('undo.failed'), refused ? write(refused) : t(`ui:${failureKey(error ?? { graphQLErrors: [] })}`));
          decided();
          return;
        }
      }
      if (decision !== 'SAME') await decide({ input: { ids, decision: 'UNDECIDED' } });
      toastDone(t('undo.done'));
      decided();
    },
    [undoMerge, decide, decided, t, write],
  );

  const run = useCallback(
    async (decision: CandidateDecision, ids: readonly string[]) => {
      const done: string[] = [];
      const merges: string[] = [];
      for (let from = 0; from < ids.length; from += most) {
        const { data, error } = await decide({ input: { ids: ids.slice(from, from + most), decision } });
        if (error) {
          toastFailed(t('failed'), t(`ui:${failureKey(error)}`));
          break;
        }
        done.push(...(data?.decideCandidates.candidates ?? []).map((one) => one.id));
        merges.push(...(data?.decideCandidates.merges ?? []).map((one) => one.id));
        const refused = data?.decideCandidates.userErrors[0];
        if (refused) toastFailed(t('failed'), write(refused));
      }
      if (done.length > 0) {
        toastDone(t(`done.${decision}`, { count: done.length }), {
          label: t('undo.label'),
          run: () => void takeBack(decision, done, merges),
        });
      }
      decided();
    },
    [decide, decided, takeBack, t, write],
  );

  return { run, busy: fetching };
}
