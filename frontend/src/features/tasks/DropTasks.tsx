import { TaskCancelDocument } from '#gql/tasks/graphql';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { toastDone, toastFailed } from '#ui/toast';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

/** Drops the chosen tasks, one after the other; says how many were. */
export function DropTasks(props: { ids: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation('tasks');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [, cancel] = useMutation(TaskCancelDocument);
  const count = props.ids.length;
  const confirm = async () => {
    setBusy(true);
    let dropped = 0;
    for (const id of props.ids) {
      const { data } = await cancel({ input: { id } });
      if (data?.cancelTask.task) dropped += 1;
    }
    setBusy(false);
    setAsked(false);
    if (dropped === count) toastDone(t('bulk.dropped', { count: dropped }));
    else toastFailed(t('bulk.failed', { count: count - dropped }), t('bulk.again'));
    props.onDone();
  };
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t('cancel')}
      </Button>
      <ConfirmDialog
        opened={asked}
        title={t('bulk.title', { count })}
        confirm={t('cancel')}
        danger
        busy={busy}
        onConfirm={() => void confirm()}
        onClose={() => setAsked(false)}
      >
        {t('bulk.body')}
      </ConfirmDialog>
    </>
  );
}
