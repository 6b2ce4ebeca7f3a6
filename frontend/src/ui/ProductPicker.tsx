import { ProductCategoriesDocument, ProductNamesDocument, ProductSearchDocument } from '#gql/ui/graphql';
import { MultiSelect, type MultiSelectProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';

interface Picker extends Pick<MultiSelectProps, 'id' | 'label' | 'aria-label' | 'description' | 'className' | 'error'> {
  value: readonly string[];
  /** Stands there while nothing is chosen. */
  placeholder: string;
  readOnly?: boolean;
  onChange: (value: string[]) => void;
}

const searchAfterMs = 200;
const atMost = 200;

/** Chooses products by code or name; a code that nobody knows yet can be given as well. */
export function ProductPicker({ value, placeholder, readOnly = false, ...rest }: Picker) {
  const { t } = useTranslation('ui');
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), searchAfterMs);
  const [{ data: found }] = useQuery({ query: ProductSearchDocument, variables: { search }, pause: readOnly });
  const [{ data: chosen }] = useQuery({ query: ProductNamesDocument, variables: { skus: [...value] }, pause: value.length === 0 });
  const data = useMemo(() => {
    const labels = new Map<string, string>(value.map((sku) => [sku, sku]));
    for (const { sku, name } of [...(chosen?.products ?? []), ...(found?.products ?? [])]) {
      labels.set(sku, name ? `${name} (${sku})` : sku);
    }
    if (search && search === typed.trim() && !labels.has(search)) labels.set(search, t('product.thisCode', { code: search }));
    return [...labels].map(([sku, label]) => ({ value: sku, label }));
  }, [value, chosen, found, search, typed, t]);

  return (
    <MultiSelect
      {...rest}
      placeholder={value.length === 0 ? placeholder : undefined}
      searchable
      clearSearchOnChange
      maxValues={atMost}
      data={data}
      // The server has searched: what it found by other words of the name must stay.
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={[...value]}
      readOnly={readOnly}
    />
  );
}

/** Chooses categories of products. */
export function CategoryPicker({ value, placeholder, readOnly = false, ...rest }: Picker) {
  const { t } = useTranslation('ui');
  const [{ data }] = useQuery({ query: ProductCategoriesDocument });
  const options = useMemo(() => [...new Set([...(data?.productCategories ?? []), ...value])], [data, value]);
  return (
    <MultiSelect
      {...rest}
      placeholder={value.length === 0 ? placeholder : undefined}
      searchable
      maxValues={atMost}
      data={options}
      nothingFoundMessage={t('product.noCategory')}
      value={[...value]}
      readOnly={readOnly}
    />
  );
}
