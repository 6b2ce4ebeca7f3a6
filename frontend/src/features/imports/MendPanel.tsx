import { type ImportFieldsFragment, ImportMendDocument } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { failureKey } from '#ui/ErrorState';
import { toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Alert, Button, Progress, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { downloadQuarantine } from './download';
import { FileDrop } from './FileDrop';
import classes from './ImportPage.module.css';
import { useFailureWords } from './useFailureWords';
import { upload, UploadError, uploadReason } from './upload';

/** How refused rows come back: save them, mend them in a spreadsheet, drop the file here. */
export function MendPanel(props: { row: ImportFieldsFragment; onBegun: (id: string) => void }) {
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
