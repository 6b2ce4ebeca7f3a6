import { type ImportFilter, ImportListDocument, type ImportListQuery } from '#gql/imports/graphql';
import { useKeysetPage } from '#lib/useKeysetPage';
import { useScope } from '#lib/viewer';
import { DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { useColumnChoice } from '#ui/list/columnChoice';
import { SavedViews } from '#ui/list/SavedViews';
import { PageHeader } from '#ui/PageHeader';
import { Button } from '@mantine/core';
import { IconColumns, IconFileImport, IconFolderSearch } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DemoEnds } from './DemoEnds';
import { FileDrop } from './FileDrop';
import { FoldersDrawer } from './folders/FoldersDrawer';
import { FoldersLine } from './folders/FoldersLine';
import { useImportColumns } from './importColumns';
import { ImportsToolbar } from './ImportsToolbar';
import { MappingsDialog } from './MappingsDialog';
import { StartImportDialog } from './StartImportDialog';
import { type ImportsSearch, importUrl, viewOf } from './urls';

const route = getRouteApi('/shell/imports');
const connection = (data: ImportListQuery) => data.imports;
const pageSize = 50;

/** The files that came in, newest first, and the place to drop the next one. */
export function ImportsPage() {
  const { t } = useTranslation('imports');
  const go = useNavigate();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const mayImport = useScope('imports:write');
  const [files, setFiles] = useState<File[]>([]);
  const [several, setSeveral] = useState(false);
  const [mappings, setMappings] = useState(false);
  const conditions = viewOf(search);
  const variables = useVariables(search);
  const source = useKeysetPage(ImportListDocument, variables, connection, search, (place) =>
    void navigate({ search: (was) => ({ ...viewOf(was), view: was.view, ...place }) }),
  );
  useTicking(source.nodes.some(inMotion), source.reload);
  /** Other conditions begin at the first page. */
  const change = (next: Partial<ImportsSearch>) =>
    void navigate({ search: (was) => ({ ...viewOf(was), view: was.view, ...next }), replace: true });
  const showFolders = (shown: boolean) => void navigate({ search: (was) => ({ ...was, folders: shown || undefined }) });
  const choice = useColumnChoice('imports', useImportColumns(), {
    keys: search.cols,
    onChoose: (keys) => change({ cols: keys && [...keys] }),
  });
  const narrowed = Object.values({ ...conditions, cols: undefined }).some((value) => value !== undefined);
  const none = !narrowed && !source.fetching && !source.error && source.nodes.length === 0;
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
            <>
              <Button variant="default" leftSection={<IconFolderSearch size="1rem" aria-hidden />} onClick={() => showFolders(true)}>
                {t('folders.open')}
              </Button>
              <Button variant="default" leftSection={<IconColumns size="1rem" aria-hidden />} onClick={() => setMappings(true)}>
                {t('mappings.open')}
              </Button>
            </>
          )
        }
      />
      {mayImport && <FileDrop several onFiles={take} />}
      {mayImport && <DemoEnds note />}
      <FoldersLine onOpen={() => showFolders(true)} />
      {!none && (
        <SavedViews
          list="imports"
          everything={t('list.everything')}
          search={{ ...conditions }}
          kept={{ ...conditions, cols: choice.keys }}
          open={search.view}
          onOpen={(kept, view) => void navigate({ search: { ...(kept as ImportsSearch), view } })}
        />
      )}
      <DataList
        label={t('title')}
        columns={choice.shown}
        source={source}
        rowKey={(row) => row.id}
        rowLink={(row) => importUrl(row.id)}
        toolbar={!none && <ImportsToolbar search={search} columns={choice} onChange={change} />}
        empty={<Nothing narrowed={narrowed} onClear={() => void navigate({ search: {} })} />}
      />
      {file && (
        <StartImportDialog
          key={files.length}
          file={file}
          waiting={files.length - 1}
          onClose={next}
          onStarted={(id, inZip) => (several || inZip ? next() : void go(importUrl(id)))}
        />
      )}
      {search.folders && <FoldersDrawer onClose={() => showFolders(false)} />}
      {mappings && <MappingsDialog onClose={() => setMappings(false)} />}
    </>
  );
}

function Nothing(props: { narrowed: boolean; onClear: () => void }) {
  const { t } = useTranslation('imports');
  if (!props.narrowed) {
    return (
      <EmptyState icon={IconFileImport} title={t('empty.title')}>
        {t('empty.body')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconFileImport}
      title={t('list.none')}
      action={
        <Button variant="default" onClick={props.onClear}>
          {t('list.clear')}
        </Button>
      }
    >
      {t('list.noneBody')}
    </EmptyState>
  );
}

function useVariables(search: ImportsSearch) {
  const { q, shops, states, held, staff } = search;
  return useMemo(() => {
    const filter: ImportFilter = { search: q, shopIds: shops, statuses: states, held, byStaff: staff };
    return { first: pageSize, filter };
  }, [q, shops, states, held, staff]);
}

const motion = new Set<string | undefined>(['QUEUED', 'RUNNING']);
const inMotion = (row: ImportListQuery['imports']['edges'][number]['node']) => motion.has(row.status) || motion.has(row.undo?.status);

const tickMs = 2_000;

/** Reads the list again and again while something in it moves and somebody looks. */
function useTicking(moving: boolean, reload: () => void) {
  const again = useRef(reload);
  useEffect(() => {
    again.current = reload;
  }, [reload]);
  useEffect(() => {
    if (!moving) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && again.current(), tickMs);
    return () => clearInterval(timer);
  }, [moving]);
}
