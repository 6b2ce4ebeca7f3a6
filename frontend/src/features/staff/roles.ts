/** The roles, the mightiest first. */
export const roles = ['OWNER', 'MANAGER', 'MARKETER', 'ANALYST', 'SUPPORT'] as const;

/** Scopes that say nothing about what a person may do: everybody at a screen has them, or nobody. */
const silent = new Set(['viewer', 'node:read', 'me']);

/** The scopes of a matrix by their noun, in the order in which they come. */
export function byNoun(scopes: readonly string[]): { noun: string; scopes: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const scope of scopes) {
    if (silent.has(scope)) continue;
    const noun = scope.split(':')[0] ?? scope;
    groups.set(noun, [...(groups.get(noun) ?? []), scope]);
  }
  return [...groups].map(([noun, each]) => ({ noun, scopes: each }));
}
