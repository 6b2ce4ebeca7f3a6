import { ProductCategoriesDocument, ProductNamesDocument, ProductSearchDocument } from '#gql/segments/graphql';
import { MultiSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './segments.module.css';

interface Picker {
  value: readonly string[];
  readOnly: boolean;
  onChange: (value: string[]) => void;
}

const searchAfterMs = 200;
const atMost = 200;

/** Chooses products by code or name; a code that nobody knows yet can be given as well. */
export function ProductPicker(props: Picker & { label: string; placeholder: string }) {
  const { t } = useTranslation('segments');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), searchAfterMs);
  const [{ data: found }] = useQuery({ query: ProductSearchDocument, variables: { search }, pause: props.readOnly });
  const [{ data: chosen }] = useQuery({
    query: ProductNamesDocument,
    variables: { skus: [...props.value] },
    pause: props.value.length === 0,
  });
  const data = useMemo(() => {
    const labels = new Map<string, string>(props.value.map((sku) => [sku, sku]));
    for (const { sku, name } of [...(chosen?.products ?? []), ...(found?.products ?? [])]) {
      labels.set(sku, name ? `${name} (${sku})` : sku);
    }
    if (search && search === typed.trim() && !labels.has(search)) labels.set(search, t('thisCode', { code: search }));
    return [...labels].map(([value, label]) => ({ value, label }));
  }, [props.value, chosen, found, search, typed, t]);

  return (
    <MultiSelect
      aria-label={props.label}
      className={classes.list}
      placeholder={props.value.length === 0 ? props.placeholder : undefined}
      searchable
      clearSearchOnChange
      maxValues={atMost}
      data={data}
      // The server has searched: what it found by other words of the name must stay.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={[...props.value]}
      readOnly={props.readOnly}
      onChange={props.onChange}
    />
  );
}

/** Chooses categories of products. */
export function CategoryPicker(props: Picker) {
  const { t } = useTranslation('segments');
  const [{ data }] = useQuery({ query: ProductCategoriesDocument });
  const options = useMemo(
    () => [...new Set([...(data?.productCategories ?? []), ...props.value])],
    [data, props.value],
  );
  return (
    <MultiSelect
      aria-label={t('categories')}
      className={classes.list}
      placeholder={props.value.length === 0 ? t('anyCategory') : undefined}
      searchable
      maxValues={atMost}
      data={options}
      nothingFoundMessage={t('noCategory')}
      value={[...props.value]}
      readOnly={props.readOnly}
      onChange={props.onChange}
    />
  );
}
