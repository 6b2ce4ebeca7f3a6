import {
  type CampaignDraftFragment,
  CampaignUpdateDocument,
  type CampaignVariantInput,
  type DestinationChoice,
} from '#gql/campaigns/graphql';
import { failureKey } from '#ui/ErrorState';
import { requestFailed, type UserError } from '#ui/userErrors';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';

/** What the editor changes of a campaign. */
export interface Draft {
  name: string;
  theme: string;
  segmentId: string | null;
  /** The days it is planned for, 2026-12-04; without a last one, one day. */
  startsOn: string | null;
  endsOn: string | null;
  destinationChoice: DestinationChoice;
  senderName: string;
  conversionDays: number;
  /** Basis points. */
  holdoutRate: number;
  /** 0: no limit. */
  frequencyDays: number;
  /** Mails; 0: as fast as the mail server takes them. */
  ratePerMinute: number;
  /** Segments whose members get nothing. */
  exclusions: string[];
  variants: CampaignVariantInput[];
}

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';

const quietMs = 700;

/**
 * The draft on screen and on the server. A change is saved when typing rests
 * for 700 ms; saves never overtake one another, and one that somebody else's
 * change came before is a conflict that saves nothing more. `flush` saves at once
 * and answers the version that is then on the server, or undefined when it failed.
 */
export function useDraft(campaign: CampaignDraftFragment) {
  const client = useClient();
  const { t } = useTranslation('ui');
  const [draft, setDraft] = useState<Draft>(() => fromCampaign(campaign));
  const [state, setState] = useState<SaveState>('saved');
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const latest = useRef(draft);
  const version = useRef(campaign.version);
  const saved = useRef(draft);
  const running = useRef<Promise<number | undefined>>(undefined);

  const save = useCallback(async (): Promise<number | undefined> => {
    const sending = latest.current;
    if (sending === saved.current) return version.current;
    setState('saving');
    const { data, error } = await client
      .mutation(CampaignUpdateDocument, { input: { id: campaign.id, version: version.current, ...inputOf(sending) } })
      .toPromise();
    const answer = data?.updateCampaign;
    const found = error ? [requestFailed(t(failureKey(error)))] : (answer?.userErrors ?? []);
    setErrors(found);
    if (found.length > 0 || !answer?.campaign) {
      setState(found.some((e) => e.code === 'STALE_VERSION' || e.code === 'CONFLICT') ? 'conflict' : 'failed');
      return undefined;
    }
    version.current = answer.campaign.version;
    saved.current = sending;
    setState(latest.current === sending ? 'saved' : 'unsaved');
    return version.current;
  }, [client, campaign.id, t]);

  const flush = useCallback(async (): Promise<number | undefined> => {
    while (running.current) await running.current;
    running.current = save().finally(() => {
      running.current = undefined;
    });
    return running.current;
  }, [save]);

  const change = useCallback((part: Partial<Draft>) => {
    setDraft((was) => {
      latest.current = { ...was, ...part };
      return latest.current;
    });
    setState((was) => (was === 'conflict' ? was : 'unsaved'));
  }, []);

  useEffect(() => {
    if (state === 'conflict' || draft === saved.current) return;
    const timer = setTimeout(() => void flush(), quietMs);
    return () => clearTimeout(timer);
  }, [draft, state, flush]);

  return { draft, change, flush, state, errors };
}

const inputOf = ({ startsOn, endsOn, ...rest }: Draft) => ({ ...rest, period: { startsOn, endsOn } });

const fromCampaign = (campaign: CampaignDraftFragment): Draft => ({
  name: campaign.name,
  theme: campaign.theme,
  segmentId: campaign.segment?.id ?? null,
  startsOn: campaign.startsOn ?? null,
  endsOn: campaign.endsOn ?? null,
  destinationChoice: campaign.destinationChoice,
  senderName: campaign.senderName,
  conversionDays: campaign.conversionDays,
  holdoutRate: campaign.holdoutRate,
  frequencyDays: campaign.frequencyDays,
  ratePerMinute: campaign.ratePerMinute ?? 0,
  exclusions: campaign.exclusions.map((segment) => segment.id),
  variants: campaign.variants.map((variant) => ({
    mall: variant.mall,
    isDefault: variant.isDefault,
    offerId: variant.offer?.id ?? null,
    subject: variant.subject,
    mjml: variant.mjml,
    textBody: variant.textBody,
  })),
});
