import { CampaignCreateDocument } from '#gql/campaigns/graphql';
import { useScope } from '#lib/viewer';
import { toastFailed } from '#ui/toast';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { campaignUrl } from './urls';

/** Makes a draft and opens it. */
export interface NewCampaign {
  busy: boolean;
  /** The day it is planned for, 2026-12-04; without one, it stands on no day yet. */
  start: (day?: string) => Promise<void>;
}

/** How to begin a campaign; undefined for who may not. */
export function useNewCampaign(): NewCampaign | undefined {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const mayWrite = useScope('campaigns:write');
  const [{ fetching }, create] = useMutation(CampaignCreateDocument);
  if (!mayWrite) return undefined;
  const start = async (day?: string) => {
    const period = day ? { startsOn: day } : null;
    const { data } = await create({ input: { name: t('newName'), theme: '', period } });
    const campaign = data?.createCampaign.campaign;
    if (campaign) await navigate(campaignUrl(campaign.id));
    else toastFailed(t('createFailed'), data?.createCampaign.userErrors[0]?.message ?? t('tryAgain'));
  };
  return { busy: fetching, start };
}
