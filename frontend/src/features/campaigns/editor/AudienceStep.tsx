import { CampaignChoicesDocument, type CampaignChoicesQuery } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { TextLink } from '#ui/links';
import { type UserError, useFieldErrors } from '#ui/userErrors';
import { Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { AudienceLimits } from './AudienceLimits';
import classes from './CampaignEditor.module.css';
import { useReadySegments } from './useReadySegments';
import { PeriodInput } from './PeriodInput';
import type { Draft } from './useDraft';

const choices = ['USUAL_MALL', 'DEFAULT_ONLY'] as const;

/** Whom to speak to: the name of the campaign, the segment, and which mall's variant a person gets. */
export function AudienceStep(props: {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  errors: readonly UserError[];
}) {
  const { t } = useTranslation('campaigns');
  const { draft, change } = props;
  const [{ data }] = useQuery({ query: CampaignChoicesDocument });
  const errorAt = useFieldErrors(props.errors, 'campaigns');
  const ready = useReadySegments(data?.segments ?? [], (segmentId) => change({ segmentId }));
  const segments = new Map((data?.segments ?? []).map((segment) => [segment.id, segment]));

  return (
    <Stack gap="lg" className={classes.form}>
      <TextInput
        id="campaign-name"
        label={t('form.name')}
        description={t('form.nameHelp')}
        maxLength={120}
        value={draft.name}
        error={errorAt('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        id="campaign-theme"
        label={t('form.theme')}
        description={t('form.themeHelp')}
        value={draft.theme}
        onChange={(event) => change({ theme: event.currentTarget.value })}
      />
      <PeriodInput
        startsOn={draft.startsOn}
        endsOn={draft.endsOn}
        error={errorAt('endsOn')}
        onChange={change}
      />
      <Select
        id="campaign-segmentId"
        label={t('form.segment')}
        description={t('form.segmentHelp')}
        placeholder={t('form.segmentPlaceholder')}
        searchable
        nothingFoundMessage={t('form.noSegment')}
        error={errorAt('segmentId')}
        data={ready.options}
        renderOption={({ option }) => <SegmentOption name={option.label} segment={segments.get(option.value)} sentence={ready.sentence(option.value)} />}
        value={draft.segmentId}
        onChange={(chosen) => void ready.choose(chosen)}
      />
      {data?.segments.length === 0 && (
        <Text size="sm">
          {t('form.noSegments')}{' '}
          <TextLink to="/segments/new" underline="always">{t('form.toSegments')}</TextLink>
        </Text>
      )}
      <AudienceLimits
        draft={draft}
        change={change}
        segments={data?.segments ?? []}
        errors={props.errors}
      />
      <Radio.Group
        label={t('form.destination')}
        description={t('form.destinationHelp')}
        value={draft.destinationChoice}
        onChange={(value) => change({ destinationChoice: choices.find((c) => c === value) ?? 'USUAL_MALL' })}
      >
        <Stack gap="xs" mt="xs">
          {choices.map((choice) => (
            <Radio
              key={choice}
              value={choice}
              label={t(`destination.${choice}`)}
              description={t(`destinationHelp.${choice}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
    </Stack>
  );
}

/** A segment with its size as it was last counted; what it is now, the panel beside says. One that is not made yet says whom it means. */
function SegmentOption(props: {
  name: string;
  segment: CampaignChoicesQuery['segments'][number] | undefined;
  sentence: string | undefined;
}) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { segment } = props;
  return (
    <div>
      {props.name}
      {segment && typeof segment.memberCount === 'number' && segment.computedAt && (
        <Text size="xs" c="dimmed">
          {t('form.segmentCounted', { count: format.people(segment.memberCount), time: format.shortDateTime(segment.computedAt) })}
        </Text>
      )}
      {props.sentence && (
        <Text size="xs" c="dimmed">
          {props.sentence}
        </Text>
      )}
    </div>
  );
}
