import { segmentsUrl } from '#features/segments/urls';
import {
  PropertiesPageDocument,
  type PropertiesPageQuery,
  PropertyArchiveDocument,
  PropertyReorderDocument,
} from '#gql/properties/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState, failureKey } from '#ui/ErrorState';
import { ButtonLink } from '#ui/links';
import { PageHeader } from '#ui/PageHeader';
import { toastDone, toastFailed } from '#ui/toast';
import { type UserError, useErrorText } from '#ui/userErrors';
import { ActionIcon, Badge, Button, Code, Group, Skeleton, Stack, Table, Text, Title, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconListDetails, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CombinedError, useMutation, useQuery } from 'urql';
import { places } from './draft';
import cards from '#ui/cardTable.module.css';
import classes from './properties.module.css';
import { PropertyForm } from './PropertyForm';

type Property = PropertiesPageQuery['properties'][number];

/** What the merchant wants to know of customers beside the profile. */
export function PropertiesPage() {
  const { t } = useTranslation('properties');
  const mayWrite = useScope('settings:write');
  const [editing, setEditing] = useState<Property | 'new'>();
  const [{ data, error }, ask] = useQuery({ query: PropertiesPageDocument });
  const reload = () => ask({ requestPolicy: 'network-only' });
  const used = data?.properties.filter((one) => !one.archivedAt) ?? [];
  const archived = data?.properties.filter((one) => one.archivedAt) ?? [];
  const add = mayWrite && (
    <Button leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={used.length > 0 && add} />
      {error && !data ? (
        <ErrorState error={error} retry={reload} />
      ) : !data ? (
        <Skeleton height="16rem" />
      ) : (
        <Stack gap="xl" maw="64rem">
          {used.length === 0 ? (
            <EmptyState icon={IconListDetails} title={t('empty.title')} action={add}>
              {t('empty.body')}
            </EmptyState>
          ) : (
            <Used properties={used} onOpen={setEditing} onChanged={reload} />
          )}
          {archived.length > 0 && <Archived properties={archived} onChanged={reload} />}
          {used.length > 0 && (
            <Group gap="xs">
              <Text size="sm" c="dimmed">
                {t('next')}
              </Text>
              <ButtonLink {...segmentsUrl()} variant="default" size="compact-sm">
                {t('toSegments')}
              </ButtonLink>
            </Group>
          )}
        </Stack>
      )}
      {editing && (
        <PropertyForm
          property={editing === 'new' ? undefined : editing}
          onClose={() => setEditing(undefined)}
          onSaved={() => {
            setEditing(undefined);
            reload();
          }}
        />
      )}
    </>
  );
}

/** Says how a change went. */
function useOutcome() {
  const { t } = useTranslation('ui');
  const write = useErrorText('properties');
  return (error: CombinedError | undefined, refused: UserError | undefined, done: string): boolean => {
    if (error) toastFailed(t('error.save'), t(failureKey(error)));
    else if (refused) toastFailed(t('error.save'), write(refused));
    else toastDone(done);
    return !error && !refused;
  };
}

function Used(props: { properties: readonly Property[]; onOpen: (property: Property) => void; onChanged: () => void }) {
  const { t } = useTranslation('properties');
  const format = useFormat();
  const tell = useOutcome();
  const mayWrite = useScope('settings:write');
  const [archiving, setArchiving] = useState<Property>();
  const [{ fetching }, archive] = useMutation(PropertyArchiveDocument);
  const [{ fetching: moving }, reorder] = useMutation(PropertyReorderDocument);
  const { properties } = props;
  const move = async (from: number, to: number) => {
    const ids = properties.map((one) => one.id);
    ids.splice(to, 0, ...ids.splice(from, 1));
    const { data, error } = await reorder({ input: { ids } });
    tell(error, data?.reorderProperties.userErrors[0], t('moved'));
    props.onChanged();
  };
  const confirm = async () => {
    if (!archiving) return;
    const { data, error } = await archive({ input: { id: archiving.id, archived: true } });
    tell(error, data?.archiveProperty.userErrors[0], t('archivedDone', { name: archiving.name }));
    setArchiving(undefined);
    props.onChanged();
  };
  return (
    <>
      <Table className={cards.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('name')}</Table.Th>
            <Table.Th>{t('type')}</Table.Th>
            <Table.Th>{t('places')}</Table.Th>
            <Table.Th ta="right">{t('known')}</Table.Th>
            {mayWrite && <Table.Th aria-label={t('actions')} />}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {properties.map((one, at) => (
            <Table.Tr key={one.id}>
              <Table.Td className={classes.name}>
                <Text fw={500} className={classes.called} title={one.name}>
                  {one.name}
                </Text>
                <Code>{one.key}</Code>
              </Table.Td>
              <Table.Td className={classes.type}>
                {t(`types.${one.type}`)}
                <Text size="xs" c="dimmed" className={classes.choices}>
                  {format.list(one.choices.filter((choice) => !choice.archived).map((choice) => choice.name))}
                </Text>
              </Table.Td>
              <Table.Td>
                <Group gap="0.25rem" className={classes.places}>
                  {places.filter((place) => one.places.includes(place)).map((place) => (
                    <Badge key={place} color="gray">
                      {t(`placeShort.${place}`)}
                    </Badge>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td ta="right" className={classes.people}>
                {format.people(one.customerCount)}
              </Table.Td>
              {mayWrite && (
                <Table.Td className={cards.actions}>
                  <Group gap="0.25rem" justify="flex-end" wrap="nowrap">
                    <Move label={t('up', { name: one.name })} disabled={moving || at === 0} onClick={() => void move(at, at - 1)}>
                      <IconArrowUp size="1rem" aria-hidden />
                    </Move>
                    <Move
                      label={t('down', { name: one.name })}
                      disabled={moving || at === properties.length - 1}
                      onClick={() => void move(at, at + 1)}
                    >
                      <IconArrowDown size="1rem" aria-hidden />
                    </Move>
                    <Button variant="subtle" size="compact-sm" aria-label={t('editTitle', { name: one.name })} onClick={() => props.onOpen(one)}>
                      {t('edit')}
                    </Button>
                    <Button
                      variant="subtle"
                      color="gray"
                      size="compact-sm"
                      aria-label={t('archiveTitle', { name: one.name })}
                      onClick={() => setArchiving(one)}
                    >
                      {t('archive')}
                    </Button>
                  </Group>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <ConfirmDialog
        opened={archiving !== undefined}
        title={t('archiveTitle', { name: archiving?.name })}
        confirm={t('archive')}
        busy={fetching}
        onConfirm={() => void confirm()}
        onClose={() => setArchiving(undefined)}
      >
        {t('archiveBody', { people: format.people(archiving?.customerCount ?? 0) })}
      </ConfirmDialog>
    </>
  );
}

function Move(props: { label: string; disabled: boolean; onClick: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon className={classes.move} variant="subtle" color="gray" aria-label={props.label} disabled={props.disabled} onClick={props.onClick}>
        {props.children}
      </ActionIcon>
    </Tooltip>
  );
}

function Archived(props: { properties: readonly Property[]; onChanged: () => void }) {
  const { t } = useTranslation('properties');
  const format = useFormat();
  const tell = useOutcome();
  const mayWrite = useScope('settings:write');
  const [{ fetching }, archive] = useMutation(PropertyArchiveDocument);
  const restore = async (one: Property) => {
    const { data, error } = await archive({ input: { id: one.id, archived: false } });
    tell(error, data?.archiveProperty.userErrors[0], t('restored', { name: one.name }));
    props.onChanged();
  };
  return (
    <section aria-labelledby="archived-properties">
      <Title order={2} id="archived-properties" mb="xs">
        {t('archivedTitle')}
      </Title>
      <Stack gap="xs">
        {props.properties.map((one) => (
          <Group key={one.id} justify="space-between" className={classes.archived}>
            <div>
              <Text>{one.name}</Text>
              <Text size="xs" c="dimmed">
                {t(`types.${one.type}`)} · {t('since', { date: format.date(one.archivedAt ?? '') })}
              </Text>
            </div>
            {mayWrite && (
              <Button variant="default" size="compact-sm" loading={fetching} onClick={() => void restore(one)}>
                {t('restore')}
              </Button>
            )}
          </Group>
        ))}
      </Stack>
    </section>
  );
}
