import { type AuditEntryFieldsFragment, AuditActionsDocument, AuditLogDocument, type AuditLogQuery } from '#gql/audit/graphql';
import { download } from '#lib/download';
import { useKeysetPage } from '#lib/useKeysetPage';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { useColumnChoice } from '#ui/list/columnChoice';
import { SavedViews } from '#ui/list/SavedViews';
import { PageHeader } from '#ui/PageHeader';
import { Timestamp } from '#ui/Timestamp';
import { toastFailed } from '#ui/toast';
import { Button } from '@mantine/core';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './audit.module.css';
import { Changes } from './Changes';
import { EntryDrawer } from './EntryDrawer';
import { fileAddress, filterOf } from './filter';
import { Filters } from './Filters';
import { Actor, Subject } from './Who';
import { type AuditSearch, auditUrl, viewOf } from './urls';

const route = getRouteApi('/shell/settings/audit');
const connection = (data: AuditLogQuery) => data.auditLog;

/** Who did what, when and on what: every change, for whoever answers for it. */
export function AuditPage() {
  const { t, i18n } = useTranslation('audit');
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/settings/audit' });
  const locale = i18n.language;
  const [{ data }] = useQuery({ query: AuditActionsDocument, variables: { locale } });
  const actions = data?.auditActions;
  const narrowed = viewOf(search);
  const key = JSON.stringify(narrowed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is what is narrowed by; the open entry asks for nothing new.
  const filter = useMemo(() => filterOf(narrowed, actions ?? []), [key, actions]);
  const variables = useMemo(() => ({ first: 50, filter, locale }), [filter, locale]);
  // A group of actions is known by its actions only.
  const pause = narrowed.what !== undefined && !actions;
  const source = useKeysetPage(
    AuditLogDocument,
    variables,
    connection,
    search,
    (place) => void navigate({ search: (was) => ({ ...viewOf(was), view: was.view, ...place }) }),
    { pause },
  );
  /** Other conditions begin at the first page. */
  const change = (next: Partial<AuditSearch>) => void navigate({ search: (was) => ({ ...viewOf(was), view: was.view, ...next }) });
  const choice = useColumnChoice('audit', useColumns(), {
    keys: search.cols,
    onChoose: (keys) => change({ cols: keys && [...keys] }),
  });
  const empty = Object.values({ ...narrowed, cols: undefined }).every((each) => each === undefined);

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={<Download address={fileAddress(filter, locale)} />} />
      <SavedViews
        list="audit"
        everything={t('everything')}
        search={{ ...narrowed }}
        kept={{ ...narrowed, cols: choice.keys }}
        open={search.view}
        onOpen={(kept, view) => void navigate({ search: { ...(kept as AuditSearch), view } })}
      />
      <DataList
        label={t('title')}
        columns={choice.shown}
        source={source}
        rowKey={(row) => row.id}
        rowLink={(row) => auditUrl({ ...search, entry: row.id })}
        toolbar={
          <Filters
            search={narrowed}
            actions={actions ?? []}
            subject={source.nodes.find((row) => row.objectId === search.object)}
            columns={choice}
            onChange={change}
          />
        }
        empty={
          <EmptyState
            icon={IconHistory}
            title={t(empty ? 'empty.title' : 'empty.none')}
            action={
              !empty && (
                <Button variant="default" onClick={() => void navigate({ search: {} })}>
                  {t('empty.clear')}
                </Button>
              )
            }
          >
            {t(empty ? 'empty.body' : 'empty.noneBody')}
          </EmptyState>
        }
      />
      {search.entry && (
        <EntryDrawer
          key={search.entry}
          id={search.entry}
          onClose={() => void navigate({ search: (was) => ({ ...was, entry: undefined }) })}
          onNarrow={change}
        />
      )}
    </>
  );
}

function Download(props: { address: string }) {
  const { t } = useTranslation('audit');
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await download(props.address, 'audit.csv');
    } catch {
      toastFailed(t('download.failed'), t('download.failedBody'));
    }
    setBusy(false);
  };
  return (
    <Button variant="default" leftSection={<IconDownload size="1rem" aria-hidden />} loading={busy} onClick={() => void save()}>
      {t('download.open')}
    </Button>
  );
}

/** Every column the log can show; those that are extra wait to be chosen. */
function useColumns(): readonly Column<AuditEntryFieldsFragment>[] {
  const { t } = useTranslation('audit');
  return useMemo(
    () => [
      { key: 'action', header: t('column.action'), narrow: 'title', cell: (row) => <div className={classes.what}>{row.label}</div> },
      { key: 'subject', header: t('column.subject'), narrow: 'wide', cell: (row) => <div className={classes.subject}><Subject entry={row} /></div> },
      {
        key: 'changes',
        header: t('column.changes'),
        narrow: 'wide',
        cell: (row) => (row.changes.length > 0 ? <Changes changes={row.changes} most={2} /> : nothing),
      },
      { key: 'actor', header: t('column.actor'), narrow: 'mark', cell: (row) => <div className={classes.who}><Actor entry={row} /></div> },
      { key: 'code', header: t('entry.code'), narrow: 'hide', extra: true, cell: (row) => row.action },
      { key: 'at', header: t('column.at'), narrow: 'mark', fit: true, cell: (row) => <Timestamp at={row.at} /> },
    ],
    [t],
  );
}
