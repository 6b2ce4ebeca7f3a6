import { flag, text } from '#lib/search';
import { linkOptions } from '@tanstack/react-router';

/** What the address of the list of segments holds. */
interface SegmentsSearch {
  q?: string;
  archived?: true;
}

/** Reads the address of the list. */
export const segmentsSearch = (raw: Record<string, unknown>): SegmentsSearch => ({ q: text(raw.q), archived: flag(raw.archived) });

/** The way to the list. */
export const segmentsUrl = () => linkOptions({ to: '/segments' });

/** What the address of a new segment holds: the rule it begins with. */
interface NewSegmentSearch {
  rule?: unknown;
}

/** Reads the address of a new segment; what is no rule tree is not begun with. */
export const newSegmentSearch = (raw: Record<string, unknown>): NewSegmentSearch => ({
  rule: typeof raw.rule === 'object' && raw.rule !== null && !Array.isArray(raw.rule) ? raw.rule : undefined,
});

/** The way to a new one, empty or beginning with a rule. */
export const newSegmentUrl = (rule?: unknown) => linkOptions({ to: '/segments/new', search: { rule } });

/** The way to one segment. */
export const segmentUrl = (id: string) => linkOptions({ to: '/segments/$segmentId', params: { segmentId: id } });
