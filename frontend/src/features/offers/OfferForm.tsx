import {
  type Mall,
  OfferCreateDocument,
  type OfferFieldsFragment,
  type OfferKind,
  type OfferProof,
  OfferShopsDocument,
  OfferUpdateDocument,
} from '#gql/offers/graphql';
import { failureKey } from '#ui/ErrorState';
import { useCalendar } from '#ui/useCalendar';
import { FormErrors } from '#ui/FormErrors';
import { malls } from '#ui/malls';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Button, Group, NumberInput, Select, SimpleGrid, Stack, TextInput, Textarea } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { instantOf, localOf } from '#lib/zoned';
import { useViewer } from '#lib/viewer';
import { type Members, MembersFields, membersInput, membersOf } from './MembersFields';
import { Premiums } from './Premiums';
import { fromTyped, inRange, toTyped } from './value';

const kinds: readonly OfferKind[] = ['COUPON_AMOUNT', 'COUPON_RATE', 'FREE_SHIPPING', 'POINT_MULTIPLIER'];
const proofs: readonly OfferProof[] = ['SHARED_CODE', 'CODE_POOL', 'NONE'];

interface Values {
  name: string;
  mall: Mall;
  kind: OfferKind;
  typed: number;
  proof: OfferProof;
  sharedCode: string;
  /** In the merchant's zone, YYYY-MM-DD HH:mm:ss, as the date picker speaks. */
  startsAt: string;
  endsAt: string;
  terms: string;
  members: Members;
}

/** The fields of an offer. What decides who can use a code already given out cannot be changed later. */
export function OfferForm(props: {
  offer: OfferFieldsFragment | undefined;
  /** Of a new one, where that is known. */
  mall?: Mall;
  readOnly: boolean;
  onSaved: (offer: OfferFieldsFragment) => void;
}) {
  const { t } = useTranslation('offers');
  const calendar = useCalendar();
  const { t: tUi } = useTranslation('ui');
  const { offer, readOnly } = props;
  const zone = useViewer().merchant.timeZone;
  const [creating, create] = useMutation(OfferCreateDocument);
  const [updating, update] = useMutation(OfferUpdateDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'offers');
  const form = useForm<Values>({
    initialValues: initial(offer, zone, props.mall),
    validate: { typed: (typed, { kind }) => (kind === 'FREE_SHIPPING' || inRange(kind, typed) ? null : t(`form.range.${kind}`)) },
  });
  const { values } = form;
  // Customers can use it where the merchant sells.
  const [{ data: shops }] = useQuery({ query: OfferShopsDocument });
  const own = malls.filter((mall) => mall === offer?.mall || !shops || shops.shops.length === 0 || shops.shops.some((shop) => shop.mall === mall));
  const mall = own.includes(values.mall) ? values.mall : (own[0] ?? values.mall);

  const save = async () => {
    const common = {
      name: values.name,
      value: fromTyped(values.kind, values.typed),
      sharedCode: values.proof === 'SHARED_CODE' ? values.sharedCode : '',
      startsAt: instantOf(values.startsAt, zone),
      endsAt: instantOf(values.endsAt, zone),
      terms: values.terms,
      members: membersInput(values.members),
    };
    const { error, payload } = offer
      ? await update({ input: { id: offer.id, ...common } }).then((a) => ({ error: a.error, payload: a.data?.updateOffer }))
      : await create({ input: { ...common, mall, kind: values.kind, proof: values.proof } }).then((a) => ({
          error: a.error,
          payload: a.data?.createOffer,
        }));
    const found = error ? [requestFailed(tUi(failureKey(error)))] : (payload?.userErrors ?? []);
    setErrors(found);
    if (found.length === 0 && payload?.offer) props.onSaved(payload.offer);
  };

  return (
    <form onSubmit={form.onSubmit(() => void save())}>
      <Stack gap="md">
        <FormErrors form="offer" errors={errors} namespace="offers" />
        <TextInput
          id="offer-name"
          label={t('form.name')}
          required
          readOnly={readOnly}
          {...form.getInputProps('name')}
          error={errorAt('name')}
        />
        <Select
          id="offer-mall"
          label={t('form.mall')}
          description={t('form.mallHelp')}
          disabled={offer !== undefined}
          data={own.map((mall) => ({ value: mall, label: tUi(`mall.${mall}`) }))}
          {...form.getInputProps('mall')}
          value={mall}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
          <Select
            id="offer-kind"
            label={t('form.kind')}
            disabled={offer !== undefined}
            data={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            {...form.getInputProps('kind')}
            onChange={(value) => {
              const kind = kinds.find((one) => one === value) ?? values.kind;
              form.setValues({ kind, typed: usual[kind] });
            }}
          />
          {values.kind !== 'FREE_SHIPPING' && (
            <NumberInput
              id="offer-value"
              label={t(`form.value.${values.kind}`)}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              description={form.errors.typed ? undefined : t(`form.range.${values.kind}`)}
              required
              min={0}
              clampBehavior="none"
              decimalScale={values.kind === 'COUPON_AMOUNT' ? 0 : 2}
              thousandSeparator=","
              readOnly={readOnly}
              {...form.getInputProps('typed')}
              error={form.errors.typed ?? errorAt('value')}
            />
          )}
        </SimpleGrid>
        <Select
          id="offer-proof"
          label={t('form.proof')}
          description={t(`form.proofHelp.${values.proof}`)}
          disabled={offer !== undefined}
          data={proofs.map((proof) => ({ value: proof, label: t(`proof.${proof}`) }))}
          {...form.getInputProps('proof')}
        />
        {values.proof === 'SHARED_CODE' && (
          <TextInput
            id="offer-sharedCode"
            label={t('form.sharedCode')}
            required
            readOnly={readOnly}
            {...form.getInputProps('sharedCode')}
            error={errorAt('sharedCode')}
          />
        )}
        <Group grow align="flex-start">
          <DateTimePicker
            {...calendar}
            id="offer-startsAt"
            label={t('form.startsAt')}
            valueFormat="YYYY/MM/DD HH:mm"
            readOnly={readOnly}
            {...form.getInputProps('startsAt')}
            error={errorAt('startsAt')}
          />
          <DateTimePicker
            {...calendar}
            id="offer-endsAt"
            label={t('form.endsAt')}
            valueFormat="YYYY/MM/DD HH:mm"
            readOnly={readOnly}
            {...form.getInputProps('endsAt')}
            error={errorAt('endsAt')}
          />
        </Group>
        <Textarea
          id="offer-terms"
          label={t('form.terms')}
          description={t('form.termsHelp')}
          readOnly={readOnly}
          {...form.getInputProps('terms')}
          error={errorAt('terms')}
        />
        <MembersFields
          value={values.members}
          onChange={(members) => form.setFieldValue('members', members)}
          readOnly={readOnly}
          offer={offer}
          errorAt={errorAt}
        />
        {!readOnly && <Premiums value={values.kind === 'COUPON_AMOUNT' ? Math.max(0, Number(values.typed) || 0) : 0} />}
        {!readOnly && (
          <Group justify="flex-end">
            <Button type="submit" loading={creating.fetching || updating.fetching} disabled={offer && !form.isDirty()}>
              {t(offer ? 'save' : 'create')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

const thirtyDaysMs = 30 * 86_400_000;

/** What a new offer of a kind begins with, as it is typed. */
const usual: Record<OfferKind, number> = { COUPON_AMOUNT: 500, COUPON_RATE: 10, FREE_SHIPPING: 0, POINT_MULTIPLIER: 2 };

function initial(offer: OfferFieldsFragment | undefined, zone: string, mall: Mall | undefined): Values {
  const now = Date.now();
  const dayOf = (at: number) => localOf(new Date(at).toISOString(), zone).slice(0, 10);
  return {
    name: offer?.name ?? '',
    mall: offer?.mall ?? mall ?? 'RAKUTEN',
    kind: offer?.kind ?? 'COUPON_AMOUNT',
    typed: offer ? toTyped(offer.kind, offer.value) : usual.COUPON_AMOUNT,
    proof: offer?.proof ?? 'SHARED_CODE',
    sharedCode: offer?.sharedCode ?? '',
    startsAt: offer ? localOf(offer.startsAt, zone) : `${dayOf(now)} 00:00:00`,
    endsAt: offer ? localOf(offer.endsAt, zone) : `${dayOf(now + thirtyDaysMs)} 23:59:00`,
    terms: offer?.terms ?? '',
    members: membersOf(offer),
  };
}
