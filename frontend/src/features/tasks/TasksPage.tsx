import { campaignsUrl } from '#features/campaigns/urls';
import { TaskCountsDocument, TaskListDocument, type TaskListQuery } from '#gql/tasks/graphql';
import { useFormat } from '#lib/FormatContext';
import { useKeysetPage } from '#lib/useKeysetPage';
import { useScope } from '#lib/viewer';
import { DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { ButtonLink } from '#ui/links';
import { useColumnChoice } from '#ui/list/columnChoice';
import { SavedViews } from '#ui/list/SavedViews';
import { useSelection } from '#ui/list/selection';
import { PageHeader } from '#ui/PageHeader';
import { Badge, Button, SegmentedControl } from '@mantine/core';
import { IconChecklist, IconSearch } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { DropTasks } from './DropTasks';
import { useTaskColumns } from './taskColumns';
import { TaskDrawer } from './TaskDrawer';
import { TaskToolbar } from './TaskToolbar';
import { keptOf, type TasksSearch, type TaskStatus, taskStatuses } from './urls';

const route = getRouteApi('/shell/tasks');
const connectionOf = (data: TaskListQuery) => data.tasks;
const none = { q: undefined, malls: undefined, assignee: undefined, late: undefined };

/** Work for people: what can only be sent with a mall's own mail tool, and what it brought. */
export function TasksPage() {
  const { t } = useTranslation('tasks');
  const search = route.useSearch();
  const status = search.status ?? 'OPEN';
  const navigate = useNavigate({ from: '/tasks' });
  const mayWrite = useScope('campaigns:write');
  const kept = keptOf(search);
  /** Other conditions begin at the first page. */
  const change = (next: TasksSearch) => void navigate({ search: { ...kept, view: search.view, ...next }, replace: true });
  const descending = (status !== 'OPEN') !== (search.turned ?? false);
  const variables = useMemo(
    () => ({
      first: 50,
      status,
      malls: search.malls ?? null,
      assigneeId: search.assignee ?? null,
      late: (search.late ?? false) && status === 'OPEN',
      search: search.q ?? '',
      direction: descending ? ('DESC' as const) : ('ASC' as const),
    }),
    [status, search.malls, search.assignee, search.late, search.q, descending],
  );
  const source = useKeysetPage(TaskListDocument, variables, connectionOf, search, (place) =>
    void navigate({ search: { ...kept, view: search.view, ...place } }),
  );
  const choice = useColumnChoice('tasks', useTaskColumns(status), {
    keys: search.cols,
    onChoose: (keys) => change({ cols: keys && [...keys] }),
  });
  const selection = useSelection(JSON.stringify({ ...variables, direction: undefined }));
  const narrowed = Boolean(search.q ?? search.malls ?? search.assignee ?? (search.late && status === 'OPEN'));

  return (
    <>
      <Head status={status} onStatus={(next) => change({ status: next === 'OPEN' ? undefined : next, turned: undefined })} />
      <SavedViews
        list="tasks"
        everything={t('everything')}
        search={{ ...kept }}
        kept={{ ...kept, cols: choice.keys }}
        open={search.view}
        onOpen={(next, view) => void navigate({ search: { ...(next as TasksSearch), view } })}
      />
      <DataList
        label={t('title')}
        columns={choice.shown}
        source={source}
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: '/tasks', search: { ...search, task: row.id } })}
        sort={{ key: 'DUE', descending }}
        onSort={() => change({ turned: search.turned ? undefined : true })}
        toolbar={<TaskToolbar search={search} columns={choice} onChange={change} onClear={() => change(none)} />}
        choosing={
          mayWrite && status === 'OPEN'
            ? {
                selection,
                nameOf: (row) => row.subject,
                actions: (
                  <DropTasks
                    ids={[...selection.keys]}
                    onDone={() => {
                      selection.clear();
                      source.reload();
                    }}
                  />
                ),
              }
            : undefined
        }
        empty={<Empty status={status} narrowed={narrowed} onClear={() => change(none)} />}
      />
      {search.task && (
        <TaskDrawer
          key={search.task}
          id={search.task}
          onClose={() => void navigate({ search: (was) => ({ ...was, task: undefined }) })}
          onChanged={source.reload}
        />
      )}
    </>
  );
}

const countOf = { OPEN: 'open', DONE: 'done', CANCELLED: 'cancelled' } as const;
// The answer names no task, and must be read again when one changes.
const countsContext = { additionalTypenames: ['Task'] };

/** The head of the page, with how many tasks there are in each state. */
function Head(props: { status: TaskStatus; onStatus: (status: TaskStatus) => void }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const [{ data }] = useQuery({ query: TaskCountsDocument, context: countsContext });
  const counts = data?.taskCounts;
  return (
    <PageHeader
      title={t('title')}
      description={t('description')}
      beside={counts && counts.overdue > 0 ? <Badge color="red">{t('overdue', { count: counts.overdue })}</Badge> : undefined}
      actions={
        <SegmentedControl
          aria-label={t('status.label')}
          value={props.status}
          onChange={(value) => props.onStatus(taskStatuses.find((known) => known === value) ?? 'OPEN')}
          data={taskStatuses.map((value) => ({
            value,
            label: `${t(`status.${value}`)}${counts ? ` ${format.number(counts[countOf[value]])}` : ''}`,
          }))}
        />
      }
    />
  );
}

function Empty(props: { status: TaskStatus; narrowed: boolean; onClear: () => void }) {
  const { t } = useTranslation('tasks');
  if (props.narrowed) {
    return (
      <EmptyState
        icon={IconSearch}
        title={t('nothing.title')}
        action={
          <Button variant="default" onClick={props.onClear}>
            {t('nothing.action')}
          </Button>
        }
      />
    );
  }
  return (
    <EmptyState
      icon={IconChecklist}
      title={t(`empty.${props.status}`)}
      action={props.status === 'OPEN' && <ButtonLink {...campaignsUrl()}>{t('empty.action')}</ButtonLink>}
    >
      {t(`empty.body.${props.status}`)}
    </EmptyState>
  );
}
