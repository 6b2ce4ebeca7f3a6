import { FormDialog } from '#ui/FormDialog';
import { CampaignSetRateDocument } from '#gql/campaigns/graphql';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { RateInput } from '../RateInput';

/** Changes how fast a campaign goes out, also while it does. */
export function RateDialog(props: { id: string; current: number; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const { t: tUi } = useTranslation('ui');
  const [{ fetching }, save] = useMutation(CampaignSetRateDocument);
  const [ratePerMinute, setRate] = useState(props.current);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'campaigns');
  const submit = async () => {
    const { data, error } = await save({ input: { id: props.id, ratePerMinute } });
    const found = error ? [requestFailed(tUi(failureKey(error)))] : (data?.setCampaignRate.userErrors ?? []);
    setErrors(found);
    if (found.length === 0) props.onClose();
  };
  return (
    <FormDialog
      title={t('rate.title')}
      submit={t('rate.save')}
      busy={fetching}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="campaign" errors={errors} namespace="campaigns" />
      <RateInput value={ratePerMinute} onChange={setRate} error={errorAt('ratePerMinute')} />
    </FormDialog>
  );
}
