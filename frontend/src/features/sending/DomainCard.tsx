import {
  SendingCheckDomainDocument,
  SendingRemoveDomainDocument,
  SendingSetBounceDomainDocument,
  type SenderDomainFieldsFragment,
} from '#gql/sending/graphql';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { Badge, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { Keys } from './Keys';
import { Records } from './Records';
import classes from './sending.module.css';
import { useSubmit } from '#ui/useSubmit';

/** One domain: its keys, its records in DNS, and where bounces go. */
export function DomainCard(props: { domain: SenderDomainFieldsFragment; reload: () => void }) {
  const { t } = useTranslation('sending');
  const mayWrite = useScope('settings:write');
  const [, check] = useMutation(SendingCheckDomainDocument);
  const looking = useSubmit();
  const [looked, setLooked] = useState<SenderDomainFieldsFragment['records']>();
  const { domain } = props;
  const records = looked && sameNames(looked, domain.records) ? looked : domain.records;
  const signs = domain.keys.some((key) => key.active);

  const look = () =>
    looking.run(check({ input: { id: domain.id } }), (data) => {
      setLooked(data.checkSenderDomain.domain?.records);
      return data.checkSenderDomain.userErrors;
    });

  return (
    <section className={classes.domain} aria-label={domain.domain}>
      <Group justify="space-between">
        <Group gap="sm">
          <Title order={2}>{domain.domain}</Title>
          <Badge color={signs ? 'green' : 'gray'}>{t(signs ? 'domain.signs' : 'domain.unsigned')}</Badge>
        </Group>
        {mayWrite && <Remove domain={domain} onRemoved={props.reload} />}
      </Group>
      <div className={classes.section}>
        <Keys domain={domain} onChanged={props.reload} />
      </div>
      <div className={classes.section}>
        <Group justify="space-between" mb="xs">
          <Title order={3}>{t('record.title')}</Title>
          <Button
            variant="light"
            size="compact-sm"
            leftSection={<IconRefresh className={classes.icon} aria-hidden />}
            loading={looking.busy}
            onClick={() => void look()}
          >
            {t('record.check')}
          </Button>
        </Group>
        <FormErrors form="record" errors={looking.errors} namespace="sending" />
        <Records records={records} />
      </div>
      <div className={classes.section}>
        <BounceDomain key={domain.bounceDomain ?? ''} domain={domain} onChanged={props.reload} />
      </div>
    </section>
  );
}

const sameNames = (a: SenderDomainFieldsFragment['records'], b: SenderDomainFieldsFragment['records']) =>
  a.map((each) => each.kind + each.name).join() === b.map((each) => each.kind + each.name).join();

function BounceDomain(props: { domain: SenderDomainFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('sending');
  const mayWrite = useScope('settings:write');
  const [, save] = useMutation(SendingSetBounceDomainDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'sending');
  const was = props.domain.bounceDomain ?? '';
  const [name, setName] = useState(was);
  const submit = async () => {
    const input = { id: props.domain.id, bounceDomain: name };
    if (!(await run(save({ input }), (data) => data.setBounceDomain.userErrors))) return;
    toastDone(t('bounceDomain.saved'));
    props.onChanged();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="xs" align="stretch">
        <TextInput
          id={`bounce-${props.domain.id}`}
          label={t('bounceDomain.label')}
          description={t('bounceDomain.help')}
          placeholder={`bounce.${props.domain.domain}`}
          value={name}
          readOnly={!mayWrite}
          error={errorAt('bounceDomain')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {mayWrite && (
          <Group justify="flex-end">
            <Button type="submit" variant="light" loading={busy} disabled={name.trim() === was}>
              {t('bounceDomain.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

function Remove(props: { domain: SenderDomainFieldsFragment; onRemoved: () => void }) {
  const { t } = useTranslation('sending');
  const [, remove] = useMutation(SendingRemoveDomainDocument);
  const { run, errors, busy } = useSubmit();
  const [asking, setAsking] = useState(false);
  const submit = async () => {
    if (!(await run(remove({ input: { id: props.domain.id } }), (data) => data.removeSenderDomain.userErrors))) return;
    setAsking(false);
    toastDone(t('domain.removed', { domain: props.domain.domain }));
    props.onRemoved();
  };
  return (
    <>
      <Button variant="subtle" color="red" size="compact-sm" onClick={() => setAsking(true)}>
        {t('domain.remove')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('domain.removeTitle', { domain: props.domain.domain })}
        confirm={t('domain.remove')}
        danger
        busy={busy}
        onConfirm={() => void submit()}
        onClose={() => setAsking(false)}
      >
        <FormErrors form="remove" errors={errors} namespace="sending" />
        <Text size="sm">{t('domain.removeBody')}</Text>
      </ConfirmDialog>
    </>
  );
}
