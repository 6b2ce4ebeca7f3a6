import { type WatchedFolderFieldsFragment, WatchedFolderListDocument } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { useViewer } from '#lib/viewer';
import { CopyValue } from '#ui/CopyValue';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { SideDrawer } from '#ui/SideDrawer';
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconFolderPlus, IconFolderSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Folder } from './Folder';
import { FolderForm } from './FolderForm';

const tickMs = 5_000;

/** The folders of the server from which files come in by themselves: how each stands, what came, and for owners its settings. */
export function FoldersDrawer(props: { onClose: () => void }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const owner = useViewer().staff.role === 'OWNER';
  const [{ data, error }, ask] = useQuery({ query: WatchedFolderListDocument, requestPolicy: 'cache-and-network' });
  const [editing, setEditing] = useState<WatchedFolderFieldsFragment | 'new'>();
  const reload = () => ask({ requestPolicy: 'network-only' });
  useEffect(() => {
    if (editing) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && ask({ requestPolicy: 'network-only' }), tickMs);
    return () => clearInterval(timer);
  }, [ask, editing]);
  const found = data?.watchedFolders;
  const done = () => {
    setEditing(undefined);
    reload();
  };
  const add = (
    <Button leftSection={<IconFolderPlus size="1rem" aria-hidden />} onClick={() => setEditing('new')}>
      {t('folders.add')}
    </Button>
  );

  return (
    <SideDrawer title={t('folders.title')} onClose={props.onClose}>
      {error && !found && <ErrorState error={error} retry={reload} />}
      {!found && !error && <Skeleton height="12rem" />}
      {found && editing && (
        <FolderForm folder={editing === 'new' ? undefined : editing} root={found.root} onDone={done} onCancel={() => setEditing(undefined)} />
      )}
      {found && !editing && (
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {t('folders.body', { every: format.number(found.everySeconds) })}
          </Text>
          {found.folders.length === 0 ? (
            <EmptyState icon={IconFolderSearch} title={t('folders.none')} action={owner && add}>
              {t(owner ? 'folders.noneBody' : 'folders.ownersOnly')}
            </EmptyState>
          ) : (
            <div>
              {found.folders.map((folder) => (
                <Folder key={folder.id} folder={folder} onEdit={owner ? () => setEditing(folder) : undefined} onChanged={reload} />
              ))}
            </div>
          )}
          {owner && found.folders.length > 0 && <Group>{add}</Group>}
          <CopyValue titled label={t('folders.root')} value={found.root} />
        </Stack>
      )}
    </SideDrawer>
  );
}
