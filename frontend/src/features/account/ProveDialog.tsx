import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { PasswordInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks for one's password before something that a found open screen must not do. */
export function ProveDialog(props: {
  title: string;
  body: string;
  confirm: string;
  danger?: boolean;
  prove: (password: string, run: ReturnType<typeof useSubmit>['run']) => Promise<void>;
  onClose: () => void;
}) {
  const { t } = useTranslation('account');
  const { t: tUi } = useTranslation('ui');
  const [password, setPassword] = useState('');
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'account');
  return (
    <FormDialog
      title={props.title}
      submit={props.confirm}
      danger={props.danger}
      busy={busy}
      disabled={password === ''}
      onSubmit={() => void props.prove(password, run)}
      onClose={props.onClose}
    >
      <Text size="sm">{props.body}</Text>
      <FormErrors form="prove" errors={errors.filter((each) => !each.field)} namespace="account" />
      <PasswordInput
        id="prove-password"
        label={t('password.current')}
        autoComplete="current-password"
        value={password}
        error={errorAt('password')}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': tUi('password.show'), tabIndex: 0, 'aria-hidden': false }}
        data-autofocus
      />
    </FormDialog>
  );
}
