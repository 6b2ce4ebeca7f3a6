import { CampaignCalendarChoicesDocument, CampaignCalendarDocument } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { ErrorState } from '#ui/ErrorState';
import { FilterMenu } from '#ui/FilterMenu';
import { MallDot } from '#ui/MallDot';
import { malls as allMalls } from '#ui/malls';
import { ActionIcon, Button, Group, Skeleton, Switch, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconCalendarPlus, IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { NewCampaign } from '../useNewCampaign';
import type { CampaignsSearch } from '../urls';
import { Agenda } from './Agenda';
import classes from './Calendar.module.css';
import { addMonths, monthOf, weeksOf } from './days';
import { DayDrawer } from './DayDrawer';
import { EventDrawer } from './EventDrawer';
import { Legend } from './Legend';
import { MonthGrid } from './MonthGrid';

const route = getRouteApi('/shell/campaigns');

/** A month of campaigns beside the malls' own sales and the national holidays. */
export function CalendarView(props: { create: NewCampaign | undefined }) {
  const { t, i18n } = useTranslation('campaigns');
  const format = useFormat();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns' });
  const today = format.day(new Date());
  const month = search.month ?? monthOf(today);
  const weeks = weeksOf(month);
  const [{ data, error, stale }, reload] = useQuery({
    query: CampaignCalendarDocument,
    variables: { from: weeks[0]?.[0] ?? '', to: weeks.at(-1)?.at(-1) ?? '', locale: i18n.language },
    context: calendarContext,
  });
  const chosen = useMalls();
  const narrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const set = (part: Partial<CampaignsSearch>) => void navigate({ search: (was) => ({ ...was, ...part }), resetScroll: false });
  const again = () => reload({ requestPolicy: 'network-only' });

  if (error && !data) return <ErrorState error={error} retry={again} />;
  const events = (data?.mallEvents ?? []).filter(
    (event) => (!event.mall || chosen.shown.includes(event.mall)) && (search.events !== 'major' || event.major),
  );
  const content = { month, weeks, today, planned: data?.campaignCalendar ?? [], events, holidays: data?.holidays ?? [] };
  return (
    <section aria-label={t('calendar.label', { month: format.month(`${month}-01`) })}>
      <div className={classes.bar}>
        <Group gap="xs" wrap="nowrap">
          <ActionIcon
            variant="default"
            aria-label={t('calendar.previous')}
            onClick={() => set({ month: addMonths(month, -1), day: undefined })}
          >
            <IconChevronLeft size="1rem" aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            aria-label={t('calendar.next')}
            onClick={() => set({ month: addMonths(month, 1), day: undefined })}
          >
            <IconChevronRight size="1rem" aria-hidden />
          </ActionIcon>
          <Title order={2} className={classes.month} aria-live="polite">
            {format.month(`${month}-01`)}
          </Title>
          <Button
            variant="default"
            size="compact-md"
            disabled={month === monthOf(today)}
            onClick={() => set({ month: undefined, day: undefined })}
          >
            {t('calendar.today')}
          </Button>
        </Group>
        <Group gap="sm">
          <Switch
            label={t('calendar.majorOnly')}
            checked={search.events === 'major'}
            onChange={(event) => set({ events: event.currentTarget.checked ? 'major' : undefined })}
          />
          <FilterMenu
            label={t('calendar.malls')}
            options={chosen.offered.map((mall) => ({ value: mall, label: <MallDot mall={mall} /> }))}
            value={search.malls ?? []}
            onChange={(malls) => set({ malls: malls.length > 0 ? malls : undefined })}
          />
          {props.create && (
            <Button
              variant="default"
              leftSection={<IconCalendarPlus size="1rem" aria-hidden />}
              onClick={() => set({ event: 'new' })}
            >
              {t('calendar.addEvent')}
            </Button>
          )}
        </Group>
      </div>
      {!data || chosen.loading ? (
        <Skeleton height="36rem" />
      ) : (
        <div aria-busy={stale} className={classes.body}>
          {narrow ? <Agenda {...content} /> : <MonthGrid {...content} />}
        </div>
      )}
      <Legend />
      {search.day && !search.event && data && (
        <DayDrawer {...content} day={search.day} create={props.create} onClose={() => set({ day: undefined })} />
      )}
      {search.event && data && (
        <EventDrawer
          key={search.event}
          event={data.mallEvents.find((event) => event.id === search.event)}
          isNew={search.event === 'new'}
          day={search.day}
          mayWrite={props.create !== undefined}
          onChanged={again}
          onClose={() => set({ event: undefined })}
        />
      )}
    </section>
  );
}

// An empty answer names no type, and would not be read again after a change.
const calendarContext = { additionalTypenames: ['Campaign', 'MallEvent'] };

/** Whose events can be shown, and whose are: the merchant's own malls unless others were chosen. */
function useMalls() {
  const { i18n } = useTranslation('campaigns');
  const { malls } = route.useSearch();
  const [{ data, fetching }] = useQuery({ query: CampaignCalendarChoicesDocument, variables: { locale: i18n.language } });
  const withEvents = new Set(data?.mallEventRules.map((rule) => rule.mall));
  const own = new Set(data?.shops.map((shop) => shop.mall));
  const offered = allMalls.filter((mall) => withEvents.has(mall) || own.has(mall));
  return { offered, shown: malls ?? offered.filter((mall) => own.has(mall)), loading: fetching && !data };
}
