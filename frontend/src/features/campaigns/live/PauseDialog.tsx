import { CampaignPauseDocument } from '#gql/campaigns/graphql';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

/** Pauses a campaign, and asks why for those who find it paused. */
export function PauseDialog(props: { id: string; name: string; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const [reason, setReason] = useState('');
  const [, pause] = useMutation(CampaignPauseDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'campaigns');
  const submit = async () => {
    const input = { id: props.id, reason };
    if (await run(pause({ input }), (data) => data.pauseCampaign.userErrors)) props.onClose();
  };
  return (
    <FormDialog
      title={t('pausing.title', { name: props.name })}
      submit={t('pausing.confirm')}
      busy={busy}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="pause" errors={errors} namespace="campaigns" />
      <Text size="sm">{t('pausing.body')}</Text>
      <TextInput
        id="pause-reason"
        data-autofocus
        label={t('pausing.reason')}
        description={t('pausing.reasonHelp')}
        placeholder={t('pausing.example')}
        value={reason}
        error={errorAt('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
