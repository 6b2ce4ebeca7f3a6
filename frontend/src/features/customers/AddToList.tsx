import { FormDialog } from '#ui/FormDialog';
import { type CustomerChoice, CustomerAddToSegmentDocument, CustomerCreateFixedDocument } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { useErrorText } from '#ui/userErrors';
import { Group, Radio, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

/** Puts chosen customers into a fixed segment: one that is there, or a new one. */
export function AddToList(props: {
  chosen: CustomerChoice;
  lists: readonly { id: string; name: string }[];
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const write = useErrorText('customers');
  const { chosen, lists } = props;
  const [isNew, setNew] = useState(lists.length === 0);
  const [name, setName] = useState('');
  const [list, setList] = useState(lists[0]?.id ?? null);
  const [, create] = useMutation(CustomerCreateFixedDocument);
  const [, add] = useMutation(CustomerAddToSegmentDocument);
  const { run, errors, busy, clear } = useSubmit();
  const wrong = errors[0] && write(errors[0]);

  const save = async () => {
    if (isNew) {
      const done = await run(create({ input: { name, customers: chosen } }), (data) => data.createFixedSegment.userErrors);
      if (!done) return;
      toastDone(t('bulk.created', { name }));
    } else {
      if (!list) return;
      const answer = add({ input: { segmentId: list, customers: chosen } });
      if (!(await run(answer, (data) => data.addToSegment.userErrors))) return;
      const added = (await answer).data?.addToSegment;
      toastDone(t('bulk.added', { name: added?.segment?.name, people: format.people(added?.entered ?? 0) }));
    }
    props.onDone();
  };

  return (
    <FormDialog
      title={t('bulk.add')}
      submit={t('bulk.confirm')}
      busy={busy}
      onSubmit={save}
      onClose={props.onClose}
    >
      {lists.length > 0 && (
        <Radio.Group
          label={t('bulk.which')}
          value={isNew ? 'new' : 'old'}
          onChange={(next) => {
            setNew(next === 'new');
            clear();
          }}
        >
          <Group gap="lg" mt="xs">
            <Radio value="old" label={t('bulk.old')} />
            <Radio value="new" label={t('bulk.new')} />
          </Group>
        </Radio.Group>
      )}
      {isNew ? (
        <TextInput
          label={t('bulk.name')}
          description={t('bulk.nameHelp')}
          value={name}
          maxLength={100}
          error={wrong}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
      ) : (
        <Select
          label={t('bulk.list')}
          data={lists.map((one) => ({ value: one.id, label: one.name }))}
          value={list}
          error={wrong}
          allowDeselect={false}
          searchable
          onChange={setList}
        />
      )}
    </FormDialog>
  );
}
