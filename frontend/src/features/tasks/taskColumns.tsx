import type { TaskFieldsFragment } from '#gql/tasks/graphql';
import { useFormat } from '#lib/FormatContext';
import { type Column, nothing } from '#ui/DataList';
import { MallDot } from '#ui/MallDot';
import { Timestamp } from '#ui/Timestamp';
import { Badge } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskStatus } from './urls';
import classes from './tasks.module.css';

type TaskColumn = Column<TaskFieldsFragment>;

/** Every column the list of tasks can show; what was done shows what came of it. */
export function useTaskColumns(status: TaskStatus): readonly TaskColumn[] {
  const { t } = useTranslation('tasks');
  const format = useFormat();
  return useMemo((): TaskColumn[] => {
    const done = status === 'DONE';
    const result = (key: 'orders' | 'sales', write: (row: NonNullable<TaskFieldsFragment['results']>) => string): TaskColumn => ({
      key,
      header: t(`column.${key}`),
      align: 'right',
      extra: done ? undefined : true,
      cell: (row) => (row.results ? write(row.results) : nothing),
    });
    return [
      { key: 'subject', header: t('column.subject'), narrow: 'title', cell: (row) => row.subject },
      {
        key: 'due',
        header: t('column.due'),
        narrow: 'side',
        fit: true,
        sort: 'DUE',
        cell: (row) => <Due task={row} />,
      },
      {
        key: 'tool',
        header: t('column.tool'),
        narrow: 'mark',
        fit: true,
        cell: (row) => <MallDot mall={row.mall} label={t(`tool.${row.tool as 'R_MAIL'}`)} />,
      },
      { key: 'campaign', header: t('column.campaign'), roomy: true, cell: (row) => <Campaign name={row.campaign?.name} /> },
      { key: 'customers', header: t('column.customers'), align: 'right', cell: (row) => format.people(row.customers) },
      { key: 'assignee', header: t('column.assignee'), roomy: done || undefined, cell: (row) => row.assignee?.name ?? t('nobody') },
      result('orders', (results) => format.number(results.orders)),
      result('sales', (results) => format.money(results.sales.amount, results.sales.currency)),
      {
        key: 'sent',
        header: t('column.sent'),
        align: 'right',
        extra: true,
        cell: (row) => (row.sentCount == null ? nothing : format.number(row.sentCount)),
      },
      { key: 'created', header: t('column.created'), fit: true, extra: true, cell: (row) => <Timestamp at={row.createdAt} /> },
      {
        key: 'done',
        header: t('column.done'),
        fit: true,
        extra: true,
        cell: (row) => (row.doneAt ? <Timestamp at={row.doneAt} /> : nothing),
      },
    ];
  }, [t, format, status]);
}

function Campaign(props: { name: string | undefined }) {
  if (props.name === undefined) return nothing;
  return (
    <span className={classes.campaign} title={props.name}>
      {props.name}
    </span>
  );
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
