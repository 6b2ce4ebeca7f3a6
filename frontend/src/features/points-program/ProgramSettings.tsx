import { PointsProgramSaveSettingsDocument, PointsProgramSettingsDocument, type PointsProgramQuery, type PointsProgramSettingsQuery } from '#gql/points-program/graphql';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Group, NumberInput, Select, Skeleton, Stack, Switch, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import type { Typed } from './draft';
import classes from './pointsProgram.module.css';

type Settings = PointsProgramSettingsQuery['pointSettings'];
type Stages = PointsProgramQuery['stages'];

const choices = {
  base: ['NET_GOODS', 'GOODS', 'NET_PAID', 'TOTAL'],
  rounding: ['DOWN', 'HALF_UP', 'UP'],
  stack: ['ADD', 'MULTIPLY', 'BEST'],
  release: ['SHIPMENT', 'ORDER', 'AT_ONCE'],
  expiry: ['MONTHS', 'ACTIVITY', 'YEAR_END', 'NEVER'],
  expiryTo: ['DAY', 'MONTH', 'QUARTER', 'YEAR'],
} as const;
const numbers = ['earnPerAmount', 'earnPoints', 'pendingDays', 'expiryMonths', 'expiryYears', 'restoreGraceDays'] as const;
const switches = ['enabled', 'earnBeforeJoining', 'shortfallIsDebt'] as const;

/** The settings and nothing else: what comes from the cache also names its type. */
const settingsOf = (from: Settings): Settings => {
  const fields = [...numbers, ...switches, ...(Object.keys(choices) as (keyof typeof choices)[])];
  const stageMonths = from.stageMonths.map(({ stage, months }) => ({ stage, months }));
  return { ...Object.fromEntries(fields.map((field) => [field, from[field]])), stageMonths } as unknown as Settings;
};

/** The programme's own rate, when points become usable, and how long they live. A change holds for what is earned later. */
export function ProgramSettings(props: { stages: Stages }) {
  const [{ data, error }, reload] = useQuery({ query: PointsProgramSettingsDocument });
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton height="16rem" />;
  const settings = settingsOf(data.pointSettings);
  return <Form key={JSON.stringify(settings)} settings={settings} stages={props.stages} />;
}

function Form(props: { settings: Settings; stages: Stages }) {
  const { t } = useTranslation('points-program');
  const mayWrite = useScope('settings:write');
  const [values, setValues] = useState<Omit<Settings, (typeof numbers)[number]> & Record<(typeof numbers)[number], Typed>>(props.settings);
  const [, update] = useMutation(PointsProgramSaveSettingsDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'points-program');
  const typed = { ...values, ...(Object.fromEntries(numbers.map((field) => [field, Number(values[field])])) as Record<(typeof numbers)[number], number>) };
  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    if (await run(update({ input: settingsOf(typed) }), (data) => data.updatePointSettings.userErrors)) toastDone(t('settings.saved'));
  };
  const labelOf = (field: (typeof numbers)[number]) =>
    field === 'pendingDays' ? t(`settings.pendingDays.${values.release === 'ORDER' ? 'ORDER' : 'SHIPMENT'}`) : t(`settings.${field}`);
  const number = (field: (typeof numbers)[number]) => (
    <NumberInput key={field} id={`points-${field}`} label={labelOf(field)} suffix={t(`settings.unit.${field}`)} min={0} allowDecimal={false} thousandSeparator="," hideControls readOnly={!mayWrite} value={values[field]} error={errorAt(field)} onChange={(value) => setValues((was) => ({ ...was, [field]: value }))} />
  );
  const choice = (field: keyof typeof choices) => (
    <Select key={field} id={`points-${field}`} label={t(`settings.${field}`)} inputWrapperOrder={['label', 'input', 'description', 'error']} description={field === 'expiry' && values.expiry !== 'NEVER' ? t('settings.expiryHelp') : undefined} allowDeselect={false} readOnly={!mayWrite} data={choices[field].map((value) => ({ value, label: t(`choice.${field}.${value}` as never) }))} value={values[field]} error={errorAt(field)} onChange={(value) => setValues((was) => ({ ...was, [field]: value ?? was[field] }))} />
  );
  const ofStage = (stage: string) => values.stageMonths.find((each) => each.stage === stage)?.months ?? '';
  const setStage = (stage: string, months: Typed) =>
    setValues((was) => ({
      ...was,
      // In the order of the ladder, so that what is back as it was counts as unchanged.
      stageMonths: props.stages.flatMap(({ code }) => {
        const own = code === stage ? Number(months) : (was.stageMonths.find((each) => each.stage === code)?.months ?? 0);
        return own > 0 ? [{ stage: code, months: own }] : [];
      }),
    }));
  const byMonths = values.expiry === 'MONTHS' || values.expiry === 'ACTIVITY';
  return (
    <form noValidate onSubmit={(event) => void save(event)}>
      <Stack gap="md">
        <FormErrors form="points" errors={errors} namespace="points-program" />
        <div className={classes.fields}>
          {number('earnPerAmount')}
          {number('earnPoints')}
          {choice('base')}
          {choice('rounding')}
          {choice('stack')}
          {choice('release')}
          {values.release !== 'AT_ONCE' && number('pendingDays')}
          {choice('expiry')}
          {byMonths && number('expiryMonths')}
          {byMonths && choice('expiryTo')}
          {values.expiry === 'YEAR_END' && number('expiryYears')}
          {number('restoreGraceDays')}
        </div>
        {byMonths && <ByStage stages={props.stages} readOnly={!mayWrite} usual={typed.expiryMonths} error={errorAt('stageMonths')} ofStage={ofStage} onChange={setStage} />}
        {switches.map((field) => (
          <Switch key={field} id={`points-${field}`} label={t(`settings.${field}`)} disabled={!mayWrite} checked={values[field]} onChange={(event) => {
            const checked = event.currentTarget.checked;
            setValues((was) => ({ ...was, [field]: checked }));
          }} />
        ))}
        {mayWrite && (
          <Group>
            <Button type="submit" variant="default" disabled={JSON.stringify(settingsOf(typed)) === JSON.stringify(props.settings)} loading={busy}>
              {t('settings.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}

/** Months that points live, stage by stage; empty: as for all. */
function ByStage(props: {
  stages: Stages;
  readOnly: boolean;
  usual: number;
  error: string | undefined;
  ofStage: (code: string) => Typed;
  onChange: (code: string, months: Typed) => void;
}) {
  const { t } = useTranslation('points-program');
  return (
    <div>
      <Text size="sm" fw={600} id="points-stageMonths">
        {t('settings.stageMonths')}
      </Text>
      <Text size="xs" c="dimmed">
        {t('settings.stageMonthsHelp')}
      </Text>
      <Table className={classes.byStage} aria-labelledby="points-stageMonths">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('settings.stage')}</Table.Th>
            <Table.Th scope="col">{t('settings.expiryMonths')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.stages.map(({ code, name }) => (
            <Table.Tr key={code}>
              <Table.Th scope="row">{name}</Table.Th>
              <Table.Td>
                <NumberInput aria-label={t('settings.stageMonthsOf', { name })} placeholder={`${props.usual}${t('settings.unit.expiryMonths')}`} suffix={t('settings.unit.expiryMonths')} min={1} max={120} allowDecimal={false} hideControls readOnly={props.readOnly} value={props.ofStage(code)} onChange={(months) => props.onChange(code, months)} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {props.error && (
        <Text size="xs" c="red" role="alert">
          {props.error}
        </Text>
      )}
    </div>
  );
}
