import { type ApiClientFieldsFragment, ApiClientCreateDocument, ApiClientUpdateDocument, type ApiSettingsQuery } from '#gql/api-clients/graphql';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Checkbox, Collapse, Group, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './api.module.css';
import { ScopeName } from './ScopeName';

/** A scope with the root fields that it opens. */
export type Scope = ApiSettingsQuery['apiScopes'][number];

/** What is shown at the only time it is known: a secret, or a token to try the API with. */
export interface Shown {
  id: string;
  kind: 'secret' | 'token';
  name: string;
  clientId?: string;
  value: string;
  /** Where the IDE is, which takes the token along. */
  ide?: string;
}

/** Asks for a client's name, what it may do, and how much at once. */
export function ClientForm(props: {
  client?: ApiClientFieldsFragment;
  scopes: readonly Scope[];
  onClose: () => void;
  /** With the secret of a new client. */
  onSaved: (made?: Shown) => void;
}) {
  const { t } = useTranslation('api-clients');
  const { client } = props;
  const [name, setName] = useState(client?.name ?? '');
  const [scopes, setScopes] = useState<string[]>(client?.scopes ?? []);
  const [maximumCost, setMaximumCost] = useState(client?.maximumCost ?? 20_000);
  const [restoreRate, setRestoreRate] = useState(client?.restoreRate ?? 500);
  const [, create] = useMutation(ApiClientCreateDocument);
  const [, update] = useMutation(ApiClientUpdateDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'api-clients');
  const submit = async () => {
    const input = { name: name.trim(), scopes, maximumCost, restoreRate };
    if (client) {
      if (await run(update({ input: { ...input, id: client.id } }), (data) => data.updateApiClient.userErrors)) props.onSaved();
      return;
    }
    let made: Shown | undefined;
    const ok = await run(create({ input }), (data) => {
      const { secret, client: row, userErrors } = data.createApiClient;
      if (secret && row) made = { id: row.id, kind: 'secret', name: row.name, clientId: row.clientId, value: secret };
      return userErrors;
    });
    if (ok) props.onSaved(made);
  };
  return (
    <FormDialog
      title={client ? t('editTitle', { name: client.name }) : t('add')}
      submit={t(client ? 'save' : 'add')}
      size="lg"
      busy={busy}
      disabled={name.trim() === ''}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="client" errors={errors.filter((each) => !each.field)} namespace="api-clients" />
      <TextInput
        id="client-name"
        label={t('name')}
        description={t('nameHelp')}
        value={name}
        error={errorAt('name')}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Checkbox.Group label={t('scopes')} description={t('scopesHelp')} value={scopes} onChange={setScopes} error={errorAt('scopes')}>
        <Stack gap="sm" mt="xs">
          {props.scopes.map((each) => (
            <ScopeChoice key={each.scope} scope={each} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Group grow align="flex-start">
        <NumberInput
          label={t('maximumCost')}
          description={t('maximumCostHelp')}
          min={5_000}
          max={1_000_000}
          thousandSeparator=","
          value={maximumCost}
          error={errorAt('maximumCost')}
          onChange={(value) => setMaximumCost(Number(value))}
        />
        <NumberInput
          label={t('restoreRate')}
          description={t('restoreRateHelp')}
          min={10}
          max={50_000}
          thousandSeparator=","
          value={restoreRate}
          error={errorAt('restoreRate')}
          onChange={(value) => setRestoreRate(Number(value))}
        />
      </Group>
    </FormDialog>
  );
}

/** One scope to tick; which fields of the API it opens is shown when asked for. */
function ScopeChoice(props: { scope: Scope }) {
  const { t } = useTranslation('api-clients');
  const [open, setOpen] = useState(false);
  const { scope, queries, mutations, subscriptions } = props.scope;
  const fields = [...queries, ...mutations, ...subscriptions];
  return (
    <div>
      <div className={classes.scope}>
        <Checkbox value={scope} label={<ScopeName scope={scope} />} description={<span className={classes.code}>{scope}</span>} />
        <Button variant="subtle" size="compact-sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('fieldCount', { count: fields.length })}
        </Button>
      </div>
      <Collapse expanded={open}>
        <Text className={`${classes.code} ${classes.fields}`}>{fields.join(', ')}</Text>
      </Collapse>
    </div>
  );
}
