import {
  ConnectionDeleteDocument,
  type ConnectionFieldsFragment,
  ConnectionPullAgainDocument,
  ConnectionPullNowDocument,
  ConnectionResumeDocument,
  ConnectionStopDocument,
} from '#gql/connections/graphql';
import { useViewer } from '#lib/viewer';
import { instantOf, localOf } from '#lib/zoned';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { FormErrors } from '#ui/FormErrors';
import { ButtonLink } from '#ui/links';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { DateField } from '#ui/DateField';
import { ActionIcon, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { IconDots, IconPlayerPause, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { connectionsUrl } from './urls';

/** What can be done with a connection. */
export function Actions(props: { connection: ConnectionFieldsFragment }) {
  const { t } = useTranslation('connections');
  const write = useErrorText('connections');
  const { id, status, shop, running } = props.connection;
  const [asking, setAsking] = useState<'again' | 'delete'>();
  const [pulling, pullNow] = useMutation(ConnectionPullNowDocument);
  const [stopping, stop] = useMutation(ConnectionStopDocument);
  const [resuming, resume] = useMutation(ConnectionResumeDocument);
  const input = { id };
  const told = (done: string, wrong: Parameters<typeof write>[0] | undefined, failed: string | undefined) => {
    if (wrong) toastFailed(t('failed'), write(wrong));
    else if (failed) toastFailed(t('failed'), failed);
    else toastDone(done);
  };
  const onPull = async () => {
    const { data, error } = await pullNow({ input });
    told(t('done.pull'), data?.pullMallNow.userErrors[0], error?.message);
  };
  const onStop = async () => {
    const { data, error } = await stop({ input });
    told(t('done.stop'), data?.stopMallConnection.userErrors[0], error?.message);
  };
  const onResume = async () => {
    const { data, error } = await resume({ input });
    told(t('done.resume'), data?.resumeMallConnection.userErrors[0], error?.message);
  };
  return (
    <Group gap="xs">
      {status === 'STOPPED' ? (
        <Button
          size="compact-md"
          variant="light"
          loading={resuming.fetching}
          leftSection={<IconPlayerPlay size="1rem" aria-hidden />}
          onClick={() => void onResume()}
        >
          {t('action.resume')}
        </Button>
      ) : (
        <Button
          size="compact-md"
          variant="light"
          disabled={running}
          loading={pulling.fetching}
          leftSection={<IconRefresh size="1rem" aria-hidden />}
          onClick={() => void onPull()}
        >
          {t('action.pull')}
        </Button>
      )}
      <ButtonLink {...connectionsUrl(id)} size="compact-md" variant="default">
        {t('action.edit')}
      </ButtonLink>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="1.875rem" aria-label={t('action.more', { shop: shop.name })} loading={stopping.fetching}>
            <IconDots size="1rem" aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {status === 'ACTIVE' && (
            <Menu.Item leftSection={<IconPlayerPause size="1rem" aria-hidden />} onClick={() => void onStop()}>
              {t('action.stop')}
            </Menu.Item>
          )}
          <Menu.Item onClick={() => setAsking('again')}>{t('action.again')}</Menu.Item>
          <Menu.Item color="red" onClick={() => setAsking('delete')}>
            {t('action.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'again' && <Again connection={props.connection} onClose={() => setAsking(undefined)} />}
      {asking === 'delete' && <Delete connection={props.connection} onClose={() => setAsking(undefined)} />}
    </Group>
  );
}

function Again(props: { connection: ConnectionFieldsFragment; onClose: () => void }) {
  const { t } = useTranslation('connections');
  const zone = useViewer().merchant.timeZone;
  const { id, firstFrom, shop } = props.connection;
  const [day, setDay] = useState(localOf(firstFrom, zone).slice(0, 10));
  const [, pullAgain] = useMutation(ConnectionPullAgainDocument);
  const { run, errors, busy } = useSubmit();
  const submit = async () => {
    const input = { id, from: instantOf(`${day} 00:00:00`, zone) };
    if (!(await run(pullAgain({ input }), (data) => data.pullMallAgain.userErrors))) return;
    toastDone(t('done.again'));
    props.onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={t('again.title', { shop: shop.name })}
      confirm={t('again.confirm')}
      busy={busy}
      disabled={!day}
      onConfirm={() => void submit()}
      onClose={props.onClose}
    >
      <Stack gap="md">
        <FormErrors form="again" errors={errors} namespace="connections" />
        <Text size="sm">{t('again.body')}</Text>
        <DateField id="again-from" label={t('again.from')} value={day || null} onChange={(next) => setDay(next ?? '')} />
      </Stack>
    </ConfirmDialog>
  );
}

function Delete(props: { connection: ConnectionFieldsFragment; onClose: () => void }) {
  const { t } = useTranslation('connections');
  const { id, shop } = props.connection;
  const [, remove] = useMutation(ConnectionDeleteDocument);
  const { run, errors, busy } = useSubmit();
  const submit = async () => {
    if (!(await run(remove({ input: { id } }), (data) => data.disconnectMall.userErrors))) return;
    toastDone(t('done.delete'));
    props.onClose();
  };
  return (
    <ConfirmDialog
      opened
      title={t('delete.title', { shop: shop.name })}
      confirm={t('action.delete')}
      danger
      busy={busy}
      onConfirm={() => void submit()}
      onClose={props.onClose}
    >
      <FormErrors form="delete" errors={errors} namespace="connections" />
      <Text size="sm">{t('delete.body')}</Text>
    </ConfirmDialog>
  );
}
