import { ImportMendRowsDocument, type ImportQuarantineQuery } from '#gql/graphql';
import { useFormat } from '#lib/FormatContext';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { requestFailed, type UserError } from '#ui/userErrors';
import { Button, Group, Modal, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useReasonWords } from './useReasonWords';

type Row = NonNullable<ImportQuarantineQuery['import']>['quarantine']['edges'][number]['node'];

/** Mends one refused row on the spot: its cells by column, the one at fault first, those without content on request. */
export function RowEditor(props: {
  importId: string;
  header: readonly string[];
  row: Row;
  onClose: () => void;
  onBegun: (id: string) => void;
}) {
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const reason = useReasonWords();
  const { header, row } = props;
  const [cells, setCells] = useState(() => header.map((_, at) => row.cells[at] ?? ''));
  const [everything, setEverything] = useState(false);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [{ fetching }, mend] = useMutation(ImportMendRowsDocument);

  const atFault = header.indexOf(row.field);
  const shown = shownColumns(header, row.cells, atFault, everything);
  const send = async () => {
    const { data, error } = await mend({ input: { id: props.importId, rows: [{ line: row.line, cells }] } });
    if (data?.mendImportRows.import) props.onBegun(data.mendImportRows.import.id);
    else setErrors(error ? [requestFailed(tUi(failureKey(error)))] : (data?.mendImportRows.userErrors ?? []));
  };

  return (
    <Modal
      opened
      size="lg"
      onClose={props.onClose}
      title={t('row.title', { line: format.number(row.line) })}
      closeButtonProps={{ 'aria-label': tUi('close') }}
    >
      <Stack gap="md">
        <Text size="sm">{row.field ? t('row.reason', { field: row.field, reason: reason(row) }) : reason(row)}</Text>
        <FormErrors form="row" errors={errors} namespace="imports" />
        {shown.map((at) => (
          <TextInput
            key={at}
            label={header[at] || t('row.unnamed', { at: at + 1 })}
            value={cells[at] ?? ''}
            error={at === atFault && cells[at] === (row.cells[at] ?? '') ? reason(row) : undefined}
            data-autofocus={at === atFault || undefined}
            onChange={(event) => setCells(cells.with(at, event.currentTarget.value))}
          />
        ))}
        <Switch
          label={t('row.everything', { count: header.length })}
          checked={everything}
          onChange={(event) => setEverything(event.currentTarget.checked)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose}>
            {t('start.cancel')}
          </Button>
          <Button loading={fetching} onClick={() => void send()}>
            {t('row.send')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Which columns to show, the one at fault first: all, or those with content. */
function shownColumns(header: readonly string[], cells: readonly string[], atFault: number, everything: boolean): number[] {
  const rest = header.map((_, at) => at).filter((at) => at !== atFault && (everything || (cells[at] ?? '') !== ''));
  return atFault < 0 ? rest : [atFault, ...rest];
}
