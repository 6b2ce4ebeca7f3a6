import { CampaignFindingsDocument, type FindingFieldsFragment } from '#gql/campaigns/graphql';
import { Skeleton, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { FindingList } from '../findings/FindingList';
import classes from '../findings/Findings.module.css';

// A mall mail is saved apart from the campaign.
const context = { additionalTypenames: ['MallMail'] };

/** What must or should be mended before the campaign can be sent, and what splits its audience, with a jump to the place. */
export function Findings(props: { campaignId: string; jump: (finding: FindingFieldsFragment) => void }) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({
    query: CampaignFindingsDocument,
    variables: { id: props.campaignId, locale: i18n.language },
    context,
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
      {some.length > 0 && (
        <>
          <Title order={3} size="h5" mt="md">
            {t('findings.someTitle')}
          </Title>
          <Text size="xs" c="dimmed">
            {t('findings.someBody')}
          </Text>
          <FindingList findings={some} jump={props.jump} campaignId={props.campaignId} />
        </>
      )}
    </section>
  );
}
