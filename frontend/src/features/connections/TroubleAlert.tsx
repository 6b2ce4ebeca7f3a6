import type { ConnectionFieldsFragment } from '#gql/connections/graphql';
import { useScope } from '#lib/viewer';
import { ButtonLink } from '#ui/links';
import { Timestamp } from '#ui/Timestamp';
import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { connectionsUrl } from './urls';

type Trouble = NonNullable<ConnectionFieldsFragment['trouble']>;

/** Codes for which what is entered has to be changed here; others are mended at the mall, or by waiting. */
const mendedHere: readonly string[] = ['KEY_EXPIRED', 'KEY_REFUSED', 'ACCESS_ENDED', 'WRONG_SHOP', 'SIGNATURE_REFUSED', 'SEALED_ELSEWHERE'];

/** What is wrong with a service, in words, with what to do; what a technician asks for stands small below. */
export function TroubleAlert(props: { trouble: Trouble; service: ConnectionFieldsFragment['service']; id?: string }) {
  const { t, i18n } = useTranslation('connections');
  const mayWrite = useScope('settings:write');
  const { trouble, service, id } = props;
  const own = `trouble.${trouble.code}.${service}` as const;
  // A service's own advice stands before the common one; which there is, is only known at run time.
  const advice = i18n.exists(`connections:${own}`) ? String(t(own as never)) : t(`trouble.${trouble.code}.todo`);
  const technical = [trouble.call, trouble.status > 0 && `HTTP ${trouble.status}`, trouble.detail].filter(Boolean).join(' · ');
  return (
    <Alert
      mt="md"
      role={trouble.passing ? 'status' : 'alert'}
      color={trouble.passing ? 'yellow' : 'red'}
      icon={trouble.passing ? <IconClock size="1.125rem" aria-hidden /> : <IconAlertTriangle size="1.125rem" aria-hidden />}
      title={t(`trouble.${trouble.code}.title`)}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{advice}</Text>
        {id && mayWrite && mendedHere.includes(trouble.code) && (
          <ButtonLink {...connectionsUrl(id)} size="compact-md" variant="default">
            {t('enterAnew')}
          </ButtonLink>
        )}
        <Text size="xs">
          {trouble.since && (
            <>
              {t('since')} <Timestamp at={trouble.since} />
              {technical && '　'}
            </>
          )}
          {technical}
        </Text>
      </Stack>
    </Alert>
  );
}
