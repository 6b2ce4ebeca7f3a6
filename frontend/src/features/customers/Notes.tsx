import {
  CustomerDeleteNoteDocument,
  type CustomerNoteFieldsFragment,
  CustomerNoteHistoryDocument,
  CustomerPinnedNoteDocument,
  CustomerUpdateNoteDocument,
  CustomerWriteNoteDocument,
} from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { useErrorText } from '#ui/userErrors';
import { Button, Checkbox, Group, Spoiler, Stack, Text, Textarea } from '@mantine/core';
import { IconPinned } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './customers.module.css';

type Note = CustomerNoteFieldsFragment;

/** How much of a pinned note is shown unasked: four lines. What stands below it is why one came. */
const pinnedPx = 99;

/** The note that stands at the top of the page. */
export function PinnedNote(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const [{ data }] = useQuery({ query: CustomerPinnedNoteDocument, variables: { id: props.customerId } });
  const note = data?.customer?.pinnedNote;
  if (!note) return null;
  return (
    <section className={classes.pinned} aria-label={t('notes.pinned')}>
      <IconPinned className={classes.icon} role="img" aria-label={t('notes.pinned')} />
      <div>
        <Spoiler maxHeight={pinnedPx} showLabel={t('notes.more')} hideLabel={t('notes.less')}>
          <Text className={classes.noteBody}>{note.body}</Text>
        </Spoiler>
        <Byline note={note} />
      </div>
    </section>
  );
}

/** Who wrote a note, and when. */
function Byline(props: { note: Note }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { note } = props;
  return (
    <Text size="xs" c="dimmed">
      {[
        t('notes.by', { name: note.writtenBy ?? t('notes.somebody'), at: format.dateTime(note.writtenAt) }),
        note.editedAt && t('notes.edited', { name: note.editedBy ?? t('notes.somebody'), at: format.dateTime(note.editedAt) }),
      ]
        .filter(Boolean)
        .join(' · ')}
    </Text>
  );
}

/** Writes a note onto the timeline. */
export function NewNote(props: { customerId: string; onWritten: () => void }) {
  const { t } = useTranslation('customers');
  const mayWrite = useScope('customers:write');
  const write = useErrorText('customers');
  const [body, setBody] = useState('');
  const [pinned, setPinned] = useState(false);
  const [, save] = useMutation(CustomerWriteNoteDocument);
  const { run, errors, busy, clear } = useSubmit();
  if (!mayWrite) return null;
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const answer = save({ input: { customerId: props.customerId, body, pinned } });
    if (!(await run(answer, (data) => data.writeNote.userErrors))) return;
    setBody('');
    setPinned(false);
    toastDone(t('notes.written'));
    props.onWritten();
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="xs">
        <Textarea
          aria-label={t('notes.new')}
          placeholder={t('notes.new')}
          autosize
          minRows={1}
          maxRows={8}
          maxLength={4000}
          value={body}
          error={errors[0] && write(errors[0])}
          onChange={(event) => {
            setBody(event.currentTarget.value);
            clear();
          }}
        />
        {body.trim() !== '' && (
          <Group justify="space-between">
            <Checkbox label={t('notes.pin')} checked={pinned} onChange={(event) => setPinned(event.currentTarget.checked)} />
            <Button type="submit" size="compact-md" loading={busy}>
              {t('notes.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** A note as it opens on the timeline: to read, to change, with what it said before. */
export function NoteDetail(props: { customerId: string; note: Note; onChanged: () => void }) {
  const { t } = useTranslation('customers');
  const mayWrite = useScope('customers:write');
  const write = useErrorText('customers');
  const { note } = props;
  const [body, setBody] = useState<string>();
  const [removing, setRemoving] = useState(false);
  const [history, setHistory] = useState(false);
  const [, update] = useMutation(CustomerUpdateNoteDocument);
  const [, remove] = useMutation(CustomerDeleteNoteDocument);
  const { run, errors, busy } = useSubmit();
  const change = async (input: { body?: string; pinned?: boolean }, done: string) => {
    if (!(await run(update({ input: { id: note.id, ...input } }), (data) => data.updateNote.userErrors))) return;
    setBody(undefined);
    toastDone(done);
    props.onChanged();
  };
  const confirm = async () => {
    const done = await run(remove({ input: { id: note.id } }), (data) => data.deleteNote.userErrors);
    setRemoving(false);
    if (!done) return;
    toastDone(t('notes.removed'));
    props.onChanged();
  };
  return (
    <Stack gap="xs">
      {body === undefined ? (
        <Text className={classes.noteBody}>{note.body}</Text>
      ) : (
        <Textarea
          aria-label={t('notes.edit')}
          autosize
          minRows={2}
          maxLength={4000}
          value={body}
          error={errors[0] && write(errors[0])}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
      )}
      <Byline note={note} />
      {mayWrite && (
        <Group gap="xs">
          {body === undefined ? (
            <>
              <Button size="compact-sm" variant="default" onClick={() => setBody(note.body)}>
                {t('notes.edit')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                loading={busy}
                onClick={() => void change({ pinned: !note.pinned }, t(note.pinned ? 'notes.unpinned' : 'notes.isPinned'))}
              >
                {t(note.pinned ? 'notes.unpin' : 'notes.pin')}
              </Button>
              <Button size="compact-sm" variant="subtle" color="red" onClick={() => setRemoving(true)}>
                {t('notes.remove')}
              </Button>
            </>
          ) : (
            <>
              <Button size="compact-sm" loading={busy} onClick={() => void change({ body }, t('notes.saved'))}>
                {t('notes.save')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => setBody(undefined)}>
                {t('notes.cancel')}
              </Button>
            </>
          )}
          {note.editedAt && (
            <Button size="compact-sm" variant="subtle" aria-expanded={history} onClick={() => setHistory(!history)}>
              {t('notes.history')}
            </Button>
          )}
        </Group>
      )}
      {history && <History customerId={props.customerId} noteId={note.id} />}
      <ConfirmDialog
        opened={removing}
        title={t('notes.removeTitle')}
        confirm={t('notes.remove')}
        busy={busy}
        onConfirm={() => void confirm()}
        onClose={() => setRemoving(false)}
      >
        {t('notes.removeBody')}
      </ConfirmDialog>
    </Stack>
  );
}

/** How many notes back the history can be read: what one question to the API may cost. */
const historyReach = 50;

function History(props: { customerId: string; noteId: string }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const [{ data }] = useQuery({ query: CustomerNoteHistoryDocument, variables: { id: props.customerId, first: historyReach } });
  const found = data?.customer?.timeline.edges.find((edge) => edge.node.note?.id === props.noteId)?.node.note;
  return found?.history.map((version) => (
    <div key={version.replacedAt}>
      <Text size="xs" c="dimmed">
        {t('notes.until', { at: format.dateTime(version.replacedAt), name: version.replacedBy ?? t('notes.somebody') })}
      </Text>
      <Text size="sm" className={classes.noteBody}>
        {version.body}
      </Text>
    </div>
  ));
}
