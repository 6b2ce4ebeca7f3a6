import {
  type WebhookEndpointFieldsFragment,
  WebhooksDeleteDocument,
  WebhooksReplayDeadDocument,
  WebhooksRotateDocument,
  WebhooksStopDocument,
} from '#gql/webhooks/graphql';
import { useFormat } from '#lib/FormatContext';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { ShownSecret } from './EndpointForm';

/** What is about to be done to an endpoint. */
export interface Ask {
  kind: 'stop' | 'delete' | 'replayDead' | 'rotate';
}

/** All that is kept: dead deliveries are kept for 30 days. */
const always = '1970-01-01T00:00:00Z';

/** Asks before what a partner will notice. */
export function Asking(props: {
  endpoint: WebhookEndpointFieldsFragment;
  ask: Ask;
  onClose: () => void;
  onDone: () => void;
  onShown: (shown: ShownSecret) => void;
}) {
  const { t } = useTranslation('webhooks');
  const format = useFormat();
  const [, stop] = useMutation(WebhooksStopDocument);
  const [, remove] = useMutation(WebhooksDeleteDocument);
  const [, replay] = useMutation(WebhooksReplayDeadDocument);
  const [, rotate] = useMutation(WebhooksRotateDocument);
  const { run, errors, busy } = useSubmit();
  const { kind } = props.ask;
  const { id, name, waiting, dead } = props.endpoint;
  const act = () => {
    switch (kind) {
      case 'stop':
        return run(stop({ input: { id } }), (data) => data.stopWebhookEndpoint.userErrors);
      case 'delete':
        return run(remove({ input: { id } }), (data) => data.deleteWebhookEndpoint.userErrors);
      case 'replayDead':
        return run(replay({ input: { id, since: always } }), (data) => data.replayDeadWebhooks.userErrors);
      case 'rotate':
        return run(rotate({ input: { id } }), (data) => {
          const { secret, userErrors } = data.rotateWebhookSecret;
          if (secret) props.onShown({ id, name, secret });
          return userErrors;
        });
    }
  };
  const confirm = async () => {
    if (!(await act())) return;
    if (kind !== 'rotate') toastDone(t(`asking.${kind}.done`)); // the new secret says it itself
    props.onClose();
    props.onDone();
  };
  return (
    <ConfirmDialog
      opened
      danger={kind === 'stop' || kind === 'delete'}
      busy={busy}
      title={t(`asking.${kind}.title`, { name })}
      confirm={t(kind)}
      onConfirm={() => void confirm()}
      onClose={props.onClose}
    >
      <FormErrors form="asking" errors={errors} namespace="webhooks" />
      {t(`asking.${kind}.body`, { waiting: format.number(waiting), dead: format.number(dead) })}
    </ConfirmDialog>
  );
}
