import { signedIn } from '#lib/session';
import { SignInDocument } from '#gql/sign-in/graphql';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { requestFailed, type UserError } from '#ui/userErrors';
import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './SignInPage.module.css';

const route = getRouteApi('/sign-in');

/** The door: mail address and password, then on to where one was going. */
export function SignInPage() {
  const { t } = useTranslation('sign-in');
  const { t: tUi } = useTranslation('ui');
  const { next } = route.useSearch();
  const router = useRouter();
  const [{ fetching }, signIn] = useMutation(SignInDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);

  useEffect(() => {
    document.title = `${t('title')} · Meguri`;
  }, [t]);

  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { data, error } = await signIn({
      input: { email: String(form.get('email')).trim(), password: String(form.get('password')) },
    });
    const answer = data?.signIn;
    if (answer?.accessToken && answer.expiresAt) {
      signedIn({ accessToken: answer.accessToken, expiresAt: answer.expiresAt });
      router.history.replace(next ?? '/');
      return;
    }
    setErrors(error ? [requestFailed(tUi(failureKey(error)))] : (answer?.userErrors ?? []));
  };

  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <img src="/favicon.svg" alt="" className={classes.mark} />
          <Title order={1}>Meguri</Title>
        </div>
        <Paper withBorder p="lg">
          <form onSubmit={(event) => void submit(event)}>
            <Stack gap="md">
              <Title order={2}>{t('title')}</Title>
              <FormErrors form="sign-in" errors={errors} />
              <TextInput
                id="sign-in-email"
                name="email"
                type="email"
                label={t('email')}
                autoComplete="username"
                required
                withAsterisk={false}
              />
              <PasswordInput
                id="sign-in-password"
                name="password"
                label={t('password')}
                autoComplete="current-password"
                required
                withAsterisk={false}
                visibilityToggleButtonProps={{ 'aria-label': t('showPassword'), tabIndex: 0, 'aria-hidden': false }}
              />
              <Button type="submit" fullWidth loading={fetching}>
                {t('submit')}
              </Button>
            </Stack>
          </form>
        </Paper>
        <Text size="xs" c="dimmed" ta="center">
          {t('help')}
        </Text>
      </div>
    </main>
  );
}
