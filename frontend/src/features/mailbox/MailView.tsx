import { MailboxMailDocument, type MailboxMailQuery } from '#gql/mailbox/graphql';
import { useFormat } from '#lib/FormatContext';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { SideDrawer } from '#ui/SideDrawer';
import { Timestamp } from '#ui/Timestamp';
import { Group, SegmentedControl, Skeleton, Table, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './MailboxPage.module.css';
import { mailViews } from './urls';

type View = (typeof mailViews)[number];

/** One mail as its reader would see it, on a desktop or a phone, as plain text, and its headers. */
export function MailDrawer(props: { id: string; as: View; onView: (view: View) => void; onClose: () => void }) {
  const { t } = useTranslation('mailbox');
  const [{ data, error }, reload] = useQuery({
    query: MailboxMailDocument,
    variables: { id: props.id },
    requestPolicy: 'cache-first',
  });
  const mail = data?.mailboxMail?.id === props.id ? data.mailboxMail : undefined;
  return (
    <SideDrawer
      size="wide"
      onClose={props.onClose}
      title={mail ? mail.subject || t('noSubject') : t('mail')}
      bodyClass={classes.mail}
    >
      {error && !data && <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && !error && <Skeleton height="20rem" />}
      {data && !data.mailboxMail && <EmptyState icon={IconMail} title={t('missing')} />}
      {mail && <Mail mail={mail} view={props.as} onView={props.onView} />}
    </SideDrawer>
  );
}

function Mail(props: { mail: NonNullable<MailboxMailQuery['mailboxMail']>; view: View; onView: (view: View) => void }) {
  const { t } = useTranslation('mailbox');
  const format = useFormat();
  const { mail, view } = props;
  return (
    <>
      <Group justify="space-between" align="flex-start" mb="md">
        <div>
          <Text size="sm" c="dimmed">
            {t('fromTo', { from: mail.from, to: mail.to })}
          </Text>
          <Text size="xs" c="dimmed">
            <Timestamp at={mail.receivedAt} /> · {format.bytes(mail.size)}
          </Text>
        </div>
        <SegmentedControl
          size="xs"
          aria-label={t('view.label')}
          value={view}
          onChange={(value) => props.onView(mailViews.find((known) => known === value) ?? 'desktop')}
          data={mailViews.map((value) => ({ value, label: t(`view.${value}`) }))}
        />
      </Group>
      {view === 'text' && (
        <pre className={classes.text} tabIndex={0}>
          {mail.text}
        </pre>
      )}
      {view === 'headers' && <Headers mail={mail} />}
      {(view === 'desktop' || view === 'phone') && (
        // No scripts, no forms, no access to this page; links open in a new tab.
        <iframe
          className={classes.frame}
          data-narrow={view === 'phone' || undefined}
          title={mail.subject || t('noSubject')}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={inNewTabs(mail.html)}
        />
      )}
    </>
  );
}

/** Links of the mail open in a tab of their own. */
const inNewTabs = (html: string) => html.replace(/<a (?![^>]*target=)/gi, '<a target="_blank" ');

function Headers(props: { mail: NonNullable<MailboxMailQuery['mailboxMail']> }) {
  return (
    <Table className={classes.headers}>
      <Table.Tbody>
        {props.mail.headers.map((header, at) => (
          <Table.Tr key={`${at}:${header.name}`}>
            <Table.Th>{header.name}</Table.Th>
            <Table.Td>{header.value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
