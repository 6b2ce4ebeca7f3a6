import { forgotUrl } from './urls';
import { SignInDocument } from '#gql/sign-in/graphql';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { TextLink } from '#ui/links';
import { requestFailed, type UserError } from '#ui/userErrors';
import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { Door } from './Door';
import { enter } from './enter';
import { SecondStep } from './SecondStep';

const route = getRouteApi('/sign-in');

/** The door: mail address and password, a code where one has switched that on, then on to where one was going. */
export function SignInPage() {
  const { t } = useTranslation('sign-in');
  const { next, reset } = route.useSearch();
  const router = useRouter();
  const [challenge, setChallenge] = useState<string>();
  const goOn = () => router.history.replace(next ?? '/');

  if (challenge) {
    return (
      <Door title={t('second.title')}>
        <SecondStep challenge={challenge} onDone={goOn} onBack={() => setChallenge(undefined)} />
      </Door>
    );
  }
  return (
    <Door title={t('title')} below={<TextLink {...forgotUrl()}>{t('forgot.link')}</TextLink>}>
      {reset && (
        <Alert color="green" variant="light" icon={<IconCheck size="1rem" aria-hidden />}>
          {t('reset.done')}
        </Alert>
      )}
      <Password onDone={goOn} onChallenge={setChallenge} />
    </Door>
  );
}

function Password(props: { onDone: () => void; onChallenge: (challenge: string) => void }) {
  const { t } = useTranslation('sign-in');
  const { t: tUi } = useTranslation('ui');
  const [{ fetching }, signIn] = useMutation(SignInDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);

  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { data, error } = await signIn({
      input: { email: String(form.get('email')).trim(), password: String(form.get('password')) },
    });
    const answer = data?.signIn;
    if (answer?.challenge) props.onChallenge(answer.challenge);
    else if (enter(answer)) props.onDone();
    else setErrors(error ? [requestFailed(tUi(failureKey(error)))] : (answer?.userErrors ?? []));
  };

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <FormErrors form="sign-in" errors={errors} />
        <TextInput id="sign-in-email" name="email" type="email" label={t('email')} autoComplete="username" required withAsterisk={false} />
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
  );
}
