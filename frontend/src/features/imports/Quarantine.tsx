import { ImportQuarantineDocument, type ImportQuarantineQuery } from '#gql/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList } from '#ui/DataList';
import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './ImportPage.module.css';

type Row = NonNullable<ImportQuarantineQuery['import']>['quarantine']['edges'][number]['node'];

const connection = (data: ImportQuarantineQuery) => data.import?.quarantine;

/** The rows that were refused, each with its line, the column at fault, the reason, and the row as it stood. */
export function Quarantine(props: { importId: string; count: number }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const source = usePagedQuery(ImportQuarantineDocument, { id: props.importId, first: 50 }, connection);
  const columns: Column<Row>[] = [
    { key: 'line', header: t('quarantine.line'), align: 'right', fit: true, narrow: 'title', cell: (row) => format.number(row.line) },
    { key: 'field', header: t('quarantine.field'), fit: true, cell: (row) => row.field || '–' },
    { key: 'reason', header: t('quarantine.reason'), cell: (row) => <Reason row={row} /> },
    {
      key: 'raw',
      header: t('quarantine.raw'),
      cell: (row) => (
        <code className={classes.raw} title={row.raw}>
          {row.raw}
        </code>
      ),
    },
  ];
  return (
    <section className={classes.section}>
      <Title order={2} mb="xs">
        {t('quarantine.title', { count: format.number(props.count) })}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('quarantine.body')}
      </Text>
      <DataList label={t('quarantine.label')} columns={columns} source={source} rowKey={(row) => String(row.line)} empty={null} />
    </section>
  );
}

const known = [
  'BAD_DATE',
  'BAD_AMOUNT',
  'BAD_QUANTITY',
  'MISSING_ORDER_NO',
  'MISSING_VALUE',
  'UNKNOWN_STATUS',
  'OTHER_CHANNEL',
  'COLUMN_COUNT',
  'UNCLOSED_QUOTE',
  'LINE_TOO_LONG',
  'NUL_BYTE',
  'BAD_ENCODING',
  'DUPLICATE_LINE',
] as const;

function Reason(props: { row: Row }) {
  const { t } = useTranslation('imports');
  const code = known.find((word) => word === props.row.code);
  return <>{code ? t(`reason.${code}`, { detail: props.row.detail }) : `${props.row.code}: ${props.row.detail}`}</>;
}
