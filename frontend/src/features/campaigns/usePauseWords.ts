import type { CampaignHeadFragment } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

type Pause = NonNullable<CampaignHeadFragment['pause']>;

/** Writes who paused a campaign, when and, where a reason was given, why. */
export function usePauseWords(): (pause: Pause) => string {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  return useCallback(
    ({ at, by, reason }) => {
      const time = format.shortDateTime(at);
      const who = by ? t('paused.by', { name: by, time }) : t('paused.at', { time });
      return reason ? t('paused.because', { who, reason }) : who;
    },
    [t, format],
  );
}
