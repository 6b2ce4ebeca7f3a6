import { campaignOfferUrl } from '#features/campaigns/urls';
import { OfferListDocument } from '#gql/offers/graphql';
import { useScope } from '#lib/viewer';
import { DataList, whole } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { useColumnChoice } from '#ui/list/columnChoice';
import { SavedViews } from '#ui/list/SavedViews';
import { useSelection } from '#ui/list/selection';
import { ButtonLink } from '#ui/links';
import { PageHeader } from '#ui/PageHeader';
import { Button } from '@mantine/core';
import { IconDiscount2, IconPlus, IconSearch } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ArchiveOffers } from './ArchiveOffers';
import { listed } from './listed';
import { useOfferColumns } from './offerColumns';
import { OfferDrawer } from './OfferDrawer';
import { OfferToolbar } from './OfferToolbar';
import { keptOf, offersUrl, type OfferSort, type OffersSearch } from './urls';

const route = getRouteApi('/shell/offers');

/** The offers of all malls; one opens beside the list. */
export function OffersPage() {
  const { t } = useTranslation('offers');
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/offers' });
  const mayWrite = useScope('offers:write');
  const [{ data, error, fetching }, execute] = useQuery({
    query: OfferListDocument,
    variables: { includeArchived: search.states?.includes('archived') ?? false },
  });
  const reload = () => execute({ requestPolicy: 'network-only' });
  const kept = keptOf(search);
  const change = (next: OffersSearch) => void navigate({ search: (was) => ({ ...was, ...next }), replace: true });
  const choice = useColumnChoice('offers', useOfferColumns(), {
    keys: search.cols,
    onChoose: (keys) => change({ cols: keys && [...keys] }),
  });
  const selection = useSelection(JSON.stringify({ ...kept, sort: undefined, asc: undefined, cols: undefined }));
  const wanted = search.campaign !== undefined && search.mall !== undefined ? { campaign: search.campaign, mall: search.mall } : undefined;
  /** Out of the drawer: to the draft that wants the offer, where there is one. */
  const leave = (made: string | undefined) =>
    void (wanted
      ? navigate(campaignOfferUrl(wanted.campaign, wanted.mall, made))
      : navigate({ search: (was) => ({ ...was, open: undefined, need: undefined }) }));
  const offers = data?.offers ?? [];
  const shown = listed(offers, search, Date.now());
  const add = mayWrite && (
    <ButtonLink {...offersUrl('new')} leftSection={<IconPlus size="1rem" aria-hidden />}>
      {t('add')}
    </ButtonLink>
  );
  const clear = () => change({ q: undefined, malls: undefined, kinds: undefined, states: undefined });
  const narrowed = Boolean(search.q ?? search.malls ?? search.kinds ?? search.states);

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={data?.offers.length !== 0 && add} />
      <SavedViews
        list="offers"
        everything={t('everything')}
        search={{ ...kept }}
        kept={{ ...kept, cols: choice.keys }}
        open={search.view}
        onOpen={(next, view) => void navigate({ search: { ...(next as OffersSearch), view } })}
      />
      <DataList
        label={t('title')}
        columns={choice.shown}
        source={whole(data && shown, { fetching, error }, reload)}
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: '/offers', search: { ...search, open: row.id, need: undefined } })}
        sort={{ key: search.sort ?? 'ends', descending: !search.asc }}
        onSort={(sort) => change({ sort: sort.key as OfferSort, asc: sort.descending ? undefined : true })}
        toolbar={<OfferToolbar search={search} columns={choice} onChange={change} onClear={clear} />}
        choosing={
          mayWrite
            ? {
                selection,
                nameOf: (row) => row.name,
                actions: (
                  <ArchiveOffers
                    offers={shown.filter((offer) => selection.has(offer.id) && !offer.archivedAt)}
                    onDone={() => {
                      selection.clear();
                      reload();
                    }}
                  />
                ),
              }
            : undefined
        }
        empty={
          narrowed ? (
            <EmptyState
              icon={IconSearch}
              title={t('none.title')}
              action={
                <Button variant="default" onClick={clear}>
                  {t('none.action')}
                </Button>
              }
            />
          ) : (
            <EmptyState icon={IconDiscount2} title={t('empty.title')} action={add}>
              {t('empty.body')}
            </EmptyState>
          )
        }
      />
      {search.open !== undefined && (
        <OfferDrawer
          key={search.open}
          open={search.open}
          mall={search.mall}
          wanted={wanted !== undefined}
          onMade={(made) => {
            if (made.proof === 'CODE_POOL') void navigate({ search: (was) => ({ ...was, open: made.id, need: undefined }), replace: true });
            else leave(made.id);
          }}
          onClose={() => leave(search.open === 'new' ? undefined : search.open)}
          onChanged={reload}
        />
      )}
    </>
  );
}
