import type { PrivacyRequestFieldsFragment } from '#gql/privacy/graphql';
import { useNow } from '#lib/useNow';
import { useViewer } from '#lib/viewer';
import { localOf } from '#lib/zoned';
import { Badge, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const colours = { OPEN: 'yellow', WORKING: 'blue', DONE: 'green', REFUSED: 'gray', FAILED: 'red' } as const;

/** Where a request stands, and whether it is late. */
export function RequestStatus(props: { request: PrivacyRequestFieldsFragment }) {
  const { t } = useTranslation('privacy');
  const { merchant } = useViewer();
  const now = useNow();
  const { request } = props;
  const waits = request.status === 'OPEN' || request.status === 'WORKING' || request.status === 'FAILED';
  const late = waits && request.dueOn < localOf(now.toISOString(), merchant.timeZone).slice(0, 10);
  return (
    <Group gap="xs" wrap="nowrap">
      <Badge color={colours[request.status]}>{t(`status.${request.status}`)}</Badge>
      {request.status === 'WORKING' && request.steps > 0 && (
        <Text size="xs" c="dimmed">
          {t('progress', { done: request.stepsDone, steps: request.steps })}
        </Text>
      )}
      {late && (
        <Text size="xs" c="red" component="span">
          <IconAlertTriangle size="0.9rem" aria-hidden /> {t('overdue')}
        </Text>
      )}
    </Group>
  );
}
