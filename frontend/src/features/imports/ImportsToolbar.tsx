import { ImportShopsDocument } from '#gql/imports/graphql';
import { orNone } from '#lib/search';
import { FilterMenu } from '#ui/FilterMenu';
import type { ColumnChoice } from '#ui/list/columnChoice';
import { ColumnMenu } from '#ui/list/ColumnMenu';
import { type Chip, ListToolbar } from '#ui/ListToolbar';
import { MallDot } from '#ui/MallDot';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { importStates, type ImportsSearch } from './urls';

const facts = ['held', 'staff'] as const;

/** What the list of imports is narrowed by: the name of the file, shops, where it stands, and plain facts. */
export function ImportsToolbar<Row>(props: {
  search: ImportsSearch;
  columns: ColumnChoice<Row>;
  onChange: (next: Partial<ImportsSearch>) => void;
}) {
  const { t } = useTranslation('imports');
  const { search, onChange } = props;
  const [{ data }] = useQuery({ query: ImportShopsDocument });
  const shops = data?.shops ?? [];
  const chips: Chip[] = [
    ...(search.shops ?? []).map((id) => ({
      key: id,
      label: shops.find((shop) => shop.id === id)?.name ?? '…',
      onRemove: () => onChange({ shops: without(search.shops, id) }),
    })),
    ...(search.states ?? []).map((state) => ({
      key: state,
      label: t(`status.${state}`),
      onRemove: () => onChange({ states: without(search.states, state) }),
    })),
    ...facts
      .filter((fact) => search[fact])
      .map((fact) => ({ key: fact, label: t(`list.${fact}`), onRemove: () => onChange({ [fact]: undefined }) })),
  ];
  return (
    <ListToolbar
      search={{ value: search.q ?? '', placeholder: t('list.search'), onChange: (q) => onChange({ q: q || undefined }) }}
      filters={
        <>
          <FilterMenu
            label={t('column.shop')}
            options={shops.map((shop) => ({ value: shop.id, label: <MallDot mall={shop.mall} label={shop.name} /> }))}
            value={search.shops ?? []}
            onChange={(chosen) => onChange({ shops: orNone(chosen) })}
          />
          <FilterMenu
            label={t('column.status')}
            options={importStates.map((state) => ({ value: state, label: t(`status.${state}`) }))}
            value={search.states ?? []}
            onChange={(chosen) => onChange({ states: orNone(chosen) })}
          />
          <FilterMenu
            label={t('list.more')}
            options={facts.map((fact) => ({ value: fact, label: t(`list.${fact}`) }))}
            value={facts.filter((fact) => search[fact])}
            onChange={(chosen) =>
              onChange({ held: chosen.includes('held') || undefined, staff: chosen.includes('staff') || undefined })
            }
          />
        </>
      }
      end={<ColumnMenu choice={props.columns} />}
      chips={chips}
      onClear={() => onChange({ q: undefined, shops: undefined, states: undefined, held: undefined, staff: undefined })}
    />
  );
}

const without = <One,>(list: readonly One[] | undefined, one: One) => orNone((list ?? []).filter((each) => each !== one));
