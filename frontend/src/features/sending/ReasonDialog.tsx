import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { useFieldErrors } from '#ui/userErrors';
import { Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSubmit } from '#ui/useSubmit';

/** Asks why, for the audit log, and for an address where one has to be given. */
export function ReasonDialog(props: {
  title: string;
  body: string;
  confirm: string;
  address?: boolean;
  run: (values: { address: string; reason: string }, submit: ReturnType<typeof useSubmit>['run']) => Promise<boolean>;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation('sending');
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'sending');
  const [address, setAddress] = useState('');
  const [reason, setReason] = useState('');
  const submit = async () => {
    if (await props.run({ address, reason }, run)) props.onDone();
  };
  return (
    <FormDialog
      title={props.title}
      submit={props.confirm}
      busy={busy}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <Text size="sm">{props.body}</Text>
      <FormErrors form="reason" errors={errors.filter((each) => !each.field)} namespace="sending" />
      {props.address && (
        <TextInput
          id="reason-address"
          type="email"
          label={t('suppression.address')}
          value={address}
          error={errorAt('address')}
          onChange={(event) => setAddress(event.currentTarget.value)}
          data-autofocus
        />
      )}
      <Textarea
        id="reason-reason"
        label={t('suppression.why')}
        description={t('suppression.whyHelp')}
        value={reason}
        error={errorAt('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
