/** Whether two addresses of a list ask for the same: keys in any order, and what is undefined is not there. */
export function sameSearch(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

const canonical = (search: unknown): string =>
  JSON.stringify(search, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
