import { CampaignChoicesDocument, type CampaignChoicesQuery, CampaignSaveSenderDocument } from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Button, Divider, Group, NumberInput, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './CampaignEditor.module.css';
import type { Draft } from './useDraft';

const fields = ['name', 'email', 'postalAddress', 'contact'] as const;

/** From whom: the name of this campaign's sender, and what the law asks to stand under every mail. */
export function SenderStep(props: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const { t } = useTranslation('campaigns');
  const { draft, change } = props;
  const [{ data }] = useQuery({ query: CampaignChoicesDocument });
  return (
    <Stack gap="lg" className={classes.form}>
      <TextInput
        label={t('form.senderName')}
        description={t('form.senderNameHelp')}
        placeholder={data?.senderSettings.name}
        value={draft.senderName}
        onChange={(event) => change({ senderName: event.currentTarget.value })}
      />
      <NumberInput
        label={t('form.conversionDays')}
        description={t('form.conversionDaysHelp')}
        min={1}
        max={90}
        allowDecimal={false}
        value={draft.conversionDays}
        onChange={(days) => typeof days === 'number' && change({ conversionDays: days })}
      />
      <Divider />
      {data ? <Footer settings={data.senderSettings} /> : <Skeleton height="16rem" />}
    </Stack>
  );
}

function Footer(props: { settings: CampaignChoicesQuery['senderSettings'] }) {
  const { t } = useTranslation('campaigns');
  const { t: tUi } = useTranslation('ui');
  const mayWrite = useScope('settings:write');
  const [{ fetching }, save] = useMutation(CampaignSaveSenderDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'campaigns');
  const { name, email, postalAddress, contact } = props.settings;
  const form = useForm({ initialValues: { name, email, postalAddress, contact } });

  const submit = async (values: typeof form.values) => {
    const { data, error } = await save({ input: values });
    const found = error ? [requestFailed(tUi(failureKey(error)))] : (data?.updateSenderSettings.userErrors ?? []);
    setErrors(found);
    if (found.length > 0) return;
    form.resetDirty(values);
    toastDone(t('sender.saved'));
  };

  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))}>
      <Stack gap="md">
        <div>
          <Title order={2}>{t('sender.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('sender.body')}
          </Text>
        </div>
        <FormErrors form="sender" errors={errors} namespace="campaigns" />
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
            <Button type="submit" variant="light" loading={fetching} disabled={!form.isDirty()}>
              {t('sender.save')}
            </Button>
          </Group>
        ) : (
          <Text size="xs" c="dimmed">
            {t('sender.readOnly')}
          </Text>
        )}
      </Stack>
    </form>
  );
}
