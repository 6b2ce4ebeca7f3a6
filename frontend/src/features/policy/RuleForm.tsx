import {
  PolicyConditionsDocument,
  type PolicyRuleInput,
  PolicySaveDocument,
} from '#gql/policy/graphql';
import { useFormat } from '#lib/FormatContext';
import { failureKey } from '#ui/ErrorState';
import { useCalendar } from '#ui/useCalendar';
import { FormErrors } from '#ui/FormErrors';
import { malls } from '#ui/malls';
import { toastDone } from '#ui/toast';
import { requestFailed, type UserError, useFieldErrors } from '#ui/userErrors';
import { Button, Group, MultiSelect, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { channels, entriesOf, inputOf, paramNames, type RuleSource } from './rule';
import { Trial } from './Trial';

const contactKinds = ['PHONE', 'MAIL', 'LINE_ID', 'ADDRESS'] as const;
const hostClasses = ['OWN_EC', 'OTHER_MALL', 'SNS', 'LINE_ADD', 'CARRIER', 'LINK_RAKUTEN', 'UNKNOWN'] as const;
const texts = ['messageJa', 'messageEn', 'remedyJa', 'remedyEn'] as const;

/** The next version of a rule, with its day of effect and the reason for it; the first of a new one. */
export function RuleForm(props: { initial: RuleSource; onSaved: (id: string) => void; onCancel?: () => void }) {
  const { t, i18n } = useTranslation('policy');
  const calendar = useCalendar();
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const { initial } = props;
  const fresh = initial.version === 0;
  const [conditions] = useQuery({ query: PolicyConditionsDocument, variables: { locale: i18n.language } });
  const [{ fetching }, save] = useMutation(PolicySaveDocument);
  const [input, setInput] = useState<PolicyRuleInput>(() => inputOf(initial, format.day(new Date())));
  const [errors, setErrors] = useState<readonly UserError[]>([]);
  const errorAt = useFieldErrors(errors, 'policy');
  const change = (part: Partial<PolicyRuleInput>) => setInput((was) => ({ ...was, ...part }));
  const condition = conditions.data?.policyConditions.find((known) => known.name === input.condition) ?? initial.condition;
  const typed = (field: (typeof texts)[number] | 'id' | 'note') => ({
    id: `rule-${field}`,
    value: input[field],
    error: errorAt(field),
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      change({ [field]: event.currentTarget.value }),
  });

  const submit = async () => {
    const { data, error } = await save({ input });
    const found = error ? [requestFailed(tUi(failureKey(error)))] : (data?.savePolicyRule.userErrors ?? []);
    setErrors(found);
    if (found.length > 0) return;
    toastDone(t('saved', { id: input.id }));
    props.onSaved(String(input.id));
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <FormErrors form="rule" errors={errors} namespace="policy" />
        {fresh && (
          <>
            <TextInput label={t('column.id')} description={t('idHelp')} placeholder="OWN-01" required {...typed('id')} />
            <Select
              id="rule-condition"
              label={t('condition')}
              error={errorAt('condition')}
              data={(conditions.data?.policyConditions ?? [])
                .filter((known) => known.content)
                .map((known) => ({ value: known.name, label: known.label }))}
              value={input.condition}
              allowDeselect={false}
              onChange={(name) => change({ condition: name ?? input.condition })}
            />
          </>
        )}
        {initial.canWeaken && (
          <Group grow align="flex-start">
            <MultiSelect
              label={t('origins')}
              description={t('originsHelp')}
              placeholder={input.origins.length > 0 ? undefined : t('everywhere')}
              data={malls.map((mall) => ({ value: mall, label: tUi(`mall.${mall}`) }))}
              value={input.origins}
              onChange={(value) => change({ origins: malls.filter((mall) => value.includes(mall)) })}
            />
            <MultiSelect
              label={t('channels')}
              description={t('channelsHelp')}
              placeholder={input.channels.length > 0 ? undefined : t('everywhere')}
              data={channels.map((channel) => ({ value: channel, label: t(`channel.${channel}`) }))}
              value={input.channels}
              onChange={(value) => change({ channels: channels.filter((channel) => value.includes(channel)) })}
            />
          </Group>
        )}
        {initial.canWeaken && (
          <Group grow align="flex-start">
            <Select
              label={t('column.severity')}
              data={(['BLOCK', 'WARN', 'INFO'] as const).map((value) => ({ value, label: t(`severity.${value}`) }))}
              value={input.severity}
              allowDeselect={false}
              onChange={(severity) => change({ severity: severity ?? input.severity })}
            />
            <Select
              id="rule-override"
              label={t('column.override')}
              disabled={!condition.content}
              error={errorAt('override')}
              data={(['NONE', 'REASON', 'EVIDENCE'] as const).map((value) => ({ value, label: t(`override.${value}`) }))}
              value={input.override}
              allowDeselect={false}
              onChange={(override) => change({ override: override ?? input.override })}
            />
          </Group>
        )}
        {paramNames
          .filter((name) => condition.params.includes(name))
          .map((name) =>
            name === 'classes' ? (
              <MultiSelect
                key={name}
                label={t('param.classes')}
                data={hostClasses.map((value) => ({ value, label: t(`hostClass.${value}`) }))}
                value={input.params.classes ?? []}
                onChange={(classes) => change({ params: { ...input.params, classes } })}
              />
            ) : name === 'contacts' ? (
              <MultiSelect
                key={name}
                label={t('param.contacts')}
                data={contactKinds.map((value) => ({ value, label: t(`contact.${value}`) }))}
                value={input.params.contacts ?? []}
                onChange={(contacts) => change({ params: { ...input.params, contacts } })}
              />
            ) : (
              <Entries
                key={name}
                id={`rule-params.${name}`}
                label={t(`param.${name}`)}
                description={t(`paramHelp.${name}`)}
                error={errorAt(`params.${name}`)}
                value={input.params[name] ?? []}
                onChange={(list) => change({ params: { ...input.params, [name]: list } })}
              />
            ),
          )}
        {texts.map((field) => (
          <Textarea key={field} label={t(`text.${field}`)} required autosize minRows={2} {...typed(field)} />
        ))}
        <Entries
          id="rule-sources"
          label={t('sources')}
          description={t('sourcesHelp')}
          error={errorAt('sources')}
          value={input.sources}
          onChange={(sources) => change({ sources })}
        />
        <Group grow align="flex-start">
          <Select
            label={t('column.certainty')}
            data={(['VH', 'H', 'M', 'L'] as const).map((value) => ({ value, label: t(`certainty.${value}`) }))}
            value={input.certainty}
            allowDeselect={false}
            onChange={(certainty) => change({ certainty: certainty ?? input.certainty })}
          />
          <DatePickerInput
            {...calendar}
            id="rule-effectiveFrom"
            label={t('effectiveFrom')}
            minDate={format.day(new Date())}
            error={errorAt('effectiveFrom')}
            value={input.effectiveFrom}
            onChange={(day) => change({ effectiveFrom: day ?? input.effectiveFrom })}
          />
        </Group>
        {initial.canWeaken && (
          <Switch
            label={t('enabled')}
            checked={input.enabled}
            onChange={(event) => change({ enabled: event.currentTarget.checked })}
          />
        )}
        <Textarea label={t('noteLabel')} description={t('noteHelp')} required autosize minRows={2} {...typed('note')} />
        {condition.content && <Trial input={input} />}
        <Group justify="flex-end" gap="xs">
          {props.onCancel && (
            <Button variant="default" onClick={props.onCancel}>
              {tUi('confirm.cancel')}
            </Button>
          )}
          <Button type="submit" loading={fetching}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A list as people edit it: one entry per line. */
function Entries(props: {
  id: string;
  label: string;
  description: string;
  error?: string;
  value: readonly string[];
  onChange: (entries: string[]) => void;
}) {
  const [text, setText] = useState(() => props.value.join('\n'));
  return (
    <Textarea
      id={props.id}
      label={props.label}
      description={props.description}
      error={props.error}
      autosize
      minRows={2}
      maxRows={12}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        props.onChange(entriesOf(event.currentTarget.value));
      }}
    />
  );
}
