import { PrivacyRetentionDocument, PrivacySaveRetentionDocument, type RetentionFieldsFragment } from '#gql/privacy/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { UnsavedGuard } from '#ui/UnsavedGuard';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Button, Group, NumberInput, Skeleton, Stack, Switch, Table, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import classes from './privacy.module.css';

const kinds = ['behaviour', 'behaviourCounts', 'importFiles', 'quarantine', 'exports', 'consents'] as const;
type Removed = (typeof kinds)[number];
const known = (kind: string): kind is Removed => (kinds as readonly string[]).includes(kind);

/** For how long each kind of data is kept, and what went every night. */
export function Retention() {
  const { t } = useTranslation('privacy');
  const format = useFormat();
  const [{ data, error }, reload] = useQuery({ query: PrivacyRetentionDocument });
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Skeleton height="24rem" className={classes.form} />;
  return (
    <Stack gap="xl">
      <RetentionForm
        key={JSON.stringify(data.retentionSettings)}
        saved={data.retentionSettings}
        onSaved={() => reload({ requestPolicy: 'network-only' })}
      />
      <section aria-labelledby="retention-runs">
        <Title order={2} id="retention-runs" mb="sm">
          {t('runs.title')}
        </Title>
        {data.retentionRuns.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('runs.none')}
          </Text>
        ) : (
          <Table className={classes.form}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('runs.at')}</Table.Th>
                <Table.Th>{t('runs.removed')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.retentionRuns.map((run) => {
                const removed = run.removed.filter((one) => one.rows > 0);
                return (
                  <Table.Tr key={run.id}>
                    <Table.Td>{format.dateTime(run.ranAt)}</Table.Td>
                    <Table.Td>
                      {removed.length === 0
                        ? t('runs.nothing')
                        : removed
                            .map(
                              (one) =>
                                `${known(one.kind) ? t(`removed.${one.kind}`) : one.kind} ${t('preview.rows', { count: one.rows })}`,
                            )
                            .join(' · ')}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        )}
      </section>
    </Stack>
  );
}

const periods = [
  ['behaviourDays', 'behaviourHelp'],
  ['importFileDays', 'importFileHelp'],
  ['quarantineDays', 'quarantineHelp'],
  ['consentDays', 'consentHelp'],
] as const;

function RetentionForm(props: { saved: RetentionFieldsFragment; onSaved: () => void }) {
  const { t } = useTranslation('privacy');
  const mayWrite = useScope('privacy:write');
  const { behaviourDays, importFileDays, quarantineDays, consentDays, twoPeople } = props.saved;
  const [start] = useState({ behaviourDays, importFileDays, quarantineDays, consentDays, twoPeople });
  const [values, setValues] = useState(start);
  const [, save] = useMutation(PrivacySaveRetentionDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'privacy');
  const dirty = JSON.stringify(values) !== JSON.stringify(start);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!(await run(save({ input: values }), (data) => data.updateRetentionSettings.userErrors))) return;
    toastDone(t('retention.saved'));
    props.onSaved();
  };
  return (
    <form className={classes.form} noValidate onSubmit={(event) => void submit(event)}>
      <UnsavedGuard dirty={dirty} />
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('retention.help')}
        </Text>
        <FormErrors form="retention" errors={errors} namespace="privacy" />
        {periods.map(([field, help]) => (
          <NumberInput
            key={field}
            id={`retention-${field}`}
            label={t(`retention.${field}`)}
            description={t(`retention.${help}`)}
            suffix={t('retention.days')}
            thousandSeparator=","
            min={0}
            allowDecimal={false}
            hideControls
            readOnly={!mayWrite}
            value={values[field]}
            error={errorAt(field)}
            onChange={(next) => setValues((was) => ({ ...was, [field]: Number(next) || 0 }))}
          />
        ))}
        <Switch
          label={t('retention.twoPeople')}
          checked={values.twoPeople}
          disabled={!mayWrite}
          onChange={(event) => {
            const on = event.currentTarget.checked;
            setValues((was) => ({ ...was, twoPeople: on }));
          }}
        />
        {mayWrite ? (
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!dirty}>
              {t('retention.save')}
            </Button>
          </Group>
        ) : (
          <Text size="xs" c="dimmed">
            {t('retention.readOnly')}
          </Text>
        )}
      </Stack>
    </form>
  );
}
