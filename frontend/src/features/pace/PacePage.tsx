import { type PaceFieldsFragment, PacePageDocument, PaceSaveDocument } from '#gql/pace/graphql';
import { useScope, useViewer } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { PageHeader } from '#ui/PageHeader';
import { TimeField } from '#ui/TimeField';
import { toastDone } from '#ui/toast';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Group, NumberInput, Skeleton, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './pace.module.css';
import { paceInput, quietSpan, type Typed, typed, usual } from './pace';

/** When nothing is sent, and how much one person gets at most. */
export function PacePage() {
  const { t } = useTranslation('pace');
  const [{ data, error }, reload] = useQuery({ query: PacePageDocument });
  const [pace] = data?.paceSettings ?? [];
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {error && !data ? (
        <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />
      ) : !pace ? (
        <Skeleton height="24rem" className={classes.form} />
      ) : (
        <PaceForm key={JSON.stringify(pace)} pace={pace} onSaved={() => reload({ requestPolicy: 'network-only' })} />
      )}
    </>
  );
}

function PaceForm(props: { pace: PaceFieldsFragment; onSaved: () => void }) {
  const { t } = useTranslation('pace');
  const mayWrite = useScope('settings:write');
  const [start] = useState(() => typed(props.pace));
  const [values, setValues] = useState(start);
  const [, save] = useMutation(PaceSaveDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'pace');
  const set = (change: Partial<Typed>) => setValues((was) => ({ ...was, ...change }));
  const dirty = JSON.stringify(paceInput('MAIL', values)) !== JSON.stringify(paceInput('MAIL', start));
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const saving = save({ input: paceInput(props.pace.channel, values) });
    if (!(await run(saving, (data) => data.updatePaceSettings.userErrors))) return;
    toastDone(t('saved'));
    props.onSaved();
  };
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <UnsavedGuard dirty={dirty} />
      <Stack gap="xl">
        <FormErrors form="pace" errors={errors} namespace="pace" />
        <QuietHours values={values} set={set} readOnly={!mayWrite} errorAt={errorAt} />
        <Caps values={values} set={set} readOnly={!mayWrite} errorAt={errorAt} />
        <Text size="xs" c="dimmed">
          {t(mayWrite ? 'exempt' : 'readOnly')}
        </Text>
        {mayWrite && (
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!dirty}>
              {t('save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

interface Part {
  values: Typed;
  set: (change: Partial<Typed>) => void;
  readOnly: boolean;
  errorAt: (field: string) => string | undefined;
}

function QuietHours({ values, set, readOnly, errorAt }: Part) {
  const { t } = useTranslation('pace');
  const { merchant } = useViewer();
  const span = quietSpan(values);
  return (
    <section aria-labelledby="quiet">
      <Title order={2} id="quiet" mb="sm">
        {t('quiet.title')}
      </Title>
      <Stack gap="md">
        <Switch
          label={t('quiet.on')}
          checked={values.quiet}
          disabled={readOnly}
          onChange={(event) => {
            const on = event.currentTarget.checked;
            set({ quiet: on, from: values.from || usual.from, to: values.to || usual.to });
          }}
        />
        {values.quiet && (
          <Group gap="md" align="flex-start">
            {(['from', 'to'] as const).map((side) => (
              <TimeField
                key={side}
                id={`pace-${side === 'from' ? 'quietFrom' : 'quietTo'}`}
                className={classes.time}
                label={t(side === 'from' ? 'quiet.start' : 'quiet.end')}
                value={values[side]}
                readOnly={readOnly}
                error={errorAt(side === 'from' ? 'quietFrom' : 'quietTo')}
                onChange={(time) => set({ [side]: time })}
              />
            ))}
          </Group>
        )}
        <Text size="sm" role="status">
          {span
            ? t('quiet.says', {
                from: values.from,
                to: values.to,
                next: t(span.nextDay ? 'quiet.nextDay' : 'quiet.sameDay'),
                hours: t(span.minutes > 0 ? 'quiet.hours' : 'quiet.wholeHours', { hours: span.hours, minutes: span.minutes }),
              })
            : t('quiet.off')}
        </Text>
        {values.quiet && (
          <Text size="xs" c="dimmed">
            {t('quiet.zone', { zone: merchant.timeZone })}
          </Text>
        )}
      </Stack>
    </section>
  );
}

function Caps({ values, set, readOnly, errorAt }: Part) {
  const { t } = useTranslation('pace');
  const day = Number(values.perDay);
  const week = Number(values.perWeek);
  const says = day && week ? 'caps.saysBoth' : day ? 'caps.saysDay' : week ? 'caps.saysWeek' : 'caps.saysNone';
  return (
    <section aria-labelledby="caps">
      <Title order={2} id="caps" mb="sm">
        {t('caps.title')}
      </Title>
      <Stack gap="md">
        <Group gap="md" align="flex-start">
          {(['perDay', 'perWeek'] as const).map((field) => (
            <NumberInput
              key={field}
              id={`pace-${field}`}
              className={classes.cap}
              label={t(`caps.${field}`)}
              suffix={t('caps.unit')}
              placeholder={t('caps.none')}
              min={0}
              max={100}
              allowDecimal={false}
              hideControls
              readOnly={readOnly}
              value={values[field]}
              error={errorAt(field)}
              onChange={(value) => set({ [field]: value })}
            />
          ))}
        </Group>
        <Text size="xs" c="dimmed">
          {t('caps.help')}
        </Text>
        <Text size="sm" role="status">
          {t(says, { day, week })} {(day > 0 || week > 0) && t('caps.refused')}
        </Text>
      </Stack>
    </section>
  );
}
