import { FormDialog } from '#ui/FormDialog';
import { FeeAddDocument, type FeeRateFieldsFragment, type FeesPageQuery } from '#gql/fees/graphql';
import { FormErrors } from '#ui/FormErrors';
import { malls } from '#ui/malls';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { DateField } from '#ui/DateField';
import { NumberInput, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { feeInput, type FeeValues, kinds } from './fees';

const bases = ['NET_SALES', 'TOTAL'] as const;
const everyShop = 'EVERY';

/** Adds a version of a fee. */
export function NewFee(props: {
  shops: FeesPageQuery['shops'];
  rates: readonly FeeRateFieldsFragment[];
  onClose: () => void;
  onAdded: () => void;
}) {
  const { t } = useTranslation('fees');
  const { t: tUi } = useTranslation('ui');
  const [values, setValues] = useState<FeeValues>({
    mall: props.shops[0]?.mall ?? 'OWN_SITE',
    shopId: null,
    kind: 'SYSTEM',
    basis: 'NET_SALES',
    rate: '',
    amount: '',
    from: '',
    note: '',
  });
  const [, add] = useMutation(FeeAddDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'fees');
  const set = (change: Partial<FeeValues>) => setValues((was) => ({ ...was, ...change }));
  const shops = props.shops.filter((shop) => shop.mall === values.mall);
  const currency = (shops.find((shop) => shop.id === values.shopId) ?? shops[0])?.currency ?? 'JPY';
  // After the merchant's own first version, for the shop or the whole mall, the next holds from today at the earliest.
  const follows = props.rates.some(
    (rate) =>
      !rate.estimated && rate.mall === values.mall && rate.kind === values.kind && (!rate.shop || rate.shop.id === values.shopId),
  );
  const submit = async () => {
    if (!(await run(add({ input: feeInput(values, currency) }), (data) => data.addFeeRate.userErrors))) return;
    toastDone(t('added'));
    props.onAdded();
  };
  return (
    <FormDialog
      title={t('add')}
      submit={t('form.submit')}
      busy={busy}
      disabled={values.rate === '' && values.amount === ''}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="fee" errors={errors} namespace="fees" />
      <Select
        id="fee-mall"
        label={t('form.mall')}
        data={malls.map((mall) => ({ value: mall, label: tUi(`mall.${mall}`) }))}
        value={values.mall}
        error={errorAt('mall')}
        onChange={(chosen) => set({ mall: malls.find((mall) => mall === chosen) ?? values.mall, shopId: null })}
      />
      <Select
        id="fee-shopId"
        label={t('form.shop')}
        data={[{ value: everyShop, label: t('everyShop') }, ...shops.map((shop) => ({ value: shop.id, label: shop.name }))]}
        value={values.shopId ?? everyShop}
        error={errorAt('shopId')}
        onChange={(chosen) => set({ shopId: chosen === everyShop ? null : chosen })}
      />
      <Select
        id="fee-kind"
        label={t('form.kind')}
        description={t(`kindHelp.${values.kind}`)}
        data={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        value={values.kind}
        onChange={(chosen) => set({ kind: kinds.find((kind) => kind === chosen) ?? values.kind })}
      />
      <NumberInput
        id="fee-rate"
        label={t('form.rate')}
        suffix=" %"
        min={0}
        max={100}
        decimalScale={2}
        hideControls
        value={values.rate}
        error={errorAt('rate')}
        onChange={(rate) => set({ rate })}
      />
      <Select
        id="fee-basis"
        label={t('form.basis')}
        data={bases.map((basis) => ({ value: basis, label: t(`basisOf.${basis}`) }))}
        value={values.basis}
        onChange={(chosen) => set({ basis: bases.find((basis) => basis === chosen) ?? values.basis })}
      />
      <NumberInput
        id="fee-amount"
        label={t('form.amount')}
        description={t('form.amountHelp', { currency })}
        min={0}
        thousandSeparator=","
        hideControls
        value={values.amount}
        error={errorAt('amount')}
        onChange={(amount) => set({ amount })}
      />
      <DateField
        id="fee-from"
        label={t('form.from')}
        description={t(follows ? 'form.fromFollows' : 'form.fromHelp')}
        value={values.from || null}
        error={errorAt('from')}
        onChange={(from) => set({ from: from ?? '' })}
      />
      <TextInput
        id="fee-note"
        label={t('form.note')}
        value={values.note}
        error={errorAt('note')}
        onChange={(event) => set({ note: event.currentTarget.value })}
      />
      <Text size="xs" c="dimmed">
        {t('form.past')}
      </Text>
    </FormDialog>
  );
}
