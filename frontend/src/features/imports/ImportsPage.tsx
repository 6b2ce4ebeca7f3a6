import { type ImportFieldsFragment, ImportListDocument, type ImportListQuery } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { Timestamp } from '#ui/Timestamp';
import { Button } from '@mantine/core';
import { IconColumns, IconFileImport } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileDrop } from './FileDrop';
import { formatWords } from './formatWords';
import { ImportStatusBadge } from './ImportStatusBadge';
import { MappingsDialog } from './MappingsDialog';
import { StartImportDialog } from './StartImportDialog';
import { importUrl } from './urls';

const connection = (data: ImportListQuery) => data.imports;

/** The files that came in, newest first, and the place to drop the next one. */
export function ImportsPage() {
  const { t } = useTranslation('imports');
  const navigate = useNavigate();
  const mayImport = useScope('imports:write');
  const [files, setFiles] = useState<File[]>([]);
  const [several, setSeveral] = useState(false);
  const [mappings, setMappings] = useState(false);
  const source = usePagedQuery(ImportListDocument, { first: 50 }, connection);
  const columns = useColumns();
  const [file] = files;

  const take = (dropped: File[]) => {
    setSeveral(dropped.length > 1);
    setFiles(dropped);
  };
  /** The next file of those that were dropped together; after the last one, the list shows them all. */
  const next = () => {
    setFiles(files.slice(1));
    source.reload();
  };

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          mayImport && (
            <Button variant="default" leftSection={<IconColumns size="1rem" aria-hidden />} onClick={() => setMappings(true)}>
              {t('mappings.open')}
            </Button>
          )
        }
      />
      {mayImport && <FileDrop several onFiles={take} />}
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
          key={files.length}
          file={file}
          waiting={files.length - 1}
          onClose={next}
          onStarted={(id, inZip) => (several || inZip ? next() : void navigate(importUrl(id)))}
        />
      )}
      {mappings && <MappingsDialog onClose={() => setMappings(false)} />}
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
      roomy: true,
      cell: (row) => formatWords(t, row),
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
