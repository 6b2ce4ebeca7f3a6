import { oneOf } from '#lib/search';

/** The lengths of the period on the home page, in days; the address leaves the default out. */
export const periods = ['7', '30', '90'] as const;
export const defaultPeriod = '30';

/** What the address of the home page holds. */
export interface HomeSearch {
  days?: (typeof periods)[number];
}

/** Reads the address of the home page. */
export const homeSearch = (raw: Record<string, unknown>): HomeSearch => {
  const days = oneOf(...periods)(String(raw.days));
  return days && days !== defaultPeriod ? { days } : {};
};
