/**
 * Readers for what stands in the address bar. Each answers undefined for what
 * it does not know, so that a hand-edited or outdated address opens the page
 * with its defaults, and the default never shows in the address.
 */

/** A text that is not empty. */
export const text = (raw: unknown): string | undefined => {
  const found = typeof raw === 'number' ? String(raw) : raw;
  return typeof found === 'string' && found.trim() !== '' ? found : undefined;
};

/** One of the given words. */
export const oneOf =
  <const Word extends string>(...known: readonly Word[]) =>
  (raw: unknown): Word | undefined =>
    known.find((word) => word === raw);

/** Some of the given words, without doubles; undefined for none. */
export const someOf =
  <const Word extends string>(...known: readonly Word[]) =>
  (raw: unknown): Word[] | undefined => {
    const asked = new Set<unknown>(Array.isArray(raw) ? raw : [raw]);
    const found = known.filter((word) => asked.has(word));
    return found.length > 0 ? found : undefined;
  };

/** True or nothing. */
export const flag = (raw: unknown): true | undefined => (raw === true || raw === 'true' ? true : undefined);

/** Texts, at least one. */
export const texts = (raw: unknown): string[] | undefined =>
  orNone((Array.isArray(raw) ? raw : [raw]).map(text).filter((one) => one !== undefined));

/** A list for the address; an empty one is left out. */
export const orNone = <One>(list: One[]): One[] | undefined => (list.length > 0 ? list : undefined);

/** Where in a list one is, as `useKeysetPage` wants it. */
export const placeOf = (raw: Record<string, unknown>): { after?: string; before?: string; page?: number } => ({
  after: text(raw.after),
  before: text(raw.before),
  page: typeof raw.page === 'number' && Number.isInteger(raw.page) && raw.page > 1 ? raw.page : undefined,
});
