import { mallColor } from '#ui/MallDot';
import type { CalendarEvent } from './hints';

/** How an event is drawn: solid when it is sure, dashed when it is predicted, dotted when only a window is known. */
type Line = 'SURE' | 'PREDICTED' | 'ABOUT' | 'CANCELLED';

/** How sure the days of an event are; what the calendar itself says needs no announcement. */
export const lineOf = (event: CalendarEvent): Line => {
  if (event.status === 'CANCELLED') return 'CANCELLED';
  if (event.approximate) return 'ABOUT';
  return event.status === 'ANNOUNCED' || event.rule?.certainty === 'VH' ? 'SURE' : 'PREDICTED';
};

/** The mall's hue as a variable for style sheets; grey where it is no mall's. */
export const hueOf = (event: CalendarEvent) => ({
  ['--hue' as string]: event.mall ? mallColor(event.mall) : 'var(--mantine-color-dimmed)',
});
