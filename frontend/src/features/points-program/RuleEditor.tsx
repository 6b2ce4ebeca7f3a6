import { type PointsProgramQuery, type PointsProgramSegmentsQuery, PointsProgramSaveRuleDocument } from '#gql/points-program/graphql';
import { DateField } from '#ui/DateField';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { CategoryPicker, ProductPicker } from '#ui/ProductPicker';
import { malls } from '#ui/malls';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Alert, Chip, Group, Input, MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { actions, caps, inputOf, kinds, naturalOften, oftenOf, pers, type RuleDraft } from './draft';
import { type Names, useSentence } from './useSentence';

const weekdays = [1, 2, 3, 4, 5, 6, 0] as const;
const monthDays = Array.from({ length: 31 }, (_, i) => String(i + 1));

type Change = (change: Partial<RuleDraft>) => void;

/** One rule: what it gives, when and to whom, and how much at most; read back as a sentence. */
export function RuleEditor(props: {
  start: RuleDraft;
  stages: PointsProgramQuery['stages'];
  shops: PointsProgramQuery['shops'];
  segments: PointsProgramSegmentsQuery['segments'];
  /** By which people become members. */
  forms: readonly { id: string; name: string }[];
  names: Names;
  onClose: () => void;
  onSaved: (id: string) => void;
}) {
  const { t } = useTranslation('points-program');
  const [draft, setDraft] = useState(props.start);
  const [, save] = useMutation(PointsProgramSaveRuleDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'points-program');
  const sentence = useSentence(props.names);
  const change: Change = (part) => setDraft((was) => ({ ...was, ...part }));
  const submit = async () => {
    let id: string | undefined;
    const saved = await run(save({ input: inputOf(draft) }), (data) => {
      id = data.saveEarnRule.rule?.id;
      return data.saveEarnRule.userErrors;
    });
    if (!saved || !id) return;
    toastDone(t('editor.saved'));
    props.onSaved(id);
  };
  return (
    <FormDialog
      title={t(draft.id ? 'editor.edit' : 'editor.add')}
      submit={t('editor.submit')}
      size="lg"
      busy={busy}
      disabled={draft.name.trim() === ''}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <FormErrors form="rule" errors={errors} namespace="points-program" />
      <TextInput id="rule-name" label={t('editor.name')} maxLength={100} value={draft.name} error={errorAt('name')} onChange={(e) => change({ name: e.currentTarget.value })} />
      <Gift draft={draft} change={change} errorAt={errorAt} />
      <When draft={draft} change={change} errorAt={errorAt} />
      <MultiSelect id="rule-stageIds" label={t('editor.stages')} placeholder={draft.stageIds.length ? undefined : t('editor.all')} data={props.stages.map((s) => ({ value: s.id, label: s.name }))} value={draft.stageIds} onChange={(stageIds) => change({ stageIds })} />
      {props.segments.length > 0 && (
        <MultiSelect id="rule-segmentIds" label={t('editor.segments')} description={t('editor.segmentsHelp')} searchable data={props.segments.map((s) => ({ value: s.id, label: s.name }))} value={draft.segmentIds} onChange={(segmentIds) => change({ segmentIds })} />
      )}
      {draft.kind === 'ACTION' && draft.action === 'JOIN' && props.forms.length > 0 && (
        <MultiSelect id="rule-formIds" label={t('editor.forms')} description={t('editor.formsHelp')} placeholder={draft.formIds.length ? undefined : t('editor.all')} data={props.forms.map((f) => ({ value: f.id, label: f.name }))} value={draft.formIds} error={errorAt('formIds')} onChange={(formIds) => change({ formIds })} />
      )}
      <Places draft={draft} change={change} shops={props.shops} />
      {draft.kind !== 'ACTION' && <Goods draft={draft} change={change} errorAt={errorAt} />}
      {draft.kind !== 'BASE' && <Bounds draft={draft} change={change} errorAt={errorAt} />}
      <Alert variant="light" title={t('editor.sentence')} aria-live="polite">
        {sentence(draft)}
      </Alert>
    </FormDialog>
  );
}

interface Part {
  draft: RuleDraft;
  change: Change;
  errorAt: (field: string) => string | undefined;
}

function Gift({ draft, change, errorAt }: Part) {
  const { t } = useTranslation('points-program');
  return (
    <>
      <Select id="rule-kind" label={t('editor.kind')} description={t(`kindHelp.${draft.kind}`)} disabled={draft.id !== null} allowDeselect={false} data={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))} value={draft.kind} onChange={(chosen) => change({ kind: kinds.find((kind) => kind === chosen) ?? draft.kind })} />
      <Group grow align="flex-start">
        {draft.kind === 'MULTIPLIER' && (
          <NumberInput id="rule-multiplier" label={t('editor.times')} suffix={t('editor.timesUnit')} min={1} max={100} decimalScale={2} hideControls value={draft.times} error={errorAt('multiplier')} onChange={(times) => change({ times })} />
        )}
        {draft.kind === 'BASE' && (
          <NumberInput id="rule-perAmount" label={t('editor.perAmount')} prefix="¥" min={1} thousandSeparator="," allowDecimal={false} hideControls value={draft.perAmount} error={errorAt('perAmount')} onChange={(perAmount) => change({ perAmount })} />
        )}
        {draft.kind === 'ACTION' && (
          <Select id="rule-action" label={t('editor.action')} allowDeselect={false} data={actions.map((action) => ({ value: action, label: t(`action.${action}`) }))} value={draft.action} error={errorAt('action')} onChange={(chosen) => change({ action: actions.find((action) => action === chosen) ?? draft.action })} />
        )}
        {draft.kind !== 'MULTIPLIER' && (
          <NumberInput id="rule-points" label={t('editor.points')} suffix=" pt" min={0} thousandSeparator="," allowDecimal={false} hideControls value={draft.points} error={errorAt('points')} onChange={(points) => change({ points })} />
        )}
        {draft.kind === 'BONUS' && (
          <Select id="rule-per" label={t('editor.per')} allowDeselect={false} data={pers.map((per) => ({ value: per, label: t(`per.${per}`) }))} value={draft.per} onChange={(chosen) => change({ per: pers.find((per) => per === chosen) ?? draft.per })} />
        )}
      </Group>
      {draft.kind === 'ACTION' && <Terms draft={draft} change={change} errorAt={errorAt} />}
    </>
  );
}

/** How often an action earns, and how long its points live. */
function Terms({ draft, change, errorAt }: Part) {
  const { t } = useTranslation('points-program');
  return (
    <Group grow align="flex-start">
      <Select
        id="rule-often"
        label={t('editor.often')}
        allowDeselect={false}
        disabled={naturalOften(draft.action) !== null}
        data={(['EACH', 'ONCE', 'YEAR'] as const).map((often) => ({ value: often, label: t(`often.${often}`) }))}
        value={oftenOf(draft) ?? 'EACH'}
        onChange={(chosen) => change({ often: chosen === 'ONCE' || chosen === 'YEAR' ? chosen : null })}
      />
      <NumberInput
        id="rule-validDays"
        label={t('editor.validDays')}
        placeholder={t('editor.asProgramme')}
        suffix={t('editor.days')}
        min={0}
        max={3650}
        allowDecimal={false}
        hideControls
        value={draft.validDays}
        error={errorAt('validDays')}
        onChange={(validDays) => change({ validDays })}
      />
    </Group>
  );
}

function When({ draft, change, errorAt }: Part) {
  const { t } = useTranslation('points-program');
  return (
    <>
      <Group grow align="flex-start">
        <DateField id="rule-from" label={t('editor.from')} value={draft.from} error={errorAt('from')} onChange={(from) => change({ from })} />
        <DateField id="rule-to" label={t('editor.to')} inputWrapperOrder={['label', 'input', 'description', 'error']} description={t('editor.toHelp')} value={draft.to} error={errorAt('to')} onChange={(to) => change({ to })} />
      </Group>
      <MultiSelect id="rule-daysOfMonth" label={t('editor.daysOfMonth')} placeholder={draft.daysOfMonth.length ? undefined : t('editor.everyDay')} data={monthDays} value={draft.daysOfMonth.map(String)} error={errorAt('daysOfMonth')} onChange={(days) => change({ daysOfMonth: days.map(Number).toSorted((a, b) => a - b) })} />
      <Input.Wrapper label={t('editor.weekdays')} labelElement="div">
        <Chip.Group multiple value={draft.weekdays.map(String)} onChange={(days) => change({ weekdays: days.map(Number) })}>
          <Group gap="xs" mt="0.25rem">
            {weekdays.map((day) => (
              <Chip key={day} value={String(day)} size="xs">
                {t(`weekday.${day}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
      <Switch id="rule-birthMonth" label={t('editor.birthMonth')} checked={draft.birthMonth} onChange={(e) => change({ birthMonth: e.currentTarget.checked })} />
    </>
  );
}

function Places({ draft, change, shops }: Pick<Part, 'draft' | 'change'> & { shops: PointsProgramQuery['shops'] }) {
  const { t } = useTranslation('points-program');
  const { t: tUi } = useTranslation('ui');
  const chosen = [...draft.malls, ...draft.shopIds];
  return (
    <MultiSelect
      id="rule-places"
      label={t('editor.places')}
      searchable
      placeholder={chosen.length ? undefined : t('editor.all')}
      data={[
        { group: t('editor.malls'), items: malls.filter((mall) => shops.some((shop) => shop.mall === mall)).map((mall) => ({ value: mall, label: tUi(`mall.${mall}`) })) },
        { group: t('editor.shops'), items: shops.map((shop) => ({ value: shop.id, label: shop.name })) },
      ]}
      value={chosen}
      onChange={(values) => change({ malls: malls.filter((mall) => values.includes(mall)), shopIds: shops.map((s) => s.id).filter((id) => values.includes(id)) })}
    />
  );
}

function Goods({ draft, change, errorAt }: Part) {
  const { t } = useTranslation('points-program');
  return (
    <>
      <Group grow align="flex-start">
        <ProductPicker id="rule-skus" label={t('editor.products')} placeholder={t('editor.findProducts')} value={draft.skus} error={errorAt('skus')} onChange={(skus) => change({ skus })} />
        <CategoryPicker id="rule-categories" label={t('editor.categories')} placeholder={t('editor.all')} value={draft.categories} error={errorAt('categories')} onChange={(categories) => change({ categories })} />
      </Group>
      <NumberInput id="rule-minAmount" label={t('editor.minAmount')} prefix="¥" min={0} thousandSeparator="," allowDecimal={false} hideControls value={draft.minAmount} error={errorAt('minAmount')} onChange={(minAmount) => change({ minAmount })} />
    </>
  );
}

const fieldOfCap = { order: 'capOrder', day: 'capDay', person: 'capPerson', total: 'capTotal' } as const;

function Bounds({ draft, change, errorAt }: Part) {
  const { t } = useTranslation('points-program');
  return (
    <Group grow align="flex-start">
      {caps
        .filter((cap) => cap !== 'order' || draft.kind !== 'ACTION')
        .map((cap) => (
          <NumberInput key={cap} id={`rule-${fieldOfCap[cap]}`} label={t(`cap.${cap}`)} placeholder={t('editor.noCap')} suffix=" pt" min={0} thousandSeparator="," allowDecimal={false} hideControls value={draft.caps[cap]} error={errorAt(fieldOfCap[cap])} onChange={(value) => change({ caps: { ...draft.caps, [cap]: value } })} />
        ))}
    </Group>
  );
}
