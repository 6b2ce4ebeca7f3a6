import { useMemo, useState } from 'react';

/** What of a list is chosen for a common action: some rows by their keys, or everything the list's conditions leave. */
export interface Selection {
  keys: ReadonlySet<string>;
  /** Everything, also what is not on screen. */
  everything: boolean;
  has(key: string): boolean;
  /** Takes rows in or out. Taking one out of everything leaves the rows on screen without it. */
  put(keys: readonly string[], chosen: boolean, onScreen: readonly string[]): void;
  takeEverything(): void;
  clear(): void;
}

interface Kept {
  scope: string;
  keys: ReadonlySet<string>;
  everything: boolean;
}

/** The selection of a list; other conditions (another scope) begin with none. */
export function useSelection(scope: string): Selection {
  const [kept, setKept] = useState<Kept>({ scope, keys: new Set(), everything: false });
  const none = useMemo(() => ({ scope, keys: new Set<string>(), everything: false }), [scope]);
  const now = kept.scope === scope ? kept : none;
  return useMemo(
    () => ({
      keys: now.keys,
      everything: now.everything,
      has: (key) => now.everything || now.keys.has(key),
      put: (keys, chosen, onScreen) => {
        const next = new Set(now.everything ? onScreen : now.keys);
        for (const key of keys) {
          if (chosen) next.add(key);
          else next.delete(key);
        }
        setKept({ scope, keys: next, everything: now.everything && chosen });
      },
      takeEverything: () => setKept({ scope, keys: new Set(), everything: true }),
      clear: () => setKept(none),
    }),
    [now, none, scope],
  );
}
