import { oneOf } from '#lib/search';
import { linkOptions } from '@tanstack/react-router';

/** The tabs of the analysis; the first is where one arrives. */
export const tabs = ['conversion', 'repeat', 'circulation', 'events', 'stages', 'points'] as const;
/** How many months a period can have, the current one included; the address leaves the default out. */
export const periods = ['6', '12', '24'] as const;
export const defaultPeriod = '12';
/** The days within which a next order counts. */
export const windows = ['30', '60', '90', '180'] as const;
export const defaultWindow = '90';
/** What the matrix of malls shows. */
export const measures = ['people', 'days', 'sales'] as const;

/** What the address of the analysis holds. */
export interface InsightSearch {
  tab?: (typeof tabs)[number];
  months?: (typeof periods)[number];
  window?: (typeof windows)[number];
  show?: (typeof measures)[number];
}

/** Reads the address of the analysis. */
export const insightSearch = (raw: Record<string, unknown>): InsightSearch => ({
  tab: other(oneOf(...tabs)(raw.tab), 'conversion'),
  months: other(oneOf(...periods)(String(raw.months)), defaultPeriod),
  window: other(oneOf(...windows)(String(raw.window)), defaultWindow),
  show: other(oneOf(...measures)(raw.show), 'people'),
});

const other = <Word extends string>(word: Word | undefined, standard: Word): Word | undefined =>
  word === standard ? undefined : word;

/** The way to the analysis. */
export const insightUrl = (search: InsightSearch = {}) => linkOptions({ to: '/insight', search });
