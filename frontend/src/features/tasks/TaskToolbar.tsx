import { type TaskFieldsFragment, TaskStaffDocument } from '#gql/tasks/graphql';
import { orNone } from '#lib/search';
import { FilterMenu } from '#ui/FilterMenu';
import type { ColumnChoice } from '#ui/list/columnChoice';
import { chipsOf } from '#ui/list/chipsOf';
import { ColumnMenu } from '#ui/list/ColumnMenu';
import { type Chip, ListToolbar } from '#ui/ListToolbar';
import { MallDot } from '#ui/MallDot';
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { type TasksSearch, toolMalls, tools } from './urls';

/** What the list of tasks is narrowed by, beside their state. */
export function TaskToolbar(props: {
  search: TasksSearch;
  columns: ColumnChoice<TaskFieldsFragment>;
  onChange: (next: TasksSearch) => void;
  onClear: () => void;
}) {
  const { t } = useTranslation('tasks');
  const { search, onChange } = props;
  const [{ data }] = useQuery({ query: TaskStaffDocument });
  const staff = data?.assignees ?? [];
  return (
    <ListToolbar
      search={{ value: search.q ?? '', placeholder: t('search'), onChange: (q) => onChange({ q: q || undefined }) }}
      filters={
        <>
          <FilterMenu
            label={t('column.tool')}
            options={toolMalls.map((mall) => ({ value: mall, label: <MallDot mall={mall} label={t(`tool.${tools[mall]}`)} /> }))}
            value={search.malls ?? []}
            onChange={(chosen) => onChange({ malls: orNone(chosen) })}
          />
          {!search.status && (
            <FilterMenu
              label={t('column.due')}
              options={[{ value: 'late', label: t('late') }]}
              value={search.late ? ['late'] : []}
              onChange={(chosen) => onChange({ late: chosen.length > 0 || undefined })}
            />
          )}
          <Select
            aria-label={t('column.assignee')}
            placeholder={t('column.assignee')}
            data={staff.map((one) => ({ value: one.id, label: one.name }))}
            value={search.assignee ?? null}
            onChange={(assignee) => onChange({ assignee: assignee ?? undefined })}
            searchable
          />
        </>
      }
      end={<ColumnMenu choice={props.columns} />}
      chips={useChips(search, staff.find((one) => one.id === search.assignee)?.name, onChange)}
      onClear={props.onClear}
    />
  );
}

function useChips(search: TasksSearch, assignee: string | undefined, onChange: (next: TasksSearch) => void): Chip[] {
  const { t } = useTranslation('tasks');
  const chips = chipsOf(search.malls, (mall) => t(`tool.${tools[mall]}`), (malls) => onChange({ malls }));
  if (search.late && !search.status) chips.push({ key: 'late', label: t('late'), onRemove: () => onChange({ late: undefined }) });
  if (search.assignee) {
    chips.push({
      key: 'assignee',
      label: t('assignedTo', { name: assignee ?? '…' }),
      onRemove: () => onChange({ assignee: undefined }),
    });
  }
  return chips;
}
