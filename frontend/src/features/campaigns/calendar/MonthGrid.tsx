import { Link } from '@tanstack/react-router';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { campaignUrl } from '../urls';
import classes from './Calendar.module.css';
import type { CalendarContent } from './content';
import { weekdayOf } from './days';
import { type CalendarEvent, hintsOf, type PlannedCampaign } from './hints';
import { lanesOf, type Segment } from './lanes';
import { hueOf, lineOf } from './line';
import { useCalendarWords } from './useCalendarWords';

/** A month in weeks: the malls' sales as thin lines, campaigns as bars below them. */
export function MonthGrid(props: CalendarContent) {
  const words = useCalendarWords();
  return (
    <div className={classes.grid}>
      <div className={classes.weekdays} aria-hidden>
        {words.weekdays.map((name, at) => (
          <span key={name} data-weekday={at}>
            {name}
          </span>
        ))}
      </div>
      {props.weeks.map((week) => (
        <Week key={week[0]} {...props} week={week} />
      ))}
    </div>
  );
}

/** Lanes beyond these are told as a number. */
const mostLanes = 7;

function Week(props: CalendarContent & { week: readonly string[] }) {
  const { t } = useTranslation('campaigns');
  const { week } = props;
  const segments = lanesOf<Lying>(week, [...props.planned, ...props.events]);
  const shown = segments.filter((segment) => segment.lane < mostLanes);
  // The first row is the day's head, the last one what is left out, and air.
  const foot = 2 + Math.max(0, ...shown.map((segment) => segment.lane + 1));
  const hidden = (day: number) =>
    segments.filter((s) => s.lane >= mostLanes && s.from <= day && day < s.from + s.length).length;
  return (
    <div className={classes.week} style={{ gridTemplateRows: `1.75rem repeat(${foot - 2}, min-content) minmax(0.5rem, 1fr)` }}>
      {week.map((day, at) => (
        <DayHead key={day} {...props} day={day} column={at + 1} rows={foot} />
      ))}
      {shown.map((segment) =>
        'campaign' in segment.item ? (
          <CampaignBar key={segment.item.campaign.id} item={segment.item} segment={segment} />
        ) : (
          <EventLine key={segment.item.id} item={segment.item} segment={segment} />
        ),
      )}
      {week.map((day, at) => (
        <span key={day} className={classes.foot} style={{ gridColumn: at + 1, gridRow: foot }}>
          {hidden(at) > 0 && (
            <Link from="/campaigns" to="/campaigns" search={(was) => ({ ...was, day })} resetScroll={false} className={classes.more}>
              {t('calendar.more', { count: hidden(at) })}
            </Link>
          )}
        </span>
      ))}
    </div>
  );
}

type Lying = PlannedCampaign | CalendarEvent;

/** Where a bar or a line stands within its week. */
const place = ({ from, length, lane }: Segment<Lying>) => ({ gridColumn: `${from + 1} / span ${length}`, gridRow: 2 + lane });

/** A day with its number; the whole field opens it. */
function DayHead(props: CalendarContent & { day: string; column: number; rows: number }) {
  const { t } = useTranslation('campaigns');
  const words = useCalendarWords();
  const { day, month, today } = props;
  const holiday = props.holidays.find((one) => one.on === day);
  const hints = hintsOf(day, today, props.planned, props.events);
  return (
    <Link
      from="/campaigns"
      to="/campaigns"
      search={(was) => ({ ...was, day })}
      resetScroll={false}
      className={classes.day}
      style={{ gridColumn: props.column, gridRow: `1 / ${props.rows + 1}` }}
      data-outside={!day.startsWith(month) || undefined}
      data-off={holiday !== undefined || weekdayOf(day) === 0 || undefined}
      data-today={day === today || undefined}
      aria-current={day === today ? 'date' : undefined}
      aria-label={[words.day(day), holiday?.name, hints.length > 0 && t('calendar.hasHints')].filter(Boolean).join(' ')}
    >
      <span className={classes.number}>{Number(day.slice(8))}</span>
      {holiday && (
        <span className={classes.holiday} title={holiday.name}>
          {holiday.name}
        </span>
      )}
      {hints.length > 0 && <IconAlertTriangle className={classes.hint} aria-hidden />}
    </Link>
  );
}

/** A sale or a season as a thin line under its name. */
function EventLine(props: { item: CalendarEvent; segment: Segment<Lying> }) {
  const words = useCalendarWords();
  const { item, segment } = props;
  return (
    <Link
      from="/campaigns"
      to="/campaigns"
      search={(was) => ({ ...was, event: item.id })}
      resetScroll={false}
      className={classes.event}
      title={words.event(item)}
      data-line={lineOf(item)}
      data-minor={!item.major || undefined}
      style={{ ...place(segment), ...hueOf(item) }}
    >
      {item.name}
    </Link>
  );
}

function CampaignBar(props: { item: PlannedCampaign; segment: Segment<Lying> }) {
  const { t } = useTranslation('ui');
  const words = useCalendarWords();
  const { item, segment } = props;
  const { campaign } = item;
  return (
    <Link
      {...campaignUrl(campaign.id)}
      className={classes.campaign}
      data-status={campaign.status}
      data-starts={segment.starts || undefined}
      data-ends={segment.ends || undefined}
      title={`${campaign.name} · ${t(`campaign.${campaign.status}`)}`}
      style={place(segment)}
    >
      {words.at(campaign)} {campaign.name}
    </Link>
  );
}
