import { ImportSaveMappingDocument } from '#gql/imports/graphql';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { requestFailed, type UserError } from '#ui/userErrors';
import { Button, FileButton, Group, Stack } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

const suffix = /(\.mapping)?\.json$/i;

/** Takes in a mapping that was saved as JSON, here or in another installation. One of the same name stays as it is. */
export function LoadMapping(props: { taken: readonly string[]; onLoaded: () => void }) {
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [{ fetching }, save] = useMutation(ImportSaveMappingDocument);
  const again = useRef<() => void>(null);

  const load = async (file: File): Promise<readonly UserError[]> => {
    const definition = await readDefinition(file);
    if (!definition) return [mistake('BAD_MAPPING_FILE')];
    const name = file.name.normalize('NFC').replace(suffix, '');
    if (props.taken.includes(name)) return [mistake('IMPORT_MAPPINGS_NAME_KEY')];
    const { data, error } = await save({ input: { name, definition } });
    if (error) return [requestFailed(tUi(failureKey(error)))];
    return data?.saveImportMapping.userErrors ?? [];
  };
  const take = async (file: File | null) => {
    if (!file) return;
    const found = await load(file);
    setErrors(found);
    again.current?.(); // the same file can be chosen again once it is mended
    if (found.length === 0) props.onLoaded();
  };
  return (
    <Stack gap="xs">
      <FormErrors form="load-mapping" errors={errors} namespace="imports" />
      <Group justify="flex-end">
        <FileButton resetRef={again} accept=".json,application/json" onChange={(file) => void take(file)} inputProps={{ 'aria-label': t('mappings.load') }}>
          {(button) => (
            <Button {...button} variant="default" size="xs" loading={fetching} leftSection={<IconUpload size="1rem" aria-hidden />}>
              {t('mappings.load')}
            </Button>
          )}
        </FileButton>
      </Group>
    </Stack>
  );
}

/** The object in a JSON file; undefined where there is none. */
async function readDefinition(file: File): Promise<object | undefined> {
  try {
    const read: unknown = JSON.parse(await file.text());
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

const mistake = (code: string): UserError => ({ code, field: [], message: '', params: null });
