import { FormDialog } from '../FormDialog';
import { type ListViewFieldsFragment, ListCreateViewDocument, ListUpdateViewDocument } from '#gql/ui/graphql';
import { Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { toastDone } from '../toast';
import { useSubmit } from '../useSubmit';
import { useErrorText } from '../userErrors';

/** Asks what a view is called, and who sees it. */
export function NameView(props: {
  list: string;
  search: Record<string, unknown>;
  /** The view that gets another name; none: a new one. */
  view?: ListViewFieldsFragment;
  onDone: (view: ListViewFieldsFragment) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('ui');
  const write = useErrorText();
  const [name, setName] = useState(props.view?.name ?? '');
  const [shared, setShared] = useState(props.view?.shared ?? false);
  const [, create] = useMutation(ListCreateViewDocument);
  const [, update] = useMutation(ListUpdateViewDocument);
  const { run, errors, busy } = useSubmit();

  const save = async () => {
    const { view, list, search } = props;
    const answer = view
      ? update({ input: { id: view.id, name, shared } }).then(({ data, error }) => ({ data: data?.updateSavedView, error }))
      : create({ input: { list, name, shared, search } }).then(({ data, error }) => ({ data: data?.createSavedView, error }));
    const done = await run(answer, (data) => data.userErrors);
    const kept = (await answer).data?.view;
    if (!done || !kept) return;
    toastDone(t('views.kept', { name: kept.name }));
    props.onDone(kept);
  };

  return (
    <FormDialog
      title={t(props.view ? 'views.rename' : 'views.save')}
      submit={t('views.saveName')}
      busy={busy}
      onSubmit={save}
      onClose={props.onClose}
    >
      <TextInput
        label={t('views.name')}
        value={name}
        maxLength={60}
        data-autofocus
        error={errors[0] && write(errors[0])}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Switch
        label={t('views.share')}
        description={t('views.shareHelp')}
        checked={shared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
