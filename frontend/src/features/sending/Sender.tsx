import { SendingSaveSenderDocument, SendingSenderDocument, type SendingSenderQuery } from '#gql/sending/graphql';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { useFieldErrors } from '#ui/userErrors';
import { Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './sending.module.css';
import { useSubmit } from '#ui/useSubmit';

const fields = ['name', 'email', 'postalAddress', 'contact'] as const;

/** Who the merchant's mails come from, as the law wants it under each of them. */
export function Sender() {
  const [{ data, error }, reload] = useQuery({ query: SendingSenderDocument });
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton height="20rem" className={classes.form} />;
  return <SenderForm settings={data.senderSettings} />;
}

function SenderForm(props: { settings: SendingSenderQuery['senderSettings'] }) {
  const { t } = useTranslation('sending');
  const mayWrite = useScope('settings:write');
  const [, save] = useMutation(SendingSaveSenderDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'sending');
  const { name, email, postalAddress, contact } = props.settings;
  const form = useForm({ initialValues: { name, email, postalAddress, contact } });

  const submit = async (values: typeof form.values) => {
    if (!(await run(save({ input: values }), (data) => data.updateSenderSettings.userErrors))) return;
    form.resetDirty(values);
    toastDone(t('sender.saved'));
  };

  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => void submit(values))}>
      <UnsavedGuard dirty={form.isDirty()} />
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('sender.body')}
        </Text>
        <FormErrors form="sender" errors={errors} namespace="sending" />
        {fields.map((field) => (
          <TextInput
            key={field}
            id={`sender-${field}`}
            label={t(`sender.${field}`)}
            description={t(`sender.help.${field}`)}
            readOnly={!mayWrite}
            error={errorAt(field)}
            {...form.getInputProps(field)}
          />
        ))}
        {mayWrite ? (
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!form.isDirty()}>
              {t('sender.save')}
            </Button>
          </Group>
        ) : (
          <Text size="xs" c="dimmed">
            {t('readOnly')}
          </Text>
        )}
      </Stack>
    </form>
  );
}
