import { CampaignAudienceDocument, type CampaignAudienceQuery } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { useLatest } from '#lib/useLatest';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';

type Audience = NonNullable<CampaignAudienceQuery['campaign']>['audience'];

/** Whom a campaign would reach, as it was last worked out. */
export interface Reached {
  /** Undefined without a segment, and before it is known for the first time. */
  audience: Audience | undefined;
  /** It is being worked out anew; until then the figures are those of before. */
  computing: boolean;
  error: CombinedError | undefined;
  retry: () => void;
  /** A number of people in words; of an estimate, about how many. */
  people: (count: number) => string;
}

/**
 * Follows whom a campaign would reach. The last answer stays while another is
 * worked out, also over the time in which nobody asks (`pause`).
 */
export function useAudience(campaignId: string, options: { hasSegment: boolean; pause?: boolean }): Reached {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { hasSegment, pause = false } = options;
  const [{ data, error, computing }, ask] = useLatest({
    query: CampaignAudienceDocument,
    variables: { id: campaignId },
    pause: !hasSegment || pause,
  });
  const audience = hasSegment ? data?.campaign?.audience : undefined;
  return {
    audience,
    computing: hasSegment && computing,
    error: hasSegment ? error : undefined,
    retry: useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]),
    people: (count) => (audience?.estimated ? t('reach.about', { people: format.people(count) }) : format.people(count)),
  };
}
