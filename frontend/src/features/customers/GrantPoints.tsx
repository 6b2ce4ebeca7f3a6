import { FormDialog } from '#ui/FormDialog';
import { CustomerGrantPointsDocument } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import type { CustomerHead } from './CustomerPage';

/** Grants a member points by hand. The key is made once per dialog, so that a second press or a retry grants nothing more. */
export function GrantPoints(props: { customer: CustomerHead; onClose: () => void }) {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const [key] = useState(() => crypto.randomUUID());
  const [amount, setAmount] = useState<number | string>('');
  const [note, setNote] = useState('');
  const [origin, setOrigin] = useState<'FREE' | 'PAID'>('FREE');
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [{ fetching }, grant] = useMutation(CustomerGrantPointsDocument);
  const errorAt = useFieldErrors(errors, 'customers');

  const save = async () => {
    if (typeof amount !== 'number' || amount < 1) {
      setErrors([{ code: 'AMOUNT_REQUIRED', field: ['amount'], message: '', params: null }]);
      return;
    }
    const { data, error } = await grant({
      input: { customerId: props.customer.id, amount, note, origin, idempotencyKey: key },
    });
    const refused = error ? [requestFailed(tUi(failureKey(error)))] : (data?.grantPoints.userErrors ?? []);
    setErrors(refused);
    if (refused.length > 0) return;
    toastDone(t('grant.done', { points: format.points(amount) }));
    props.onClose();
  };

  return (
    <FormDialog
      title={t('grant.title', { name: props.customer.displayName })}
      submit={t('grant.confirm')}
      busy={fetching}
      onSubmit={save}
      onClose={props.onClose}
    >
      <FormErrors form="grant" errors={errors} namespace="customers" />
      <NumberInput
        id="grant-amount"
        label={t('grant.amount')}
        description={t('grant.amountHelp')}
        suffix=" pt"
        min={1}
        max={10_000_000}
        allowDecimal={false}
        value={amount}
        onChange={setAmount}
        error={errorAt('amount')}
        data-autofocus
      />
      <SegmentedControl
        aria-label={t('pointsTab.lot.origin')}
        value={origin}
        data={(['FREE', 'PAID'] as const).map((value) => ({ value, label: t(`pointsTab.origin.${value}`) }))}
        onChange={(value) => setOrigin(value === 'PAID' ? 'PAID' : 'FREE')}
      />
      <TextInput
        id="grant-note"
        label={t('grant.note')}
        description={t('grant.noteHelp')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={errorAt('note')}
      />
    </FormDialog>
  );
}
