import { orNone } from '#lib/search';
import type { Chip } from '../ListToolbar';

/** A chip for each value that a filter has; the one taken away leaves the others, and none of them no filter. */
export const chipsOf = <One extends string>(
  chosen: readonly One[] | undefined,
  label: (one: One) => string,
  onChange: (left: One[] | undefined) => void,
): Chip[] =>
  (chosen ?? []).map((one) => ({
    key: one,
    label: label(one),
    onRemove: () => onChange(orNone((chosen ?? []).filter((other) => other !== one))),
  }));
