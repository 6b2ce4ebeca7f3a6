import { SignInAcceptDocument, SignInInviteDocument, type SignInInviteQuery } from '#gql/sign-in/graphql';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { TextLink } from '#ui/links';
import { NewPassword } from '#ui/NewPassword';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Door } from './Door';
import { enter } from './enter';
import { signInUrl } from './urls';

type Offer = NonNullable<SignInInviteQuery['inviteOffer']>;

/** Opens the account of somebody who was invited. The key of the mail stands behind the # of the address. */
export function InvitePage() {
  const { t, i18n } = useTranslation('sign-in');
  const key = useLocation().hash;
  const [{ data, error }, again] = useQuery({ query: SignInInviteDocument, variables: { key } });
  const locale = data?.inviteOffer?.locale;
  useEffect(() => {
    if (locale) void i18n.changeLanguage(locale);
  }, [locale, i18n]);
  if (error && !data) {
    return (
      <Door title={t('invite.title')}>
        <ErrorState error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      </Door>
    );
  }
  if (!data) {
    return (
      <Door title={t('invite.title')}>
        <Skeleton height="16rem" />
      </Door>
    );
  }
  if (!data.inviteOffer) {
    return (
      <Door title={t('invite.closedTitle')} below={<TextLink {...signInUrl()}>{t('toSignIn')}</TextLink>}>
        <Text size="sm">{t('invite.closed')}</Text>
      </Door>
    );
  }
  return (
    <Door title={t('invite.title')}>
      <InviteForm inviteKey={key} offer={data.inviteOffer} />
    </Door>
  );
}

function InviteForm(props: { inviteKey: string; offer: Offer }) {
  const { t } = useTranslation('sign-in');
  const { t: tApp } = useTranslation();
  const navigate = useNavigate();
  const [, accept] = useMutation(SignInAcceptDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'sign-in');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { offer } = props;
  const submit = async () => {
    const request = accept({ input: { key: props.inviteKey, name, password } });
    const done = await run(request, (data) => data.acceptInvite.userErrors);
    if (done && enter((await request).data?.acceptInvite)) void navigate({ to: '/', replace: true });
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
        <Text size="sm">{t('invite.help', { merchant: offer.merchantName, role: tApp(`role.${offer.role}`) })}</Text>
        <FormErrors form="invite" errors={errors.filter((each) => !each.field)} namespace="sign-in" />
        <TextInput id="invite-email" label={t('email')} value={offer.email} readOnly autoComplete="username" variant="filled" />
        <TextInput
          id="invite-name"
          label={t('invite.name')}
          description={t('invite.nameHelp')}
          autoComplete="name"
          value={name}
          error={errorAt('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <NewPassword
          id="invite-password"
          label={t('password')}
          value={password}
          onChange={setPassword}
          about={[offer.email, name]}
          error={errorAt('password')}
        />
        <Button type="submit" fullWidth loading={busy}>
          {t('invite.submit')}
        </Button>
      </Stack>
    </form>
  );
}
