import { type ImportInspectQuery, ImportMendDocument } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { requestFailed, type UserError } from '#ui/userErrors';
import { Alert, Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

type Mends = NonNullable<ImportInspectQuery['inspectUpload']['mends']>;

/** A file of refused rows that come back mended, dropped among the imports: it is known for what it is. */
export function MendedFile(props: { uploadId: string; mends: Mends; onClose: () => void; onStarted: (id: string) => void }) {
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const [{ fetching }, mend] = useMutation(ImportMendDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const { mends } = props;

  const begin = async () => {
    const { data, error } = await mend({ input: { id: mends.id, uploadId: props.uploadId } });
    if (data?.mendImport.import) props.onStarted(mends.id);
    else setErrors(error ? [requestFailed(tUi(failureKey(error)))] : (data?.mendImport.userErrors ?? []));
  };
  return (
    <>
      <FormErrors form="mend" errors={errors} namespace="imports" />
      <Alert color="ai" title={t('mend.found', { file: mends.fileName })}>
        {t('mend.foundBody', { count: format.number(mends.quarantined - mends.mended) })}
      </Alert>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={props.onClose}>
          {t('start.cancel')}
        </Button>
        <Button loading={fetching} onClick={() => void begin()}>
          {t('mend.begin')}
        </Button>
      </Group>
    </>
  );
}
