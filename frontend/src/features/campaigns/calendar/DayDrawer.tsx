import { useFormat } from '#lib/FormatContext';
import { SideDrawer } from '#ui/SideDrawer';
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCalendarPlus, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { NewCampaign } from '../useNewCampaign';
import type { CalendarContent } from './content';
import { HintText } from './HintText';
import { hintsOf } from './hints';
import { CampaignItem, EventItem } from './Items';

/** One day: what is on, what goes out, what to think of, and a campaign to begin. */
export function DayDrawer(props: CalendarContent & { day: string; create: NewCampaign | undefined; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const navigate = useNavigate({ from: '/campaigns' });
  const { day, create } = props;
  const on = (one: { firstDay: string; lastDay: string }) => one.firstDay <= day && day <= one.lastDay;
  const campaigns = props.planned.filter(on);
  const events = props.events.filter(on);
  const holiday = props.holidays.find((one) => one.on === day);
  return (
    <SideDrawer title={[format.date(day), holiday?.name].filter(Boolean).join(' ')} onClose={props.onClose}>
      <Stack gap="lg">
        {hintsOf(day, props.today, props.planned, props.events).map((hint) => (
          <Alert
            key={hint.kind === 'SAME_AUDIENCE' ? hint.segment : hint.event.id}
            color="yellow"
            icon={<IconAlertTriangle aria-hidden />}
          >
            <HintText hint={hint} />
          </Alert>
        ))}
        <section aria-label={t('title')}>
          <Title order={3}>{t('title')}</Title>
          {campaigns.map((one) => (
            <CampaignItem key={one.campaign.id} planned={one} />
          ))}
          {campaigns.length === 0 && <None>{t('calendar.noCampaigns')}</None>}
        </section>
        <section aria-label={t('calendar.events')}>
          <Title order={3}>{t('calendar.events')}</Title>
          {events.map((event) => (
            <EventItem key={event.id} event={event} />
          ))}
          {events.length === 0 && <None>{t('calendar.noEvents')}</None>}
        </section>
        {create && (
          <Group gap="xs">
            {day >= props.today && (
              <Button
                leftSection={<IconPlus size="1rem" aria-hidden />}
                onClick={() => create.start(day)}
              >
                {t('calendar.addHere')}
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<IconCalendarPlus size="1rem" aria-hidden />}
              onClick={() => void navigate({ search: (was) => ({ ...was, event: 'new' }), resetScroll: false })}
            >
              {t('calendar.addEvent')}
            </Button>
          </Group>
        )}
      </Stack>
    </SideDrawer>
  );
}

function None(props: { children: string }) {
  return (
    <Text size="sm" c="dimmed" mt="xs">
      {props.children}
    </Text>
  );
}
