import { CalendarCancelEventDocument, CalendarResetEventDocument } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { EmptyState } from '#ui/EmptyState';
import { FormErrors } from '#ui/FormErrors';
import { MallDot } from '#ui/MallDot';
import { SideDrawer } from '#ui/SideDrawer';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { Badge, Button, Divider, Group, Stack, Text } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './Items.module.css';
import { EventForm } from './EventForm';
import type { CalendarEvent } from './hints';
import { lineOf } from './line';
import { useCalendarWords } from './useCalendarWords';

/** A sale, a season or a day of the merchant's own: what is known of it, and what staff say about it. */
export function EventDrawer(props: {
  event: CalendarEvent | undefined;
  isNew: boolean;
  /** The day a new one begins on. */
  day: string | undefined;
  mayWrite: boolean;
  onChanged: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('campaigns');
  const { event, isNew } = props;
  const done = (said: string) => {
    toastDone(said);
    props.onChanged();
    props.onClose();
  };
  return (
    <SideDrawer title={isNew ? t('calendar.addEvent') : event?.name} onClose={props.onClose}>
      <Stack gap="lg">
        {!event && !isNew && <EmptyState icon={IconCalendar} title={t('calendar.gone')} />}
        {event && <Facts event={event} />}
        {props.mayWrite && (isNew || (event && !isSeason(event))) && (
          <>
            {event && <Divider />}
            <EventForm event={event} day={props.day} onSaved={() => done(t('calendar.saved'))} />
          </>
        )}
        {props.mayWrite && event && <Endings event={event} onDone={done} />}
      </Stack>
    </SideDrawer>
  );
}

/** A season of the trade: nobody announces it. */
const isSeason = (event: CalendarEvent): boolean => event.rule !== null && event.rule !== undefined && !event.mall;

/** When it is, how sure that is, and what that rests on. */
function Facts(props: { event: CalendarEvent }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const words = useCalendarWords();
  const { event } = props;
  const certainty = event.rule?.certainty as 'VH' | 'H' | 'M' | 'L' | undefined;
  return (
    <dl className={classes.facts}>
      <dt>{t('calendar.field.mall')}</dt>
      <dd>{event.mall ? <MallDot mall={event.mall} /> : t('calendar.allMalls')}</dd>
      <dt>{t('calendar.field.period')}</dt>
      <dd>
        {words.period(event)}
        <Text size="xs" c="dimmed">
          {t(event.approximate ? 'calendar.somewhere' : 'calendar.inJapan')}
        </Text>
      </dd>
      <dt>{t('column.status')}</dt>
      <dd>
        <Badge color={lineOf(event) === 'SURE' ? 'green' : 'gray'}>{words.status(event)}</Badge>
      </dd>
      {event.source && (
        <>
          <dt>{t('finding.grounds')}</dt>
          <dd>
            {event.source}
            {event.rule && certainty && event.status === 'PREDICTED' && (
              <Text size="xs" c="dimmed">
                {t('calendar.certainty', {
                  certainty: t(`calendar.sure.${certainty}`),
                  reviewed: format.date(event.rule.reviewedOn),
                })}
              </Text>
            )}
          </dd>
        </>
      )}
    </dl>
  );
}

/** Calls an event off, or takes back what was said of it. */
function Endings(props: { event: CalendarEvent; onDone: (said: string) => void }) {
  const { t } = useTranslation('campaigns');
  const { event, onDone } = props;
  const { run, errors, busy } = useSubmit();
  const [, cancel] = useMutation(CalendarCancelEventDocument);
  const [, reset] = useMutation(CalendarResetEventDocument);
  const input = { id: event.id };
  const predictable = event.id.includes('@');
  const callOff = async () => {
    if (await run(cancel({ input }, afterwards), (data) => data.cancelMallEvent.userErrors)) onDone(t('calendar.cancelled', { name: event.name }));
  };
  const takeBack = async () => {
    if (await run(reset({ input }, afterwards), (data) => data.resetMallEvent.userErrors)) onDone(t('calendar.wasReset'));
  };
  return (
    <>
      <Divider />
      <FormErrors form="event-end" errors={errors} namespace="campaigns" />
      <Group gap="xs" justify="flex-end">
        {predictable && event.status !== 'PREDICTED' && (
          <Button variant="default" loading={busy} onClick={() => void takeBack()}>
            {t('calendar.reset')}
          </Button>
        )}
        {event.status !== 'CANCELLED' && (
          <Button variant="subtle" color="red" loading={busy} onClick={() => void callOff()}>
            {t(isSeason(event) ? 'calendar.hide' : predictable ? 'calendar.cancel' : 'calendar.remove')}
          </Button>
        )}
      </Group>
    </>
  );
}

const afterwards = { additionalTypenames: ['MallEvent'] };
