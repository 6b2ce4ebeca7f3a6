import type { StaffFieldsFragment } from '#gql/staff/graphql';
import { orNone } from '#lib/search';
import { useScope, useViewer } from '#lib/viewer';
import { type Column, DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { FilterMenu } from '#ui/FilterMenu';
import { chipsOf } from '#ui/list/chipsOf';
import { useColumnChoice } from '#ui/list/columnChoice';
import { ColumnMenu } from '#ui/list/ColumnMenu';
import { type Chip, ListToolbar } from '#ui/ListToolbar';
import { Timestamp } from '#ui/Timestamp';
import { Badge, Button, Group, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { listed } from './listed';
import { PersonMenu } from './PersonMenu';
import { roles } from './roles';
import { type StaffSearch, staffStates } from './urls';

type Change = (next: Partial<StaffSearch>) => void;

/** Everybody with an account: role, last sign-in and state, and what one can do about it. */
export function People(props: {
  people: readonly StaffFieldsFragment[] | undefined;
  fetching: boolean;
  reload: () => void;
  search: StaffSearch;
  onSearch: Change;
}) {
  const { t } = useTranslation('staff');
  const { search, onSearch } = props;
  const choice = useColumnChoice('staff', useColumns(props.reload), {
    keys: search.cols,
    onChoose: (keys) => onSearch({ cols: keys && [...keys] }),
  });
  const clear = () => onSearch({ q: undefined, roles: undefined, state: undefined });
  return (
    <DataList
      label={t('tab.people')}
      columns={choice.shown}
      source={listed(props.people?.filter((one) => fits(one, search)), props.fetching, props.reload)}
      rowKey={(row) => row.id}
      toolbar={<Toolbar search={search} onSearch={onSearch} onClear={clear} end={<ColumnMenu choice={choice} />} />}
      empty={
        <EmptyState
          icon={IconUsers}
          title={t('list.none')}
          action={
            <Button variant="default" onClick={clear}>
              {t('list.clear')}
            </Button>
          }
        >
          {t('list.noneBody')}
        </EmptyState>
      }
    />
  );
}

/** There are no more people than one page holds, so they are narrowed here. */
function fits(one: StaffFieldsFragment, { q, roles: wanted, state }: StaffSearch): boolean {
  const words = q?.trim().toLowerCase();
  return (
    (!words || `${one.name} ${one.email}`.toLowerCase().includes(words)) &&
    (!wanted || wanted.includes(one.role)) &&
    (!state || (state === 'disabled') === Boolean(one.disabledAt))
  );
}

function Toolbar(props: { search: StaffSearch; onSearch: Change; onClear: () => void; end: ReactNode }) {
  const { t } = useTranslation('staff');
  const { t: tApp } = useTranslation();
  const { search, onSearch } = props;
  const chips: Chip[] = [
    ...chipsOf(search.roles, (role) => tApp(`role.${role}`), (chosen) => onSearch({ roles: chosen })),
    ...(search.state ? [{ key: 'state', label: t(`state.${search.state}`), onRemove: () => onSearch({ state: undefined }) }] : []),
  ];
  return (
    <ListToolbar
      search={{ value: search.q ?? '', placeholder: t('list.search'), onChange: (q) => onSearch({ q: q || undefined }) }}
      filters={
        <>
          <FilterMenu
            label={t('column.role')}
            options={roles.map((each) => ({ value: each, label: tApp(`role.${each}`) }))}
            value={search.roles ?? []}
            onChange={(chosen) => onSearch({ roles: orNone(chosen) })}
          />
          <FilterMenu
            label={t('column.state')}
            options={staffStates.map((each) => ({ value: each, label: t(`state.${each}`) }))}
            value={search.state ? [search.state] : []}
            // Of two that exclude each other, the one chosen last counts.
            onChange={(chosen) => onSearch({ state: chosen.at(-1) })}
          />
        </>
      }
      end={props.end}
      chips={chips}
      onClear={props.onClear}
    />
  );
}

function useColumns(reload: () => void): readonly Column<StaffFieldsFragment>[] {
  const { t } = useTranslation('staff');
  const { t: tApp } = useTranslation();
  const viewer = useViewer();
  const mayWrite = useScope('staff:write');
  const mayTouch = (row: StaffFieldsFragment) => mayWrite && (row.role !== 'OWNER' || viewer.staff.role === 'OWNER');
  return [
    {
      key: 'name',
      header: t('column.name'),
      narrow: 'title',
      cell: (row) => (
        <>
          <Group gap="xs" wrap="nowrap">
            <Text size="sm" fw={600} lineClamp={3} title={row.name}>
              {row.name}
            </Text>
            {row.id === viewer.staff.id && (
              <Badge color="gray" size="sm">
                {t('you')}
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {row.email}
          </Text>
        </>
      ),
    },
    { key: 'role', header: t('column.role'), fit: true, cell: (row) => tApp(`role.${row.role}`) },
    {
      key: 'lastSignInAt',
      header: t('column.lastSignInAt'),
      fit: true,
      cell: (row) => (row.lastSignInAt ? <Timestamp at={row.lastSignInAt} /> : t('never')),
    },
    { key: 'secondStep', header: t('column.secondStep'), fit: true, cell: (row) => (row.secondStep ? t('on') : t('off')) },
    {
      key: 'state',
      header: t('column.state'),
      fit: true,
      cell: (row) =>
        row.disabledAt ? (
          <Badge color="gray">{t('state.disabled')}</Badge>
        ) : row.openSessions > 0 ? (
          <Badge color="green">{t('state.signedIn', { count: row.openSessions })}</Badge>
        ) : (
          <Badge color="gray" variant="outline">
            {t('state.active')}
          </Badge>
        ),
    },
    { key: 'created', header: t('column.created'), fit: true, extra: true, cell: (row) => <Timestamp at={row.createdAt} dateOnly /> },
    {
      key: 'acts',
      header: t('column.acts'),
      fit: true,
      narrow: 'side',
      cell: (row) => mayTouch(row) && <PersonMenu person={row} onDone={reload} />,
    },
  ];
}
