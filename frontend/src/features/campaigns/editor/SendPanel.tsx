import {
  type CampaignDraftFragment,
  CampaignQuietDocument,
  CampaignScheduleDocument,
  CampaignSendDocument,
} from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope, useViewer } from '#lib/viewer';
import { useNow } from '#lib/useNow';
import { instantOf, localOf } from '#lib/zoned';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { useCalendar } from '#ui/useCalendar';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { requestFailed, type UserError, useFieldErrors } from '#ui/userErrors';
import { Alert, Box, Button, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { IconCalendarClock, IconMoon, IconSend } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { RateInput } from '../RateInput';
import { useDuration } from '../useDuration';
import { DayHints } from './DayHints';
import { morningAfter, night, quietHours } from './night';
import type { Draft } from './useDraft';

const hourMs = 3_600_000;

/** When it goes out and how fast, and the button that sends or schedules it. */
export function SendPanel(props: {
  campaign: CampaignDraftFragment;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  flush: () => Promise<number | undefined>;
  blocked: boolean;
  /** What keeps it from being sent, with the way to each. */
  because: ReactNode;
  reachable: number;
  /** The same in words. */
  people: string;
  /** How many would get nothing for want of a code, in words; undefined: nobody. */
  short: string | undefined;
  /** Whom only the malls' own tools reach, with the way to the texts for them. */
  byTools: ReactNode;
}) {
  const { t } = useTranslation('campaigns');
  const calendar = useCalendar();
  const format = useFormat();
  const zone = useViewer().merchant.timeZone;
  const { draft } = props;
  const writeDuration = useDuration();
  const maySend = useScope('campaigns:send');
  const planned = plannedFor(draft.startsOn, zone);
  const [later, setLater] = useState(planned !== undefined);
  const [local, setLocal] = useState(() => planned ?? inAnHour(zone));
  const [asked, setAsked] = useState(false);
  const act = useAct(props.campaign.id, props.flush);
  const errorAt = useFieldErrors(act.errors, 'campaigns');
  const at = later && local ? instantOf(local, zone) : undefined;
  // Asked when the panel opens and again when it is confirmed: the night may have begun meanwhile.
  const [{ data: quiet }, askAgain] = useQuery({
    query: CampaignQuietDocument,
    variables: { id: props.campaign.id, at: at ?? null },
    pause: !maySend || (later && !at),
    requestPolicy: 'cache-and-network',
  });
  const rests = quiet?.campaign?.quietUntil;
  const pace = quiet?.paceSettings.find((one) => one.channel === 'MAIL');
  const quietly = rests && pace && t('when.quiet', { ...quietHours(pace), time: format.dateTime(rests) });
  const now = useNow();
  const morning = later || rests ? undefined : morningAfter(now, zone);
  const waitForMorning = () => {
    if (!morning) return;
    setLocal(morning);
    setLater(true);
    setAsked(ready);
  };
  const ready = !props.blocked && props.reachable > 0;
  const Icon = later ? IconCalendarClock : IconSend;

  if (!maySend) {
    return (
      <Text size="sm" c="dimmed">
        {t('review.maySend')}
      </Text>
    );
  }
  return (
    <Stack gap="md">
      <Title order={2}>{t('when.title')}</Title>
      <FormErrors form="send" errors={act.errors} namespace="campaigns" />
      <SegmentedControl
        aria-label={t('when.title')}
        value={later ? 'later' : 'now'}
        onChange={(value) => setLater(value === 'later')}
        data={(['now', 'later'] as const).map((value) => ({ value, label: t(`when.${value}`) }))}
      />
      {later && (
        <DateTimePicker
          {...calendar}
          id="send-scheduledAt"
          label={t('when.at')}
          description={t('when.atHelp', { zone })}
          valueFormat="YYYY/MM/DD HH:mm"
          minDate={localOf(new Date().toISOString(), zone)}
          error={errorAt('scheduledAt')}
          value={local}
          onChange={(value) => setLocal(value ?? '')}
        />
      )}
      <DayHints campaign={props.campaign} day={later && local ? local.slice(0, 10) : format.day(new Date())} />
      {quietly && (
        <Alert color="yellow" role="status" icon={<IconMoon aria-hidden />}>
          {quietly}
        </Alert>
      )}
      {morning && (
        <Alert color="yellow" role="status" icon={<IconMoon aria-hidden />}>
          <Stack gap="xs" align="flex-start">
            <Text size="sm">{t('when.night', { now: format.time(now), ...night })}</Text>
            <Button size="compact-sm" variant="default" onClick={waitForMorning}>
              {t('when.inTheMorning', { time: format.dateTime(instantOf(morning, zone)) })}
            </Button>
          </Stack>
        </Alert>
      )}
      <RateInput value={draft.ratePerMinute} onChange={(ratePerMinute) => props.change({ ratePerMinute })} />
      {draft.ratePerMinute > 0 && props.reachable > 0 && (
        <Text size="xs" c="dimmed">
          {t('rate.takes', { duration: writeDuration(props.reachable / draft.ratePerMinute) })}
        </Text>
      )}
      {props.because}
      <div>
        <Button
          size="md"
          leftSection={<Icon size="1.125rem" aria-hidden />}
          disabled={!ready || (later && !local)}
          onClick={() => {
            askAgain({ requestPolicy: 'network-only' });
            setAsked(true);
          }}
        >
          {t(later ? 'when.schedule' : 'review.send')}
        </Button>
      </div>
      <ConfirmDialog
        opened={asked}
        title={t(later ? 'when.askTitle' : 'review.askTitle', { name: draft.name })}
        confirm={
          later ? t('when.schedule') : t('review.confirm', { count: props.reachable, people: props.people })
        }
        busy={act.busy}
        onConfirm={() => void (at ? act.schedule(at) : act.send()).then(() => setAsked(false))}
        onClose={() => setAsked(false)}
      >
        {at
          ? t('when.askBody', { time: format.dateTime(at), people: props.people })
          : t(rests ? 'review.askQuiet' : 'review.askBody', { people: props.people })}
        {quietly && (
          <Text size="sm" mt="sm" fw={600}>
            {quietly}
          </Text>
        )}
        {props.short && (
          <Text size="sm" mt="sm" fw={600}>
            {t('review.askShort', { people: props.short })}
          </Text>
        )}
        {props.byTools && <Box mt="sm">{props.byTools}</Box>}
      </ConfirmDialog>
    </Stack>
  );
}

/** Ten in the morning of the day it is planned for, when that is still ahead. */
const plannedFor = (day: string | null, zone: string): string | undefined => {
  const at = day && `${day} 10:00:00`;
  return at && Date.parse(instantOf(at, zone)) > Date.now() ? at : undefined;
};

/** The next full hour that is at least an hour away, on the merchant's wall clock. */
const inAnHour = (zone: string): string => {
  const next = new Date(Math.ceil((Date.now() + hourMs) / hourMs) * hourMs);
  return localOf(next.toISOString(), zone);
};

/** Saves what is not saved yet, then sends or schedules; the same press never sends twice. */
function useAct(id: string, flush: () => Promise<number | undefined>) {
  const { t: tUi } = useTranslation('ui');
  const [sending, send] = useMutation(CampaignSendDocument);
  const [scheduling, schedule] = useMutation(CampaignScheduleDocument);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const key = useRef(crypto.randomUUID());
  return {
    errors,
    busy: sending.fetching || scheduling.fetching,
    send: async () => {
      const version = await flush();
      if (version === undefined) return;
      const { data, error } = await send({ input: { id, version, idempotencyKey: key.current } });
      setErrors(error ? [requestFailed(tUi(failureKey(error)))] : (data?.sendCampaign.userErrors ?? []));
    },
    schedule: async (scheduledAt: string) => {
      const version = await flush();
      if (version === undefined) return;
      const { data, error } = await schedule({ input: { id, version, scheduledAt } });
      setErrors(error ? [requestFailed(tUi(failureKey(error)))] : (data?.scheduleCampaign.userErrors ?? []));
    },
  };
}
