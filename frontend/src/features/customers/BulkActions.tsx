import { type BulkAction, type CustomerChoice, CustomerRemoveFromSegmentDocument } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { failureKey } from '#ui/ErrorState';
import { toastDone, toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Button, Menu } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { AddToList } from './AddToList';
import { BulkEdit } from './BulkEdit';

/** A segment as the list of customers knows it. */
interface KnownSegment {
  id: string;
  name: string;
  fixed: boolean;
}

const edits = ['TAG', 'UNTAG', 'SET_PROPERTY', 'GRANT_POINTS'] as const satisfies readonly BulkAction[];

/** What can be done with chosen customers at once. */
export function BulkActions(props: {
  chosen: CustomerChoice;
  segments: readonly KnownSegment[];
  /** The fixed segment one is looking at, which the chosen can leave. */
  open: KnownSegment | undefined;
  onDone: () => void;
}) {
  const { t } = useTranslation('customers');
  const mayWrite = useScope('segments:write');
  const mayEdit = useScope('customers:write');
  const mayGrant = useScope('points:write');
  const [asking, setAsking] = useState<'add' | 'remove' | BulkAction>();
  if (!mayWrite && !mayEdit) return null;
  const done = () => {
    setAsking(undefined);
    props.onDone();
  };
  return (
    <>
      {mayWrite && (
        <Button variant="default" onClick={() => setAsking('add')}>
          {t('bulk.add')}
        </Button>
      )}
      {mayEdit && (
        <Menu position="top-start">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronUp size="1rem" aria-hidden />}>
              {t('bulkEdit.open')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {edits
              .filter((action) => action !== 'GRANT_POINTS' || mayGrant)
              .map((action) => (
                <Menu.Item key={action} onClick={() => setAsking(action)}>
                  {t(`bulkEdit.title.${action}`)}
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {mayWrite && props.open && (
        <Button variant="default" onClick={() => setAsking('remove')}>
          {t('bulk.remove')}
        </Button>
      )}
      {asking === 'add' && (
        <AddToList
          chosen={props.chosen}
          lists={props.segments.filter((segment) => segment.fixed && segment.id !== props.open?.id)}
          onDone={done}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking && asking !== 'add' && asking !== 'remove' && (
        <BulkEdit action={asking} chosen={props.chosen} onDone={done} onClose={() => setAsking(undefined)} />
      )}
      {asking === 'remove' && props.open && (
        <Remove chosen={props.chosen} segment={props.open} onDone={done} onClose={() => setAsking(undefined)} />
      )}
    </>
  );
}

function Remove(props: { chosen: CustomerChoice; segment: KnownSegment; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const write = useErrorText('customers');
  const [{ fetching }, remove] = useMutation(CustomerRemoveFromSegmentDocument);
  const { id, name } = props.segment;
  const confirm = async () => {
    const { data, error } = await remove({ input: { segmentId: id, customers: props.chosen } });
    const refused = data?.removeFromSegment.userErrors[0];
    if (error) toastFailed(tUi('error.save'), tUi(failureKey(error)));
    else if (refused) toastFailed(tUi('error.save'), write(refused));
    else {
      toastDone(t('bulk.removed', { name, people: format.people(data?.removeFromSegment.left ?? 0) }));
      props.onDone();
    }
  };
  return (
    <ConfirmDialog
      opened
      title={t('bulk.removeTitle', { name })}
      confirm={t('bulk.remove')}
      busy={fetching}
      onConfirm={() => void confirm()}
      onClose={props.onClose}
    >
      {t('bulk.removeBody')}
    </ConfirmDialog>
  );
}
