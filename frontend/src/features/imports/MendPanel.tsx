import { type ImportFieldsFragment, ImportMendDocument, ImportProgressDocument } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { failureKey } from '#ui/ErrorState';
import { toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useSubscription } from 'urql';
import { downloadQuarantine } from './download';
import { FileDrop } from './FileDrop';
import classes from './ImportPage.module.css';
import { useFailureWords } from './useFailureWords';
import { upload, UploadError, uploadReason } from './upload';

/** How refused rows come back: save them, mend them in a spreadsheet, drop the file here. */
export function MendPanel(props: { row: ImportFieldsFragment; mending: string | undefined; onBegun: (id: string) => void; onDone: () => void }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { row } = props;
  const { send, share, failure } = useMendFile(row.id, props.onBegun);
  const [saving, setSaving] = useState(false);

  const save = async () => {
    setSaving(true);
    try {
      await downloadQuarantine(row.id, `${row.fileName}.csv`);
    } catch {
      toastFailed(t('mend.downloadFailed'), t('mend.downloadFailedBody'));
    }
    setSaving(false);
  };

  return (
    <>
      <ol className={classes.steps}>
        <li>
          <Text size="sm">{t('mend.stepSave')}</Text>
          <Button
            variant="default"
            size="xs"
            mt="xs"
            loading={saving}
            leftSection={<IconDownload size="1rem" aria-hidden />}
            onClick={() => void save()}
          >
            {t('mend.download')}
          </Button>
        </li>
        <li>
          <Text size="sm">{t('mend.stepEdit')}</Text>
        </li>
        <li>
          <Text size="sm">
            {t('mend.stepSend', { until: row.mendableUntil ? format.date(row.mendableUntil) : '' })}
          </Text>
        </li>
      </ol>
      <FileDrop
        disabled={share !== undefined}
        onFiles={([file]) => file && void send(file)}
        words={{ label: t('mend.drop'), title: t('mend.drop'), body: t('mend.dropBody'), choose: t('mend.choose') }}
      />
      {share !== undefined && <Progress mb="md" value={share * 100} aria-label={t('start.uploading')} />}
      {failure && (
        <Alert color="red" role="alert" title={t('mend.refused')} mb="md">
          {failure}
        </Alert>
      )}
      {props.mending && <Mending key={props.mending} id={props.mending} onDone={props.onDone} />}
    </>
  );
}

/** Sends a mended file, begins to take it in, and says why that did not work. */
function useMendFile(importId: string, onBegun: (id: string) => void) {
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const write = useErrorText('imports');
  const failureWords = useFailureWords();
  const [, mend] = useMutation(ImportMendDocument);
  const [share, setShare] = useState<number>();
  const [failure, setFailure] = useState<string>();

  const send = async (file: File) => {
    setFailure(undefined);
    setShare(0);
    try {
      const uploadId = await upload(file, setShare, new AbortController().signal);
      const { data, error } = await mend({ input: { id: importId, uploadId } });
      const [wrong] = data?.mendImport.userErrors ?? [];
      if (data?.mendImport.import) onBegun(data.mendImport.import.id);
      else setFailure(error ? tUi(failureKey(error)) : wrong && write(wrong));
    } catch (cause) {
      const code = cause instanceof UploadError ? cause.code : 'OTHER';
      setFailure(failureWords(code) ?? t(uploadReason(code)));
    }
    setShare(undefined);
  };
  return { send, share, failure };
}

/** How far the mended rows are, and what became of them. */
function Mending(props: { id: string; onDone: () => void }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const failureWords = useFailureWords();
  const [{ data }] = useSubscription({ query: ImportProgressDocument, variables: { id: props.id } });
  const row = data?.importProgress;
  const ended = row?.status === 'DONE' || row?.status === 'FAILED';
  const onDone = useEffectEvent(props.onDone);
  useEffect(() => {
    if (ended) onDone();
  }, [ended]);

  if (!row || !ended) {
    return (
      <Group gap="sm" mb="md" wrap="nowrap">
        <Progress flex={1} value={(row?.progress ?? 0) * 100} animated aria-label={t('mend.progress')} />
        <Text size="sm" c="dimmed">
          {t('mend.progress')}
        </Text>
      </Group>
    );
  }
  if (row.status === 'FAILED') {
    return (
      <Alert color="red" role="alert" title={t('mend.refused')} mb="md">
        {failureWords(row.errorCode, row.errorDetail) ?? t('failure.OTHER', { detail: row.errorDetail ?? '' })}
      </Alert>
    );
  }
  return (
    <Alert color={row.quarantined > 0 ? 'yellow' : 'green'} role="status" mb="md" title={t('mend.done', { count: format.number(row.inserted + row.updated) })}>
      {row.quarantined > 0 ? t('mend.doneLeft', { count: format.number(row.quarantined) }) : t('mend.doneAll')}
    </Alert>
  );
}
