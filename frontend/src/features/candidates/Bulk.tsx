import type { CandidateDecision } from '#gql/candidates/graphql';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './candidates.module.css';

/** What one decides for several pairs together; merging asks first. */
export function Bulk(props: { count: number; busy: boolean; onDecide: (decision: CandidateDecision) => void; onClear: () => void }) {
  const { t } = useTranslation('candidates');
  const [asking, setAsking] = useState(false);
  return (
    <Group className={classes.bulk} role="toolbar" aria-label={t('bulk.label')} gap="xs">
      <Text size="sm" fw={600}>
        {t('bulk.chosen', { count: props.count })}
      </Text>
      <Button size="xs" disabled={props.busy} onClick={() => setAsking(true)}>
        {t('decide.SAME')}
      </Button>
      <Button size="xs" variant="default" disabled={props.busy} onClick={() => props.onDecide('DIFFERENT')}>
        {t('decide.DIFFERENT')}
      </Button>
      <Button size="xs" variant="default" disabled={props.busy} onClick={() => props.onDecide('HOUSEHOLD')}>
        {t('decide.HOUSEHOLD')}
      </Button>
      <Button size="xs" variant="subtle" onClick={props.onClear}>
        {t('bulk.clear')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('bulk.title', { count: props.count })}
        confirm={t('bulk.confirm')}
        busy={props.busy}
        onConfirm={() => {
          setAsking(false);
          props.onDecide('SAME');
        }}
        onClose={() => setAsking(false)}
      >
        {t('bulk.body')}
      </ConfirmDialog>
    </Group>
  );
}
