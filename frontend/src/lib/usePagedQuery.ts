import { useCallback, useMemo, useState } from 'react';
import { type CombinedError, type TypedDocumentNode, useClient, useQuery } from 'urql';

/** A Relay connection as lists read it. */
export interface Connection<Node> {
  edges: readonly { node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/** A list read page after page behind a keyset cursor. */
interface Paged<Data, Node> {
  /** The answer to the first page: figures beside the connection are read from it. */
  data: Data | undefined;
  nodes: readonly Node[];
  fetching: boolean;
  error: CombinedError | undefined;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore(): void;
  reload(): void;
}

/** What came after the first page, for one set of variables. */
interface Later<Node> {
  key: string;
  pages: readonly Connection<Node>[];
  loading: boolean;
  error?: CombinedError;
}

/**
 * Reads a connection: the first page follows the cache, later ones are added on
 * `loadMore`. Other variables start again at the first page; an answer that
 * arrives for variables no longer asked is dropped.
 */
export function usePagedQuery<Data, Variables extends { first: number; after?: string | null }, Node>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  connectionOf: (data: Data) => Connection<Node> | null | undefined,
  options: { pause?: boolean } = {},
): Paged<Data, Node> {
  const client = useClient();
  const key = JSON.stringify(variables);
  const [first, execute] = useQuery({ query, variables, pause: options.pause ?? false });
  const [kept, setLater] = useState<Later<Node>>({ key, pages: [], loading: false });
  const later = useMemo(() => (kept.key === key ? kept : { key, pages: [], loading: false }), [kept, key]);

  const head = first.data ? connectionOf(first.data) : undefined;
  const pages = useMemo(() => {
    if (!head) return [];
    return [head, ...later.pages];
  }, [head, later]);
  const end = pages.at(-1)?.pageInfo;

  const loadMore = useCallback(() => {
    if (!end?.hasNextPage || later.loading) return;
    setLater({ ...later, loading: true, error: undefined });
    void client
      .query(query, { ...variables, after: end.endCursor })
      .toPromise()
      .then((answer) => {
        const page = answer.data ? connectionOf(answer.data) : undefined;
        setLater((was) => {
          if (was.key !== key) return was;
          const failed = answer.error !== undefined || !page;
          return { key, pages: failed ? was.pages : [...was.pages, page], loading: false, error: answer.error };
        });
      });
  }, [client, query, variables, key, end, later, connectionOf]);

  const reload = useCallback(() => {
    setLater({ key, pages: [], loading: false });
    execute({ requestPolicy: 'network-only' });
  }, [execute, key]);

  return {
    data: first.data,
    nodes: useMemo(() => pages.flatMap((page) => page.edges.map((edge) => edge.node)), [pages]),
    fetching: first.fetching && !first.data,
    error: first.error ?? later.error,
    hasMore: end?.hasNextPage ?? false,
    loadingMore: later.loading,
    loadMore,
    reload,
  };
}
