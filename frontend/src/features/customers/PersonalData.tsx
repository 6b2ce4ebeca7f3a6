import { privacyUrl } from '#features/privacy/urls';
import { CustomerAskPrivacyDocument, type PrivacyRequestKind, type PrivacyRequestVia } from '#gql/customers/graphql';
import { useScope } from '#lib/viewer';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Group, Select, Text, Title } from '@mantine/core';
import { IconDownload, IconUserX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

const ways = ['MAIL', 'PHONE', 'STORE', 'LETTER', 'OTHER'] as const satisfies readonly PrivacyRequestVia[];

/** Takes down what a person asks about his own data; answering it is a step of its own, in the register. */
export function PersonalData(props: { customerId: string; name: string }) {
  const { t } = useTranslation('privacy');
  const mayAsk = useScope('privacy:write');
  const [asking, setAsking] = useState<PrivacyRequestKind>();
  if (!mayAsk) return null;
  return (
    <section aria-labelledby="personal-data">
      <Title order={3} id="personal-data" mb="xs">
        {t('section')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('sectionHelp')}
      </Text>
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconDownload size="1rem" aria-hidden />}
          onClick={() => setAsking('EXPORT')}
        >
          {t('ask.EXPORT')}
        </Button>
        <Button
          variant="default"
          color="red"
          leftSection={<IconUserX size="1rem" aria-hidden />}
          onClick={() => setAsking('ERASURE')}
        >
          {t('ask.ERASURE')}
        </Button>
      </Group>
      {asking && <Ask {...props} kind={asking} onClose={() => setAsking(undefined)} />}
    </section>
  );
}

function Ask(props: { customerId: string; name: string; kind: PrivacyRequestKind; onClose: () => void }) {
  const { t } = useTranslation('privacy');
  const navigate = useNavigate();
  const [via, setVia] = useState<PrivacyRequestVia>('MAIL');
  const [, ask] = useMutation(CustomerAskPrivacyDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'privacy');
  const { kind, name } = props;
  const exporting = kind === 'EXPORT';
  const submit = async () => {
    const sending = ask({ input: { customerId: props.customerId, kind, via } });
    if (!(await run(sending, (data) => data.createPrivacyRequest.userErrors))) return;
    toastDone(t(exporting ? 'ask.exportDone' : 'ask.eraseDone'));
    void navigate(privacyUrl());
  };
  return (
    <FormDialog
      title={t(exporting ? 'ask.exportTitle' : 'ask.eraseTitle', { name })}
      submit={t(exporting ? 'ask.exportSubmit' : 'ask.eraseSubmit')}
      busy={busy}
      onSubmit={() => void submit()}
      onClose={props.onClose}
    >
      <FormErrors form="privacy" errors={errors} namespace="privacy" />
      <Text size="sm">{t(exporting ? 'ask.exportBody' : 'ask.eraseBody')}</Text>
      <Select
        id="privacy-via"
        label={t('ask.via')}
        data={ways.map((value) => ({ value, label: t(`via.${value}`) }))}
        value={via}
        allowDeselect={false}
        error={errorAt('via')}
        onChange={(next) => setVia((next ?? 'MAIL') as PrivacyRequestVia)}
      />
    </FormDialog>
  );
}
