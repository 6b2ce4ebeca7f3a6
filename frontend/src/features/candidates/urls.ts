import { oneOf, text } from '#lib/search';
import { linkOptions } from '@tanstack/react-router';

/** The piles of pairs: waiting for a decision, or decided one way. */
export const piles = ['OPEN', 'MERGED', 'REJECTED', 'HOUSEHOLD'] as const;

/** What the address of the candidates holds. */
interface CandidatesSearch {
  status?: (typeof piles)[number];
  pair?: string;
}

/** Reads the address of the candidates; those that wait are where one arrives. */
export const candidatesSearch = (raw: Record<string, unknown>): CandidatesSearch => {
  const status = oneOf(...piles)(raw.status);
  return { status: status === 'OPEN' ? undefined : status, pair: text(raw.pair) };
};

/** The way to the candidates. */
export const candidatesUrl = (search: CandidatesSearch = {}) => linkOptions({ to: '/candidates', search });

/** What the address of a merge by hand holds: who stays, and who goes into them. */
interface MergeSearch {
  survivor?: string;
  merged?: string;
}

/** Reads the address of a merge by hand. */
export const mergeSearch = (raw: Record<string, unknown>): MergeSearch => ({
  survivor: text(raw.survivor),
  merged: text(raw.merged),
});

/** The way to a merge by hand. */
export const mergeUrl = (survivor: string, merged?: string) => linkOptions({ to: '/merge', search: { survivor, merged } });
