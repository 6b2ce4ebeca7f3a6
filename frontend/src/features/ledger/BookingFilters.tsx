import { LedgerCustomerDocument } from '#gql/ledger/graphql';
import { type Chip, ListToolbar } from '#ui/ListToolbar';
import { useCalendar } from '#ui/useCalendar';
import { MultiSelect, NumberInput, TextInput } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './ledger.module.css';
import { actors, kinds, type LedgerSearch } from './urls';

/** By order, period, kind, who booked and how many points; the address holds it. */
export function BookingFilters(props: { search: LedgerSearch; onChange: (next: LedgerSearch) => void; end: ReactNode }) {
  const { t } = useTranslation('ledger');
  const { search, onChange } = props;
  const [{ data }] = useQuery({ query: LedgerCustomerDocument, variables: { id: search.customer ?? '' }, pause: !search.customer });
  const chips: Chip[] = search.customer
    ? [
        {
          key: 'customer',
          label: t('filter.customer', { name: data?.customer?.displayName ?? '…' }),
          onRemove: () => onChange({ customer: undefined }),
        },
      ]
    : [];
  return (
    <ListToolbar
      filters={
        <>
          <Order search={search} onChange={onChange} />
          <Period search={search} onChange={onChange} />
          <MultiSelect
            className={classes.select}
            aria-label={t('bookings.kind')}
            placeholder={search.kinds ? undefined : t('filter.anyKind')}
            data={kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
            value={search.kinds ?? []}
            clearable
            clearButtonProps={{ 'aria-label': t('filter.clear', { what: t('bookings.kind') }) }}
            onChange={(next) => onChange({ kinds: next.length > 0 ? kinds.filter((kind) => next.includes(kind)) : undefined })}
          />
          <MultiSelect
            className={classes.narrow}
            aria-label={t('bookings.who')}
            placeholder={search.by ? undefined : t('filter.anybody')}
            data={actors.map((actor) => ({ value: actor, label: t(`actor.${actor}`) }))}
            value={search.by ?? []}
            clearable
            clearButtonProps={{ 'aria-label': t('filter.clear', { what: t('bookings.who') }) }}
            onChange={(next) => onChange({ by: next.length > 0 ? actors.filter((actor) => next.includes(actor)) : undefined })}
          />
          <Amount name="min" search={search} onChange={onChange} />
          <Amount name="max" search={search} onChange={onChange} />
        </>
      }
      end={props.end}
      chips={chips}
    />
  );
}

function Order(props: { search: LedgerSearch; onChange: (next: LedgerSearch) => void }) {
  const { t } = useTranslation('ledger');
  const [typed, setTyped] = useState(props.search.order ?? '');
  const tell = useDebouncedCallback((order: string) => props.onChange({ order: order.trim() || undefined }), 400);
  return (
    <TextInput
      className={classes.narrow}
      aria-label={t('filter.order')}
      placeholder={t('filter.order')}
      leftSection={<IconSearch size="1rem" aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}

/** Days, both included. The address follows once both are chosen. */
function Period(props: { search: LedgerSearch; onChange: (next: LedgerSearch) => void }) {
  const { t } = useTranslation('ledger');
  const calendar = useCalendar();
  const { from, to } = props.search;
  const [begun, setBegun] = useState<string>();
  return (
    <DatePickerInput
      type="range"
      className={classes.period}
      placeholder={t('filter.anyTime')}
      {...calendar}
      allowSingleDateInRange
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear', { what: t('filter.period') }) }}
      value={begun ? [begun, null] : [from ?? null, to ?? null]}
      onChange={([first, last]) => {
        setBegun(first && !last ? first : undefined);
        if (!first || last) props.onChange({ from: first ?? undefined, to: last ?? undefined });
      }}
    />
  );
}

function Amount(props: { name: 'min' | 'max'; search: LedgerSearch; onChange: (next: LedgerSearch) => void }) {
  const { t } = useTranslation('ledger');
  const [typed, setTyped] = useState<number | string>(props.search[props.name] ?? '');
  const tell = useDebouncedCallback((next: number | string) => props.onChange({ [props.name]: typeof next === 'number' ? next : undefined }), 400);
  return (
    <NumberInput
      className={classes.amount}
      aria-label={t(`filter.${props.name}`)}
      placeholder={t(`filter.${props.name}`)}
      suffix=" pt"
      thousandSeparator=","
      hideControls
      min={0}
      allowDecimal={false}
      value={typed}
      onChange={(next) => {
        setTyped(next);
        tell(next);
      }}
    />
  );
}
