import { SignInCompleteDocument } from '#gql/sign-in/graphql';
import { FormErrors } from '#ui/FormErrors';
import { useSubmit } from '#ui/useSubmit';
import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './Door.module.css';
import { enter } from './enter';

/** Asks for the code of the app, or for a recovery code. */
export function SecondStep(props: { challenge: string; onDone: () => void; onBack: () => void }) {
  const { t } = useTranslation('sign-in');
  const [, complete] = useMutation(SignInCompleteDocument);
  const { run, errors, busy, clear } = useSubmit();
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState('');

  const submit = async () => {
    const request = complete({ input: { challenge: props.challenge, code } });
    const done = await run(request, (data) => data.completeSignIn.userErrors);
    if (done && enter((await request).data?.completeSignIn)) props.onDone();
  };
  const change = () => {
    setRecovery(!recovery);
    setCode('');
    clear();
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
        <Text size="sm">{t(recovery ? 'second.recoveryHelp' : 'second.help')}</Text>
        <FormErrors form="second" errors={errors} namespace="sign-in" />
        <TextInput
          key={String(recovery)}
          id="second-code"
          name="code"
          className={classes.code}
          label={t(recovery ? 'second.recovery' : 'second.code')}
          inputMode={recovery ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          autoFocus
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" fullWidth loading={busy} disabled={code.trim() === ''}>
          {t('submit')}
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={change}>
          {t(recovery ? 'second.useApp' : 'second.useRecovery')}
        </Anchor>
        <Anchor component="button" type="button" size="sm" onClick={props.onBack}>
          {t('second.back')}
        </Anchor>
      </Stack>
    </form>
  );
}
