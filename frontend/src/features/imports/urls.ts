import { linkOptions } from '@tanstack/react-router';
import { flag, oneOf, placeOf, someOf, text, texts } from '#lib/search';

/** Where an import can stand, as the list is narrowed by it. */
export const importStates = ['QUEUED', 'RUNNING', 'STOPPED', 'DONE', 'FAILED'] as const;

/** What the address of the list holds. */
export interface ImportsSearch {
  q?: string;
  shops?: string[];
  states?: (typeof importStates)[number][];
  /** Only those with rows to mend. */
  held?: true;
  /** Only what staff brought in, without what came by itself. */
  staff?: true;
  /** Keys of the columns to show. */
  cols?: string[];
  /** The watched folders stand beside the list. */
  folders?: true;
  /** The saved view that was opened. */
  view?: string;
  after?: string;
  before?: string;
  page?: number;
}

/** Reads the address of the list. */
export const importsSearch = (raw: Record<string, unknown>): ImportsSearch => ({
  q: text(raw.q),
  shops: texts(raw.shops),
  states: someOf(...importStates)(raw.states),
  held: flag(raw.held),
  staff: flag(raw.staff),
  cols: texts(raw.cols),
  folders: flag(raw.folders),
  view: text(raw.view),
  ...placeOf(raw),
});

/** What of the address a saved view keeps: neither the place in the list nor which view it is. */
export function viewOf(search: ImportsSearch): Omit<ImportsSearch, 'view' | 'folders' | 'after' | 'before' | 'page'> {
  const { view: _view, folders: _folders, after: _after, before: _before, page: _page, ...kept } = search;
  return kept;
}

/** All imports, or some, and the place to drop a file. */
export const importsUrl = (search: ImportsSearch = {}) => linkOptions({ to: '/imports', search });

/** The folders from which files come in by themselves. */
export const watchedFoldersUrl = () => importsUrl({ folders: true });

/** What may be wrong with orders of an import. */
export type Doubt = 'WITHOUT_BUYER' | 'SUMS_DIFFER';

/** What the address of an import holds. */
interface ImportSearch {
  /** The orders in doubt that stand beside it. */
  orders?: Doubt;
  /** The number of the one order that was looked for. */
  order?: string;
}

/** Reads the address of an import. */
export const importSearch = (raw: Record<string, unknown>): ImportSearch => ({
  orders: oneOf('WITHOUT_BUYER', 'SUMS_DIFFER')(raw.orders),
  order: text(raw.order),
});

/** One import, running or done. */
export const importUrl = (importId: string, search: ImportSearch = {}) => linkOptions({ to: '/imports/$importId', params: { importId }, search });
