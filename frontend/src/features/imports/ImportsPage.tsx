import { type ImportFieldsFragment, ImportListDocument, type ImportListQuery } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { Timestamp } from '#ui/Timestamp';
import { IconFileImport } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileDrop } from './FileDrop';
import { ImportStatusBadge } from './ImportStatusBadge';
import { StartImportDialog } from './StartImportDialog';
import { importUrl } from './urls';

const connection = (data: ImportListQuery) => data.imports;

/** The files that came in, newest first, and the place to drop the next one. */
export function ImportsPage() {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const mayImport = useScope('imports:write');
  const [file, setFile] = useState<File>();
  const source = usePagedQuery(ImportListDocument, { first: 50 }, connection);
  const columns = useColumns();

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {mayImport && <FileDrop onFile={setFile} />}
      <DataList
        label={t('title')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        rowLink={(row) => importUrl(row.id)}
        empty={
          <EmptyState icon={IconFileImport} title={t('empty.title')}>
            {t('empty.body')}
          </EmptyState>
        }
      />
      {file && (
        <StartImportDialog
          file={file}
          onClose={() => setFile(undefined)}
          onStarted={(id) => void navigate(importUrl(id))}
        />
      )}
    </>
  );
}

function useColumns(): Column<ImportFieldsFragment>[] {
  const { t } = useTranslation('imports');
  const format = useFormat();
  return [
    { key: 'file', header: t('column.file'), narrow: 'title', cell: (row) => row.fileName },
    {
      key: 'shop',
      header: t('column.shop'),
      narrow: 'wide',
      cell: (row) => <MallDot mall={row.shop.mall} label={row.shop.name} />,
    },
    { key: 'status', header: t('column.status'), narrow: 'side', fit: true, cell: (row) => <ImportStatusBadge row={row} /> },
    {
      key: 'format',
      header: t('column.format'),
      narrow: 'hide',
      cell: (row) => (row.format === 'MAPPING' ? (row.mapping ?? t('format.MAPPING')) : t(`format.${row.format}`)),
    },
    { key: 'rows', header: t('column.rows'), align: 'right', narrow: 'hide', cell: (row) => format.number(row.rows) },
    { key: 'inserted', header: t('column.inserted'), align: 'right', cell: (row) => format.number(row.inserted) },
    {
      key: 'quarantined',
      header: t('column.quarantined'),
      align: 'right',
      cell: (row) => (row.quarantined > row.mended ? format.number(row.quarantined - row.mended) : nothing),
    },
    {
      key: 'created',
      header: t('column.created'),
      fit: true,
      cell: (row) => <Timestamp at={row.createdAt} />,
    },
  ];
}
