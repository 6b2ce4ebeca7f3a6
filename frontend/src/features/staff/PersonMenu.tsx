import { type StaffFieldsFragment, StaffClearTotpDocument, StaffEndSessionsDocument, StaffUpdateDocument } from '#gql/staff/graphql';
import { useViewer } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { RoleDialog } from './RoleDialog';

type Act = 'role' | 'endSessions' | 'clearTotp' | 'disable' | 'enable';

/** What one can do about a colleague's account. */
export function PersonMenu(props: { person: StaffFieldsFragment; onDone: () => void }) {
  const { t } = useTranslation('staff');
  const [asking, setAsking] = useState<Act>();
  const viewer = useViewer();
  const { person } = props;
  const mayClear = person.secondStep && person.id !== viewer.staff.id; // one's own takes one's password: the account page
  const acts: Act[] = person.disabledAt
    ? ['enable']
    : ['role', ...(person.openSessions > 0 ? (['endSessions'] as const) : []), ...(mayClear ? (['clearTotp'] as const) : []), 'disable'];
  const close = () => setAsking(undefined);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('acts', { name: person.name })}>
            <IconDots size="1rem" aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {acts.map((act) => (
            <Menu.Item key={act} color={act === 'disable' ? 'red' : undefined} onClick={() => setAsking(act)}>
              {t(`act.${act}.open`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asking === 'role' && <RoleDialog person={person} onClose={close} onDone={props.onDone} />}
      {asking && asking !== 'role' && <Ask act={asking} person={person} onClose={close} onDone={props.onDone} />}
    </>
  );
}

function Ask(props: { act: Exclude<Act, 'role'>; person: StaffFieldsFragment; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('staff');
  const { act, person } = props;
  const { run, errors, busy } = useSubmit();
  const request = useAct(act, person.id);
  const confirm = async () => {
    if (!(await run(request(), (data) => data.userErrors))) return;
    toastDone(t(`act.${act}.done`, { name: person.name }));
    props.onClose();
    props.onDone();
  };
  return (
    <ConfirmDialog
      opened
      danger={act !== 'enable'}
      busy={busy}
      title={t(`act.${act}.title`, { name: person.name })}
      confirm={t(`act.${act}.confirm`)}
      onConfirm={() => void confirm()}
      onClose={props.onClose}
    >
      <FormErrors form="person" errors={errors} namespace="staff" />
      {t(`act.${act}.body`, { count: person.openSessions })}
    </ConfirmDialog>
  );
}

/** The request of an act, with the errors of whichever mutation it is. */
function useAct(act: Exclude<Act, 'role'>, id: string) {
  const [, update] = useMutation(StaffUpdateDocument);
  const [, endSessions] = useMutation(StaffEndSessionsDocument);
  const [, clearTotp] = useMutation(StaffClearTotpDocument);
  return async () => {
    switch (act) {
      case 'endSessions': {
        const { data, error } = await endSessions({ input: { id } });
        return { data: data?.endStaffSessions, error };
      }
      case 'clearTotp': {
        const { data, error } = await clearTotp({ input: { id } });
        return { data: data?.clearStaffTotp, error };
      }
      default: {
        const { data, error } = await update({ input: { id, disabled: act === 'disable' } });
        return { data: data?.updateStaff, error };
      }
    }
  };
}
