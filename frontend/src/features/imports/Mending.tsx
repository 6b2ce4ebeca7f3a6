import { ImportProgressDocument } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { Alert, Group, Progress, Text } from '@mantine/core';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubscription } from 'urql';
import { useStoredFailureWords } from './useFailureWords';

/**
 * How far the mended rows are, and what became of them. `left` is how many rows
 * of the file are held now; where none is, the page says so and this need not.
 */
export function Mending(props: { id: string; left: number; onDone: () => void }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const failureWords = useStoredFailureWords();
  const [{ data }] = useSubscription({ query: ImportProgressDocument, variables: { id: props.id } });
  const row = data?.importProgress;
  const ended = row?.status === 'DONE' || row?.status === 'FAILED';
  const onDone = useEffectEvent(props.onDone);
  useEffect(() => {
    if (ended) onDone();
  }, [ended]);

  if (!row || !ended) {
    return (
      <Group gap="sm" mb="md" wrap="nowrap">
        <Progress flex={1} value={(row?.progress ?? 0) * 100} animated aria-label={t('mend.progress')} />
        <Text size="sm" c="dimmed">
          {t('mend.progress')}
        </Text>
      </Group>
    );
  }
  if (row.status === 'FAILED') {
    return (
      <Alert color="red" role="alert" title={t('mend.refused')} mb="md">
        {failureWords(row) ?? t('failure.OTHER')}
      </Alert>
    );
  }
  if (props.left === 0) return null;
  return (
    <Alert color={row.quarantined > 0 ? 'yellow' : 'green'} role="status" mb="md" title={t('mend.done', { count: format.number(row.inserted + row.updated) })}>
      {row.quarantined > 0 ? t('mend.doneLeft', { count: format.number(row.quarantined) }) : t('mend.doneAll', { left: format.number(props.left) })}
    </Alert>
  );
}
