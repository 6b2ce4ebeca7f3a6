import { CampaignListDocument, type CampaignListQuery } from '#gql/campaigns/graphql';
import { orNone } from '#lib/search';
import { useKeysetPage } from '#lib/useKeysetPage';
import { DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { FilterMenu } from '#ui/FilterMenu';
import { useColumnChoice } from '#ui/list/columnChoice';
import { chipsOf } from '#ui/list/chipsOf';
import { ColumnMenu } from '#ui/list/ColumnMenu';
import { SavedViews } from '#ui/list/SavedViews';
import { type Chip, ListToolbar } from '#ui/ListToolbar';
import { MallDot } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { Button } from '@mantine/core';
import { IconSearch, IconSpeakerphone } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useCampaignColumns } from './campaignColumns';
import { type CampaignsSearch, campaignStatuses, campaignUrl, keptOf } from './urls';

const route = getRouteApi('/shell/campaigns');
const connectionOf = (data: CampaignListQuery) => data.campaigns;

/** Every campaign: where it stands, for when, to whom, and what it brought. */
export function CampaignTable(props: { add: ReactNode }) {
  const { t } = useTranslation('campaigns');
  const { t: tUi } = useTranslation('ui');
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns' });
  const kept = keptOf(search);
  /** Other conditions or another order begin at the first page. */
  const change = (next: CampaignsSearch) =>
    void navigate({ search: { ...kept, saved: search.saved, ...next }, replace: true });
  const variables = useMemo(
    () => ({
      first: 50,
      search: search.q ?? '',
      status: search.status ?? null,
      malls: search.malls ?? null,
      sort: search.sort ?? 'CREATED',
      direction: search.asc ? ('ASC' as const) : ('DESC' as const),
    }),
    [search.q, search.status, search.malls, search.sort, search.asc],
  );
  const source = useKeysetPage(CampaignListDocument, variables, connectionOf, search, (place) =>
    void navigate({ search: { ...kept, saved: search.saved, ...place } }),
  );
  const choice = useColumnChoice('campaigns', useCampaignColumns(), {
    keys: search.cols,
    onChoose: (keys) => change({ cols: keys && [...keys] }),
  });
  const narrowed = search.q !== undefined || search.status !== undefined || search.malls !== undefined;
  const clear = () => change({ q: undefined, status: undefined, malls: undefined });

  return (
    <>
      <SavedViews
        list="campaigns"
        everything={t('everything')}
        search={{ ...kept }}
        kept={{ ...kept, cols: choice.keys }}
        open={search.saved}
        onOpen={(next, saved) => void navigate({ search: { ...(next as CampaignsSearch), saved } })}
      />
      <DataList
        label={t('title')}
        columns={choice.shown}
        source={source}
        rowKey={(row) => row.id}
        rowLink={(row) => campaignUrl(row.id)}
        sort={{ key: variables.sort, descending: !search.asc }}
        onSort={(sort) => change({ sort: sort.key as CampaignsSearch['sort'], asc: sort.descending ? undefined : true })}
        toolbar={
          <ListToolbar
            search={{ value: search.q ?? '', placeholder: t('filter.search'), onChange: (q) => change({ q: q || undefined }) }}
            filters={
              <>
                <FilterMenu
                  label={t('column.status')}
                  options={campaignStatuses.map((value) => ({ value, label: tUi(`campaign.${value}`) }))}
                  value={search.status ?? []}
                  onChange={(status) => change({ status: orNone(status) })}
                />
                <FilterMenu
                  label={t('column.malls')}
                  options={malls.map((mall) => ({ value: mall, label: <MallDot mall={mall} /> }))}
                  value={search.malls ?? []}
                  onChange={(chosen) => change({ malls: orNone(chosen) })}
                />
              </>
            }
            end={<ColumnMenu choice={choice} />}
            chips={useChips(search, change)}
            onClear={clear}
          />
        }
        empty={narrowed ? <Nothing onClear={clear} /> : <None add={props.add} />}
      />
    </>
  );
}

function Nothing(props: { onClear: () => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <EmptyState
      icon={IconSearch}
      title={t('filter.nothing')}
      action={
        <Button variant="default" onClick={props.onClear}>
          {t('filter.clear')}
        </Button>
      }
    />
  );
}

function None(props: { add: ReactNode }) {
  const { t } = useTranslation('campaigns');
  return (
    <EmptyState icon={IconSpeakerphone} title={t('empty.title')} action={props.add}>
      {t('empty.body')}
    </EmptyState>
  );
}

function useChips(search: CampaignsSearch, change: (next: CampaignsSearch) => void): Chip[] {
  const { t: tUi } = useTranslation('ui');
  return [
    ...chipsOf(search.status, (status) => tUi(`campaign.${status}`), (chosen) => change({ status: chosen })),
    ...chipsOf(search.malls, (mall) => tUi(`mall.${mall}`), (chosen) => change({ malls: chosen })),
  ];
}
