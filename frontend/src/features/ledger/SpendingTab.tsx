import { LedgerSaveSpendingDocument, LedgerSpendingDocument, type LedgerSpendingQuery } from '#gql/ledger/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Group, NumberInput, Skeleton, Stack, Switch, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './ledger.module.css';

/** How points pay at a checkout, and when a correction by file needs a second person. */
export function SpendingTab() {
  const { t } = useTranslation('ledger');
  const [{ data, error }, reload] = useQuery({ query: LedgerSpendingDocument });
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton className={classes.shape} role="status" aria-label={t('loading')} aria-busy />;
  return <Form settings={data.pointSpendSettings} above={data.pointApprovalAbove} onSaved={() => reload({ requestPolicy: 'network-only' })} />;
}

const names = ['points', 'amount', 'min', 'step'] as const;

function Form(props: { settings: LedgerSpendingQuery['pointSpendSettings']; above: number; onSaved: () => void }) {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  const mayWrite = useScope('settings:write');
  const [set, setSet] = useState({ ...props.settings });
  const [above, setAbove] = useState(props.above);
  const { run, errors, busy } = useSubmit();
  const [, save] = useMutation(LedgerSaveSpendingDocument);
  const errorAt = useFieldErrors(errors, 'ledger');
  const { enabled, points, amount, min, step, maxShare } = set;
  const submit = async () => {
    const saved = await run(save({ input: { enabled, points, amount, min, step, maxShare }, above: { points: above } }), (data) => [
      ...data.updatePointSpendSettings.userErrors,
      ...data.updatePointApprovalAbove.userErrors,
    ]);
    if (saved) {
      toastDone(t('spending.saved'));
      props.onSaved();
    }
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="lg">
        <FormErrors form="spending" errors={errors} namespace="ledger" />
        <div>
          <Title order={2}>{t('spending.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('spending.body')}
          </Text>
        </div>
        <Switch
          label={t('spending.enabled')}
          checked={enabled}
          disabled={!mayWrite}
          onChange={(event) => {
            const { checked } = event.currentTarget;
            setSet((was) => ({ ...was, enabled: checked }));
          }}
        />
        <div className={classes.fields}>
          {names.map((name) => (
            <NumberInput
              key={name}
              id={`spending-${name}`}
              label={t(`spending.${name}`)}
              description={t(`spending.${name}Help`)}
              suffix={name === 'amount' ? t('spending.yen') : ' pt'}
              thousandSeparator=","
              min={1}
              allowDecimal={false}
              disabled={!mayWrite}
              value={set[name]}
              onChange={(value) => setSet((was) => ({ ...was, [name]: Number(value) }))}
              error={errorAt(name)}
            />
          ))}
          <NumberInput
            id="spending-maxShare"
            label={t('spending.maxShare')}
            description={t('spending.maxShareHelp')}
            suffix="%"
            min={0.01}
            max={100}
            decimalScale={2}
            disabled={!mayWrite}
            value={maxShare / 100}
            onChange={(value) => setSet((was) => ({ ...was, maxShare: Math.round(Number(value) * 100) }))}
            error={errorAt('maxShare')}
          />
        </div>
        <Text size="sm">
          {t('spending.example', {
            points: format.points(1000),
            worth: format.money(points > 0 ? Math.floor((1000 * amount) / points) : 0, 'JPY'),
            share: format.money(Math.floor((5000 * maxShare) / 10_000), 'JPY'),
          })}
        </Text>
        <div>
          <Title order={2}>{t('spending.approval')}</Title>
          <Text size="sm" c="dimmed">
            {t('spending.approvalBody')}
          </Text>
        </div>
        <NumberInput
          id="spending-above"
          label={t('spending.above')}
          suffix=" pt"
          thousandSeparator=","
          min={0}
          max={1_000_000_000}
          allowDecimal={false}
          disabled={!mayWrite}
          value={above}
          onChange={(value) => setAbove(Number(value))}
          error={errorAt('approvalAbove')}
        />
        {mayWrite && (
          <Group>
            <Button type="submit" loading={busy}>
              {t('spending.save')}
            </Button>
          </Group>
        )}
      </Stack>
    </form>
  );
}
