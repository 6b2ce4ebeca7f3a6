import {
  type CampaignDraftFragment,
  CampaignLiveDocument,
  CampaignUnscheduleDocument,
} from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { CampaignBadge } from '#ui/CampaignBadge';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Button, Table, Text, Title } from '@mantine/core';
import { IconCalendarX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useSubscription } from 'urql';
import { AsItArrives } from '../editor/AsItArrives';
import { Reach } from '../editor/Reach';
import { RefusedPeople } from '../editor/RefusedPeople';
import { useAudience } from '../editor/useAudience';
import { campaignsUrl } from '../urls';
import { useDuration } from '../useDuration';
import { Blocked } from './Blocked';
import { Exemption } from './Exemption';
import classes from './LivePage.module.css';

const secondMs = 1_000;
const minuteMs = 60 * secondMs;

/** A campaign that waits for its instant: when it goes, to whom, with what, and the way out of the schedule. */
export function ScheduledPage(props: { campaign: CampaignDraftFragment; onChanged: () => void }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { campaign, onChanged } = props;
  const [live] = useSubscription({ query: CampaignLiveDocument, variables: { campaignId: campaign.id } });
  const status = live.data?.campaignMetrics.status ?? 'SCHEDULED';
  useEffect(() => {
    if (status !== 'SCHEDULED') onChanged();
  }, [status, onChanged]);
  const reached = useAudience(campaign.id, { hasSegment: true });
  const at = campaign.scheduledAt ?? campaign.updatedAt;

  return (
    <>
      <PageHeader
        title={campaign.name}
        back={{ link: campaignsUrl(), label: t('title') }}
        beside={<CampaignBadge status={campaign.status} />}
        description={campaign.segment?.name}
        actions={
          <>
            <Unschedule id={campaign.id} />
            <Exemption campaign={campaign} />
          </>
        }
      />
      <RefusedPeople campaignId={campaign.id} isDraft={false} />
      <Blocked campaign={campaign} />
      <section aria-labelledby="countdown" className={classes.countdown}>
        <Text id="countdown" size="sm" c="dimmed">
          {t('scheduled.beginsAt')}
        </Text>
        <time dateTime={at} className={classes.instant}>
          {format.dateTime(at)}
        </time>
        <Countdown at={at} />
        <Text size="sm" mt="sm">
          {t('scheduled.note')}
        </Text>
      </section>
      <div className={classes.pair}>
        <section aria-labelledby="contents">
          <Title order={2} id="contents" mb="xs">
            {t('step.content')}
          </Title>
          <Table>
            <Table.Tbody>
              {campaign.variants.map((variant) => (
                <Table.Tr key={variant.id} className={classes.content}>
                  <Table.Th>
                    <MallDot mall={variant.mall} />
                  </Table.Th>
                  <Table.Td>
                    <AsItArrives
                      variant={{ ...variant, offerId: variant.offer?.id ?? null }}
                      senderName={campaign.senderName}
                      offer={variant.offer?.name}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {campaign.ratePerMinute && (
            <Text size="sm" mt="sm">
              {t('rate.pace', { rate: format.number(campaign.ratePerMinute) })}
            </Text>
          )}
        </section>
        <Reach campaignId={campaign.id} hasSegment reached={reached} isDraft={false} />
      </div>
    </>
  );
}

/** How long until then: by the second in the last minutes. */
function Countdown(props: { at: string }) {
  const { t } = useTranslation('campaigns');
  const duration = useDuration();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), secondMs);
    return () => clearInterval(timer);
  }, []);
  const left = Date.parse(props.at) - now;
  if (left <= 0) return <Text role="timer">{t('scheduled.beginning')}</Text>;
  return (
    <Text role="timer">
      {left < 2 * minuteMs
        ? t('scheduled.inSeconds', { seconds: Math.ceil(left / secondMs) })
        : t('scheduled.in', { duration: duration(left / minuteMs) })}
    </Text>
  );
}

function Unschedule(props: { id: string }) {
  const { t } = useTranslation('campaigns');
  const write = useErrorText('campaigns');
  const maySend = useScope('campaigns:send');
  const [{ fetching }, unschedule] = useMutation(CampaignUnscheduleDocument);
  if (!maySend) return null;
  const act = async () => {
    const { data } = await unschedule({ input: { id: props.id } });
    const errors = data?.unscheduleCampaign.userErrors;
    const [first] = errors ?? [];
    if (!errors || first) toastFailed(t('actionFailed'), first ? write(first) : t('tryAgain'));
  };
  return (
    <Button
      variant="default"
      loading={fetching}
      leftSection={<IconCalendarX size="1rem" aria-hidden />}
      onClick={() => void act()}
    >
      {t('scheduled.unschedule')}
    </Button>
  );
}
