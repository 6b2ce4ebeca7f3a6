import type { OfferFieldsFragment } from '#gql/offers/graphql';
import { orNone } from '#lib/search';
import { FilterMenu } from '#ui/FilterMenu';
import { chipsOf } from '#ui/list/chipsOf';
import type { ColumnChoice } from '#ui/list/columnChoice';
import { ColumnMenu } from '#ui/list/ColumnMenu';
import { type Chip, ListToolbar } from '#ui/ListToolbar';
import { MallDot } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { useTranslation } from 'react-i18next';
import { offerKinds, offerStates, type OffersSearch } from './urls';

/** What the list of offers is narrowed by. */
export function OfferToolbar(props: {
  search: OffersSearch;
  columns: ColumnChoice<OfferFieldsFragment>;
  onChange: (next: OffersSearch) => void;
  onClear: () => void;
}) {
  const { t } = useTranslation('offers');
  const { search, onChange } = props;
  return (
    <ListToolbar
      search={{ value: search.q ?? '', placeholder: t('search'), onChange: (q) => onChange({ q: q || undefined }) }}
      filters={
        <>
          <FilterMenu
            label={t('column.state')}
            options={offerStates.map((value) => ({ value, label: t(`state.${value}`) }))}
            value={search.states ?? []}
            onChange={(states) => onChange({ states: orNone(states) })}
          />
          <FilterMenu
            label={t('column.mall')}
            options={malls.map((mall) => ({ value: mall, label: <MallDot mall={mall} /> }))}
            value={search.malls ?? []}
            onChange={(chosen) => onChange({ malls: orNone(chosen) })}
          />
          <FilterMenu
            label={t('form.kind')}
            options={offerKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
            value={search.kinds ?? []}
            onChange={(kinds) => onChange({ kinds: orNone(kinds) })}
          />
        </>
      }
      end={<ColumnMenu choice={props.columns} />}
      chips={useChips(search, onChange)}
      onClear={props.onClear}
    />
  );
}

function useChips(search: OffersSearch, onChange: (next: OffersSearch) => void): Chip[] {
  const { t } = useTranslation('offers');
  const { t: tUi } = useTranslation('ui');
  return [
    ...chipsOf(search.states, (state) => t(`state.${state}`), (states) => onChange({ states })),
    ...chipsOf(search.malls, (mall) => tUi(`mall.${mall}`), (chosen) => onChange({ malls: chosen })),
    ...chipsOf(search.kinds, (kind) => t(`kind.${kind}`), (kinds) => onChange({ kinds })),
  ];
}
