import { type AuditEntryFieldsFragment, AuditEntryDocument } from '#gql/audit/graphql';
import { useFormat } from '#lib/FormatContext';
import { ErrorState } from '#ui/ErrorState';
import { SideDrawer } from '#ui/SideDrawer';
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Changes } from './Changes';
import type { AuditSearch } from './urls';
import { Actor, Subject } from './Who';

/** One entry, whole. */
export function EntryDrawer(props: { id: string; onClose: () => void; onNarrow: (next: Partial<AuditSearch>) => void }) {
  const { t, i18n } = useTranslation('audit');
  const [{ data, error }, again] = useQuery({ query: AuditEntryDocument, variables: { id: props.id, locale: i18n.language } });
  const entry = data?.node?.__typename === 'AuditEntry' ? data.node : undefined;
  return (
    <SideDrawer size="md" onClose={props.onClose} title={entry?.label ?? t('entry.title')}>
      {error && !data ? (
        <ErrorState error={error} retry={() => again({ requestPolicy: 'network-only' })} />
      ) : entry ? (
        <Entry entry={entry} onNarrow={props.onNarrow} />
      ) : data ? (
        <Text size="sm">{t('entry.gone')}</Text>
      ) : (
        <Skeleton height="12rem" />
      )}
    </SideDrawer>
  );
}

function Entry(props: { entry: AuditEntryFieldsFragment; onNarrow: (next: Partial<AuditSearch>) => void }) {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const { entry } = props;
  const { actor, objectId } = entry;
  return (
    <Stack gap="lg">
      <Field label={t('column.at')}>{format.dateTime(entry.at)}</Field>
      <Field label={t('column.actor')}>
        <Actor entry={entry} />
      </Field>
      <Field label={t('column.subject')}>
        <Subject entry={entry} />
      </Field>
      <div>
        <Text size="xs" c="dimmed" mb="xs">
          {t('column.changes')}
        </Text>
        {entry.changes.length > 0 ? <Changes changes={entry.changes} /> : <Text size="sm">{t('entry.noChanges')}</Text>}
      </div>
      <Field label={t('entry.code')}>{entry.action}</Field>
      <Group gap="xs">
        {objectId && (
          <Button variant="default" size="xs" onClick={() => props.onNarrow({ object: objectId })}>
            {t('entry.sameObject')}
          </Button>
        )}
        {actor && (
          <Button variant="default" size="xs" onClick={() => props.onNarrow({ actor: actor.id, by: undefined })}>
            {t('entry.sameActor', { name: actor.name })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Field(props: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {props.label}
      </Text>
      <Text size="sm" component="div">
        {props.children}
      </Text>
    </div>
  );
}
