import {
  type WebhookEndpointFieldsFragment,
  WebhooksResumeDocument,
  WebhooksTryDocument,
} from '#gql/webhooks/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { CopyValue } from '#ui/CopyValue';
import { FormErrors } from '#ui/FormErrors';
import { SideDrawer } from '#ui/SideDrawer';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { type Ask, Asking } from './Asking';
import { Deliveries } from './Deliveries';
import { EndpointForm, type ShownSecret } from './EndpointForm';
import { typeOf } from './kinds';
import classes from './webhooks.module.css';

/** One endpoint: how it does, what it hears of, and what was sent. */
export function EndpointDrawer(props: {
  endpoint: WebhookEndpointFieldsFragment;
  onClose: () => void;
  onShown: (shown: ShownSecret) => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation('webhooks');
  const format = useFormat();
  const mayWrite = useScope('clients:write');
  const [editing, setEditing] = useState(false);
  const [ask, setAsk] = useState<Ask>();
  // What changes the deliveries makes their list read itself anew.
  const [round, setRound] = useState(0);
  const { endpoint } = props;
  const { createdBy, createdAt } = endpoint;
  const changed = () => {
    setRound((n) => n + 1);
    props.onChanged();
  };
  return (
    <SideDrawer title={endpoint.name} size="xl" onClose={props.onClose}>
      <Stack gap="xl">
        <Trouble endpoint={endpoint} mayWrite={mayWrite} onChanged={changed} />
        {mayWrite && <Acts endpoint={endpoint} onEdit={() => setEditing(true)} onAsk={setAsk} onChanged={changed} />}
        <section>
          <Title order={3} mb="xs">
            {t('url')}
          </Title>
          <CopyValue label={t('url')} value={endpoint.url} />
          {createdBy && (
            <Text size="xs" c="dimmed" mt="xs">
              {t('createdBy', { name: createdBy.name, at: format.dateTime(createdAt) })}
            </Text>
          )}
        </section>
        <section>
          <Title order={3} mb="xs">
            {t('events')}
          </Title>
          <ul className={classes.rows}>
            {endpoint.events.map((kind) => (
              <li key={kind}>
                <span>{t(`event.${kind}`)}</span>
                <span className={classes.code}>{typeOf(kind)}</span>
              </li>
            ))}
          </ul>
        </section>
        <Deliveries key={round} endpoint={endpoint} mayWrite={mayWrite} onAsk={setAsk} onChanged={changed} />
        {mayWrite && (
          <Group justify="flex-end">
            <Button variant="subtle" color="red" onClick={() => setAsk({ kind: 'delete' })}>
              {t('delete')}
            </Button>
          </Group>
        )}
      </Stack>
      {editing && (
        <EndpointForm
          endpoint={endpoint}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false);
            toastDone(t('saved'));
            props.onChanged();
          }}
        />
      )}
      {ask && (
        <Asking
          endpoint={endpoint}
          ask={ask}
          onClose={() => setAsk(undefined)}
          onShown={props.onShown}
          onDone={() => {
            if (ask.kind === 'delete') props.onClose();
            changed();
          }}
        />
      )}
    </SideDrawer>
  );
}

/** Says what keeps an endpoint from hearing, and what to do. */
function Trouble(props: { endpoint: WebhookEndpointFieldsFragment; mayWrite: boolean; onChanged: () => void }) {
  const { t } = useTranslation('webhooks');
  const format = useFormat();
  const [, resume] = useMutation(WebhooksResumeDocument);
  const { run, errors, busy } = useSubmit();
  const { id, status, stoppedBecause, failingSince } = props.endpoint;
  if (status === 'ACTIVE') {
    return failingSince ? <Alert color="red">{t('failing', { at: format.dateTime(failingSince) })}</Alert> : null;
  }
  const goOn = async () => {
    if (await run(resume({ input: { id } }), (data) => data.resumeWebhookEndpoint.userErrors)) toastDone(t('resumed'));
    props.onChanged();
  };
  return (
    <Alert color={stoppedBecause === 'GONE' ? 'red' : 'gray'}>
      <Stack gap="xs" align="flex-start">
        {t(stoppedBecause === 'GONE' ? 'stoppedGone' : 'stoppedByStaff')}
        {props.mayWrite && (
          <Button variant="default" loading={busy} onClick={() => void goOn()}>
            {t('resume')}
          </Button>
        )}
      </Stack>
      <FormErrors form="resume" errors={errors} namespace="webhooks" />
    </Alert>
  );
}

function Acts(props: {
  endpoint: WebhookEndpointFieldsFragment;
  onEdit: () => void;
  onAsk: (ask: Ask) => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation('webhooks');
  const [, tryIt] = useMutation(WebhooksTryDocument);
  const { run, errors, busy } = useSubmit();
  const { id, status } = props.endpoint;
  const tryOut = async () => {
    if (await run(tryIt({ input: { id } }), (data) => data.tryWebhookEndpoint.userErrors)) toastDone(t('tried'));
    props.onChanged();
  };
  return (
    <div>
      <Group gap="xs">
        <Button variant="default" onClick={props.onEdit}>
          {t('edit')}
        </Button>
        {status === 'ACTIVE' && (
          <Button variant="default" loading={busy} onClick={() => void tryOut()}>
            {t('try')}
          </Button>
        )}
        <Button variant="default" onClick={() => props.onAsk({ kind: 'rotate' })}>
          {t('rotate')}
        </Button>
        {status === 'ACTIVE' && (
          <Button variant="default" c="red" onClick={() => props.onAsk({ kind: 'stop' })}>
            {t('stop')}
          </Button>
        )}
      </Group>
      <FormErrors form="acts" errors={errors} namespace="webhooks" />
    </div>
  );
}
