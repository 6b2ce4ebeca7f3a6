import { type StaffInviteFieldsFragment, StaffInviteResendDocument, StaffInviteRevokeDocument } from '#gql/staff/graphql';
import { useNow } from '#lib/useNow';
import { useScope, useViewer } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { type Column, DataList, nothing } from '#ui/DataList';
import { FormErrors } from '#ui/FormErrors';
import { Timestamp } from '#ui/Timestamp';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { failureKey } from '#ui/ErrorState';
import { useSubmit } from '#ui/useSubmit';
import { ActionIcon, Badge, Menu, Title } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { listed } from './listed';
import classes from './staff.module.css';

/** Invitations that wait for their people. */
export function Invites(props: { invites: readonly StaffInviteFieldsFragment[]; reload: () => void }) {
  const { t } = useTranslation('staff');
  const [revoking, setRevoking] = useState<StaffInviteFieldsFragment>();
  const columns = useColumns(props.reload, setRevoking);
  return (
    <section className={classes.invites}>
      <Title order={2} mb="xs">
        {t('invites.title')}
      </Title>
      <DataList
        label={t('invites.title')}
        columns={columns}
        source={listed(props.invites, false, props.reload)}
        rowKey={(row) => row.id}
        empty={nothing}
      />
      {revoking && <Revoke invite={revoking} onClose={() => setRevoking(undefined)} onDone={props.reload} />}
    </section>
  );
}

function useColumns(reload: () => void, revoke: (row: StaffInviteFieldsFragment) => void): Column<StaffInviteFieldsFragment>[] {
  const { t } = useTranslation('staff');
  const { t: tApp } = useTranslation();
  const viewer = useViewer();
  const mayWrite = useScope('staff:write');
  const mayTouch = (row: StaffInviteFieldsFragment) => mayWrite && (row.role !== 'OWNER' || viewer.staff.role === 'OWNER');
  const resend = useResend(reload);
  return [
    { key: 'email', header: t('invites.email'), narrow: 'title', cell: (row) => row.email },
    { key: 'role', header: t('column.role'), fit: true, cell: (row) => tApp(`role.${row.role}`) },
    { key: 'state', header: t('column.state'), fit: true, cell: (row) => <State invite={row} /> },
    { key: 'expiresAt', header: t('invites.expiresAt'), fit: true, cell: (row) => <Timestamp at={row.expiresAt} /> },
    { key: 'invitedBy', header: t('invites.invitedBy'), cell: (row) => row.invitedBy?.name ?? t('invites.command') },
    {
      key: 'acts',
      header: t('column.acts'),
      fit: true,
      narrow: 'side',
      cell: (row) =>
        mayTouch(row) && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={t('invites.acts', { email: row.email })}>
                <IconDots size="1rem" aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void resend(row)}>{t('invites.resend')}</Menu.Item>
              <Menu.Item color="red" onClick={() => revoke(row)}>
                {t('invites.revoke')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ),
    },
  ];
}

function State(props: { invite: StaffInviteFieldsFragment }) {
  const { t } = useTranslation('staff');
  const now = useNow();
  const { refusal, expiresAt, mailedAt } = props.invite;
  if (refusal) return <Badge color="red">{t('invites.refused', { code: refusal })}</Badge>;
  if (Date.parse(expiresAt) <= now.getTime()) return <Badge color="yellow">{t('invites.expired')}</Badge>;
  return mailedAt ? <Badge color="green">{t('invites.mailed')}</Badge> : <Badge color="gray">{t('invites.waiting')}</Badge>;
}

function useResend(reload: () => void) {
  const { t } = useTranslation('staff');
  const { t: tUi } = useTranslation('ui');
  const write = useErrorText('staff');
  const [, resend] = useMutation(StaffInviteResendDocument);
  return async (row: StaffInviteFieldsFragment) => {
    const { data, error } = await resend({ input: { id: row.id } });
    const wrong = data?.resendInvite.userErrors[0];
    if (error || wrong) toastFailed(t('invites.resend'), error ? tUi(failureKey(error)) : wrong ? write(wrong) : '');
    else toastDone(t('invites.resent', { email: row.email }));
    reload();
  };
}

function Revoke(props: { invite: StaffInviteFieldsFragment; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('staff');
  const [, revoke] = useMutation(StaffInviteRevokeDocument);
  const { run, errors, busy } = useSubmit();
  const confirm = async () => {
    if (!(await run(revoke({ input: { id: props.invite.id } }), (data) => data.revokeInvite.userErrors))) return;
    toastDone(t('invites.revoked'));
    props.onClose();
    props.onDone();
  };
  return (
    <ConfirmDialog
      opened
      danger
      busy={busy}
      title={t('invites.revokeTitle', { email: props.invite.email })}
      confirm={t('invites.revoke')}
      onConfirm={() => void confirm()}
      onClose={props.onClose}
    >
      <FormErrors form="revoke" errors={errors} namespace="staff" />
      {t('invites.revokeBody')}
    </ConfirmDialog>
  );
}
