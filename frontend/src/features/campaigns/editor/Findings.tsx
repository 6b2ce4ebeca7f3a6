import { CampaignAudienceDocument, CampaignFindingsDocument, type FindingFieldsFragment } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { useLatest } from '#lib/useLatest';
import { Earlier } from '#ui/Earlier';
import { Skeleton, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { concerned, takesOut } from '../findings/concerned';
import { FindingList } from '../findings/FindingList';
import classes from '../findings/Findings.module.css';

// A mall mail is saved apart from the campaign.
export const findingsContext = { additionalTypenames: ['MallMail'] };

/** What must or should be mended before the campaign can be sent, and what splits its audience, with a jump to the place. */
export function Findings(props: { campaignId: string; hasSegment: boolean; jump: (finding: FindingFieldsFragment) => void }) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useLatest({
    query: CampaignFindingsDocument,
    variables: { id: props.campaignId, locale: i18n.language },
    context: findingsContext,
  });
  const findings = data?.campaign?.findings;
  const all = findings?.filter((finding) => finding.origins.length === 0) ?? [];
  const some = findings?.filter((finding) => finding.origins.length > 0) ?? [];
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
      <FindingList findings={all} jump={props.jump} campaignId={props.campaignId} />
      {some.length > 0 && <Splitting {...props} findings={some} />}
    </section>
  );
}

/** What touches some malls' recipients only, with how many that are; what touches nobody of the audience is folded away. */
function Splitting(props: {
  campaignId: string;
  hasSegment: boolean;
  jump: (finding: FindingFieldsFragment) => void;
  findings: readonly FindingFieldsFragment[];
}) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const [{ data }] = useLatest({
    query: CampaignAudienceDocument,
    variables: { id: props.campaignId },
    pause: !props.hasSegment,
  });
  const audience = props.hasSegment ? data?.campaign?.audience : undefined;
  const people = (finding: FindingFieldsFragment) => (audience ? concerned(finding, props.findings, audience) : undefined);
  const note = (finding: FindingFieldsFragment) => {
    const count = people(finding);
    if (count === undefined) return undefined;
    const written = format.people(count);
    return t(takesOut(finding) ? 'findings.takesOut' : 'findings.concerns', {
      people: audience?.estimated ? t('reach.about', { people: written }) : written,
    });
  };
  const someone = props.findings.filter((finding) => people(finding) !== 0);
  const nobody = props.findings.filter((finding) => people(finding) === 0);
  return (
    <Earlier at={audience?.asOf} stale={audience?.stale ?? false}>
      {someone.length > 0 && (
        <div>
          <Title order={3} size="h5" mt="md">
            {t('findings.someTitle')}
          </Title>
          <Text size="xs" c="dimmed">
            {t('findings.someBody')}
          </Text>
          <FindingList findings={someone} jump={props.jump} campaignId={props.campaignId} note={note} />
        </div>
      )}
      {nobody.length > 0 && (
        <details className={classes.folded}>
          <summary>{t('findings.nobody', { count: new Set(nobody.map((finding) => finding.code)).size })}</summary>
          <FindingList findings={nobody} jump={props.jump} campaignId={props.campaignId} />
        </details>
      )}
    </Earlier>
  );
}
