import type { OfferFieldsFragment } from '#gql/offers/graphql';
import type { OfferSort, OffersSearch, OfferState } from './urls';

/** Where an offer stands at an instant. */
export function stateOf(offer: Pick<OfferFieldsFragment, 'archivedAt' | 'startsAt' | 'endsAt'>, now: number): OfferState {
  if (offer.archivedAt) return 'archived';
  if (Date.parse(offer.endsAt) < now) return 'ended';
  return Date.parse(offer.startsAt) > now ? 'coming' : 'running';
}

/**
 * The offers a search leaves, in its order. A merchant has tens of them and all
 * are on screen, so that they are narrowed and sorted where they are. What has
 * no figure to sort by comes last in either direction.
 */
export function listed(offers: readonly OfferFieldsFragment[], search: OffersSearch, now: number): OfferFieldsFragment[] {
  const words = search.q?.trim().toLowerCase();
  const left = offers.filter((offer) => {
    const state = stateOf(offer, now);
    return (
      (search.states ? search.states.includes(state) : state !== 'archived') &&
      (!search.malls || search.malls.includes(offer.mall)) &&
      (!search.kinds || search.kinds.includes(offer.kind)) &&
      (!words || `${offer.name}\n${offer.sharedCode}`.toLowerCase().includes(words))
    );
  });
  const by = keys[search.sort ?? 'ends'];
  const sign = search.asc ? 1 : -1;
  return left.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return sign * (typeof x === 'string' ? x.localeCompare(String(y)) : x - Number(y));
  });
}

const keys: Record<OfferSort, (offer: OfferFieldsFragment) => string | number | undefined> = {
  name: (offer) => offer.name,
  starts: (offer) => Date.parse(offer.startsAt),
  ends: (offer) => Date.parse(offer.endsAt),
  left: (offer) => offer.codes?.left,
  orders: (offer) => offer.results?.orders,
  sales: (offer) => offer.results?.sales.amount,
};
