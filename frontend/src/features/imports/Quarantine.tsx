import { type ImportFieldsFragment, ImportHeaderDocument, ImportQuarantineDocument, type ImportQuarantineQuery } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { type Column, DataList } from '#ui/DataList';
import { Alert, Button, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './ImportPage.module.css';
import { Mending } from './Mending';
import { MendPanel } from './MendPanel';
import { RowCells } from './RowCells';
import { RowEditor } from './RowEditor';
import { useReasonWords } from './useReasonWords';

type Row = NonNullable<ImportQuarantineQuery['import']>['quarantine']['edges'][number]['node'];

const connection = (data: ImportQuarantineQuery) => data.import?.quarantine;

/** What to do about held rows: those of lists come again in the next file. */
function adviceFor(row: ImportFieldsFragment, mayMend: boolean) {
  if (mayMend) return 'quarantine.body';
  if (row.kind !== 'ORDERS' && row.kind !== 'CUSTOMERS') return 'quarantine.bodyAgain';
  return row.status === 'DONE' ? 'quarantine.bodyExpired' : 'quarantine.bodyLater';
}

/**
 * The rows that were refused and are not mended yet, each with its line, the
 * column at fault, the reason, and the row as it stood; and the ways to mend them.
 */
export function Quarantine(props: { row: ImportFieldsFragment; onMended: () => void }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { row } = props;
  const source = usePagedQuery(ImportQuarantineDocument, { id: row.id, first: 50 }, connection);
  const [{ data: shape }] = useQuery({ query: ImportHeaderDocument, variables: { id: row.id } });
  const header = shape?.import?.header ?? [];
  const mayMend = useScope('imports:write') && Boolean(row.mendableUntil);
  const [editing, setEditing] = useState<Row>();
  const under = row.whole.mending ?? undefined;
  const [mending, setMending] = useState(under);
  const [known, setKnown] = useState(under);
  const columns = useColumns(header, mayMend ? setEditing : undefined);
  const left = row.quarantined - row.mended;

  // A mend that began elsewhere, e.g. by a file dropped among the imports, is followed here too.
  if (under !== known) {
    setKnown(under);
    if (under) setMending(under);
  }
  const begun = (id: string) => {
    setEditing(undefined);
    setMending(id);
    props.onMended();
  };
  const ended = () => {
    source.reload();
    props.onMended();
  };

  return (
    <section className={classes.section}>
      <Title order={2} mb="xs">
        {left === 0 ? t('quarantine.label') : t('quarantine.title', { count: format.number(left) })}
      </Title>
      {row.mended > 0 && (
        <Text size="sm" mb="xs">
          {t('quarantine.mended', { mended: format.number(row.mended), total: format.number(row.quarantined) })}
        </Text>
      )}
      {left === 0 ? (
        <Alert color="green" icon={<IconCheck aria-hidden />} title={t('quarantine.empty')}>
          {t('quarantine.emptyBody')}
        </Alert>
      ) : (
        <Text size="sm" c="dimmed" mb="sm">
          {t(adviceFor(row, mayMend))}
        </Text>
      )}
      {mayMend && left > 0 && <MendPanel row={row} onBegun={begun} />}
      {mending && <Mending key={mending} id={mending} left={left} onDone={ended} />}
      {left > 0 && (
        <DataList label={t('quarantine.label')} columns={columns} source={source} rowKey={(q) => String(q.line)} empty={null} />
      )}
      {editing && (
        <RowEditor importId={row.id} row={editing} onClose={() => setEditing(undefined)} onBegun={begun} />
      )}
    </section>
  );
}

function useColumns(header: readonly string[], onEdit: ((row: Row) => void) | undefined): Column<Row>[] {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const reason = useReasonWords();
  const columns: Column<Row>[] = [
    { key: 'line', header: t('quarantine.line'), align: 'right', fit: true, cell: (row) => format.number(row.line) },
    {
      key: 'reason',
      header: t('quarantine.reason'),
      narrow: 'title',
      cell: (row) => row.faults.map((fault) => <div key={fault.code + fault.field}>{[fault.field, reason(fault)].filter(Boolean).join(': ')}</div>),
    },
    {
      key: 'raw',
      header: t('quarantine.raw'),
      narrow: 'wide',
      cell: (row) => <RowCells header={header} row={row} />,
    },
  ];
  if (!onEdit) return columns;
  return [
    ...columns,
    {
      key: 'edit',
      header: t('quarantine.edit'),
      fit: true,
      narrow: 'side',
      cell: (row) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('quarantine.editLine', { line: format.number(row.line) })}
          onClick={() => onEdit(row)}
        >
          {t('quarantine.edit')}
        </Button>
      ),
    },
  ];
}
