import {
  AcceptCandidatesDocument,
  CandidateAcceptanceDocument,
  CandidateBatchesDocument,
  type CandidateBatchesQuery,
  UndoCandidateBatchDocument,
} from '#gql/candidates/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { failureKey } from '#ui/ErrorState';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Alert, Button, Group, Loader, SegmentedControl, Stack, Text } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { IconUsersGroup } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './candidates.module.css';

/** The scores from which on one may accept unseen; pairs never have more than 79. */
const scores = [75, 70, 65, 60];
const everyMs = 2_000;

/** Merges all pairs from a score on while any wait, after saying how many that are, and takes it back. */
export function Accept(props: { waiting: boolean; onChanged: () => void }) {
  const { t } = useTranslation('candidates');
  const mayWrite = useScope('customers:write');
  const [asking, setAsking] = useState(false);
  const { batch, refresh } = useLatest(props.onChanged);
  if (!mayWrite) return null;
  const working = batch !== undefined && atWork(batch);
  return (
    <Stack gap="sm" my="md">
      {batch && <Latest batch={batch} onChanged={refresh} />}
      {!working && props.waiting && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconUsersGroup className={classes.small} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {t('accept.open')}
          </Button>
        </Group>
      )}
      {asking && (
        <Ask
          onClose={() => setAsking(false)}
          onAccepted={() => {
            setAsking(false);
            refresh();
          }}
        />
      )}
    </Stack>
  );
}

type Batch = CandidateBatchesQuery['candidateBatches'][number];

const atWork = (batch: Batch) => batch.status === 'RUNNING' || batch.status === 'UNDOING';

/** The latest batch, followed while it is at work; its end changes the lists. */
function useLatest(onChanged: () => void) {
  const [{ data }, ask] = useQuery({ query: CandidateBatchesDocument, variables: { first: 1 } });
  const batch = data?.candidateBatches[0];
  const working = batch !== undefined && atWork(batch);
  const refresh = () => ask({ requestPolicy: 'network-only' });
  const { start, stop } = useInterval(refresh, everyMs);
  const worked = useRef(false);
  useEffect(() => {
    if (working) start();
    else if (worked.current) onChanged();
    worked.current = working;
    return stop;
  }, [working, start, stop, onChanged]);
  return { batch, refresh };
}

function Latest(props: { batch: Batch; onChanged: () => void }) {
  const { t } = useTranslation(['candidates', 'ui']);
  const format = useFormat();
  const write = useErrorText('candidates');
  const [{ fetching }, undo] = useMutation(UndoCandidateBatchDocument);
  const { batch } = props;
  const takeBack = async () => {
    const { data, error } = await undo({ input: { id: batch.id } });
    const refused = data?.undoCandidateBatch.userErrors[0];
    if (error ?? refused) {
      toastFailed(t('undo.failed'), refused ? write(refused) : t(`ui:${failureKey(error ?? { graphQLErrors: [] })}`));
    }
    props.onChanged();
  };
  return (
    <Alert color={atWork(batch) ? 'blue' : 'gray'} icon={atWork(batch) ? <Loader size="xs" /> : <IconUsersGroup aria-hidden />}>
      <Group justify="space-between" gap="sm">
        <div role="status">
          <Text size="sm" fw={600}>
            {t(`accept.status.${batch.status}`, {
              merged: format.number(batch.mergedCount),
              pairs: format.number(batch.pairCount),
              undone: format.number(batch.undoneCount),
            })}
          </Text>
          <Text size="sm" c="dimmed">
            {[
              t('accept.from', { score: batch.minScore }),
              format.dateTime(batch.createdAt),
              batch.createdBy?.name,
              batch.leftCount > 0 && t('accept.left', { shown: format.number(batch.leftCount) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        {batch.status === 'DONE' && batch.mergedCount > 0 && (
          <Button variant="default" size="xs" loading={fetching} onClick={() => void takeBack()}>
            {t('accept.undo')}
          </Button>
        )}
      </Group>
    </Alert>
  );
}

function Ask(props: { onClose: () => void; onAccepted: () => void }) {
  const { t } = useTranslation(['candidates', 'ui']);
  const format = useFormat();
  const write = useErrorText('candidates');
  const [minScore, setMinScore] = useState(70);
  const [{ data, fetching, stale }, recount] = useQuery({
    query: CandidateAcceptanceDocument,
    variables: { minScore },
    requestPolicy: 'network-only',
  });
  const [{ fetching: busy }, accept] = useMutation(AcceptCandidatesDocument);
  const counted = fetching || stale ? undefined : data?.candidateAcceptance;
  const confirm = async () => {
    if (!counted) return;
    const result = await accept({ input: { minScore, pairCount: counted.pairCount } });
    const refused = result.data?.acceptCandidates.userErrors[0];
    if (result.error ?? refused) {
      toastFailed(t('failed'), refused ? write(refused) : t(`ui:${failureKey(result.error ?? { graphQLErrors: [] })}`));
      recount({ requestPolicy: 'network-only' });
      return;
    }
    toastDone(t('accept.begun'));
    props.onAccepted();
  };
  return (
    <ConfirmDialog
      opened
      title={t('accept.title')}
      confirm={t('accept.confirm')}
      busy={busy}
      disabled={!counted || counted.pairCount === 0}
      onConfirm={() => void confirm()}
      onClose={props.onClose}
    >
      <Stack gap="md">
        <Text size="sm">{t('accept.body')}</Text>
        <SegmentedControl
          aria-label={t('accept.score')}
          value={String(minScore)}
          data={scores.map((score) => ({ value: String(score), label: t('accept.choice', { score }) }))}
          onChange={(value) => setMinScore(Number(value))}
        />
        <Text fw={600} aria-live="polite">
          {counted
            ? t('accept.preview', {
                pairs: format.number(counted.pairCount),
                customers: format.number(counted.customerCount),
              })
            : t('accept.counting')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('accept.undoable')}
        </Text>
      </Stack>
    </ConfirmDialog>
  );
}
