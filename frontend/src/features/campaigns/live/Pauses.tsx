import type { MetricsFieldsFragment } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { Alert } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Which receiving domains asked for patience, while mails wait for them. */
export function Pauses(props: { metrics: MetricsFieldsFragment }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { pausedDomains, status, total } = props.metrics;
  if (status !== 'SENDING' || total.queued === 0 || pausedDomains.length === 0) return null;
  const domains = pausedDomains.map(({ domain, until }) => t('pauses.domain', { domain, time: format.time(until) }));
  return (
    <Alert color="yellow" mb="md" icon={<IconHourglass aria-hidden />} title={t('pauses.title')}>
      {t('pauses.body', { domains: domains.join(t('messages.and')) })}
    </Alert>
  );
}
