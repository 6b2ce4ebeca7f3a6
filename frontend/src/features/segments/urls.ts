import { flag } from '#lib/search';
import { linkOptions } from '@tanstack/react-router';

/** What the address of the list of segments holds. */
interface SegmentsSearch {
  archived?: true;
}

/** Reads the address of the list. */
export const segmentsSearch = (raw: Record<string, unknown>): SegmentsSearch => ({ archived: flag(raw.archived) });

/** The way to the list. */
export const segmentsUrl = () => linkOptions({ to: '/segments' });

/** The way to a new one. */
export const newSegmentUrl = () => linkOptions({ to: '/segments/new' });

/** The way to one segment. */
export const segmentUrl = (id: string) => linkOptions({ to: '/segments/$segmentId', params: { segmentId: id } });
