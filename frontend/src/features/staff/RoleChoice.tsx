import type { StaffRole } from '#gql/staff/graphql';
import { useViewer } from '#lib/viewer';
import { Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { roles } from './roles';

/** Chooses a role by what it is for; only owners make owners. */
export function RoleChoice(props: { value: StaffRole; onChange: (role: StaffRole) => void }) {
  const { t } = useTranslation('staff');
  const { t: tApp } = useTranslation();
  const owner = useViewer().staff.role === 'OWNER';
  return (
    <Radio.Group
      label={t('column.role')}
      value={props.value}
      onChange={(value) => {
        const chosen = roles.find((role) => role === value);
        if (chosen) props.onChange(chosen);
      }}
    >
      <Stack gap="xs" mt="xs">
        {roles
          .filter((role) => owner || role !== 'OWNER')
          .map((role) => (
            <Radio key={role} value={role} label={tApp(`role.${role}`)} description={t(`roleHelp.${role}`)} />
          ))}
      </Stack>
    </Radio.Group>
  );
}
