import { type Mall, OfferArchiveDocument, OfferDetailDocument, type OfferFieldsFragment } from '#gql/offers/graphql';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { toastDone } from '#ui/toast';
import { SideDrawer } from '#ui/SideDrawer';
import { Button, Divider, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { CodePool } from './CodePool';
import { OfferForm } from './OfferForm';

/** One offer beside the list: its form, its codes, and its end; or the form for a new one, which leads on to the codes it needs. */
export function OfferDrawer(props: {
  /** An offer, or `new`. */
  open: string;
  /** The mall a new one is for, where that is known. */
  mall: Mall | undefined;
  /** A draft waits for it. */
  wanted: boolean;
  onMade: (offer: OfferFieldsFragment) => void;
  onClose: () => void;
  onChanged: () => void;
}) {
  const { t } = useTranslation('offers');
  const fresh = props.open === 'new';
  const [{ data, error }, reload] = useQuery({ query: OfferDetailDocument, variables: { id: props.open }, pause: fresh });
  const offer = data?.offer ?? undefined;
  const changed = () => {
    if (!fresh) reload({ requestPolicy: 'network-only' });
    props.onChanged();
  };
  const created = (made: OfferFieldsFragment) => {
    toastDone(t('created'));
    props.onChanged();
    props.onMade(made);
  };
  return (
    <SideDrawer onClose={props.onClose} title={offer?.name ?? t(fresh ? 'add' : 'title')}>
      {props.wanted && (
        <Text size="sm" mb="md">
          {t('wanted')}
        </Text>
      )}
      {fresh && <OfferForm offer={undefined} mall={props.mall} readOnly={false} onSaved={created} />}
      {!fresh && !data && !error && <Skeleton height="24rem" aria-label={t('loading')} />}
      {!fresh && error && !data && <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />}
      {!fresh && data && !offer && <EmptyState title={t('missing')} />}
      {offer && <Opened key={offer.id} offer={offer} onChanged={changed} />}
    </SideDrawer>
  );
}

function Opened(props: { offer: OfferFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('offers');
  const { offer, onChanged } = props;
  const mayWrite = useScope('offers:write');
  // Without codes nothing can be sent: they come first, and stay where they were begun.
  const [first] = useState(offer.codes?.total === 0);
  const pool = offer.proof === 'CODE_POOL' && <CodePool offer={offer} onChanged={onChanged} />;
  return (
    <Stack gap="lg">
      {first && pool}
      {first && <Divider />}
      <OfferForm
        offer={offer}
        readOnly={!mayWrite || Boolean(offer.archivedAt)}
        onSaved={() => {
          toastDone(t('saved'));
          onChanged();
        }}
      />
      {pool && !first && <Divider />}
      {!first && pool}
      {mayWrite && !offer.archivedAt && <Archive offer={offer} onArchived={onChanged} />}
    </Stack>
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
