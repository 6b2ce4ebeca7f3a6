import type { CampaignChoicesQuery } from '#gql/campaigns/graphql';
import { type UserError, useFieldErrors } from '#ui/userErrors';
import { MultiSelect, NumberInput, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Draft } from './useDraft';

const usualDays = 3;
const usualHoldout = 1000;
/** Basis points of one percent. */
const percent = 100;

/** Whom to leave out: members of other segments, who got a campaign lately, and a part drawn at random. */
export function AudienceLimits(props: {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  segments: CampaignChoicesQuery['segments'];
  errors: readonly UserError[];
}) {
  const { t } = useTranslation('campaigns');
  const { draft, change } = props;
  const errorAt = useFieldErrors(props.errors, 'campaigns');
  return (
    <>
      <MultiSelect
        id="campaign-exclusions"
        label={t('limits.exclusions')}
        description={t('limits.exclusionsHelp')}
        placeholder={draft.exclusions.length === 0 ? t('limits.noExclusions') : undefined}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('limits.clearExclusions') }}
        maxValues={20}
        nothingFoundMessage={t('form.noSegment')}
        error={errorAt('exclusions')}
        data={props.segments
          .filter((segment) => segment.id !== draft.segmentId)
          .map((segment) => ({ value: segment.id, label: segment.name }))}
        value={draft.exclusions}
        onChange={(exclusions) => change({ exclusions })}
      />
      <Stack gap="xs">
        <Switch
          label={t('limits.frequency')}
          description={t('limits.frequencyHelp')}
          checked={draft.frequencyDays > 0}
          onChange={(event) => change({ frequencyDays: event.currentTarget.checked ? usualDays : 0 })}
        />
        {draft.frequencyDays > 0 && (
          <NumberInput
            id="campaign-frequencyDays"
            label={t('limits.days')}
            min={1}
            max={365}
            allowDecimal={false}
            suffix={t('limits.daysUnit')}
            error={errorAt('frequencyDays')}
            value={draft.frequencyDays}
            onChange={(days) => typeof days === 'number' && days > 0 && change({ frequencyDays: days })}
          />
        )}
      </Stack>
      <Stack gap="xs">
        <Switch
          label={t('limits.holdout')}
          description={t('limits.holdoutHelp')}
          checked={draft.holdoutRate > 0}
          onChange={(event) => change({ holdoutRate: event.currentTarget.checked ? usualHoldout : 0 })}
        />
        {draft.holdoutRate > 0 && (
          <NumberInput
            id="campaign-holdoutRate"
            label={t('limits.share')}
            description={t('limits.shareHelp')}
            min={0.5}
            max={50}
            step={5}
            decimalScale={1}
            suffix="%"
            error={errorAt('holdoutRate')}
            value={draft.holdoutRate / percent}
            onChange={(share) =>
              typeof share === 'number' && share > 0 && change({ holdoutRate: Math.round(share * percent) })
            }
          />
        )}
      </Stack>
    </>
  );
}
