import { type ApiClientFieldsFragment, ApiClientRotateDocument, ApiClientTryDocument, ApiClientUpdateDocument } from '#gql/api-clients/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { CopyValue } from '#ui/CopyValue';
import { FormErrors } from '#ui/FormErrors';
import { SideDrawer } from '#ui/SideDrawer';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './api.module.css';
import { ClientForm, type Scope, type Shown } from './ClientForm';
import { type Ask, Ending } from './Ending';
import { ScopeName } from './ScopeName';
import { Usage } from './Usage';

/** One client: who it is, its secrets, what it may do and did, and how it ends. */
export function ClientDrawer(props: {
  client: ApiClientFieldsFragment;
  scopes: readonly Scope[];
  onClose: () => void;
  onShown: (shown: Shown) => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation('api-clients');
  const format = useFormat();
  const mayWrite = useScope('clients:write');
  const [editing, setEditing] = useState(false);
  const [ask, setAsk] = useState<Ask>();
  const { client, onChanged } = props;
  const { createdBy, createdAt } = client;
  return (
    <SideDrawer title={client.name} size="xl" onClose={props.onClose}>
      <Stack gap="xl">
        {client.disabledAt && <Disabled client={client} mayWrite={mayWrite} onChanged={onChanged} />}
        {mayWrite && !client.disabledAt && <TryOut client={client} onShown={props.onShown} onEdit={() => setEditing(true)} />}
        <Part title={t('access')} note={createdBy && t('createdBy', { name: createdBy.name, at: format.dateTime(createdAt) })}>
          <Stack gap="sm">
            <CopyValue titled label={t('clientId')} value={client.clientId} />
            <CopyValue titled label={t('tokenUrl')} value={`${window.location.origin}/oauth/token`} />
            <CopyValue titled label={t('endpoint')} value={`${window.location.origin}/graphql`} />
          </Stack>
        </Part>
        <Secrets client={client} onShown={props.onShown} onAsk={setAsk} onChanged={onChanged} />
        <Part title={t('scopes')}>
          {client.scopes.length === 0 && <Text size="sm">{t('noScopes')}</Text>}
          <ul className={classes.rows}>
            {client.scopes.map((scope) => (
              <li key={scope}>
                <ScopeName scope={scope} />
                <span className={classes.code}>{scope}</span>
              </li>
            ))}
          </ul>
        </Part>
        <Part title={t('limits')}>
          <Text size="sm">{t('limitsBody', { cost: format.number(client.maximumCost), rate: format.number(client.restoreRate) })}</Text>
        </Part>
        <Usage usage={client.usage} />
        {mayWrite && <Ends disabled={Boolean(client.disabledAt)} onAsk={setAsk} />}
      </Stack>
      {editing && (
        <ClientForm
          client={client}
          scopes={props.scopes}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false);
            toastDone(t('saved'));
            onChanged();
          }}
        />
      )}
      {ask && <Ending client={client} ask={ask} onClose={() => setAsk(undefined)} onDone={onChanged} />}
    </SideDrawer>
  );
}

function Part(props: { title: string; note?: ReactNode; action?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <Group justify="space-between" align="flex-end" mb="xs">
        <Title order={3}>{props.title}</Title>
        {props.action}
      </Group>
      {props.children}
      {props.note && (
        <Text size="xs" c="dimmed" mt="xs">
          {props.note}
        </Text>
      )}
    </section>
  );
}

function Disabled(props: { client: ApiClientFieldsFragment; mayWrite: boolean; onChanged: () => void }) {
  const { t } = useTranslation('api-clients');
  const format = useFormat();
  const [, update] = useMutation(ApiClientUpdateDocument);
  const { run, errors, busy } = useSubmit();
  const { id, disabledAt } = props.client;
  const enable = async () => {
    if (await run(update({ input: { id, disabled: false } }), (data) => data.updateApiClient.userErrors)) toastDone(t('enabledAgain'));
    props.onChanged();
  };
  return (
    <Alert color="gray">
      <div className={classes.act}>
        <span>{t('disabledNote', { at: format.dateTime(disabledAt ?? '') })}</span>
        {props.mayWrite && (
          <Button variant="default" loading={busy} onClick={() => void enable()}>
            {t('enable')}
          </Button>
        )}
      </div>
      <FormErrors form="enable" errors={errors} namespace="api-clients" />
    </Alert>
  );
}

function TryOut(props: { client: ApiClientFieldsFragment; onShown: (shown: Shown) => void; onEdit: () => void }) {
  const { t } = useTranslation('api-clients');
  const [, tryIt] = useMutation(ApiClientTryDocument);
  const { run, errors, busy } = useSubmit();
  const { id, name } = props.client;
  const tryOut = () =>
    run(tryIt({ input: { id } }), (data) => {
      const { accessToken, ide, userErrors } = data.tryApiClient;
      if (accessToken) props.onShown({ id, kind: 'token', name, value: accessToken, ide: ide ?? undefined });
      return userErrors;
    });
  return (
    <div>
      <Group gap="xs">
        <Button variant="default" onClick={props.onEdit}>
          {t('editScopes')}
        </Button>
        <Button variant="default" loading={busy} onClick={() => void tryOut()}>
          {t('try')}
        </Button>
      </Group>
      <FormErrors form="try" errors={errors} namespace="api-clients" />
    </div>
  );
}

function Secrets(props: {
  client: ApiClientFieldsFragment;
  onShown: (shown: Shown) => void;
  onAsk: (ask: Ask) => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation('api-clients');
  const format = useFormat();
  const mayWrite = useScope('clients:write');
  const [, rotate] = useMutation(ApiClientRotateDocument);
  const { run, errors, busy } = useSubmit();
  const { id, name, clientId, secrets } = props.client;
  const issue = () =>
    run(rotate({ input: { id } }), (data) => {
      const { secret, userErrors } = data.rotateApiClientSecret;
      if (secret) props.onShown({ id, kind: 'secret', name, clientId, value: secret });
      return userErrors;
    }).then(props.onChanged);
  return (
    <Part
      title={t('secrets')}
      note={t('secretsHelp')}
      action={
        mayWrite &&
        secrets.length < 2 && (
          <Button variant="default" loading={busy} onClick={() => void issue()}>
            {t(secrets.length === 0 ? 'firstSecret' : 'addSecret')}
          </Button>
        )
      }
    >
      <FormErrors form="secrets" errors={errors} namespace="api-clients" />
      {secrets.length === 0 && <Text size="sm">{t('noSecrets')}</Text>}
      <ul className={`${classes.rows} ${classes.secrets}`}>
        {secrets.map(({ id: secretId, hint, createdAt, lastUsedAt }) => (
          <li key={secretId}>
            <div>
              <Text size="sm">{t('secret', { hint })}</Text>
              <Text size="xs" c="dimmed">
                {`${t('issuedAt', { at: format.dateTime(createdAt) })} · ${lastUsedAt ? t('lastUsed', { at: format.dateTime(lastUsedAt) }) : t('neverUsed')}`}
              </Text>
            </div>
            {mayWrite && (
              <Button variant="subtle" color="red" aria-label={t('revokeOf', { hint })} onClick={() => props.onAsk({ kind: 'revoke', secretId, hint })}>
                {t('revoke')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

/** What stops the client, each with what it does. */
function Ends(props: { disabled: boolean; onAsk: (ask: Ask) => void }) {
  const { t } = useTranslation('api-clients');
  const kinds = props.disabled ? (['endTokens'] as const) : (['endTokens', 'disable'] as const);
  return (
    <Part title={t('stop')}>
      <Stack gap="md">
        {kinds.map((kind) => (
          <div key={kind} className={classes.act}>
            <Text size="sm">{t(`stopHelp.${kind}`)}</Text>
            <Button variant="default" c="red" onClick={() => props.onAsk({ kind })}>
              {t(kind)}
            </Button>
          </div>
        ))}
      </Stack>
    </Part>
  );
}
