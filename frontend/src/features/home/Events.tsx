import { HomeEventsDocument, type HomeEventsQuery } from '#gql/home/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { MallDot } from '#ui/MallDot';
import { Link, linkOptions } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './home.module.css';
import { useMalls } from './latest';
import { Section } from './Section';

type Event = HomeEventsQuery['mallEvents'][number];

const ahead = 21;
const shown = 6;
const dayMs = 86_400_000;

const calendarUrl = (day: string) => linkOptions({ to: '/campaigns', search: { view: 'calendar', day, month: day.slice(0, 7) } });

/** What the merchant's malls hold in the next weeks: the big sales, and the days that come every week or month as far as there is room. */
export function Events() {
  const { t, i18n } = useTranslation('home');
  const format = useFormat();
  const malls = useMalls();
  const today = format.day(new Date());
  const to = format.day(new Date(Date.now() + ahead * dayMs));
  const maySee = useScope('campaigns:read');
  const [{ data }] = useQuery({
    query: HomeEventsDocument,
    variables: { from: today, to, malls, locale: i18n.language },
    pause: !maySee || !malls || malls.length === 0,
  });
  if (!data) return null;
  const events = pick(data.mallEvents);
  return (
    <Section title={t('events.title')} all={calendarUrl(today)} empty={events.length === 0 ? t('events.empty') : undefined}>
      <ul className={classes.rows}>
        {events.map((event) => (
          <li key={event.id}>
            <Link {...calendarUrl(event.firstDay)} className={classes.row}>
              <span className={event.major ? classes.rowName : undefined}>{event.name}</span>
              <span className={classes.days}>{days(event)}</span>
              <span className={classes.rowNote}>
                {event.mall ? <MallDot mall={event.mall} /> : t('events.allMalls')}
                {event.status === 'PREDICTED' && ` · ${t(event.approximate ? 'events.about' : 'events.predicted')}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The big ones first to have a place, then shown by their day. */
function pick(events: readonly Event[]): Event[] {
  const major = events.filter((event) => event.major);
  const minor = events.filter((event) => !event.major);
  return [...major, ...minor].slice(0, shown).toSorted((a, b) => a.firstDay.localeCompare(b.firstDay));
}

/** 12/04–12/11 */
const days = (event: Event) => {
  const short = (day: string) => day.slice(5).replace('-', '/');
  return event.firstDay === event.lastDay ? short(event.firstDay) : `${short(event.firstDay)}–${short(event.lastDay)}`;
};
