import { malls } from '#ui/malls';
import { useErrorText } from '#ui/userErrors';
import { DateField } from '#ui/DateField';
import { CategoryPicker, ProductPicker } from '#ui/ProductPicker';
import { ActionIcon, MultiSelect, NumberInput, Select, Text, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ConditionNode, type Field, removeNode, replaceNode, withField, withOperator } from './rule';
import { useRule } from './RuleContext';
import classes from './segments.module.css';
import { ValueEditor } from './ValueEditor';

/** One condition: of which field, compared how, with what; and, where the field allows it, on which mall or in which days. */
export function ConditionEditor(props: { node: ConditionNode }) {
  const { t } = useTranslation('segments');
  const { fields, root, setRoot, wrong, readOnly } = useRule();
  const { node } = props;
  const field = fields.get(node.field);
  const error = wrong.get(node.id);
  const write = useErrorText('segments');
  const wrongText = (one: { code: string }) =>
    write({ code: one.code, field: null, message: t('wrongCondition'), params: null });
  const change = (next: ConditionNode) => setRoot(replaceNode(root, node.id, () => next));

  return (
    <div className={classes.condition} data-wrong={error ? true : undefined}>
      <div className={classes.parts}>
        <FieldSelect node={node} onChange={change} />
        {field && <Compared field={field} node={node} readOnly={readOnly} onChange={change} />}
        {field && <Narrowing field={field} node={node} readOnly={readOnly} onChange={change} />}
      </div>
      {!readOnly && (
        <Tooltip label={t('removeCondition')}>
          <ActionIcon aria-label={t('removeCondition')} onClick={() => setRoot(removeNode(root, node.id))}>
            <IconTrash className={classes.icon} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {field?.description && (
        <Text size="xs" c="dimmed" className={classes.help}>
          {field.description}
        </Text>
      )}
      {error && (
        <Text size="xs" c="red" className={classes.help} role="alert">
          {wrongText(error)}
        </Text>
      )}
    </div>
  );
}

/** The value and how it is compared, in the order in which the language says them. A yes or no says it alone. */
function Compared(props: { field: Field; node: ConditionNode; readOnly: boolean; onChange: (node: ConditionNode) => void }) {
  const { t, i18n } = useTranslation('segments');
  const { field, node, readOnly, onChange } = props;
  const operator = field.operators.find((one) => one.name === node.op);
  const onlyYesOrNo = field.type === 'BOOLEAN' && field.operators.length === 1;
  const comparison = !onlyYesOrNo && (
    <Select
      aria-label={t('operator')}
      className={classes.operator}
      value={node.op || null}
      data={field.operators.map((one) => ({ value: one.name, label: one.label }))}
      readOnly={readOnly}
      onChange={(name) => {
        const chosen = field.operators.find((one) => one.name === name);
        if (chosen) onChange(withOperator(node, field, chosen));
      }}
    />
  );
  const value = operator && (
    <ValueEditor field={field} operator={operator} value={node.value} readOnly={readOnly} onChange={(next) => onChange({ ...node, value: next })} />
  );
  // 購入回数 2回 以上, but: Orders is at least 2.
  return i18n.language.startsWith('ja') ? (
    <>
      {value}
      {comparison}
    </>
  ) : (
    <>
      {comparison}
      {value}
    </>
  );
}

function FieldSelect(props: { node: ConditionNode; onChange: (node: ConditionNode) => void }) {
  const { t } = useTranslation('segments');
  const { fields, readOnly } = useRule();
  const data = useMemo(() => {
    const groups = new Map<string, { value: string; label: string }[]>();
    for (const field of fields.values()) {
      groups.set(field.group, [...(groups.get(field.group) ?? []), { value: field.name, label: field.label }]);
    }
    return [...groups].map(([group, items]) => ({ group, items }));
  }, [fields]);
  return (
    <Select
      aria-label={t('field')}
      placeholder={t('chooseField')}
      className={classes.field}
      searchable
      value={props.node.field || null}
      data={data}
      readOnly={readOnly}
      onChange={(name) => {
        const field = fields.get(name ?? '');
        if (field) props.onChange(withField(props.node, field));
      }}
    />
  );
}

function Narrowing(props: {
  field: Field;
  node: ConditionNode;
  readOnly: boolean;
  onChange: (node: ConditionNode) => void;
}) {
  const { t } = useTranslation('segments');
  const { t: tUi } = useTranslation('ui');
  const { field, node } = props;
  return (
    <>
      {field.perMall && (
        <Select
          aria-label={t('mall')}
          className={classes.mall}
          value={node.mall ?? 'ALL'}
          data={[
            { value: 'ALL', label: t('allMalls') },
            ...malls.map((mall) => ({ value: mall, label: tUi(`mall.${mall}`) })),
          ]}
          readOnly={props.readOnly}
          onChange={(mall) => props.onChange({ ...node, mall: mall && mall !== 'ALL' ? mall : undefined })}
        />
      )}
      {field.period && (
        <NumberInput
          aria-label={t('period')}
          placeholder={t('noPeriod')}
          className={classes.days}
          min={1}
          max={3650}
          allowDecimal={false}
          allowNegative={false}
          suffix={t('periodSuffix', { count: node.withinDays ?? 0 })}
          value={node.withinDays ?? ''}
          readOnly={props.readOnly}
          onChange={(days) => props.onChange({ ...node, withinDays: typeof days === 'number' ? days : undefined })}
        />
      )}
      {field.events.length > 0 && (
        <MultiSelect
          aria-label={t('events')}
          placeholder={node.events?.length ? undefined : t('anySale')}
          className={classes.list}
          searchable
          nothingFoundMessage={t('noChoice')}
          data={field.events.map((event) => ({ value: event.value, label: event.label }))}
          value={[...(node.events ?? [])]}
          readOnly={props.readOnly}
          onChange={(events) => props.onChange({ ...node, events })}
        />
      )}
      {field.asOf && (
        <DateField
          aria-label={t('asOf')}
          title={t('asOf')}
          className={classes.date}
          value={node.asOf ?? null}
          readOnly={props.readOnly}
          onChange={(day) => props.onChange({ ...node, asOf: day ?? undefined })}
        />
      )}
      {field.perProduct && (
        <>
          <ProductPicker
            aria-label={t('products')}
            className={classes.list}
            placeholder={t('anyProduct')}
            value={node.skus ?? []}
            readOnly={props.readOnly}
            onChange={(skus) => props.onChange({ ...node, skus })}
          />
          <CategoryPicker
            aria-label={t('categories')}
            className={classes.list}
            placeholder={t('anyCategory')}
            value={node.categories ?? []}
            readOnly={props.readOnly}
            onChange={(categories) => props.onChange({ ...node, categories })}
          />
        </>
      )}
    </>
  );
}
