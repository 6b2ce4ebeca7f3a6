import { useFormat } from '#lib/FormatContext';
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './CampaignBadge.module.css';
import { type CampaignState, type Reached, standingOf } from './campaignStanding';

const colors = {
  DRAFT: 'gray',
  SCHEDULED: 'ai',
  SENDING: 'ai',
  PAUSED: 'yellow',
  SENT: 'green',
  FINISHED: 'green',
  PARTLY: 'yellow',
  CANCELLED: 'red',
} as const;

/** Where a campaign stands and, once it has begun, how many of its audience it was sent to. */
export function CampaignBadge(props: { status: CampaignState; figures?: Reached }) {
  const { t } = useTranslation('ui');
  const format = useFormat();
  const { standing, reached } = standingOf(props.status, props.figures);
  return (
    <span className={classes.standing}>
      <Badge color={colors[standing]}>{t(`campaign.${standing}`)}</Badge>
      {reached && (
        <span className={classes.reached}>
          {t('campaign.reached', { sent: format.people(reached.sent), audience: format.people(reached.audience) })}
        </span>
      )}
    </span>
  );
}
