import { useFormat } from '#lib/FormatContext';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CalendarEvent, PlannedCampaign } from './hints';
import { lineOf } from './line';

const japan = 'Asia/Tokyo';
/** A Sunday. */
const sunday = Date.UTC(2026, 10, 1);
const dayMs = 86_400_000;

/** How days, sales and campaigns of a calendar are written. Sales keep the malls' own time. */
export function useCalendarWords() {
  const { t, i18n } = useTranslation('campaigns');
  const format = useFormat();
  return useMemo(() => {
    const locale = i18n.language.startsWith('ja') ? 'ja-JP' : 'en-US';
    const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
    const short = new Intl.DateTimeFormat(locale, { month: 'numeric', day: 'numeric', weekday: 'short', timeZone: 'UTC' });
    const clock = new Intl.DateTimeFormat('ja-JP', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: japan });
    const onDay = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeZone: japan });
    const day = (on: string) => short.format(Date.parse(`${on}T00:00:00Z`));
    const instant = (at: string) => `${day(onDay.format(new Date(at)))} ${clock.format(new Date(at))}`;
    const allDay = (event: CalendarEvent) =>
      clock.format(new Date(event.startsAt)) === '00:00' && clock.format(new Date(event.endsAt)) === '23:59';
    const period = (event: CalendarEvent): string => {
      if (!allDay(event)) return `${instant(event.startsAt)} – ${instant(event.endsAt)}`;
      return event.firstDay === event.lastDay ? day(event.firstDay) : `${day(event.firstDay)} – ${day(event.lastDay)}`;
    };
    const status = (event: CalendarEvent) => t(`calendar.line.${lineOf(event)}`);
    return {
      weekdays: Array.from({ length: 7 }, (_, at) => weekday.format(sunday + at * dayMs)),
      /** 12/4(金) */
      day,
      /** 12/4(金) 20:00 – 12/11(金) 01:59, or only its days. */
      period,
      /** What is known of its days: predicted, announced … */
      status,
      /** Everything for tooltips: what and when, and on the next line what that rests on and how sure it is. */
      event: (event: CalendarEvent) => {
        const certainty = event.status === 'PREDICTED' ? (event.rule?.certainty as 'VH' | 'H' | 'M' | 'L' | undefined) : undefined;
        const what = [event.mall && t(`ui:mall.${event.mall}` as never), event.name, period(event), status(event)];
        const grounds = [event.source, certainty && t(`calendar.sure.${certainty}`)];
        return [what, grounds].map((parts) => parts.filter(Boolean).join(' · ')).filter(Boolean).join('\n');
      },
      /** The time a campaign goes or went out, where it has one. */
      at: ({ sentAt, scheduledAt }: PlannedCampaign['campaign']) => {
        const at = sentAt ?? scheduledAt;
        return at ? format.time(at) : '';
      },
    };
  }, [t, i18n.language, format]);
}
