import type { OfferKind } from '#gql/offers/graphql';
import { flag, oneOf, someOf, text, texts } from '#lib/search';
import type { MallKind } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { linkOptions } from '@tanstack/react-router';

/** Where an offer stands, in the order filters offer it. */
export const offerStates = ['running', 'coming', 'ended', 'archived'] as const;
export type OfferState = (typeof offerStates)[number];
/** The kinds of offer, in the order filters offer them. */
export const offerKinds = ['COUPON_AMOUNT', 'COUPON_RATE', 'FREE_SHIPPING', 'POINT_MULTIPLIER'] as const satisfies readonly OfferKind[];
const offerSorts = ['name', 'starts', 'ends', 'left', 'orders', 'sales'] as const;
export type OfferSort = (typeof offerSorts)[number];

/** What the address of the offers holds. */
export interface OffersSearch {
  q?: string;
  malls?: MallKind[];
  kinds?: OfferKind[];
  /** None: all but the archived. */
  states?: OfferState[];
  sort?: OfferSort;
  asc?: true;
  /** Keys of the columns to show. */
  cols?: string[];
  /** The saved view that was opened. */
  view?: string;
  /** The offer beside the list, or `new`. */
  open?: string;
  /** How many codes the open one lacks for a campaign. */
  need?: number;
  /** The draft a new one is made for, and the mall of its variant: one goes back there. */
  campaign?: string;
  mall?: MallKind;
}

/** Reads the address of the offers. */
export const offersSearch = (raw: Record<string, unknown>): OffersSearch => ({
  q: text(raw.q),
  malls: someOf(...malls)(raw.malls),
  kinds: someOf(...offerKinds)(raw.kinds),
  states: someOf(...offerStates)(raw.states),
  sort: oneOf(...offerSorts)(raw.sort),
  asc: flag(raw.asc),
  cols: texts(raw.cols),
  view: text(raw.view),
  open: text(raw.open),
  need: Number.isInteger(raw.need) && Number(raw.need) > 0 ? Number(raw.need) : undefined,
  campaign: text(raw.campaign),
  mall: oneOf(...malls)(raw.mall),
});

/** What of the address a saved view keeps. */
export const keptOf = ({ view: _view, open: _open, need: _need, campaign: _campaign, mall: _mall, ...kept }: OffersSearch): OffersSearch => kept;

/** All offers; `open` shows one beside the list, or the form for a new one; `need` is how many more codes a campaign wants of it. */
export const offersUrl = (open?: string, need?: number) => linkOptions({ to: '/offers', search: open ? { open, need } : {} });

/** The form for an offer that a draft wants for one of its malls. */
export const newOfferUrl = (draft: { campaign: string; mall: MallKind }) => linkOptions({ to: '/offers', search: { open: 'new', ...draft } });
