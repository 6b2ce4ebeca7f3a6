import { ImportHeaderDocument, ImportMendRowsDocument, type ImportQuarantineQuery } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { Dialog } from '#ui/Dialog';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { requestFailed, type UserError } from '#ui/userErrors';
import { useFocusBack } from '#ui/useFocusBack';
import { Alert, Button, Group, Skeleton, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { faultAt, faultyColumns } from './faults';
import classes from './RowEditor.module.css';
import { useReasonWords, useRemedyWords } from './useReasonWords';

type Row = NonNullable<ImportQuarantineQuery['import']>['quarantine']['edges'][number]['node'];

interface Editing {
  importId: string;
  row: Row;
  onClose: () => void;
  onBegun: (id: string) => void;
}

/** Mends one refused row on the spot. */
export function RowEditor(props: Editing) {
  useFocusBack();
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const [{ data, error }] = useQuery({ query: ImportHeaderDocument, variables: { id: props.importId } });
  return (
    <Dialog opened size="lg" onClose={props.onClose} title={t('row.title', { line: format.number(props.row.line) })}>
      {error && <Alert color="red">{tUi(failureKey(error))}</Alert>}
      {!data && !error && <Skeleton height="12rem" />}
      {data?.import && <Cells {...props} header={data.import.header} />}
    </Dialog>
  );
}

/** The row's cells by column, those at fault first, those without content on request. */
function Cells(props: Editing & { header: readonly string[] }) {
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const reason = useReasonWords();
  const remedy = useRemedyWords();
  const { header, row } = props;
  const [cells, setCells] = useState(() => header.map((_, at) => row.cells[at] ?? ''));
  const [everything, setEverything] = useState(false);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [{ fetching }, mend] = useMutation(ImportMendRowsDocument);

  const atFault = faultyColumns(header, row.faults);
  const shown = shownColumns(header, row.cells, atFault, everything);
  const send = async () => {
    const { data, error } = await mend({ input: { id: props.importId, rows: [{ line: row.line, cells }] } });
    if (data?.mendImportRows.import) props.onBegun(data.mendImportRows.import.id);
    else setErrors(error ? [requestFailed(tUi(failureKey(error)))] : (data?.mendImportRows.userErrors ?? []));
  };

  return (
    <Stack gap="md">
      <Text size="sm">
        {atFault.length > 0 ? t('row.places', { count: atFault.length, columns: format.list(atFault.map((at) => header[at] ?? '')) }) : reason(row)}
      </Text>
      <FormErrors form="row" errors={errors} namespace="imports" />
      {shown.map((at) => {
        const fault = faultAt(header, row.faults, at);
        return (
          <TextInput
            key={at}
            label={header[at] || t('row.unnamed', { at: at + 1 })}
            description={fault && remedy(fault.code)}
            value={cells[at] ?? ''}
            error={fault && cells[at] === (row.cells[at] ?? '') ? reason(fault) : undefined}
            data-autofocus={at === atFault[0] || undefined}
            onChange={(event) => setCells(cells.with(at, event.currentTarget.value))}
          />
        );
      })}
      <Switch
        label={t('row.everything', { count: header.length })}
        checked={everything}
        onChange={(event) => setEverything(event.currentTarget.checked)}
      />
      <Group justify="flex-end" gap="xs" className={classes.foot}>
        <Button variant="default" onClick={props.onClose}>
          {t('start.cancel')}
        </Button>
        <Button loading={fetching} onClick={() => void send()}>
          {t('row.send')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Which columns to show, those at fault first: all, or those with content. */
function shownColumns(header: readonly string[], cells: readonly string[], atFault: readonly number[], everything: boolean): number[] {
  const rest = header.map((_, at) => at).filter((at) => !atFault.includes(at) && (everything || (cells[at] ?? '') !== ''));
  return [...atFault, ...rest];
}
