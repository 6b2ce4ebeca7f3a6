import { CampaignBadge } from '#ui/CampaignBadge';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { campaignUrl } from '../urls';
import classes from './Items.module.css';
import type { CalendarEvent, PlannedCampaign } from './hints';
import { hueOf, lineOf } from './line';
import { useCalendarWords } from './useCalendarWords';

/** A campaign in a list of days. */
export function CampaignItem(props: { planned: PlannedCampaign }) {
  const words = useCalendarWords();
  const { campaign } = props.planned;
  return (
    <Link {...campaignUrl(campaign.id)} className={classes.item}>
      <span className={`${classes.name} ${classes.named}`}>
        <span className={classes.lines} title={campaign.name}>
          {words.at(campaign)} {campaign.name}
        </span>
        {campaign.segment && (
          <span className={`${classes.note} ${classes.lines}`} title={campaign.segment.name}>
            {campaign.segment.name}
          </span>
        )}
      </span>
      <CampaignBadge status={campaign.status} figures={campaign.figures} />
    </Link>
  );
}

/** A sale, a season, or a day of the merchant's own in a list of days. */
export function EventItem(props: { event: CalendarEvent }) {
  const { t } = useTranslation('campaigns');
  const words = useCalendarWords();
  const { event } = props;
  return (
    <Link
      from="/campaigns"
      to="/campaigns"
      search={(was) => ({ ...was, event: event.id })}
      resetScroll={false}
      className={classes.item}
      data-cancelled={event.status === 'CANCELLED' || undefined}
    >
      <span
        className={classes.line}
        data-line={lineOf(event)}
        style={hueOf(event)}
      />
      <span className={classes.name}>
        {event.name}
        <span className={classes.note}>
          {[event.mall && t(`ui:mall.${event.mall}` as never), words.period(event), words.status(event)].filter(Boolean).join(' · ')}
        </span>
      </span>
    </Link>
  );
}
