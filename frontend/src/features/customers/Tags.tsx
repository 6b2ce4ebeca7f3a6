import { CustomerChangeTagsDocument, CustomerTagsOfDocument } from '#gql/customers/graphql';
import { useScope } from '#lib/viewer';
import { NameBadge } from '#ui/NameBadge';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { useErrorText } from '#ui/userErrors';
import { useFolded } from '#ui/useFolded';
import { ActionIcon, Button, Group, Stack, TagsInput, Text, Title, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './customers.module.css';
import { useTagIds } from './useTagIds';

interface Tag {
  id: string;
  name: string;
}

/** The words that staff put on the customer. */
export function Tags(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const mayWrite = useScope('customers:write');
  const [editing, setEditing] = useState(false);
  const [{ data }] = useQuery({ query: CustomerTagsOfDocument, variables: { id: props.customerId } });
  const tags = data?.customer?.tags;
  const { shown, more } = useFolded(tags ?? [], 16);
  if (!tags || (tags.length === 0 && !mayWrite)) return null;
  return (
    <div>
      <Group gap="xs" align="center" className={classes.heading}>
        <Title order={2}>{t('tags.title')}</Title>
        {mayWrite && !editing && (
          <Tooltip label={t('tags.edit')}>
            <ActionIcon variant="subtle" color="gray" aria-label={t('tags.edit')} onClick={() => setEditing(true)}>
              <IconPencil className={classes.icon} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </Group>
      {editing ? (
        <Editor customerId={props.customerId} tags={tags} onClose={() => setEditing(false)} />
      ) : tags.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('tags.none')}
        </Text>
      ) : (
        <Group gap="0.25rem">
          {shown.map((tag) => (
            <NameBadge key={tag.id} color="gray" name={tag.name} />
          ))}
          {more}
        </Group>
      )}
    </div>
  );
}

/** Names that are not there yet become tags when they are saved. */
function Editor(props: { customerId: string; tags: readonly Tag[]; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const write = useErrorText('customers');
  const [names, setNames] = useState(props.tags.map((tag) => tag.name));
  const [, change] = useMutation(CustomerChangeTagsDocument);
  const { run, errors, busy } = useSubmit();
  const known = useTagIds(run);

  const save = async () => {
    const add = await known.idsOf(names);
    if (!add) return;
    const had = props.tags.map((tag) => tag.id);
    const input = {
      customerId: props.customerId,
      add: add.filter((id) => !had.includes(id)),
      remove: had.filter((id) => !add.includes(id)),
    };
    if (!(await run(change({ input }), (done) => done.changeTagsOfCustomer.userErrors))) return;
    toastDone(t('tags.saved'));
    props.onClose();
  };

  return (
    <Stack gap="xs">
      <TagsInput
        aria-label={t('tags.title')}
        description={t('tags.help')}
        data={known.names}
        value={names}
        maxTags={50}
        acceptValueOnBlur
        error={errors[0] && write(errors[0])}
        onChange={setNames}
        autoFocus
      />
      <Group gap="xs">
        <Button size="compact-sm" loading={busy} onClick={() => void save()}>
          {t('tags.save')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={props.onClose}>
          {tUi('confirm.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
