import { OfferArchiveDocument, type OfferFieldsFragment } from '#gql/offers/graphql';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { EmptyState } from '#ui/EmptyState';
import { toastDone } from '#ui/toast';
import { Button, Divider, Drawer, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { CodePool } from './CodePool';
import { OfferForm } from './OfferForm';

/** One offer beside the list: its form, its codes, and its end. Without an offer, the form for a new one. */
export function OfferDrawer(props: {
  offer: OfferFieldsFragment | undefined;
  onClose: () => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation('offers');
  const { offer } = props;
  const mayWrite = useScope('offers:write');
  return (
    <Drawer
      opened
      position="right"
      size="lg"
      onClose={props.onClose}
      title={offer?.name ?? t('add')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Stack gap="lg">
        {!mayWrite && !offer && <EmptyState title={t('missing')} />}
        <OfferForm
          offer={offer}
          readOnly={!mayWrite || Boolean(offer?.archivedAt)}
          onSaved={() => {
            toastDone(t(offer ? 'saved' : 'created'));
            props.onChanged();
            if (!offer) props.onClose();
          }}
        />
        {offer?.proof === 'CODE_POOL' && (
          <>
            <Divider />
            <CodePool offer={offer} onChanged={props.onChanged} />
          </>
        )}
        {offer && mayWrite && !offer.archivedAt && <Archive offer={offer} onArchived={props.onChanged} />}
      </Stack>
    </Drawer>
  );
}

function Archive(props: { offer: OfferFieldsFragment; onArchived: () => void }) {
  const { t } = useTranslation('offers');
  const [asked, setAsked] = useState(false);
  const [{ fetching }, archive] = useMutation(OfferArchiveDocument);
  const confirm = async () => {
    const { data } = await archive({ input: { id: props.offer.id } });
    setAsked(false);
    if (data?.archiveOffer.offer) {
      toastDone(t('archived'));
      props.onArchived();
    }
  };
  return (
    <>
      <Divider />
      <Group justify="flex-end">
        <Button variant="subtle" color="red" onClick={() => setAsked(true)}>
          {t('archive')}
        </Button>
      </Group>
      <ConfirmDialog
        opened={asked}
        title={t('archiveTitle', { name: props.offer.name })}
        confirm={t('archive')}
        danger
        busy={fetching}
        onConfirm={() => void confirm()}
        onClose={() => setAsked(false)}
      >
        {t('archiveBody')}
      </ConfirmDialog>
    </>
  );
}
