import {
  CalendarAddEventDocument,
  CalendarAnnounceEventDocument,
  CampaignCalendarChoicesDocument,
} from '#gql/campaigns/graphql';
import { instantOf, localOf } from '#lib/zoned';
import { FormErrors } from '#ui/FormErrors';
import { useCalendar } from '#ui/useCalendar';
import type { MallKind } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { useSubmit } from '#ui/useSubmit';
import { useFieldErrors } from '#ui/userErrors';
import { Button, Group, Select, Stack, TextInput } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import type { CalendarEvent } from './hints';

const japan = 'Asia/Tokyo';
const own = 'OWN';
const afterwards = { additionalTypenames: ['MallEvent'] };

/** Confirms, moves or changes an event; without one, enters a new one: a mall's that was announced, or one of the merchant's own. */
export function EventForm(props: { event: CalendarEvent | undefined; day: string | undefined; onSaved: () => void }) {
  const { t, i18n } = useTranslation('campaigns');
  const calendar = useCalendar();
  const { event } = props;
  const [rule, setRule] = useState(own);
  const [mall, setMall] = useState<MallKind | null>(null);
  const [name, setName] = useState(event?.name ?? '');
  const [source, setSource] = useState(event?.status === 'ANNOUNCED' ? event.source : '');
  const [from, setFrom] = useState(() => (event ? localOf(event.startsAt, japan) : `${props.day ?? localOf(new Date().toISOString(), japan).slice(0, 10)} 00:00:00`));
  const [to, setTo] = useState(() => (event ? localOf(event.endsAt, japan) : `${from.slice(0, 10)} 23:59:00`));
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'campaigns');
  const [, add] = useMutation(CalendarAddEventDocument);
  const [, announce] = useMutation(CalendarAnnounceEventDocument);
  const isOwn = event ? !event.rule : rule === own;
  const locale = i18n.language;

  const save = async () => {
    const dates = { startsAt: instantOf(from, japan), endsAt: instantOf(to, japan), source };
    const saved = event
      ? await run(announce({ input: { id: event.id, name: isOwn ? name : null, ...dates }, locale }, afterwards), (data) => data.announceMallEvent.userErrors)
      : await run(
          add({ input: { rule: isOwn ? null : rule, mall: isOwn ? mall : null, name: isOwn ? name : '', ...dates }, locale }, afterwards),
          (data) => data.addMallEvent.userErrors,
        );
    if (saved) props.onSaved();
  };
  return (
    <form
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        void save();
      }}
    >
      <Stack gap="md">
        <FormErrors form="event" errors={errors} namespace="campaigns" />
        {!event && <WhichEvent value={rule} onChange={setRule} error={errorAt('rule')} />}
        {isOwn && (
          <TextInput
            id="event-name"
            label={t('calendar.field.name')}
            maxLength={120}
            value={name}
            error={errorAt('name')}
            onChange={(typed) => setName(typed.currentTarget.value)}
          />
        )}
        {!event && isOwn && (
          <Select
            id="event-mall"
            label={t('calendar.field.mall')}
            placeholder={t('calendar.allMalls')}
            clearable
            data={malls.map((value) => ({ value, label: t(`ui:mall.${value}` as never) as string }))}
            value={mall}
            error={errorAt('mall')}
            onChange={(value) => setMall(malls.find((one) => one === value) ?? null)}
          />
        )}
        <DateTimePicker
          {...calendar}
          id="event-startsAt"
          label={t('calendar.field.startsAt')}
          valueFormat="YYYY/MM/DD HH:mm"
          value={from}
          error={errorAt('startsAt')}
          onChange={(value) => value && setFrom(value)}
        />
        <DateTimePicker
          {...calendar}
          id="event-endsAt"
          label={t('calendar.field.endsAt')}
          description={t('calendar.field.endsAtHelp')}
          valueFormat="YYYY/MM/DD HH:mm"
          value={to}
          error={errorAt('endsAt')}
          onChange={(value) => value && setTo(value)}
        />
        {!isOwn && (
          <TextInput
            id="event-source"
            label={t('calendar.field.source')}
            description={t('calendar.field.sourceHelp')}
            value={source}
            error={errorAt('source')}
            onChange={(typed) => setSource(typed.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t(saveWords(event))}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const saveWords = (event: CalendarEvent | undefined) => {
  if (!event) return 'calendar.add';
  if (event.status === 'ANNOUNCED') return 'calendar.change';
  return event.status === 'CANCELLED' ? 'calendar.onAgain' : 'calendar.confirm';
};

/** The merchant's own, or a sale by its mall. */
function WhichEvent(props: { value: string; onChange: (value: string) => void; error: React.ReactNode }) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({ query: CampaignCalendarChoicesDocument, variables: { locale: i18n.language } });
  const rules = (data?.mallEventRules ?? []).filter((rule) => rule.mall);
  const groups = malls
    .map((mall) => ({
      group: t(`ui:mall.${mall}` as never) as string,
      items: rules.filter((rule) => rule.mall === mall).map((rule) => ({ value: rule.code, label: rule.name })),
    }))
    .filter((one) => one.items.length > 0);
  return (
    <Select
      id="event-rule"
      label={t('calendar.field.rule')}
      data={[{ value: own, label: t('calendar.own') }, ...groups]}
      value={props.value}
      error={props.error}
      onChange={(value) => props.onChange(value ?? own)}
    />
  );
}
