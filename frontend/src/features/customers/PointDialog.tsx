import {
  CustomerCapturePointsDocument,
  CustomerDeductPointsDocument,
  CustomerHoldPointsDocument,
  CustomerReleasePointsDocument,
  CustomerReversePointsDocument,
} from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { NumberInput, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { CustomerHead } from './CustomerPage';

/** What staff does with points: takes some away, reserves some, or deals with a hold or a spending of so many points. */
export type PointAct = { kind: 'deduct' | 'hold' } | { kind: 'capture' | 'release' | 'reverse'; id: string; points: number };

/** One act on a customer's points. The key is made once per dialog, so that a second press or a retry books nothing more. */
export function PointDialog(props: { customer: CustomerHead; act: PointAct; onDone: () => void; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const { act } = props;
  const most = 'points' in act ? act.points : 10_000_000;
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const [amount, setAmount] = useState<number | string>('points' in act ? act.points : '');
  const [minutes, setMinutes] = useState<number | string>(30);
  const [reason, setReason] = useState('');
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'customers');
  const send = useAct(props.customer.id, act, { amount: Number(amount), minutes: Number(minutes), reason, idempotencyKey });
  const asksReason = act.kind === 'deduct' || act.kind === 'reverse';

  const save = async () => {
    if (!(await run(send(), (found) => found))) return;
    toastDone(t(`pointsTab.${act.kind}.done`, { points: format.points(Number(amount)) }));
    props.onDone();
    props.onClose();
  };

  return (
    <FormDialog
      title={t(`pointsTab.${act.kind}.title`, { name: props.customer.displayName })}
      submit={t(`pointsTab.${act.kind}.confirm`)}
      busy={busy}
      danger={act.kind === 'deduct'}
      onSubmit={save}
      onClose={props.onClose}
    >
      <FormErrors form="points" errors={errors} namespace="customers" />
      {'points' in act && (
        <Text size="sm">{t(`pointsTab.${act.kind}.body`, { points: format.points(act.points) })}</Text>
      )}
      {act.kind !== 'release' && (
        <NumberInput
          id="points-amount"
          label={t('pointsTab.amount')}
          description={'points' in act ? undefined : t('pointsTab.available', { points: format.points(props.customer.points.available) })}
          suffix=" pt"
          thousandSeparator=","
          min={1}
          max={most}
          allowDecimal={false}
          value={amount}
          onChange={setAmount}
          error={errorAt('amount')}
          data-autofocus
        />
      )}
      {act.kind === 'hold' && (
        <NumberInput
          id="points-minutes"
          label={t('pointsTab.hold.minutes')}
          description={t('pointsTab.hold.minutesHelp')}
          suffix={t('pointsTab.hold.minutesUnit')}
          min={1}
          max={10_080}
          allowDecimal={false}
          value={minutes}
          onChange={setMinutes}
          error={errorAt('minutes')}
        />
      )}
      {asksReason && (
        <TextInput
          id={act.kind === 'deduct' ? 'points-note' : 'points-reason'}
          label={t('pointsTab.reason')}
          description={t('pointsTab.reasonHelp')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={errorAt(act.kind === 'deduct' ? 'note' : 'reason')}
        />
      )}
    </FormDialog>
  );
}

/** The mutation of an act, answering with what was wrong. */
function useAct(customerId: string, act: PointAct, given: { amount: number; minutes: number; reason: string; idempotencyKey: string }) {
  const [, deduct] = useMutation(CustomerDeductPointsDocument);
  const [, hold] = useMutation(CustomerHoldPointsDocument);
  const [, capture] = useMutation(CustomerCapturePointsDocument);
  const [, release] = useMutation(CustomerReleasePointsDocument);
  const [, reverse] = useMutation(CustomerReversePointsDocument);
  const { amount, minutes, reason, idempotencyKey } = given;
  return async () => {
    switch (act.kind) {
      case 'deduct': {
        const { data, error } = await deduct({ input: { customerId, amount, note: reason, idempotencyKey } });
        return { data: data?.deductPoints.userErrors, error };
      }
      case 'hold': {
        const { data, error } = await hold({ input: { customerId, amount, minutes, idempotencyKey } });
        return { data: data?.holdPoints.userErrors, error };
      }
      case 'capture': {
        const { data, error } = await capture({ input: { holdId: act.id, amount, idempotencyKey } });
        return { data: data?.capturePoints.userErrors, error };
      }
      case 'release': {
        const { data, error } = await release({ input: { holdId: act.id, idempotencyKey } });
        return { data: data?.releasePoints.userErrors, error };
      }
      case 'reverse': {
        const { data, error } = await reverse({ input: { bookingId: act.id, amount, reason, idempotencyKey } });
        return { data: data?.reversePoints.userErrors, error };
      }
    }
  };
}
