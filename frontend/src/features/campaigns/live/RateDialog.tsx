import { CampaignSetRateDocument } from '#gql/campaigns/graphql';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Button, Group, Modal, Stack } from '@mantine/core';
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
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const { data, error } = await save({ input: { id: props.id, ratePerMinute } });
    const found = error ? [requestFailed(tUi(failureKey(error)))] : (data?.setCampaignRate.userErrors ?? []);
    setErrors(found);
    if (found.length === 0) props.onClose();
  };
  return (
    <Modal opened onClose={props.onClose} title={t('rate.title')} closeButtonProps={{ 'aria-label': tUi('close') }}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="lg">
          <FormErrors form="campaign" errors={errors} namespace="campaigns" />
          <RateInput value={ratePerMinute} onChange={setRate} error={errorAt('ratePerMinute')} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={props.onClose}>
              {tUi('confirm.cancel')}
            </Button>
            <Button type="submit" loading={fetching}>
              {t('rate.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
