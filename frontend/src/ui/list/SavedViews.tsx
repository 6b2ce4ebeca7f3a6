import { type ListViewFieldsFragment, ListDeleteViewDocument, ListUpdateViewDocument, ListViewsDocument } from '#gql/ui/graphql';
import { ActionIcon, Button, Menu, UnstyledButton } from '@mantine/core';
import { IconBookmarkPlus, IconDots, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { ConfirmDialog } from '../ConfirmDialog';
import { failureKey } from '../ErrorState';
import { toastDone, toastFailed } from '../toast';
import { useErrorText, type UserError } from '../userErrors';
import classes from './list.module.css';
import { NameView } from './NameView';
import { sameSearch } from './search';

/** What the address of a list holds, apart from the open view and the place in the list. */
type Search = Record<string, unknown>;
type View = ListViewFieldsFragment;

/**
 * The saved views of a list, as a strip above it: opening one puts its filters,
 * columns and order into the address. What differs from the open view can be
 * kept in it or as another.
 */
export function SavedViews(props: {
  list: string;
  /** What the strip calls the list without any condition. */
  everything: string;
  search: Search;
  /** What is kept of the search as it stands, e.g. with the columns on screen. */
  kept: Search;
  open: string | undefined;
  onOpen: (search: Search, view: string | undefined) => void;
}) {
  const { t } = useTranslation('ui');
  const [{ data }, reload] = useQuery({ query: ListViewsDocument, variables: { list: props.list } });
  const [naming, setNaming] = useState<'new' | 'rename'>();
  const views = data?.savedViews ?? [];
  const open = views.find((view) => view.id === props.open);
  const plain = sameSearch(props.search, {});
  const again = () => reload({ requestPolicy: 'network-only' });
  const differs = open ? !sameSearch(props.search, open.search as Search) : !plain;

  return (
    <div className={classes.views}>
      <nav className={classes.strip} aria-label={t('views.label')}>
        <UnstyledButton
          className={classes.view}
          aria-current={!open && plain ? 'page' : undefined}
          onClick={() => props.onOpen({}, undefined)}
        >
          {props.everything}
        </UnstyledButton>
        {views.map((view) => (
          <UnstyledButton
            key={view.id}
            className={classes.view}
            title={view.mine ? view.name : t('views.of', { view: view.name, name: view.owner ?? '–' })}
            aria-current={view.id === open?.id ? 'page' : undefined}
            onClick={() => props.onOpen(view.search as Search, view.id)}
          >
            <span>{view.name}</span>
            {view.shared && <IconUsersGroup className={classes.icon} role="img" aria-label={t('views.shared')} />}
          </UnstyledButton>
        ))}
      </nav>
      <div className={classes.keep}>
        {differs && open?.changeable && <KeepChange view={open} search={props.kept} />}
        {differs && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconBookmarkPlus className={classes.icon} aria-hidden />}
            onClick={() => setNaming('new')}
          >
            {t('views.save')}
          </Button>
        )}
        {open?.changeable && (
          <ViewMenu view={open} onRename={() => setNaming('rename')} onGone={() => props.onOpen(props.search, undefined)} />
        )}
      </div>
      {naming && (
        <NameView
          list={props.list}
          search={props.kept}
          view={naming === 'rename' ? open : undefined}
          onDone={(view) => {
            setNaming(undefined);
            again();
            props.onOpen(view.search as Search, view.id);
          }}
          onClose={() => setNaming(undefined)}
        />
      )}
    </div>
  );
}

/** Says how a change of a view ended. */
function useOutcome() {
  const { t } = useTranslation('ui');
  const write = useErrorText();
  return (error: Parameters<typeof failureKey>[0] | undefined, refused: UserError | undefined, done: string): boolean => {
    if (error) toastFailed(t('error.save'), t(failureKey(error)));
    else if (refused) toastFailed(t('error.save'), write(refused));
    else toastDone(done);
    return !error && !refused;
  };
}

function KeepChange(props: { view: View; search: Search }) {
  const { t } = useTranslation('ui');
  const [{ fetching }, update] = useMutation(ListUpdateViewDocument);
  const outcome = useOutcome();
  const keep = async () => {
    const { data, error } = await update({ input: { id: props.view.id, search: props.search } });
    outcome(error, data?.updateSavedView.userErrors[0], t('views.kept', { name: props.view.name }));
  };
  return (
    <Button variant="light" size="compact-sm" loading={fetching} onClick={() => void keep()}>
      {t('views.keep')}
    </Button>
  );
}

function ViewMenu(props: { view: View; onRename: () => void; onGone: () => void }) {
  const { t } = useTranslation('ui');
  const { view } = props;
  const [asking, setAsking] = useState(false);
  const [, update] = useMutation(ListUpdateViewDocument);
  const [{ fetching }, remove] = useMutation(ListDeleteViewDocument);
  const outcome = useOutcome();

  const share = async () => {
    const { data, error } = await update({ input: { id: view.id, shared: !view.shared } });
    const refused = data?.updateSavedView.userErrors[0];
    outcome(error, refused, t(view.shared ? 'views.unsharedDone' : 'views.sharedDone', { name: view.name }));
  };
  const confirm = async () => {
    const { data, error } = await remove({ input: { id: view.id } });
    setAsking(false);
    if (outcome(error, data?.deleteSavedView.userErrors[0], t('views.deleted', { name: view.name }))) props.onGone();
  };

  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t('views.more', { name: view.name })}>
            <IconDots className={classes.icon} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={props.onRename}>{t('views.rename')}</Menu.Item>
          <Menu.Item onClick={() => void share()}>{t(view.shared ? 'views.unshare' : 'views.share')}</Menu.Item>
          <Menu.Item color="red" onClick={() => setAsking(true)}>
            {t('views.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asking}
        title={t('views.deleteTitle', { name: view.name })}
        confirm={t('views.delete')}
        danger
        busy={fetching}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        {t(view.shared ? 'views.deleteShared' : 'views.deleteOwn')}
      </ConfirmDialog>
    </>
  );
}
