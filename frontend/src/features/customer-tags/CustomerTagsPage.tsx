import { customersUrl } from '#features/customers/urls';
import {
  CustomerTagCreateDocument,
  CustomerTagDeleteDocument,
  CustomerTagMergeDocument,
  CustomerTagRenameDocument,
  CustomerTagsPageDocument,
  type CustomerTagsPageQuery,
} from '#gql/customer-tags/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { FormDialog } from '#ui/FormDialog';
import { TextLink } from '#ui/links';
import { PageHeader } from '#ui/PageHeader';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { type UserError, useErrorText } from '#ui/userErrors';
import { Button, Group, Select, Skeleton, Table, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTags } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from '#ui/cardTable.module.css';

type Tag = CustomerTagsPageQuery['customerTags'][number];
type Act = { kind: 'add' } | { kind: 'rename' | 'merge' | 'delete'; tag: Tag };

const acts = ['rename', 'merge', 'delete'] as const;

/** The words that staff puts on customers: counted, renamed, merged, deleted. */
export function CustomerTagsPage() {
  const { t } = useTranslation('customer-tags');
  const format = useFormat();
  const mayWrite = useScope('customers:write');
  const [act, setAct] = useState<Act>();
  const [{ data, error }, ask] = useQuery({ query: CustomerTagsPageDocument });
  const reload = () => ask({ requestPolicy: 'network-only' });
  const tags = data?.customerTags ?? [];
  const add = mayWrite && (
    <Button leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => setAct({ kind: 'add' })}>
      {t('add.open')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={tags.length > 0 && add} />
      {error && !data ? (
        <ErrorState error={error} retry={reload} />
      ) : !data ? (
        <Skeleton height="16rem" />
      ) : tags.length === 0 ? (
        <EmptyState icon={IconTags} title={t('empty.title')} action={add}>
          {t('empty.body')}
        </EmptyState>
      ) : (
        <Table maw="48rem" className={classes.table}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('name')}</Table.Th>
              <Table.Th ta="right">{t('people')}</Table.Th>
              {mayWrite && <Table.Th aria-label={t('actions')} />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {tags.map((tag) => (
              <Table.Tr key={tag.id}>
                <Table.Td>{tag.name}</Table.Td>
                <Table.Td ta="right">
                  <TextLink {...customersUrl({ tags: [tag.id] })}>{format.people(tag.customerCount)}</TextLink>
                </Table.Td>
                {mayWrite && (
                  <Table.Td className={classes.actions}>
                    <Group gap="0.25rem" justify="flex-end" wrap="nowrap">
                      {acts.map((kind) => (
                        <Button
                          key={kind}
                          size="compact-sm"
                          variant="subtle"
                          color={kind === 'delete' ? 'red' : undefined}
                          disabled={kind === 'merge' && tags.length < 2}
                          aria-label={t(`${kind}.of`, { name: tag.name })}
                          onClick={() => setAct({ kind, tag })}
                        >
                          {t(`${kind}.open`)}
                        </Button>
                      ))}
                    </Group>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {act && (
        <Dialog
          act={act}
          tags={tags}
          onClose={() => setAct(undefined)}
          onDone={() => {
            setAct(undefined);
            reload();
          }}
        />
      )}
    </>
  );
}

function Dialog(props: { act: Act; tags: readonly Tag[]; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('customer-tags');
  const format = useFormat();
  const write = useErrorText('customer-tags');
  const { act } = props;
  const tag = act.kind === 'add' ? undefined : act.tag;
  const [name, setName] = useState(act.kind === 'rename' ? act.tag.name : '');
  const [into, setInto] = useState<string | null>(null);
  const [, create] = useMutation(CustomerTagCreateDocument);
  const [, rename] = useMutation(CustomerTagRenameDocument);
  const [, merge] = useMutation(CustomerTagMergeDocument);
  const [, remove] = useMutation(CustomerTagDeleteDocument);
  const { run, errors, busy } = useSubmit();

  const doIt = (): Promise<boolean> => {
    const id = tag?.id ?? '';
    const told = (payload: { userErrors: readonly UserError[] }) => payload.userErrors;
    switch (act.kind) {
      case 'add':
        return run(create({ input: { name } }), (data) => told(data.createCustomerTag));
      case 'rename':
        return run(rename({ input: { id, name } }), (data) => told(data.renameCustomerTag));
      case 'merge':
        return run(merge({ input: { id, intoId: into ?? '' } }), (data) => told(data.mergeCustomerTags));
      default:
        return run(remove({ input: { id } }), (data) => told(data.deleteCustomerTag));
    }
  };
  const submit = async () => {
    if (!(await doIt())) return;
    toastDone(t(`${act.kind}.done`));
    props.onDone();
  };
  const wrong = errors[0] && write(errors[0]);
  return (
    <FormDialog
      title={act.kind === 'add' ? t('add.open') : t(`${act.kind}.title`, { name: tag?.name })}
      submit={act.kind === 'add' ? t('add.open') : t(`${act.kind}.open`)}
      busy={busy}
      danger={act.kind === 'delete'}
      disabled={act.kind === 'merge' && !into}
      onSubmit={submit}
      onClose={props.onClose}
    >
      {(act.kind === 'add' || act.kind === 'rename') && (
        <TextInput
          label={t('name')}
          description={t('nameHelp')}
          value={name}
          maxLength={30}
          error={wrong}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
      )}
      {act.kind === 'merge' && (
        <>
          <Text size="sm">{t('merge.body', { name: tag?.name, people: format.people(tag?.customerCount ?? 0) })}</Text>
          <Select
            label={t('merge.into')}
            data={props.tags.filter((one) => one.id !== tag?.id).map((one) => ({ value: one.id, label: one.name }))}
            value={into}
            error={wrong}
            searchable
            allowDeselect={false}
            onChange={setInto}
          />
        </>
      )}
      {act.kind === 'delete' && (
        <>
          <Text size="sm">{t('delete.body', { people: format.people(tag?.customerCount ?? 0) })}</Text>
          {wrong && (
            <Text size="sm" c="red" role="alert">
              {wrong}
            </Text>
          )}
        </>
      )}
    </FormDialog>
  );
}
