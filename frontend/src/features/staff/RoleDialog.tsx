import { FormDialog } from '#ui/FormDialog';
import { type StaffFieldsFragment, StaffUpdateDocument } from '#gql/staff/graphql';
import { useViewer } from '#lib/viewer';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { RoleChoice } from './RoleChoice';

/** Gives somebody another role. */
export function RoleDialog(props: { person: StaffFieldsFragment; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('staff');
  const { person } = props;
  const self = useViewer().staff.id === person.id;
  const [role, setRole] = useState(person.role);
  const [, update] = useMutation(StaffUpdateDocument);
  const { run, errors, busy } = useSubmit();
  const submit = async () => {
    if (!(await run(update({ input: { id: person.id, role } }), (data) => data.updateStaff.userErrors))) return;
    toastDone(t('act.role.done', { name: person.name }));
    props.onClose();
    props.onDone();
  };
  return (
    <FormDialog
      title={t('act.role.title', { name: person.name })}
      submit={t('act.role.confirm')}
      busy={busy}
      disabled={role === person.role}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="role" errors={errors} namespace="staff" />
      <RoleChoice value={role} onChange={setRole} />
      <Text size="sm" c="dimmed">
        {t(self ? 'act.role.self' : 'act.role.body')}
      </Text>
    </FormDialog>
  );
}
