import { LedgerArchiveRewardDocument, LedgerOffersDocument, LedgerSaveRewardDocument } from '#gql/ledger/graphql';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, NumberInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import type { Reward } from './RewardsTab';

const figure = (value: number | string) => (typeof value === 'number' ? value : null);

/** Makes a reward or changes one; its kind and its offer stay as they were made. */
export function RewardForm(props: { reward: Reward | undefined; onClose: () => void; onSaved: () => void }) {
  const { t } = useTranslation('ledger');
  const { reward } = props;
  const [name, setName] = useState(reward?.name ?? '');
  const [description, setDescription] = useState(reward?.description ?? '');
  const [kind, setKind] = useState<Reward['kind']>(reward?.kind ?? 'GIFT');
  const [offerId, setOfferId] = useState<string | null>(reward?.offer?.id ?? null);
  const [points, setPoints] = useState<number | string>(reward?.points ?? '');
  const [stock, setStock] = useState<number | string>(reward?.stock ?? '');
  const [each, setEach] = useState<number | string>(reward?.perCustomer ?? '');
  const { run, errors, busy } = useSubmit();
  const [, save] = useMutation(LedgerSaveRewardDocument);
  const [, archive] = useMutation(LedgerArchiveRewardDocument);
  const errorAt = useFieldErrors(errors, 'ledger');
  const [{ data: offers }] = useQuery({ query: LedgerOffersDocument, pause: kind !== 'OFFER' || reward !== undefined });

  const submit = async () => {
    const input = {
      id: reward?.id,
      name,
      description,
      kind,
      points: figure(points) ?? 0,
      offerId: kind === 'OFFER' ? offerId : null,
      stock: figure(stock),
      perCustomer: figure(each),
    };
    if (await run(save({ input }), (data) => data.saveReward.userErrors)) props.onSaved();
  };

  return (
    <FormDialog
      title={reward ? t('reward.change') : t('reward.add')}
      submit={t('reward.save')}
      busy={busy}
      onSubmit={submit}
      onClose={props.onClose}
      beside={
        reward && (
          <Button
            variant="subtle"
            color="red"
            onClick={async () => {
              if (await run(archive({ input: { id: reward.id } }), (data) => data.archiveReward.userErrors)) props.onSaved();
            }}
          >
            {t('reward.archive')}
          </Button>
        )
      }
    >
      <FormErrors form="reward" errors={errors} namespace="ledger" />
      {!reward && (
        <SegmentedControl
          aria-label={t('reward.kind')}
          value={kind}
          data={(['GIFT', 'OFFER'] as const).map((value) => ({ value, label: t(`reward.kinds.${value}`) }))}
          onChange={(value) => setKind(value === 'OFFER' ? 'OFFER' : 'GIFT')}
        />
      )}
      <TextInput
        id="reward-name"
        label={t('reward.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={errorAt('name')}
        data-autofocus
      />
      {kind === 'OFFER' && !reward && (
        <Select
          id="reward-offerId"
          label={t('reward.offer')}
          data={(offers?.offers ?? []).map((offer) => ({ value: offer.id, label: offer.name }))}
          value={offerId}
          searchable
          onChange={setOfferId}
          error={errorAt('offerId')}
        />
      )}
      <NumberInput
        id="reward-points"
        label={t('reward.points')}
        suffix=" pt"
        thousandSeparator=","
        min={1}
        max={10_000_000}
        allowDecimal={false}
        value={points}
        onChange={setPoints}
        error={errorAt('points')}
      />
      <NumberInput
        id="reward-stock"
        label={t('reward.stock')}
        description={t('reward.stockHelp')}
        thousandSeparator=","
        min={0}
        allowDecimal={false}
        value={stock}
        onChange={setStock}
        error={errorAt('stock')}
      />
      <NumberInput
        id="reward-perCustomer"
        label={t('reward.perCustomer')}
        description={t('reward.perCustomerHelp')}
        min={1}
        max={1000}
        allowDecimal={false}
        value={each}
        onChange={setEach}
        error={errorAt('perCustomer')}
      />
      <Textarea
        id="reward-description"
        label={t('reward.description')}
        value={description}
        autosize
        maxLength={2000}
        onChange={(event) => setDescription(event.currentTarget.value)}
        error={errorAt('description')}
      />
    </FormDialog>
  );
}
