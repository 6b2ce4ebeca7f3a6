import {
  ImportMappingsDocument,
  type ImportMappingsQuery,
  ImportRemoveMappingDocument,
  ImportRenameMappingDocument,
} from '#gql/imports/graphql';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { Dialog } from '#ui/Dialog';
import { ErrorState, failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { requestFailed, type UserError } from '#ui/userErrors';
import { useFocusBack } from '#ui/useFocusBack';
import { ActionIcon, Badge, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { LoadMapping } from './LoadMapping';
import classes from './MappingsDialog.module.css';

type Mapping = ImportMappingsQuery['importMappings'][number];

/** The kept mappings of columns: renamed, removed, saved as JSON for the command line or another installation, and taken in from there. */
export function MappingsDialog(props: { onClose: () => void }) {
  useFocusBack();
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const [{ data, error }, reload] = useQuery({ query: ImportMappingsDocument, requestPolicy: 'cache-and-network' });
  const [removing, setRemoving] = useState<Mapping>();
  const [, remove] = useMutation(ImportRemoveMappingDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const refresh = () => reload({ requestPolicy: 'network-only' });

  const confirm = async (mapping: Mapping) => {
    const answer = await remove({ input: { id: mapping.id } });
    setErrors(answer.error ? [requestFailed(tUi(failureKey(answer.error)))] : (answer.data?.removeImportMapping.userErrors ?? []));
    setRemoving(undefined);
    refresh();
  };
  return (
    <Dialog opened size="lg" onClose={props.onClose} title={t('mappings.title')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('mappings.body')}
        </Text>
        <FormErrors form="mappings" errors={errors} namespace="imports" />
        {error && !data && <ErrorState error={error} retry={refresh} />}
        {!data && !error && <Skeleton height="8rem" />}
        {data && (
          <ul className={classes.list}>
            {data.importMappings.map((mapping) => (
              <Kept key={mapping.id} mapping={mapping} onChanged={refresh} onRemove={() => setRemoving(mapping)} />
            ))}
          </ul>
        )}
        {data && <LoadMapping taken={data.importMappings.map((one) => one.name)} onLoaded={refresh} />}
      </Stack>
      <ConfirmDialog
        opened={removing !== undefined}
        danger
        title={t('mappings.removeTitle', { name: removing?.name ?? '' })}
        confirm={t('mappings.remove')}
        onConfirm={() => removing && void confirm(removing)}
        onClose={() => setRemoving(undefined)}
      >
        {t('mappings.removeBody')}
      </ConfirmDialog>
    </Dialog>
  );
}

/** One mapping, which can be renamed on the spot. */
function Kept(props: { mapping: Mapping; onChanged: () => void; onRemove: () => void }) {
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const { mapping } = props;
  const [name, setName] = useState<string>();
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [{ fetching }, rename] = useMutation(ImportRenameMappingDocument);

  const save = async () => {
    const { data, error } = await rename({ input: { id: mapping.id, name: name?.trim() ?? '' } });
    const refused = error ? [requestFailed(tUi(failureKey(error)))] : (data?.renameImportMapping.userErrors ?? []);
    setErrors(refused);
    if (refused.length > 0) return;
    setName(undefined);
    props.onChanged();
  };
  if (name !== undefined) {
    return (
      <li className={classes.row}>
        <form
          className={classes.form}
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <FormErrors form="mapping" errors={errors} namespace="imports" />
          <Group gap="xs" align="flex-end" wrap="nowrap">
            <TextInput flex={1} label={t('mapping.name')} value={name} data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
            <Button variant="default" onClick={() => setName(undefined)}>
              {t('start.cancel')}
            </Button>
            <Button type="submit" loading={fetching}>
              {t('mappings.saveName')}
            </Button>
          </Group>
        </form>
      </li>
    );
  }
  return (
    <li className={classes.row}>
      <div className={classes.name}>
        <Text size="sm" fw={600} truncate>
          {mapping.name}
        </Text>
        <Text size="xs" c="dimmed">
          {t(mapping.kind === 'CUSTOMERS' ? 'mapping.kindOf.CUSTOMERS' : 'mapping.kindOf.ORDERS')}
        </Text>
      </div>
      {mapping.builtIn && <Badge color="gray">{t('mappings.builtIn')}</Badge>}
      <ActionIcon aria-label={t('mappings.export', { name: mapping.name })} onClick={() => exportMapping(mapping)}>
        <IconDownload size="1rem" aria-hidden />
      </ActionIcon>
      {!mapping.builtIn && (
        <>
          <ActionIcon aria-label={t('mappings.rename', { name: mapping.name })} onClick={() => setName(mapping.name)}>
            <IconPencil size="1rem" aria-hidden />
          </ActionIcon>
          <ActionIcon aria-label={t('mappings.removeOne', { name: mapping.name })} onClick={props.onRemove}>
            <IconTrash size="1rem" aria-hidden />
          </ActionIcon>
        </>
      )}
    </li>
  );
}

/** Saves a mapping as the JSON that `meguri import --mapping` reads. */
function exportMapping(mapping: Mapping): void {
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(mapping.definition, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${mapping.name}.mapping.json`;
  link.click();
  URL.revokeObjectURL(address);
}
