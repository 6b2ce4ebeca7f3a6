import { type BrandPageQuery, BrandSaveSenderDocument } from '#gql/brand/graphql';
import { useScope } from '#lib/viewer';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { useFieldErrors } from '#ui/userErrors';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useSubmit } from '#ui/useSubmit';

const fields = ['name', 'email', 'postalAddress', 'contact'] as const;

/** The name beside the navigation is the sender's. */
const bearsName = { additionalTypenames: ['Merchant'] };

/** Who the merchant's mails come from, as the law wants it under each of them. */
export function Sender(props: { settings: BrandPageQuery['senderSettings'] }) {
  const { t } = useTranslation('brand');
  const mayWrite = useScope('settings:write');
  const [, save] = useMutation(BrandSaveSenderDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'brand');
  const { name, email, postalAddress, contact } = props.settings;
  const form = useForm({ initialValues: { name, email, postalAddress, contact } });

  const submit = async (values: typeof form.values) => {
    if (!(await run(save({ input: values }, bearsName), (data) => data.updateSenderSettings.userErrors))) return;
    form.resetDirty(values);
    toastDone(t('sender.saved'));
  };

  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))}>
      <UnsavedGuard dirty={form.isDirty()} />
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('sender.body')}
        </Text>
        <FormErrors form="sender" errors={errors} namespace="brand" />
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
