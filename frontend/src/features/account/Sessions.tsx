import { AccountEndOthersDocument, AccountEndSessionDocument, type AccountFieldsFragment } from '#gql/account/graphql';
import { useFormat } from '#lib/FormatContext';
import { FormErrors } from '#ui/FormErrors';
import { Timestamp } from '#ui/Timestamp';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { Badge, Button, Group, Text } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile, IconTerminal2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './account.module.css';

type Session = AccountFieldsFragment['sessions'][number];

const mobile = ['iOS', 'iPadOS', 'Android'];

/** Where one is signed in: the device, from where, since when; each can be ended. */
export function Sessions(props: { sessions: readonly Session[]; onDone: () => void }) {
  const { t } = useTranslation('account');
  const [, end] = useMutation(AccountEndSessionDocument);
  const [, endOthers] = useMutation(AccountEndOthersDocument);
  const { run, errors, busy } = useSubmit();
  const others = props.sessions.filter((each) => !each.current).length;
  const endOne = async (id: string) => {
    if (await run(end({ input: { id } }), (data) => data.endSession.userErrors)) toastDone(t('sessions.ended'));
    props.onDone();
  };
  const endAll = async () => {
    if (await run(endOthers({}), (data) => data.endOtherSessions.userErrors)) toastDone(t('sessions.othersEnded'));
    props.onDone();
  };
  return (
    <>
      <FormErrors form="sessions" errors={errors} namespace="account" />
      <ul className={classes.sessions}>
        {props.sessions.map((each) => (
          <Row key={each.id} session={each} busy={busy} onEnd={() => void endOne(each.id)} />
        ))}
      </ul>
      {others > 1 && (
        <Button mt="md" variant="default" loading={busy} onClick={() => void endAll()}>
          {t('sessions.endOthers', { count: others })}
        </Button>
      )}
    </>
  );
}

function Row(props: { session: Session; busy: boolean; onEnd: () => void }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const { session } = props;
  const device = useDevice(session);
  const Icon = session.isToken ? IconTerminal2 : mobile.includes(session.system ?? '') ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <li className={classes.session}>
      <Icon className={classes.icon} aria-hidden />
      <div className={classes.what}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {device}
          </Text>
          {session.current && <Badge color="green">{t('sessions.current')}</Badge>}
        </Group>
        <Text size="xs" c="dimmed">
          {session.place ? t('sessions.from', { place: session.place, at: format.dateTime(session.createdAt) }) : t('sessions.since', { at: format.dateTime(session.createdAt) })}
        </Text>
        <Text size="xs" c="dimmed">
          {t('sessions.lastUsed')} <Timestamp at={session.lastUsedAt} relative />
        </Text>
      </div>
      {!session.current && (
        <Button variant="subtle" color="red" size="compact-sm" disabled={props.busy} aria-label={t('sessions.endOf', { device })} onClick={props.onEnd}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}

/** What the session is used with, as far as it is known. */
function useDevice(session: Session): string {
  const { t } = useTranslation('account');
  if (session.isToken) return t('sessions.token');
  const { browser, system } = session;
  if (browser && system) return t('sessions.device', { browser, system });
  return browser ?? system ?? t('sessions.unknown');
}
