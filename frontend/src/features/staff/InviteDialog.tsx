import { FormDialog } from '#ui/FormDialog';
import { type StaffRole, StaffInviteSendDocument } from '#gql/staff/graphql';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { useFocusBack } from '#ui/useFocusBack';
import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { RoleChoice } from './RoleChoice';

/** Asks whom to invite, as what, and in which language to write. */
export function InviteDialog(props: { onClose: () => void; onDone: () => void }) {
  useFocusBack();
  const { t } = useTranslation('staff');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<StaffRole>('MARKETER');
  const [locale, setLocale] = useState('ja');
  const [, invite] = useMutation(StaffInviteSendDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'staff');
  const submit = async () => {
    if (!(await run(invite({ input: { email: email.trim(), role, locale } }), (data) => data.inviteStaff.userErrors))) return;
    toastDone(t('invite.done', { email: email.trim() }));
    props.onClose();
    props.onDone();
  };
  return (
    <FormDialog
      title={t('invite.open')}
      submit={t('invite.submit')}
      busy={busy}
      disabled={email.trim() === ''}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="invite" errors={errors.filter((each) => !each.field)} namespace="staff" />
      <TextInput
        id="invite-email"
        type="email"
        label={t('invite.email')}
        description={t('invite.emailHelp')}
        value={email}
        error={errorAt('email')}
        onChange={(event) => setEmail(event.currentTarget.value)}
        data-autofocus
      />
      <RoleChoice value={role} onChange={setRole} />
      <Select
        label={t('invite.locale')}
        value={locale}
        data={[
          { value: 'ja', label: '日本語' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(value) => setLocale(value ?? 'ja')}
      />
    </FormDialog>
  );
}
