import {
  type BulkAction,
  type BulkEditInput,
  CustomerBulkEditDocument,
  type CustomerBulkFieldsFragment,
  type CustomerChoice,
  CustomerCreateTagDocument,
  CustomerPreviewBulkDocument,
  type CustomerPreviewBulkMutation,
  CustomerPropertyDefinitionsDocument,
  CustomerStartBulkDocument,
  CustomerTagListDocument,
  CustomerUndoBulkDocument,
} from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { FormDialog } from '#ui/FormDialog';
import { toastDone, toastFailed } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { useErrorText } from '#ui/userErrors';
import { Alert, Autocomplete, NumberInput, Progress, Select, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useMutation, useQuery } from 'urql';
import { PropertyInput } from './PropertyInput';

type Outlook = NonNullable<CustomerPreviewBulkMutation['previewBulkEdit']['outlook']>;
/** How long one waits between two looks at what is at work. */
const lookMs = 500;

/** Changes chosen customers at once: what is to be done, what that would change, and how far it is. */
export function BulkEdit(props: { action: BulkAction; chosen: CustomerChoice; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const { action } = props;
  const [key] = useState(() => crypto.randomUUID());
  const [tag, setTag] = useState('');
  const [propertyKey, setPropertyKey] = useState<string | null>(null);
  const [value, setValue] = useState<unknown>(null);
  const [points, setPoints] = useState<number | string>('');
  const [note, setNote] = useState('');
  const [outlook, setOutlook] = useState<Outlook>();
  const [running, setRunning] = useState<CustomerBulkFieldsFragment>();
  const [{ data: tags }] = useQuery({ query: CustomerTagListDocument });
  const [{ data: properties }] = useQuery({ query: CustomerPropertyDefinitionsDocument, pause: action !== 'SET_PROPERTY' });
  const [, create] = useMutation(CustomerCreateTagDocument);
  const [, preview] = useMutation(CustomerPreviewBulkDocument);
  const [, start] = useMutation(CustomerStartBulkDocument);
  const { run, errors, busy, clear } = useSubmit();
  const write = useErrorText('customers');
  const property = properties?.properties.find((one) => one.key === propertyKey);
  const touch = () => {
    setOutlook(undefined);
    clear();
  };

  const known = tags?.customerTags.find((one) => one.name.toLowerCase() === tag.trim().toLowerCase());
  const isNew = action === 'TAG' && known === undefined;

  /** The input; a tag whose name is new is made only once it is given. */
  const inputOf = async (giving: boolean): Promise<BulkEditInput | undefined> => {
    const input = { action, customers: props.chosen, idempotencyKey: key };
    if (action === 'SET_PROPERTY') return { ...input, propertyKey, value };
    if (action === 'GRANT_POINTS') return { ...input, points: Number(points) || 0, note };
    if (known || !giving) return { ...input, tagId: known?.id };
    const answer = create({ input: { name: tag } });
    if (!(await run(answer, (data) => data.createCustomerTag.userErrors))) return undefined;
    return { ...input, tagId: (await answer).data?.createCustomerTag.tag?.id };
  };
  const submit = async () => {
    const input = await inputOf(outlook !== undefined);
    if (!input) return;
    if (!outlook) {
      const answer = preview({ input });
      if (await run(answer, (data) => data.previewBulkEdit.userErrors)) setOutlook((await answer).data?.previewBulkEdit.outlook ?? undefined);
      return;
    }
    const answer = start({ input });
    if (!(await run(answer, (data) => data.startBulkEdit.userErrors))) return;
    setRunning((await answer).data?.startBulkEdit.bulkEdit ?? undefined);
  };

  if (running) return <Running edit={running} onDone={props.onDone} />;
  const wrong = errors[0] && write(errors[0]);
  return (
    <FormDialog
      title={t(`bulkEdit.title.${action}`)}
      submit={outlook ? t(`bulkEdit.do.${action}`) : t('bulkEdit.look')}
      busy={busy}
      disabled={
        (outlook && changingOf(outlook) === 0) ||
        (action === 'SET_PROPERTY' ? !property : action === 'GRANT_POINTS' ? points === '' : tag.trim() === '')
      }
      onSubmit={submit}
      onClose={props.onClose}
    >
      {action === 'UNTAG' && (
        <Select
          label={t('tags.one')}
          data={tags?.customerTags.map((one) => one.name) ?? []}
          value={tag || null}
          error={wrong}
          searchable
          allowDeselect={false}
          nothingFoundMessage={t('tags.none')}
          onChange={(next) => {
            setTag(next ?? '');
            touch();
          }}
        />
      )}
      {action === 'TAG' && (
        <Autocomplete
          label={t('tags.one')}
          description={t('tags.help')}
          data={tags?.customerTags.map((one) => one.name) ?? []}
          value={tag}
          error={wrong}
          data-autofocus
          onChange={(next) => {
            setTag(next);
            touch();
          }}
        />
      )}
      {action === 'SET_PROPERTY' && (
        <Select
          label={t('bulkEdit.property')}
          data={properties?.properties.map((one) => ({ value: one.key, label: one.name })) ?? []}
          value={propertyKey}
          allowDeselect={false}
          searchable
          onChange={(next) => {
            setPropertyKey(next);
            setValue(null);
            touch();
          }}
        />
      )}
      {property && (
        <PropertyInput
          property={property}
          value={value}
          error={wrong}
          onChange={(next) => {
            setValue(next);
            touch();
          }}
        />
      )}
      {action === 'GRANT_POINTS' && (
        <>
          <NumberInput
            label={t('bulkEdit.points')}
            suffix=" pt"
            min={1}
            max={100_000}
            allowDecimal={false}
            thousandSeparator=","
            value={points}
            error={wrong}
            data-autofocus
            onChange={(next) => {
              setPoints(next);
              touch();
            }}
          />
          <TextInput
            label={t('grant.note')}
            description={t('grant.noteHelp')}
            value={note}
            maxLength={200}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </>
      )}
      {outlook && isNew && <Text size="sm">{t('bulkEdit.newTag', { name: tag.trim() })}</Text>}
      {outlook && <Said action={action} outlook={outlook} points={Number(points) || 0} />}
    </FormDialog>
  );
}

const changingOf = ({ total, same, refused }: Outlook): number => total - same - refused;

/** What would change, said before it does. */
function Said(props: { action: BulkAction; outlook: Outlook; points: number }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { total, same, replaced, refused } = props.outlook;
  const changing = changingOf(props.outlook);
  return (
    <Alert variant="light" role="status">
      <Stack gap="0.25rem">
        <Text fw={600}>{t(props.action === 'GRANT_POINTS' ? 'bulkEdit.granting' : 'bulkEdit.changing', { total: format.people(total), people: format.people(changing) })}</Text>
        {same > 0 && <Text size="sm">{t('bulkEdit.same', { people: format.people(same) })}</Text>}
        {replaced > 0 && <Text size="sm">{t('bulkEdit.replaced', { people: format.people(replaced) })}</Text>}
        {refused > 0 && <Text size="sm">{t('bulkEdit.refused', { people: format.people(refused) })}</Text>}
        {changing > 0 && (
          <Text size="sm">
            {props.action === 'GRANT_POINTS' ? t('bulkEdit.forGood', { points: format.points(props.points * changing) }) : t('bulkEdit.undoable')}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}

/** Says how far it is; what runs long goes on in the background and stays in the header. */
function Running(props: { edit: CustomerBulkFieldsFragment; onDone: () => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const [{ data }, look] = useQuery({ query: CustomerBulkEditDocument, variables: { id: props.edit.id }, requestPolicy: 'network-only' });
  const edit = data?.bulkEdit ?? props.edit;
  const undo = useUndo();
  const { onDone } = props;
  useEffect(() => {
    if (edit.status === 'RUNNING') {
      const timer = setTimeout(() => look({ requestPolicy: 'network-only' }), lookMs);
      return () => clearTimeout(timer);
    }
    const said = t('bulkEdit.done', { people: format.people(edit.changed) });
    toastDone(said, edit.undoable && edit.changed > 0 ? { label: t('bulkEdit.undo'), run: () => void undo(edit.id) } : undefined);
    onDone();
    return undefined;
  }, [edit, look, onDone, t, format, undo]);
  return (
    <FormDialog title={t('bulkEdit.running')} submit={t('bulkEdit.background')} onSubmit={onDone} onClose={onDone}>
      <Progress value={(100 * edit.done) / Math.max(1, edit.total)} aria-label={t('bulkEdit.running')} />
      <Text size="sm">{t('bulkEdit.progress', { done: format.number(edit.done), total: format.people(edit.total) })}</Text>
    </FormDialog>
  );
}

function useUndo() {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const client = useClient();
  const [undo] = useState(() => async (id: string) => {
    const { data, error } = await client.mutation(CustomerUndoBulkDocument, { input: { id } });
    if (error || data?.undoBulkEdit.userErrors.length) toastFailed(tUi('error.save'), t('bulkEdit.undoFailed'));
    else toastDone(t('bulkEdit.undoing'));
  });
  return undo;
}
