import type { WebhookEndpointFieldsFragment } from '#gql/webhooks/graphql';
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Whether an endpoint is sent to, and takes it. */
export function Standing(props: { endpoint: WebhookEndpointFieldsFragment }) {
  const { t } = useTranslation('webhooks');
  const { status, failingSince } = props.endpoint;
  if (status === 'STOPPED') return <Badge color="gray">{t('standing.stopped')}</Badge>;
  if (failingSince) return <Badge color="red">{t('standing.failing')}</Badge>;
  return <Badge color="green">{t('standing.active')}</Badge>;
}
