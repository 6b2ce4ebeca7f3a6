import { SignInResetDocument, SignInResetOpenDocument } from '#gql/sign-in/graphql';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { ButtonLink } from '#ui/links';
import { NewPassword } from '#ui/NewPassword';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Door } from './Door';
import { forgotUrl, signInUrl } from './urls';

/** Sets a new password with the key of a mail, which stands behind the # of the address. */
export function ResetPage() {
  const { t } = useTranslation('sign-in');
  const key = useLocation().hash;
  const [{ data, error }, again] = useQuery({ query: SignInResetOpenDocument, variables: { key } });
  if (error && !data) {
    return (
      <Door title={t('reset.title')}>
        <ErrorState error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      </Door>
    );
  }
  if (data && !data.passwordResetOpen) {
    return (
      <Door title={t('reset.closedTitle')}>
        <Text size="sm">{t('reset.closed')}</Text>
        <ButtonLink {...forgotUrl()}>{t('reset.again')}</ButtonLink>
      </Door>
    );
  }
  return <Door title={t('reset.title')}>{data ? <ResetForm resetKey={key} /> : <Skeleton height="10rem" />}</Door>;
}

function ResetForm(props: { resetKey: string }) {
  const { t } = useTranslation('sign-in');
  const navigate = useNavigate();
  const [, reset] = useMutation(SignInResetDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'sign-in');
  const [password, setPassword] = useState('');
  const submit = async () => {
    if (!(await run(reset({ input: { key: props.resetKey, password } }), (data) => data.resetPassword.userErrors))) return;
    void navigate({ ...signInUrl(true), replace: true });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('reset.help')}</Text>
        <FormErrors form="reset" errors={errors.filter((each) => !each.field)} namespace="sign-in" />
        <NewPassword
          id="reset-password"
          label={t('reset.password')}
          value={password}
          onChange={setPassword}
          about={[]}
          error={errorAt('password')}
        />
        <Button type="submit" fullWidth loading={busy}>
          {t('reset.submit')}
        </Button>
      </Stack>
    </form>
  );
}
