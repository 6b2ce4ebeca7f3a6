import { CampaignFindingsDocument, type FindingFieldsFragment } from '#gql/graphql';
import { Anchor, Skeleton, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle, IconOctagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { Step } from '../urls';
import classes from './CampaignEditor.module.css';

const icons = { BLOCK: IconOctagon, WARN: IconAlertTriangle, INFO: IconInfoCircle };

/** The step of the editor where a finding is mended. */
const stepOf = (place: string): Step => {
  if (place.startsWith('variants')) return 'content';
  if (place.startsWith('sender')) return 'sender';
  return 'audience';
};

/** What must or should be mended before the campaign can be sent, with a jump to the place. */
export function Findings(props: { campaignId: string; go: (step: Step) => void }) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({
    query: CampaignFindingsDocument,
    variables: { id: props.campaignId, locale: i18n.language },
  });
  const findings = data?.campaign?.findings;
  return (
    <section aria-label={t('findings.title')}>
      <Title order={2} mb="xs">
        {t('findings.title')}
      </Title>
      {!findings && <Skeleton height="4rem" />}
      {findings?.length === 0 && (
        <Text size="sm" className={classes.finding}>
          <IconCircleCheck size="1.125rem" color="var(--mg-good)" aria-hidden />
          {t('findings.none')}
        </Text>
      )}
      {findings && findings.length > 0 && <FindingList findings={findings} go={props.go} />}
    </section>
  );
}

/** Findings one below the other: how grave, what, where, and the remedy. */
export function FindingList(props: { findings: readonly FindingFieldsFragment[]; go?: (step: Step) => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <div>
      {props.findings.map((finding) => {
        const Icon = icons[finding.severity];
        return (
          <div className={classes.finding} key={`${finding.code}:${finding.place}:${finding.line ?? ''}:${finding.message}`}>
            <Icon size="1.125rem" className={classes[finding.severity]} aria-label={t(`severity.${finding.severity}`)} />
            <div>
              <Text size="sm">{finding.message}</Text>
              <Text size="xs" c="dimmed">
                {finding.line ? `${t('findings.line', { line: finding.line })} · ` : ''}
                {finding.remedy}
              </Text>
              {props.go && (
                <Anchor component="button" type="button" size="xs" onClick={() => props.go?.(stepOf(finding.place))}>
                  {t('findings.jump', { step: t(`step.${stepOf(finding.place)}`) })}
                </Anchor>
              )}
            </div>
          </div>
        );
      })}
    </div>
  );
}
