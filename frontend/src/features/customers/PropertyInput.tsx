import { DateField } from '#ui/DateField';
import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { offered, type Property, type PropertyValue } from './propertyValue';

/** The field that a value of a property is written in, by its type. */
export function PropertyInput(props: {
  property: Property;
  /** Shown above the field; where the name stands beside it already, it only names the field. */
  hideLabel?: boolean;
  id?: string;
  value: PropertyValue;
  error?: string;
  autoFocus?: boolean;
  onChange: (value: PropertyValue) => void;
}) {
  const { t } = useTranslation('customers');
  const { property, value, onChange } = props;
  const common = {
    ...(props.hideLabel ? { 'aria-label': property.name } : { label: property.name }),
    id: props.id,
    description: property.help || undefined,
    error: props.error,
    'data-autofocus': props.autoFocus || undefined,
    autoFocus: props.autoFocus,
  };
  switch (property.type) {
    case 'NUMBER':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          decimalScale={property.decimals}
          allowDecimal={property.decimals > 0}
          thousandSeparator=","
          onChange={(next) => onChange(typeof next === 'number' ? next : null)}
        />
      );
    case 'DATE':
      return (
        <DateField {...common} value={typeof value === 'string' ? value : null} onChange={onChange} />
      );
    case 'BOOLEAN':
      return (
        <Select
          {...common}
          clearable
          placeholder={t('properties.unknown')}
          data={[
            { value: 'true', label: t('properties.yes') },
            { value: 'false', label: t('properties.no') },
          ]}
          value={typeof value === 'boolean' ? String(value) : null}
          onChange={(next) => onChange(next === null ? null : next === 'true')}
        />
      );
    case 'CHOICE':
      return (
        <Select
          {...common}
          clearable
          searchable={property.choices.length > 12}
          placeholder={t('properties.unknown')}
          data={offered(property, value)}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      );
    case 'CHOICES': {
      const list = Array.isArray(value) ? value.map(String) : [];
      return (
        <MultiSelect
          {...common}
          searchable={property.choices.length > 12}
          placeholder={list.length === 0 ? t('properties.unknown') : undefined}
          data={offered(property, value)}
          value={list}
          onChange={(next) => onChange(next.length > 0 ? next : null)}
        />
      );
    }
    default:
      return (
        <TextInput
          {...common}
          maxLength={500}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value || null)}
        />
      );
  }
}
