import { ImportSaveMappingDocument } from '#gql/imports/graphql';
import { failureKey } from '#ui/ErrorState';
import { FormErrors } from '#ui/FormErrors';
import { requestFailed, useFieldErrors, type UserError } from '#ui/userErrors';
import { Button, Fieldset, Group, Paper, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { certainty, examples, guessByContent, guessKind } from './content';
import { KeptColumns } from './KeptColumns';
import { otherColumns } from './keptColumns';
import {
  groupsOf,
  guessColumns,
  guessStates,
  isRequired,
  type MappingDraft,
  type MappingField,
  type MappingKind,
  missingFields,
  orderStates,
  toDefinition,
} from './mapping';
import classes from './NewMapping.module.css';
import { useKeptColumns } from './useKeptColumns';

const kinds = ['ORDERS', 'CUSTOMERS'] as const;

/** Says which column of an unknown file is what, and keeps it by name for the next file of that kind. */
export function NewMapping(props: {
  header: readonly string[];
  sample: readonly (readonly string[])[];
  onSaved: (name: string) => void;
}) {
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const [{ fetching }, save] = useMutation(ImportSaveMappingDocument);
  const [draft, setDraft] = useState<MappingDraft>(() => startFrom(guessKind(props.header, props.sample), props.header, props.sample));
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'imports');
  const kept = useKeptColumns(props.header, props.sample);
  const others = draft.kind === 'CUSTOMERS' ? otherColumns(props.header, Object.values(draft.columns)) : [];

  const choose = (field: MappingField, column: string | null) =>
    setDraft({
      ...draft,
      columns: { ...draft.columns, [field]: column ?? undefined },
      states: field === 'status' ? guessStates(wordsOf(column, props.header, props.sample)) : draft.states,
    });

  const submit = async () => {
    const missing = [
      ...(draft.name.trim() === '' ? [mistake('NAME_REQUIRED', 'name')] : []),
      ...missingFields(draft.columns, draft.kind).map((field) => mistake('COLUMN_REQUIRED', `columns.${field}`, { field: t(`field.${field}`) })),
    ];
    setErrors(missing);
    if (missing.length > 0) return;
    const settled = await kept.settle(others);
    if ('errors' in settled) {
      setErrors(settled.errors);
      return;
    }
    const { data, error } = await save({ input: { name: draft.name.trim(), definition: toDefinition(draft, settled.properties) } });
    const refused = error ? [requestFailed(tUi(failureKey(error)))] : (data?.saveImportMapping.userErrors ?? []);
    setErrors(refused);
    if (refused.length === 0) props.onSaved(draft.name.trim());
  };

  return (
    <Paper withBorder p="md">
      <Stack gap="md">
        <div>
          <Title order={3}>{t('mapping.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('mapping.body')}
          </Text>
        </div>
        <FormErrors form="mapping" errors={errors} namespace="imports" />
        <SegmentedControl
          aria-label={t('mapping.kind')}
          data={kinds.map((kind) => ({ value: kind, label: t(`mapping.kindOf.${kind}`) }))}
          value={draft.kind}
          onChange={(value) => {
            const kind = kinds.find((k) => k === value) ?? draft.kind;
            setDraft({ ...startFrom(kind, props.header, props.sample), name: draft.name });
            setErrors([]);
          }}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            id="mapping-name"
            withAsterisk
            label={t('mapping.name')}
            placeholder={t('mapping.namePlaceholder')}
            value={draft.name}
            error={errorAt('name')}
            onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
          />
          {draft.kind === 'ORDERS' && (
            <TextInput
              id="mapping-currency"
              label={t('mapping.currency')}
              maxLength={3}
              value={draft.currency}
              error={errorAt('mapping.currency')}
              onChange={(event) => setDraft({ ...draft, currency: event.currentTarget.value.toUpperCase() })}
            />
          )}
        </SimpleGrid>
        {groupsOf(draft.kind).map(([group, fields]) => (
          <Columns
            key={`${draft.kind} ${group}`}
            legend={t(`fieldGroup.${group}`)}
            fields={fields}
            draft={draft}
            header={props.header}
            sample={props.sample}
            errorAt={errorAt}
            onChoose={choose}
          />
        ))}
        <KeptColumns
          columns={others}
          choices={kept.choicesOf(others)}
          kept={kept.kept}
          header={props.header}
          sample={props.sample}
          onChoose={kept.choose}
        />
        {draft.kind === 'ORDERS' && <States draft={draft} onChange={setDraft} />}
        <Group justify="flex-end">
          <Button variant="light" loading={fetching} onClick={() => void submit()}>
            {t('mapping.save')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

/** The columns of one group of fields: those that are told or needed, and the others on demand. */
function Columns(props: {
  legend: string;
  fields: readonly MappingField[];
  draft: MappingDraft;
  header: readonly string[];
  sample: readonly (readonly string[])[];
  errorAt: (field: string) => string | undefined;
  onChoose: (field: MappingField, column: string | null) => void;
}) {
  const { t } = useTranslation('imports');
  const { fields, draft, header } = props;
  const [shown, setShown] = useState(() => fields.filter((field) => draft.columns[field] || isRequired(draft.kind, field, draft.columns)));
  const hidden = fields.length - shown.length;
  return (
    <Fieldset legend={props.legend}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {shown.map((field) => (
          <Select
            key={field}
            id={`mapping-columns.${field}`}
            label={t(`field.${field}`)}
            description={<Evidence field={field} column={draft.columns[field]} header={header} sample={props.sample} />}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            withAsterisk={isRequired(draft.kind, field, draft.columns)}
            placeholder={t('mapping.noColumn')}
            data={header.filter((column, at) => column !== '' && header.indexOf(column) === at)}
            value={draft.columns[field] ?? null}
            error={props.errorAt(`columns.${field}`)}
            clearable
            searchable
            onChange={(column) => props.onChoose(field, column)}
          />
        ))}
      </SimpleGrid>
      {hidden > 0 && (
        <Button variant="subtle" size="compact-sm" mt={shown.length > 0 ? 'xs' : undefined} onClick={() => setShown([...fields])}>
          {t('mapping.more', { count: hidden })}
        </Button>
      )}
    </Fieldset>
  );
}

/** What stands in the chosen column, and how sure it is that it is the right one. */
function Evidence(props: { field: MappingField; column: string | undefined; header: readonly string[]; sample: readonly (readonly string[])[] }) {
  const { t } = useTranslation('imports');
  const { field, column, header, sample } = props;
  if (!column) return null;
  const sure = certainty(field, column, header, sample);
  const Icon = sure === 'ODD' ? IconAlertTriangle : sure === 'BOTH' ? IconCircleCheck : IconCircleDashed;
  const seen = examples(column, header, sample);
  return (
    <span className={classes.evidence}>
      <span className={classes.sure} data-sure={sure}>
        <Icon size="0.875rem" aria-hidden />
        {t(`mapping.sure.${sure}`)}
      </span>
      {seen.length > 0 && <span className={classes.examples}>{t('mapping.examples', { values: seen.join(t('mapping.between')) })}</span>}
    </span>
  );
}

/** What the words of the state column mean; without such a column, the state of every order. */
function States(props: { draft: MappingDraft; onChange: (draft: MappingDraft) => void }) {
  const { t } = useTranslation('imports');
  const { draft, onChange } = props;
  const data = orderStates.map((state) => ({ value: state, label: t(`orderState.${state}`) }));
  const stateOf = (value: string | null) => orderStates.find((state) => state === value) ?? 'PLACED';
  if (!draft.columns.status) {
    return (
      <Select
        label={t('mapping.state')}
        description={t('mapping.stateHelp')}
        data={data}
        value={draft.state}
        onChange={(value) => onChange({ ...draft, state: stateOf(value) })}
      />
    );
  }
  return (
    <Fieldset legend={t('mapping.states')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('mapping.statesHelp')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {Object.entries(draft.states).map(([word, state]) => (
          <Select
            key={word}
            label={t('mapping.word', { word })}
            data={data}
            value={state}
            onChange={(value) => onChange({ ...draft, states: { ...draft.states, [word]: stateOf(value) } })}
          />
        ))}
      </SimpleGrid>
    </Fieldset>
  );
}

function startFrom(kind: MappingKind, header: readonly string[], sample: readonly (readonly string[])[]): MappingDraft {
  const columns = guessByContent(guessColumns(header, kind), kind, header, sample);
  return {
    kind,
    name: '',
    currency: 'JPY',
    columns,
    state: 'COMPLETED',
    states: guessStates(wordsOf(columns.status ?? null, header, sample)),
  };
}

function wordsOf(column: string | null, header: readonly string[], sample: readonly (readonly string[])[]): string[] {
  const at = column === null ? -1 : header.indexOf(column);
  return at < 0 ? [] : sample.map((row) => row[at]?.trim() ?? '');
}

const mistake = (code: string, field: string, params: unknown = null): UserError => ({
  code,
  field: [field],
  message: '',
  params,
});
