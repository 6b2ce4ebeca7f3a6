import {
  type WebhookEndpointFieldsFragment,
  type WebhookEventKind,
  WebhooksCreateDocument,
  WebhooksUpdateDocument,
} from '#gql/webhooks/graphql';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { eventKinds, typeOf } from './kinds';

/** The signing secret of an endpoint, at the only time it is known. */
export interface ShownSecret {
  id: string;
  name: string;
  secret: string;
}

/** Asks for an endpoint's name, where it is, and what it hears of. */
export function EndpointForm(props: {
  endpoint?: WebhookEndpointFieldsFragment;
  onClose: () => void;
  /** With the secret of a new endpoint. */
  onSaved: (made?: ShownSecret) => void;
}) {
  const { t } = useTranslation('webhooks');
  const { endpoint } = props;
  const [name, setName] = useState(endpoint?.name ?? '');
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [events, setEvents] = useState<string[]>(endpoint?.events ?? []);
  const [, create] = useMutation(WebhooksCreateDocument);
  const [, update] = useMutation(WebhooksUpdateDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'webhooks');
  const submit = async () => {
    const input = { name: name.trim(), url: url.trim(), events: events as WebhookEventKind[] };
    if (endpoint) {
      if (await run(update({ input: { ...input, id: endpoint.id } }), (data) => data.updateWebhookEndpoint.userErrors)) props.onSaved();
      return;
    }
    let made: ShownSecret | undefined;
    const ok = await run(create({ input }), (data) => {
      const { secret, endpoint: row, userErrors } = data.createWebhookEndpoint;
      if (secret && row) made = { id: row.id, name: row.name, secret };
      return userErrors;
    });
    if (ok) props.onSaved(made);
  };
  return (
    <FormDialog
      title={endpoint ? t('editTitle', { name: endpoint.name }) : t('add')}
      submit={t(endpoint ? 'save' : 'add')}
      size="lg"
      busy={busy}
      disabled={name.trim() === '' || url.trim() === ''}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="endpoint" errors={errors.filter((each) => !each.field)} namespace="webhooks" />
      <TextInput
        id="endpoint-name"
        label={t('name')}
        description={t('nameHelp')}
        value={name}
        error={errorAt('name')}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <TextInput
        id="endpoint-url"
        type="url"
        label={t('url')}
        description={t('urlHelp')}
        placeholder="https://partner.example/webhooks"
        value={url}
        error={errorAt('url')}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <Checkbox.Group label={t('events')} description={t('eventsHelp')} value={events} onChange={setEvents} error={errorAt('events')}>
        <Stack gap="xs" mt="xs">
          {eventKinds.map((kind) => (
            <Checkbox key={kind} value={kind} label={t(`event.${kind}`)} description={typeOf(kind)} />
          ))}
        </Stack>
      </Checkbox.Group>
    </FormDialog>
  );
}
