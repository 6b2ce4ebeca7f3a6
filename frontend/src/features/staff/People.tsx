import type { StaffFieldsFragment } from '#gql/staff/graphql';
import { useScope, useViewer } from '#lib/viewer';
import { type Column, DataList, nothing } from '#ui/DataList';
import { Timestamp } from '#ui/Timestamp';
import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { listed } from './listed';
import { PersonMenu } from './PersonMenu';

/** Everybody with an account: role, last sign-in and state, and what one can do about it. */
export function People(props: { people: readonly StaffFieldsFragment[] | undefined; fetching: boolean; reload: () => void }) {
  const { t } = useTranslation('staff');
  const columns = useColumns(props.reload);
  return (
    <DataList
      label={t('tab.people')}
      columns={columns}
      source={listed(props.people, props.fetching, props.reload)}
      rowKey={(row) => row.id}
      empty={nothing}
    />
  );
}

function useColumns(reload: () => void): Column<StaffFieldsFragment>[] {
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
            <Text size="sm" fw={600}>
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
    {
      key: 'acts',
      header: t('column.acts'),
      fit: true,
      narrow: 'side',
      cell: (row) => mayTouch(row) && <PersonMenu person={row} onDone={reload} />,
    },
  ];
}
