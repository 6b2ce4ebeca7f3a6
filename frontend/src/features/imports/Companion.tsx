import type { ImportInspectQuery } from '#gql/imports/graphql';
import { Alert, Button, FileButton, Group, Progress, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload, UploadError, uploadReason } from './upload';
import { useFailureWords } from './useFailureWords';

type Wanted = NonNullable<ImportInspectQuery['inspectUpload']['companion']>;

/** Asks for the other half of the orders, for malls that export two files. It may also come later. */
export function Companion(props: { wanted: Wanted; onUploaded: (uploadId: string) => void }) {
  const { t } = useTranslation('imports');
  const failureWords = useFailureWords();
  const [share, setShare] = useState<number>();
  const [name, setName] = useState<string>();
  const [failure, setFailure] = useState<string>();

  const send = async (file: File) => {
    setFailure(undefined);
    setShare(0);
    try {
      props.onUploaded(await upload(file, setShare, new AbortController().signal));
      setName(file.name);
    } catch (cause) {
      const code = cause instanceof UploadError ? cause.code : 'OTHER';
      setFailure(failureWords(code) ?? t(uploadReason(code)));
    }
    setShare(undefined);
  };

  return (
    <Alert
      color={props.wanted.needed && !name ? 'yellow' : 'gray'}
      title={t('companion.title', { format: t(`format.${props.wanted.format}`) })}
    >
      <Text size="sm" mb="xs">
        {t(props.wanted.needed ? 'companion.needed' : 'companion.optional')}
      </Text>
      {failure && (
        <Text size="sm" c="red" role="alert" mb="xs">
          {failure}
        </Text>
      )}
      {share !== undefined && <Progress mb="xs" value={share * 100} aria-label={t('start.uploading')} />}
      <Group gap="sm">
        <FileButton onChange={(file) => file && void send(file)} accept=".csv,.tsv,.txt,.gz" inputProps={{ 'aria-label': t('companion.choose') }}>
          {(button) => (
            <Button {...button} size="xs" variant="default">
              {t('companion.choose')}
            </Button>
          )}
        </FileButton>
        {name && (
          <Group gap={4}>
            <IconCheck size="1rem" aria-hidden />
            <Text size="sm">{name}</Text>
          </Group>
        )}
      </Group>
    </Alert>
  );
}
