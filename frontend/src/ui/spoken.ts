import type { MallKind } from './MallDot';
import { malls } from './malls';

/** What a rule of segments speaks about. */
export interface Spoken {
  fields: ReadonlySet<string>;
  /** The malls that a condition is narrowed to or asks for, in their usual order. */
  malls: readonly MallKind[];
}

/** Reads of a rule, as segments have it, which fields and malls it names; whatever is no rule names nothing. */
export function spokenOf(rule: unknown): Spoken {
  const fields = new Set<string>();
  const named = new Set<unknown>();
  const read = (node: unknown) => {
    if (Array.isArray(node)) node.forEach(read);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { all, any, not, field, op, mall, value } = node as Record<string, unknown>;
    [all, any, not].forEach(read);
    if (typeof field !== 'string') return;
    fields.add(field);
    named.add(mall);
    // Who never bought on a mall has no figures there.
    if (op !== 'none_of' && Array.isArray(value)) value.forEach((one) => void named.add(one));
  };
  read(rule);
  return { fields, malls: malls.filter((mall) => named.has(mall)) };
}
