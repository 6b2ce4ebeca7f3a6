import { AccountChangePasswordDocument, type AccountFieldsFragment } from '#gql/account/graphql';
import { FormErrors } from '#ui/FormErrors';
import { NewPassword } from '#ui/NewPassword';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './account.module.css';

/** Sets another password; it takes the present one. */
export function Password(props: { staff: AccountFieldsFragment['staff']; onDone: () => void }) {
  const { t } = useTranslation('account');
  const { t: tUi } = useTranslation('ui');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [, change] = useMutation(AccountChangePasswordDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'account');
  const submit = async () => {
    const request = change({ input: { currentPassword: current, newPassword: next } });
    if (!(await run(request, (data) => data.changePassword.userErrors))) return;
    setCurrent('');
    setNext('');
    toastDone(t('password.done'));
    props.onDone();
  };
  return (
    <form
      noValidate
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <FormErrors form="password" errors={errors.filter((each) => !each.field)} namespace="account" />
        <PasswordInput
          id="password-currentPassword"
          label={t('password.current')}
          autoComplete="current-password"
          value={current}
          error={errorAt('currentPassword')}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': tUi('password.show'), tabIndex: 0, 'aria-hidden': false }}
        />
        <NewPassword
          id="password-newPassword"
          label={t('password.next')}
          value={next}
          onChange={setNext}
          about={[props.staff.email, props.staff.name]}
          error={errorAt('newPassword')}
        />
        <div>
          <Button type="submit" loading={busy} disabled={current === '' || next === ''}>
            {t('password.submit')}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
