import { text } from '#lib/search';
import { linkOptions } from '@tanstack/react-router';

/** What the address bar holds: the rule that is open, or the beginning a new one is made from. */
interface PointsProgramSearch {
  rule?: string;
}

export const pointsProgramSearch = (raw: Record<string, unknown>): PointsProgramSearch => ({ rule: text(raw.rule) });

/** The point programme: how points are earned, and by which rules; with one rule open. */
export const pointsProgramUrl = (search: PointsProgramSearch = {}) => linkOptions({ to: '/points', search });
