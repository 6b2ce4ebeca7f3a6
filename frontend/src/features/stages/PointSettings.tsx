import { StagePointSettingsDocument, type StagePointSettingsQuery, StageUpdatePointSettingsDocument } from '#gql/stages/graphql';
import { useScope } from '#lib/viewer';
import { ErrorState, failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Button, Group, NumberInput, Skeleton, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import type { Typed } from './draft';
import classes from './stages.module.css';

type Settings = StagePointSettingsQuery['pointSettings'];
const fields = ['earnPerAmount', 'earnPoints', 'pendingDays', 'expiryMonths'] as const satisfies readonly (keyof Settings)[];

/** How points are earned before the multiplier of a stage. A change holds for what is earned later. */
export function PointSettings() {
  const [{ data, error }, reload] = useQuery({ query: StagePointSettingsDocument });
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className={classes.membersShape} />;
  return <Form key={JSON.stringify(data.pointSettings)} settings={data.pointSettings} />;
}

function Form(props: { settings: Settings }) {
  const { t } = useTranslation('stages');
  const { t: tUi } = useTranslation('ui');
  const mayWrite = useScope('settings:write');
  const [values, setValues] = useState<Record<(typeof fields)[number], Typed>>(props.settings);
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const [{ fetching }, update] = useMutation(StageUpdatePointSettingsDocument);
  const errorAt = useFieldErrors(errors, 'stages');
  const dirty = fields.some((field) => values[field] !== props.settings[field]);

  const save = async (event: React.FormEvent) => {
    event.preventDefault();
    const { data, error } = await update({
      input: {
        earnPerAmount: Number(values.earnPerAmount),
        earnPoints: Number(values.earnPoints),
        pendingDays: Number(values.pendingDays),
        expiryMonths: Number(values.expiryMonths),
      },
    });
    const refused = error ? [requestFailed(tUi(failureKey(error)))] : (data?.updatePointSettings.userErrors ?? []);
    setErrors(refused);
    if (refused.length === 0) toastDone(t('points.saved'));
  };

  return (
    <form noValidate onSubmit={(event) => void save(event)}>
      <Stack gap="md">
        <FormErrors form="points" errors={errors} namespace="stages" />
        <div className={classes.fields}>
          {fields.map((field) => (
            <NumberInput
              key={field}
              id={`points-${field}`}
              label={t(`points.${field}`)}
              suffix={t(`points.unit.${field}`)}
              min={0}
              allowDecimal={false}
              thousandSeparator=","
              hideControls
              readOnly={!mayWrite}
              value={values[field]}
              error={errorAt(field)}
              onChange={(value) => setValues((was) => ({ ...was, [field]: value }))}
            />
          ))}
        </div>
        {mayWrite && (
          <Group>
            <Button type="submit" variant="default" disabled={!dirty} loading={fetching}>
              {t('points.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
