import {
  type WebhookDeliveryFieldsFragment,
  type WebhookDeliveryStatus,
  type WebhookEndpointFieldsFragment,
  WebhooksDeliveriesDocument,
  type WebhooksDeliveriesQuery,
  WebhooksReplayDocument,
} from '#gql/webhooks/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList } from '#ui/DataList';
import { FormErrors } from '#ui/FormErrors';
import { Timestamp } from '#ui/Timestamp';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { Badge, Button, Code, Group, Select, Stack, Text, Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { Ask } from './Asking';
import { typeOf } from './kinds';
import { deliveryStatuses, webhooksUrl } from './urls';
import classes from './webhooks.module.css';

const route = getRouteApi('/shell/settings/webhooks');
const colours: Record<WebhookDeliveryStatus, string> = { WAITING: 'blue', DELIVERED: 'green', DEAD: 'red' };
const connectionOf = (data: WebhooksDeliveriesQuery) => data.webhookEndpoint?.deliveries;

/** How soon what waits is looked at again, in milliseconds. */
const lookAgain = 2_000;

/** What was sent to an endpoint, with each attempt. */
export function Deliveries(props: {
  endpoint: WebhookEndpointFieldsFragment;
  mayWrite: boolean;
  onAsk: (ask: Ask) => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation('webhooks');
  const { endpoint, mayWrite } = props;
  const { status, delivery } = route.useSearch();
  const navigate = route.useNavigate();
  const source = usePagedQuery(WebhooksDeliveriesDocument, { id: endpoint.id, first: 20, status }, connectionOf);
  const first = source.nodes[0];
  const { reload } = source;
  // What was just tried out or replayed is watched until it has been sent once.
  const fresh = first?.status === 'WAITING' && first.attempts.length === 0;
  useEffect(() => {
    if (!fresh) return;
    const timer = setInterval(reload, lookAgain);
    return () => clearInterval(timer);
  }, [fresh, reload]);
  const columns = useColumns();
  const shown = source.nodes.find((each) => each.id === delivery);
  return (
    <section>
      <Group justify="space-between" align="flex-end" mb="xs" gap="xs">
        <Title order={3}>{t('deliveries')}</Title>
        <Group gap="xs">
          {mayWrite && endpoint.status === 'ACTIVE' && endpoint.dead > 0 && (
            <Button variant="default" onClick={() => props.onAsk({ kind: 'replayDead' })}>
              {t('replayDead')}
            </Button>
          )}
          <Select
            aria-label={t('state')}
            placeholder={t('all')}
            clearable
            w="11rem"
            data={deliveryStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
            value={status ?? null}
            onChange={(value) => void navigate({ search: { open: endpoint.id, status: (value ?? undefined) as WebhookDeliveryStatus | undefined }, replace: true })}
          />
        </Group>
      </Group>
      <DataList
        label={t('deliveries')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        rowLink={(row) => webhooksUrl({ open: endpoint.id, status, delivery: row.id === delivery ? undefined : row.id })}
        empty={
          <Text size="sm" c="dimmed">
            {t(status ? 'noneOfThese' : 'noDeliveries')}
          </Text>
        }
      />
      {shown && <Delivery key={shown.id} delivery={shown} active={endpoint.status === 'ACTIVE'} mayWrite={mayWrite} onChanged={props.onChanged} />}
    </section>
  );
}

function useColumns(): Column<WebhookDeliveryFieldsFragment>[] {
  const { t } = useTranslation('webhooks');
  return useMemo(
    () => [
      {
        key: 'event',
        header: t('what'),
        narrow: 'title',
        cell: (row) => t(`event.${row.event}`),
      },
      {
        key: 'status',
        header: t('state'),
        fit: true,
        narrow: 'side',
        cell: (row) => <Badge color={colours[row.status]}>{t(`status.${row.status}`)}</Badge>,
      },
      { key: 'attempts', header: t('attempts'), align: 'right', fit: true, narrow: 'line', cell: (row) => row.attempts.length },
      { key: 'at', header: t('occurredAt'), fit: true, narrow: 'line', cell: (row) => <Timestamp at={row.occurredAt} short /> },
    ],
    [t],
  );
}

/** What was sent, how often, and what came back. */
function Delivery(props: { delivery: WebhookDeliveryFieldsFragment; active: boolean; mayWrite: boolean; onChanged: () => void }) {
  const { t } = useTranslation('webhooks');
  const format = useFormat();
  const [, replay] = useMutation(WebhooksReplayDocument);
  const { run, errors, busy } = useSubmit();
  const { id, event, messageId, occurredAt, body, status, nextAt, attempts } = props.delivery;
  const place = useRef<HTMLDivElement>(null);
  // It stands below the list, which may fill the screen.
  useEffect(() => place.current?.scrollIntoView({ block: 'nearest' }), []);
  const again = async () => {
    if (await run(replay({ input: { id } }), (data) => data.replayWebhookDelivery.userErrors)) toastDone(t('replayed'));
    props.onChanged();
  };
  return (
    <Stack ref={place} gap="sm" mt="md" className={classes.delivery}>
      <Group justify="space-between" gap="xs">
        <Text fw={600} size="sm">
          {t('deliveryOf', { event: t(`event.${event}`), at: format.dateTime(occurredAt) })}
        </Text>
        {props.mayWrite && props.active && status !== 'WAITING' && (
          <Button variant="default" size="xs" loading={busy} onClick={() => void again()}>
            {t('replay')}
          </Button>
        )}
      </Group>
      <FormErrors form="replay" errors={errors} namespace="webhooks" />
      <Text size="xs" className={classes.code}>{`${typeOf(event)} · webhook-id: ${messageId}`}</Text>
      <Code block className={classes.body}>
        {JSON.stringify(JSON.parse(body), null, 2)}
      </Code>
      <ol className={classes.attempts}>
        {attempts.map((attempt) => (
          <li key={attempt.id}>
            <Text size="sm" component="div" className={classes.attempt}>
              <span>{format.dateTime(attempt.at)}</span>
              <span>{outcome(attempt)}</span>
              <span>{t('took', { ms: format.number(attempt.took) })}</span>
            </Text>
            {attempt.answer && <Text size="xs" className={classes.code}>{attempt.answer}</Text>}
          </li>
        ))}
      </ol>
      {nextAt && (
        <Text size="sm" c="dimmed">
          {props.active ? t('nextAt', { at: format.dateTime(nextAt) }) : t('waitsForResume')}
        </Text>
      )}
    </Stack>
  );

  function outcome(attempt: WebhookDeliveryFieldsFragment['attempts'][number]): string {
    if (attempt.httpStatus) return t(attempt.trouble ? 'refusedWith' : 'takenWith', { status: attempt.httpStatus });
    return attempt.trouble ? t(`trouble.${attempt.trouble}`) : '';
  }
}
