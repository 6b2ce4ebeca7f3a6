import { AccountDocument } from '#gql/account/graphql';
import { ErrorState } from '#ui/ErrorState';
import { PageHeader } from '#ui/PageHeader';
import { Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './account.module.css';
import { Password } from './Password';
import { Profile } from './Profile';
import { SecondStep } from './SecondStep';
import { Sessions } from './Sessions';

/** One's own account: who one is, how one signs in, and where one is signed in. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const [{ data, error }, again] = useQuery({ query: AccountDocument });
  const reload = () => again({ requestPolicy: 'network-only' });
  const account = data?.account;
  return (
    <>
      <PageHeader title={t('title')} description={account?.staff.email} />
      {error && !account ? (
        <ErrorState error={error} retry={reload} />
      ) : !account ? (
        <Skeleton height="30rem" maw="44rem" />
      ) : (
        <Stack gap="xl" maw="44rem">
          <Section title={t('profile.title')}>
            <Profile staff={account.staff} onDone={reload} />
          </Section>
          <Section title={t('password.title')} body={t('password.body')}>
            <Password staff={account.staff} onDone={reload} />
          </Section>
          <Section title={t('second.title')} body={t('second.body')}>
            <SecondStep on={account.staff.secondStep} codesLeft={account.recoveryCodesLeft} onDone={reload} />
          </Section>
          <Section title={t('sessions.title')} body={t('sessions.body')}>
            <Sessions sessions={account.sessions} onDone={reload} />
          </Section>
        </Stack>
      )}
    </>
  );
}

function Section(props: { title: string; body?: string; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <Title order={2} mb="xs">
        {props.title}
      </Title>
      {props.body && (
        <Text size="sm" c="dimmed" mb="md">
          {props.body}
        </Text>
      )}
      {props.children}
    </section>
  );
}
