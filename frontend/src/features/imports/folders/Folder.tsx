import { type WatchedFolderFieldsFragment, WatchedFolderLookDocument } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { Timestamp } from '#ui/Timestamp';
import { toastFailed } from '#ui/toast';
import { Alert, Badge, Button, Group, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { importUrl } from '../urls';
import { useStoredFailureWords } from '../useFailureWords';
import classes from './folders.module.css';

type File = WatchedFolderFieldsFragment['files'][number];

const stateOf = (folder: WatchedFolderFieldsFragment) =>
  folder.status === 'STOPPED' ? 'stopped' : folder.trouble ? 'trouble' : folder.failed > 0 ? 'failed' : 'fine';
const colors = { stopped: 'gray', trouble: 'red', failed: 'yellow', fine: 'green' } as const;

/** One watched folder: where it is, how it stands, and what lay in it lately. */
export function Folder(props: { folder: WatchedFolderFieldsFragment; onEdit: (() => void) | undefined; onChanged: () => void }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { folder } = props;
  const [{ fetching }, look] = useMutation(WatchedFolderLookDocument);
  const state = stateOf(folder);
  const lookNow = async () => {
    const { data, error } = await look({ input: { id: folder.id } });
    if (error || (data?.lookIntoWatchedFolder.userErrors.length ?? 0) > 0) toastFailed(t('page.actionFailed'), t('page.actionFailedBody'));
    props.onChanged();
  };
  return (
    <section className={classes.folder} aria-label={folder.folder}>
      <Group justify="space-between" gap="xs" mb={4}>
        <Group gap="xs">
          <Title order={3} className={classes.path}>
            {folder.folder}
          </Title>
          <Badge color={colors[state]}>{t(`folders.state.${state}`)}</Badge>
        </Group>
        {props.onEdit && (
          <Group gap="xs">
            {folder.status === 'ACTIVE' && (
              <Button size="compact-sm" variant="default" loading={fetching} onClick={() => void lookNow()}>
                {t('folders.look')}
              </Button>
            )}
            <Button size="compact-sm" variant="default" aria-label={t('folders.editNamed', { folder: folder.folder })} onClick={props.onEdit}>
              {t('folders.edit')}
            </Button>
          </Group>
        )}
      </Group>
      <Group gap="xs" mb="xs">
        <MallDot mall={folder.shop.mall} label={folder.shop.name} />
        <Text size="sm" c="dimmed">
          {folder.mapping ? t('format.mappingOf', { name: folder.mapping }) : t('folders.byHeader')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('folders.looked')} {folder.lookedAt ? <Timestamp at={folder.lookedAt} /> : t('folders.notYet')}
        </Text>
      </Group>
      {folder.trouble && folder.status === 'ACTIVE' && (
        <Alert color="red" role="alert" mb="xs" title={t(`folders.trouble.${folder.trouble}.title`)}>
          {t(`folders.trouble.${folder.trouble}.body`, { path: folder.path })}
        </Alert>
      )}
      {folder.failed > 0 && (
        <Alert color="yellow" mb="xs" title={t('folders.failedTitle', { count: format.number(folder.failed) })}>
          {t('folders.failedBody')}
        </Alert>
      )}
      {folder.files.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('folders.noFiles')}
        </Text>
      ) : (
        <ul className={classes.files} aria-label={t('folders.files')}>
          {folder.files.map((file) => (
            <FileRow key={file.id} file={file} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** One file: what became of it, and the imports it is. */
function FileRow(props: { file: File }) {
  const { t } = useTranslation('imports');
  const failureWords = useStoredFailureWords();
  const { file } = props;
  const [first] = file.imports;
  const state = file.known ? 'KNOWN' : file.status;
  return (
    <li className={classes.file}>
      <span className={classes.name}>
        {first === undefined ? (
          <Text size="sm" span>
            {file.name}
          </Text>
        ) : (
          <TextLink size="sm" {...importUrl(first)}>
            {file.name}
          </TextLink>
        )}
      </span>
      <span className={classes.when}>
        {t(`folders.fileState.${state}`)} · <Timestamp at={file.settledAt ?? file.seenAt} short />
      </span>
      {file.errorCode && (
        <Text size="xs" c="dimmed" className={classes.why}>
          {failureWords(file) ?? t('folders.otherReason', { detail: file.errorCode })}
        </Text>
      )}
    </li>
  );
}
