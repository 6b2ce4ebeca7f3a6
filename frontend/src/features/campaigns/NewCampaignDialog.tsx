import { FormDialog } from '#ui/FormDialog';
import { CampaignChoicesDocument, CampaignCreateDocument } from '#gql/campaigns/graphql';
import { toastFailed } from '#ui/toast';
import { Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { campaignUrl } from './urls';

/** Asks what the campaign is called; only then a draft is stored, and opened. One for a segment has it for its audience. */
export function NewCampaignDialog(props: { day?: string | undefined; segmentId?: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [choices] = useQuery({ query: CampaignChoicesDocument, pause: props.segmentId === undefined });
  const segment = choices.data?.segments.find((one) => one.id === props.segmentId);
  const [{ fetching }, create] = useMutation(CampaignCreateDocument);
  const make = async () => {
    if (!name.trim()) return;
    const period = props.day ? { startsOn: props.day } : null;
    const { data } = await create({ input: { name, theme: '', period, segmentId: props.segmentId ?? null } });
    const campaign = data?.createCampaign.campaign;
    if (campaign) await navigate(campaignUrl(campaign.id));
    else toastFailed(t('createFailed'), data?.createCampaign.userErrors[0]?.message ?? t('tryAgain'));
  };
  return (
    <FormDialog
      title={t('new.title')}
      submit={t('new.make')}
      busy={fetching}
      disabled={!name.trim()}
      onSubmit={make}
      onClose={props.onClose}
    >
      {segment && <Text size="sm">{t('new.forSegment', { name: segment.name })}</Text>}
      <TextInput
        data-autofocus
        label={t('form.name')}
        description={t('form.nameHelp')}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
