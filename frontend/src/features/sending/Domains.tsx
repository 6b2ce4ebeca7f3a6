import { FormDialog } from '#ui/FormDialog';
import { SendingAddDomainDocument, SendingDomainsDocument } from '#gql/sending/graphql';
import { useScope } from '#lib/viewer';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { useFieldErrors } from '#ui/userErrors';
import { Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { DomainCard } from './DomainCard';
import { useSubmit } from '#ui/useSubmit';

/** The domains mails come from, each with its keys and what has to stand in DNS. */
export function Domains() {
  const { t } = useTranslation('sending');
  const mayWrite = useScope('settings:write');
  const [adding, setAdding] = useState(false);
  const [{ data, error }, reload] = useQuery({ query: SendingDomainsDocument });
  const again = () => reload({ requestPolicy: 'network-only' });
  if (error && !data) return <ErrorState error={error} retry={again} />;
  if (!data) return <Skeleton height="16rem" />;
  const add = mayWrite && (
    <Button leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => setAdding(true)}>
      {t('domain.add')}
    </Button>
  );
  return (
    <Stack gap="lg">
      {data.senderDomains.length === 0 ? (
        <EmptyState icon={IconShieldCheck} title={t('domain.empty')} action={add}>
          {t('domain.emptyBody')}
        </EmptyState>
      ) : (
        <>
          <Group justify="space-between" align="flex-start">
            <Text size="sm" c="dimmed" maw="46rem">
              {t('domain.body')}
            </Text>
            {add}
          </Group>
          {data.senderDomains.map((domain) => (
            <DomainCard key={domain.id} domain={domain} reload={again} />
          ))}
        </>
      )}
      {adding && (
        <AddDomain
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            again();
          }}
        />
      )}
    </Stack>
  );
}

function AddDomain(props: { onClose: () => void; onAdded: () => void }) {
  const { t } = useTranslation('sending');
  const [, add] = useMutation(SendingAddDomainDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'sending');
  const [domain, setDomain] = useState('');
  const submit = async () => {
    if (await run(add({ input: { domain } }), (data) => data.addSenderDomain.userErrors)) props.onAdded();
  };
  return (
    <FormDialog
      title={t('domain.add')}
      submit={t('domain.add')}
      busy={busy}
      disabled={domain.trim() === ''}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="domain" errors={errors.filter((each) => !each.field)} namespace="sending" />
      <TextInput
        id="domain-domain"
        label={t('domain.name')}
        description={t('domain.nameHelp')}
        placeholder="shop.example"
        value={domain}
        error={errorAt('domain')}
        onChange={(event) => setDomain(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  );
}
