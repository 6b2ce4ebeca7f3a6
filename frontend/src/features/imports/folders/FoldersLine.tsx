import { WatchedFolderListDocument } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { Timestamp } from '#ui/Timestamp';
import { Anchor, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconFolderSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './folders.module.css';

/** That folders are watched, when they were last looked into, and whether something is wrong; nothing where there are none. */
export function FoldersLine(props: { onOpen: () => void }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const [{ data }] = useQuery({ query: WatchedFolderListDocument, requestPolicy: 'cache-and-network' });
  const folders = data?.watchedFolders.folders ?? [];
  if (folders.length === 0) return null;
  const failed = folders.reduce((sum, folder) => sum + folder.failed, 0);
  const troubled = folders.some((folder) => folder.trouble);
  const lookedAt = folders.flatMap((folder) => folder.lookedAt ?? []).sort().at(-1);
  const Icon = troubled || failed > 0 ? IconAlertTriangle : IconFolderSearch;
  return (
    <Group gap="xs" className={classes.line} data-wrong={troubled || failed > 0 || undefined}>
      <Icon size="1rem" aria-hidden />
      <Anchor component="button" type="button" size="sm" onClick={props.onOpen}>
        {t('folders.line', { count: format.number(folders.length) })}
      </Anchor>
      {troubled && <Text size="sm">{t('folders.lineTrouble')}</Text>}
      {failed > 0 && <Text size="sm">{t('folders.lineFailed', { count: format.number(failed) })}</Text>}
      {lookedAt && (
        <Text size="sm" c="dimmed">
          {t('folders.looked')} <Timestamp at={lookedAt} short />
        </Text>
      )}
    </Group>
  );
}
