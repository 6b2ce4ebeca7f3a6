import {
  ImportMappingsDocument,
  ImportShopsDocument,
  WatchedFolderCreateDocument,
  type WatchedFolderFieldsFragment,
  WatchedFolderRemoveDocument,
  WatchedFolderUpdateDocument,
} from '#gql/imports/graphql';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { onlyOne } from '#ui/shop';
import { Button, Checkbox, Group, Select, Stack, Switch, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './folders.module.css';

/** The choice in the list of mappings that means none; no name of a mapping begins with a space. */
const byHeader = ' header';

/** The settings of a watched folder, or of a new one. */
export function FolderForm(props: { folder: WatchedFolderFieldsFragment | undefined; root: string; onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const { folder } = props;
  const [shops] = useQuery({ query: ImportShopsDocument });
  const [mappings] = useQuery({ query: ImportMappingsDocument });
  const [values, setValues] = useState({
    folder: folder?.folder ?? '',
    shopId: folder?.shop.id ?? null,
    mapping: folder?.mapping ?? byHeader,
    wording: folder?.consentWording ?? '',
    enroll: folder?.enroll ?? true,
    active: folder?.status !== 'STOPPED',
  });
  const shopId = values.shopId ?? onlyOne(shops.data?.shops);
  const set = (change: Partial<typeof values>) => setValues((was) => ({ ...was, ...change }));
  const [, create] = useMutation(WatchedFolderCreateDocument);
  const [, update] = useMutation(WatchedFolderUpdateDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'imports');
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const input = {
      shopId: shopId ?? '',
      mapping: values.mapping === byHeader ? null : values.mapping,
      consentWording: values.wording.trim() || null,
      enroll: values.enroll,
    };
    const done = folder
      ? await run(update({ input: { id: folder.id, status: values.active ? 'ACTIVE' : 'STOPPED', ...input } }), (data) => data.updateWatchedFolder.userErrors)
      : await run(create({ input: { folder: values.folder, ...input } }), (data) => data.createWatchedFolder.userErrors);
    if (!done) return;
    toastDone(t(folder ? 'folders.saved' : 'folders.added'));
    props.onDone();
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Title order={3}>{folder ? t('folders.editNamed', { folder: folder.folder }) : t('folders.add')}</Title>
        <FormErrors form="folder" errors={errors} namespace="imports" />
        {folder ? (
          <Text size="sm" className={classes.path}>
            {folder.path}
          </Text>
        ) : (
          <TextInput
            id="folder-folder"
            withAsterisk
            label={t('folders.name')}
            description={<span className={classes.path}>{t('folders.nameHelp', { root: props.root })}</span>}
            placeholder={t('folders.namePlaceholder')}
            value={values.folder}
            error={errorAt('folder')}
            onChange={(event) => set({ folder: event.currentTarget.value })}
          />
        )}
        <Select
          id="folder-shopId"
          withAsterisk
          label={t('start.shop')}
          description={t('folders.shopHelp')}
          placeholder={t('start.shopPlaceholder')}
          data={(shops.data?.shops ?? []).map((s) => ({ value: s.id, label: t('start.shopOf', { shop: s.name, mall: tUi(`mall.${s.mall}`) }) }))}
          value={shopId}
          error={errorAt('shopId')}
          onChange={(chosen) => set({ shopId: chosen })}
        />
        <Select
          id="folder-mapping"
          label={t('start.mapping')}
          description={t('folders.mappingHelp')}
          data={[{ value: byHeader, label: t('folders.byHeader') }, ...(mappings.data?.importMappings ?? []).map((m) => ({ value: m.name, label: m.name }))]}
          value={values.mapping}
          error={errorAt('mapping')}
          allowDeselect={false}
          onChange={(mapping) => set({ mapping: mapping ?? byHeader })}
        />
        <Textarea
          id="folder-consentWording"
          label={t('start.wording')}
          description={t('folders.wordingHelp')}
          autosize
          minRows={2}
          value={values.wording}
          error={errorAt('consentWording')}
          onChange={(event) => set({ wording: event.currentTarget.value })}
        />
        <Checkbox label={t('folders.enroll')} checked={values.enroll} onChange={(event) => set({ enroll: event.currentTarget.checked })} />
        {folder && <Switch label={t('folders.active')} checked={values.active} onChange={(event) => set({ active: event.currentTarget.checked })} />}
        <Group justify="space-between" gap="xs">
          {folder ? <Remove folder={folder} onDone={props.onDone} /> : <span />}
          <Group gap="xs">
            <Button variant="default" onClick={props.onCancel}>
              {t('folders.back')}
            </Button>
            <Button type="submit" loading={busy} disabled={values.shopId === null}>
              {t(folder ? 'folders.save' : 'folders.begin')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

function Remove(props: { folder: WatchedFolderFieldsFragment; onDone: () => void }) {
  const { t } = useTranslation('imports');
  const [asking, setAsking] = useState(false);
  const [, remove] = useMutation(WatchedFolderRemoveDocument);
  const { run, errors, busy } = useSubmit();
  const confirm = async () => {
    if (!(await run(remove({ input: { id: props.folder.id } }), (data) => data.removeWatchedFolder.userErrors))) return;
    toastDone(t('folders.removed'));
    props.onDone();
  };
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {t('folders.remove')}
      </Button>
      <ConfirmDialog
        opened={asking}
        danger
        title={t('folders.removeTitle', { folder: props.folder.folder })}
        confirm={t('folders.remove')}
        busy={busy}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        <Stack gap="xs">
          <FormErrors form="folder-remove" errors={errors} namespace="imports" />
          {t('folders.removeBody')}
        </Stack>
      </ConfirmDialog>
    </>
  );
}
