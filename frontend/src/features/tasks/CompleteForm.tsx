import { TaskCompleteDocument, type TaskFieldsFragment } from '#gql/tasks/graphql';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { requestFailed, type UserError, useFieldErrors } from '#ui/userErrors';
import { Button, Group, NumberInput, Stack, Textarea, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

/** Marks a task done: how many mails the mall's tool says it sent. */
export function CompleteForm(props: { task: TaskFieldsFragment; onDone: () => void }) {
  const { t } = useTranslation('tasks');
  const { t: tUi } = useTranslation('ui');
  const [{ fetching }, complete] = useMutation(TaskCompleteDocument);
  const [sent, setSent] = useState<number | string>('');
  const [note, setNote] = useState('');
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'tasks');

  const submit = async () => {
    const { data, error } = await complete({ input: { id: props.task.id, sentCount: Number(sent), note } });
    const found = error ? [requestFailed(tUi(failureKey(error)))] : (data?.completeTask.userErrors ?? []);
    setErrors(found);
    if (found.length > 0) return;
    toastDone(t('completed'));
    props.onDone();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <Title order={3}>{t('complete.title')}</Title>
        <FormErrors form="complete" errors={errors} namespace="tasks" />
        <NumberInput
          id="complete-sentCount"
          label={t('complete.sent')}
          description={t('complete.sentHelp')}
          required
          min={0}
          allowDecimal={false}
          allowNegative={false}
          thousandSeparator=","
          error={errorAt('sentCount')}
          value={sent}
          onChange={setSent}
        />
        <Textarea
          id="complete-note"
          label={t('note')}
          autosize
          minRows={2}
          error={errorAt('note')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" loading={fetching} disabled={sent === ''}>
            {t('complete.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
