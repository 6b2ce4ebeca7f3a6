import { SignInForgotDocument } from '#gql/sign-in/graphql';
import { FormErrors } from '#ui/FormErrors';
import { TextLink } from '#ui/links';
import { useSubmit } from '#ui/useSubmit';
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { Door } from './Door';
import { signInUrl } from './urls';

/** Has a link for a new password mailed. It says the same whether or not the address has an account. */
export function ForgotPage() {
  const { t } = useTranslation('sign-in');
  const [, request] = useMutation(SignInForgotDocument);
  const { run, errors, busy } = useSubmit();
  const [email, setEmail] = useState('');
  const [asked, setAsked] = useState(false);
  const back = <TextLink {...signInUrl()}>{t('toSignIn')}</TextLink>;

  const submit = async () => {
    if (await run(request({ input: { email: email.trim() } }), (data) => data.requestPasswordReset.userErrors)) setAsked(true);
  };

  if (asked) {
    return (
      <Door title={t('forgot.askedTitle')} below={back}>
        <Text size="sm" role="status">
          {t('forgot.asked', { email: email.trim() })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('forgot.askedHelp')}
        </Text>
      </Door>
    );
  }
  return (
    <Door title={t('forgot.title')} below={back}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text size="sm">{t('forgot.help')}</Text>
          <FormErrors form="forgot" errors={errors} namespace="sign-in" />
          <TextInput
            id="forgot-email"
            name="email"
            type="email"
            label={t('email')}
            autoComplete="username"
            required
            withAsterisk={false}
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth loading={busy}>
            {t('forgot.submit')}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
