import { FormDialog } from '#ui/FormDialog';
import {
  type DkimAlgorithm,
  SendingAddKeyDocument,
  SendingRemoveKeyDocument,
  SendingUseKeyDocument,
  type SenderDomainFieldsFragment,
} from '#gql/sending/graphql';
import { useScope } from '#lib/viewer';
import { FormErrors } from '#ui/FormErrors';
import { Timestamp } from '#ui/Timestamp';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { ActionIcon, Button, Group, SegmentedControl, Switch, Table, Text, Textarea, TextInput, Title } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './sending.module.css';
import { useSubmit } from '#ui/useSubmit';

/** The keys of a domain; mails are signed with every one in use. */
export function Keys(props: { domain: SenderDomainFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('sending');
  const mayWrite = useScope('settings:write');
  const [, use] = useMutation(SendingUseKeyDocument);
  const [, remove] = useMutation(SendingRemoveKeyDocument);
  const { run, errors, busy } = useSubmit();
  const [adding, setAdding] = useState(false);
  const { domain } = props;

  const change = async (keyId: string, active: boolean) => {
    const input = { domainId: domain.id, keyId, active };
    if (!(await run(use({ input }), (data) => data.setDkimKeyActive.userErrors))) return;
    toastDone(t(active ? 'key.used' : 'key.unused'));
    props.onChanged();
  };
  const drop = async (keyId: string) => {
    const done = await run(remove({ input: { domainId: domain.id, keyId } }), (data) => data.removeDkimKey.userErrors);
    if (done) props.onChanged();
  };

  return (
    <>
      <Group justify="space-between" mb="xs">
        <Title order={3}>{t('key.title')}</Title>
        {mayWrite && (
          <Button
            variant="light"
            size="compact-sm"
            leftSection={<IconPlus className={classes.icon} aria-hidden />}
            onClick={() => setAdding(true)}
          >
            {t('key.add')}
          </Button>
        )}
      </Group>
      <FormErrors form="key" errors={errors} namespace="sending" />
      <Table.ScrollContainer minWidth={320}>
        <Table aria-label={t('key.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('key.selector')}</Table.Th>
              <Table.Th>{t('key.algorithm')}</Table.Th>
              <Table.Th visibleFrom="sm">{t('key.createdAt')}</Table.Th>
              <Table.Th>{t('key.active')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {domain.keys.map((key) => (
              <Table.Tr key={key.id}>
                <Table.Td>{key.selector}</Table.Td>
                <Table.Td>{t(`key.kind.${key.algorithm}`)}</Table.Td>
                <Table.Td visibleFrom="sm">
                  <Timestamp at={key.createdAt} dateOnly />
                </Table.Td>
                <Table.Td>
                  <Switch
                    aria-label={t('key.useNamed', { selector: key.selector })}
                    checked={key.active}
                    disabled={!mayWrite || busy}
                    onChange={(event) => void change(key.id, event.currentTarget.checked)}
                  />
                </Table.Td>
                <Table.Td ta="right">
                  {mayWrite && !key.active && (
                    <ActionIcon
                      variant="subtle"
                      color="red"
                      size="lg"
                      aria-label={t('key.removeNamed', { selector: key.selector })}
                      onClick={() => void drop(key.id)}
                    >
                      <IconTrash className={classes.icon} aria-hidden />
                    </ActionIcon>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed" mt="xs">
        {t('key.help')}
      </Text>
      {adding && (
        <AddKey
          domainId={domain.id}
          onClose={() => setAdding(false)}
          onAdded={() => {
            setAdding(false);
            props.onChanged();
          }}
        />
      )}
    </>
  );
}

const sources = ['RSA', 'ED25519', 'PEM'] as const;
type Source = (typeof sources)[number];

function AddKey(props: { domainId: string; onClose: () => void; onAdded: () => void }) {
  const { t } = useTranslation('sending');
  const [, add] = useMutation(SendingAddKeyDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'sending');
  const [source, setSource] = useState<Source>('RSA');
  const [selector, setSelector] = useState('');
  const [privateKey, setPrivateKey] = useState('');
  const submit = async () => {
    const algorithm: DkimAlgorithm = source === 'ED25519' ? 'ED25519' : 'RSA';
    const input = { domainId: props.domainId, algorithm, selector, privateKey: source === 'PEM' ? privateKey : '' };
    if (await run(add({ input }), (data) => data.addDkimKey.userErrors)) props.onAdded();
  };
  return (
    <FormDialog
      title={t('key.add')}
      submit={t('key.add')}
      busy={busy}
      disabled={source === 'PEM' && privateKey.trim() === ''}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="newkey" errors={errors.filter((each) => !each.field)} namespace="sending" />
      <SegmentedControl
        aria-label={t('key.algorithm')}
        fullWidth
        value={source}
        onChange={(value) => setSource(sources.find((each) => each === value) ?? 'RSA')}
        data={sources.map((each) => ({ value: each, label: t(`key.source.${each}`) }))}
      />
      <Text size="sm" c="dimmed">
        {t(`key.sourceHelp.${source}`)}
      </Text>
      {source === 'PEM' && (
        <Textarea
          id="newkey-privateKey"
          label={t('key.privateKey')}
          placeholder="-----BEGIN PRIVATE KEY-----"
          minRows={5}
          maxRows={10}
          value={privateKey}
          error={errorAt('privateKey')}
          onChange={(event) => setPrivateKey(event.currentTarget.value)}
        />
      )}
      <TextInput
        id="newkey-selector"
        label={t('key.selector')}
        description={t('key.selectorHelp')}
        value={selector}
        error={errorAt('selector')}
        onChange={(event) => setSelector(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
