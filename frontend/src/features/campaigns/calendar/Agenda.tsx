import { EmptyState } from '#ui/EmptyState';
import { IconAlertTriangle, IconCalendar } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import classes from './Agenda.module.css';
import type { CalendarContent } from './content';
import { weekdayOf } from './days';
import { CampaignItem, EventItem } from './Items';
import { hintsOf } from './hints';
import { useCalendarWords } from './useCalendarWords';

/** A month as a list of its days, for narrow screens: each thing stands on the day it begins, or on the first of the month. */
export function Agenda(props: CalendarContent) {
  const { t } = useTranslation('campaigns');
  const words = useCalendarWords();
  const days = props.weeks.flat().filter((day) => day.startsWith(props.month));
  const [first = ''] = days;
  const on = (one: { firstDay: string; lastDay: string }, day: string) =>
    one.firstDay === day || (day === first && one.firstDay < first && one.lastDay >= first);
  const filled = days
    .map((day) => ({
      day,
      holiday: props.holidays.find((one) => one.on === day),
      campaigns: props.planned.filter((one) => on(one, day)),
      events: props.events.filter((one) => on(one, day)),
    }))
    .filter((one) => one.day === props.today || one.holiday || one.campaigns.length > 0 || one.events.length > 0);
  if (filled.length === 0) return <EmptyState icon={IconCalendar} title={t('calendar.emptyMonth')} />;
  return (
    <ol className={classes.agenda}>
      {filled.map(({ day, holiday, campaigns, events }) => (
        <li key={day} className={classes.day}>
          <Link
            from="/campaigns"
            to="/campaigns"
            search={(was) => ({ ...was, day })}
            resetScroll={false}
            className={classes.head}
            data-off={holiday !== undefined || weekdayOf(day) === 0 || undefined}
            aria-current={day === props.today ? 'date' : undefined}
          >
            {words.day(day)}
            {day === props.today && <span className={classes.today}>{t('calendar.today')}</span>}
            {holiday && <span className={classes.holiday}>{holiday.name}</span>}
            {hintsOf(day, props.today, props.planned, props.events).length > 0 && (
              <IconAlertTriangle className={classes.hint} aria-label={t('calendar.hasHints')} />
            )}
          </Link>
          {campaigns.map((one) => (
            <CampaignItem key={one.campaign.id} planned={one} />
          ))}
          {events.map((event) => (
            <EventItem key={event.id} event={event} />
          ))}
        </li>
      ))}
    </ol>
  );
}
