import type { AuditFilter, AuditActionsQuery } from '#gql/audit/graphql';
import type { AuditSearch } from './urls';

type Action = AuditActionsQuery['auditActions'][number];

/** Marks a whole group of actions in the address. */
const whole = 'all:';

/** How a group stands in the address: by its first action, whose name no language changes. */
export const groupKey = (actions: readonly Action[], group: string): string =>
  `${whole}${actions.find((each) => each.group === group)?.action ?? ''}`;

/** The actions that `what` of the address means; undefined for all of them. */
export function actionsOf(what: string | undefined, actions: readonly Action[]): string[] | undefined {
  if (!what) return undefined;
  if (!what.startsWith(whole)) return [what];
  const first = actions.find((each) => each.action === what.slice(whole.length));
  return first && actions.filter((each) => each.group === first.group).map((each) => each.action);
}

/** The address as the API narrows by it. */
export const filterOf = (search: AuditSearch, actions: readonly Action[]): AuditFilter => ({
  actions: actionsOf(search.what, actions),
  actorId: search.actor,
  actorKind: search.actor ? undefined : search.by,
  objectId: search.object,
  from: search.from,
  to: search.to,
});

/** The address of the file with the same entries. */
export function fileAddress(filter: AuditFilter, locale: string): string {
  const query = new URLSearchParams({ locale });
  for (const action of filter.actions ?? []) query.append('actions', action);
  const rest = { actor: filter.actorId, actorKind: filter.actorKind, object: filter.objectId, from: filter.from, to: filter.to };
  for (const [name, value] of Object.entries(rest)) if (value) query.set(name, String(value));
  return `/audit.csv?${query.toString()}`;
}
