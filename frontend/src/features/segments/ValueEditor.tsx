import { useViewer } from '#lib/viewer';
import { minorDigits } from '#lib/format';
import { DateField } from '#ui/DateField';
import { ProductPicker } from '#ui/ProductPicker';
import { MultiSelect, NumberInput, SegmentedControl, Select, TagsInput, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Field, Operator, Value } from './rule';
import classes from './segments.module.css';

interface Editor {
  field: Field;
  operator: Operator;
  value: Value;
  readOnly: boolean;
  onChange: (value: Value) => void;
}

type One = number | string | null;

/** The form of a value, by what the operator needs and what the field holds. */
export function ValueEditor(props: Editor) {
  const { t } = useTranslation('segments');
  const { value, onChange } = props;
  switch (props.operator.operand) {
    case 'NONE':
      return null;
    case 'LIST':
      return <ListEditor {...props} />;
    case 'DAYS':
      return <Whole label={t('days')} suffix={t('daysSuffix', { count: countOf(props.value) })} min={0} {...single(props)} />;
    case 'COUNT':
      return <Whole label={t('kinds')} suffix={t('kindsSuffix')} min={0} {...single(props)} />;
    case 'RANGE': {
      const [low = null, high = null] = Array.isArray(value) ? value : [];
      return (
        <>
          <OneEditor {...props} label={t('from')} one={low} onOne={(next) => onChange([next, high])} />
          <Text span size="sm" c="dimmed" className={classes.between}>
            〜
          </Text>
          <OneEditor {...props} label={t('to')} one={high} onOne={(next) => onChange([low, next])} />
        </>
      );
    }
    default:
      if (props.field.type === 'BOOLEAN') {
        return (
          <SegmentedControl
            aria-label={t('value')}
            value={value === false ? 'false' : 'true'}
            data={[
              { value: 'true', label: t('yes') },
              { value: 'false', label: t('no') },
            ]}
            readOnly={props.readOnly}
            onChange={(next) => onChange(next === 'true')}
          />
        );
      }
      return (
        <OneEditor
          {...props}
          label={t('value')}
          one={typeof value === 'number' || typeof value === 'string' ? value : null}
          onOne={onChange}
        />
      );
  }
}

/** What a suffix counts: nothing typed reads like many. */
const countOf = (value: Value) => (typeof value === 'number' ? value : 0);

/** Words stand off the number where the language does so; a sign never does. */
function useSuffix() {
  const { t } = useTranslation('segments');
  return (field: Field, value: number | null) => {
    const unit = value === 1 ? field.unitOfOne : field.unit;
    return unit && unit !== '%' ? t('unitSuffix', { unit }) : unit;
  };
}

const single = (props: Editor) => ({
  value: typeof props.value === 'number' ? props.value : null,
  readOnly: props.readOnly,
  onChange: props.onChange,
});

function OneEditor(props: Editor & { label: string; one: One; onOne: (one: One) => void }) {
  const { baseCurrency } = useViewer().merchant;
  const suffixOf = useSuffix();
  const { field, one, onOne, readOnly, label } = props;
  if (field.type === 'TIME') {
    return (
      <DateField
        aria-label={label}
        className={classes.date}
        value={typeof one === 'string' ? one : null}
        readOnly={readOnly}
        onChange={onOne}
      />
    );
  }
  if (field.choices.length > 0) {
    return (
      <Select
        aria-label={label}
        className={classes.operator}
        value={typeof one === 'string' ? one : null}
        data={field.choices.map((choice) => ({ value: choice.value, label: choice.label }))}
        readOnly={readOnly}
        onChange={onOne}
      />
    );
  }
  const value = typeof one === 'number' ? one : null;
  if (field.type === 'MONEY') {
    const scale = 10 ** minorDigits(baseCurrency);
    return (
      <NumberInput
        aria-label={label}
        className={classes.money}
        prefix={baseCurrency === 'JPY' ? '¥' : `${baseCurrency} `}
        min={0}
        decimalScale={minorDigits(baseCurrency)}
        allowNegative={false}
        value={value === null ? '' : value / scale}
        readOnly={readOnly}
        onChange={(next) => onOne(typeof next === 'number' ? Math.round(next * scale) : null)}
      />
    );
  }
  if (field.signed) {
    return (
      <NumberInput
        aria-label={label}
        className={classes.number}
        decimalScale={field.decimals}
        allowDecimal={field.decimals > 0}
        value={value ?? ''}
        readOnly={readOnly}
        onChange={(next) => onOne(typeof next === 'number' ? next : null)}
      />
    );
  }
  return <Whole label={label} suffix={suffixOf(field, value)} min={0} value={value} readOnly={readOnly} onChange={onOne} />;
}

function Whole(props: {
  label: string;
  suffix?: string;
  min: number;
  value: number | null;
  readOnly: boolean;
  onChange: (value: number | null) => void;
}) {
  return (
    <NumberInput
      aria-label={props.label}
      className={classes.number}
      suffix={props.suffix}
      min={props.min}
      allowDecimal={false}
      allowNegative={false}
      value={props.value ?? ''}
      readOnly={props.readOnly}
      onChange={(next) => props.onChange(typeof next === 'number' ? next : null)}
    />
  );
}

function ListEditor(props: Editor) {
  const { t } = useTranslation('segments');
  const chosen = Array.isArray(props.value) ? props.value.map(String) : [];
  if (props.field.type === 'TEXT' && props.field.name !== 'sku') {
    return (
      <TagsInput
        aria-label={t('values')}
        className={classes.list}
        placeholder={chosen.length === 0 ? t('writeValues') : undefined}
        acceptValueOnBlur
        value={chosen}
        readOnly={props.readOnly}
        onChange={props.onChange}
      />
    );
  }
  if (props.field.type === 'TEXT') {
    return (
      <ProductPicker
        aria-label={t('values')}
        className={classes.list}
        placeholder={t('chooseProducts')}
        value={chosen}
        readOnly={props.readOnly}
        onChange={props.onChange}
      />
    );
  }
  return (
    <MultiSelect
      aria-label={t('values')}
      className={classes.list}
      placeholder={chosen.length === 0 ? t('chooseValues') : undefined}
      searchable={props.field.choices.length > 12}
      nothingFoundMessage={t('noChoice')}
      data={props.field.choices.map((choice) => ({ value: choice.value, label: choice.label }))}
      value={chosen}
      readOnly={props.readOnly}
      onChange={props.onChange}
    />
  );
}
