import { useCallback, useEffect, useState } from 'react';
import type { Failure } from './api';
import { failureOf } from './useAsked';

interface Page<T> {
  nodes: T[];
  next: string | null;
}

/** A list that grows by pages. */
export function usePages<T>(fetchPage: (after: string | null) => Promise<Page<T>>) {
  const [nodes, setNodes] = useState<T[]>();
  const [next, setNext] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const load = useCallback(
    (after: string | null) => {
      setBusy(true);
      setFailure(undefined);
      fetchPage(after)
        .then((page) => {
          setNodes((was) => (after ? [...(was ?? []), ...page.nodes] : page.nodes));
          setNext(page.next);
        })
        .catch((cause: unknown) => setFailure(failureOf(cause)))
        .finally(() => setBusy(false));
    },
    [fetchPage],
  );
  const again = useCallback(() => load(null), [load]);
  useEffect(again, [again]);
  return { nodes, failure, busy, hasMore: next !== null, more: () => load(next), again };
}
