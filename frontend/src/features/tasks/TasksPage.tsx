import { TaskCountsDocument, type TaskFieldsFragment, TaskListDocument, type TaskListQuery } from '#gql/tasks/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { Badge, Tabs } from '@mantine/core';
import { IconChecklist } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { TaskDrawer } from './TaskDrawer';
import { type TaskStatus, taskStatuses, tasksUrl } from './urls';

const route = getRouteApi('/shell/tasks');
const connection = (data: TaskListQuery) => data.tasks;

/** Work for people: what can only be sent with a mall's own mail tool, and what it brought. */
export function TasksPage() {
  const { t } = useTranslation('tasks');
  const { status = 'OPEN', task } = route.useSearch();
  const navigate = useNavigate({ from: '/tasks' });
  const source = usePagedQuery(TaskListDocument, { first: 50, status }, connection);
  const columns = useColumns(status);
  const format = useFormat();
  const [{ data }] = useQuery({ query: TaskCountsDocument, context: countsContext });
  const counts = data?.taskCounts;
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        beside={
          counts && counts.overdue > 0 ? (
            <Badge color="red">{t('overdue', { count: counts.overdue })}</Badge>
          ) : undefined
        }
      />
      <Tabs
        value={status}
        onChange={(value) => {
          const chosen = taskStatuses.find((known) => known === value);
          void navigate({ search: { status: chosen === 'OPEN' ? undefined : chosen } });
        }}
        mb="md"
      >
        <Tabs.List aria-label={t('status.label')}>
          {taskStatuses.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`status.${each}`)}
              {counts && ` ${format.number(counts[countOf[each]])}`}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={status} pt="md">
          <DataList
            label={t('title')}
            columns={columns}
            source={source}
            rowKey={(row) => row.id}
            rowLink={(row) => tasksUrl(row.id, status)}
            empty={
              <EmptyState icon={IconChecklist} title={t(`empty.${status}`)}>
                {status === 'OPEN' && t('empty.body')}
              </EmptyState>
            }
          />
        </Tabs.Panel>
      </Tabs>
      {task && (
        <TaskDrawer
          key={task}
          id={task}
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

function useColumns(status: TaskStatus): Column<TaskFieldsFragment>[] {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const done = status === 'DONE';
  return [
    { key: 'subject', header: t('column.subject'), narrow: 'title', cell: (row) => row.subject },
    { key: 'tool', header: t('column.tool'), cell: (row) => <MallDot mall={row.mall} label={t(`tool.${row.tool as 'R_MAIL'}`)} /> },
    { key: 'campaign', header: t('column.campaign'), cell: (row) => row.campaign?.name ?? t('none') },
    { key: 'customers', header: t('column.customers'), align: 'right', cell: (row) => format.people(row.customers) },
    done
      ? {
          key: 'orders',
          header: t('column.orders'),
          align: 'right',
          cell: (row) => (row.results ? format.number(row.results.orders) : t('none')),
        }
      : { key: 'assignee', header: t('column.assignee'), cell: (row) => row.assignee?.name ?? t('nobody') },
    done
      ? {
          key: 'sales',
          header: t('column.sales'),
          align: 'right',
          cell: (row) =>
            row.results ? format.money(row.results.sales.amount, row.results.sales.currency) : t('none'),
        }
      : { key: 'due', header: t('column.due'), narrow: 'side', fit: true, cell: (row) => <Due task={row} /> },
  ];
}

function Due(props: { task: TaskFieldsFragment }) {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  const { task } = props;
  const late = task.status === 'OPEN' && task.dueOn < format.day(new Date());
  return (
    <>
      {format.date(task.dueOn)}
      {late && (
        <Badge color="red" variant="light" ml="xs">
          {t('late')}
        </Badge>
      )}
    </>
  );
}
