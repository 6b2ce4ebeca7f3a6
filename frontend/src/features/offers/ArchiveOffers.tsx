import { OfferArchiveDocument, type OfferFieldsFragment } from '#gql/offers/graphql';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { toastDone, toastFailed } from '#ui/toast';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

/** Ends the chosen offers, one after the other; says how many were. */
export function ArchiveOffers(props: { offers: readonly OfferFieldsFragment[]; onDone: () => void }) {
  const { t } = useTranslation('offers');
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [, archive] = useMutation(OfferArchiveDocument);
  const count = props.offers.length;
  const confirm = async () => {
    setBusy(true);
    let ended = 0;
    for (const { id } of props.offers) {
      const { data } = await archive({ input: { id } });
      if (data?.archiveOffer.offer) ended += 1;
    }
    setBusy(false);
    setAsked(false);
    if (ended === count) toastDone(t('bulk.ended', { count: ended }));
    else toastFailed(t('bulk.failed', { count: count - ended }), t('bulk.again'));
    props.onDone();
  };
  return (
    <>
      <Button variant="default" disabled={count === 0} onClick={() => setAsked(true)}>
        {t('archive')}
      </Button>
      <ConfirmDialog
        opened={asked}
        title={t('bulk.title', { count })}
        confirm={t('archive')}
        danger
        busy={busy}
        onConfirm={() => void confirm()}
        onClose={() => setAsked(false)}
      >
        {t('archiveBody')}
      </ConfirmDialog>
    </>
  );
}
