import { useState } from 'react';
import { type CombinedError, type TypedDocumentNode, useQuery } from 'urql';

/** Where in a list one is: behind or before a cursor, and which page that makes. */
export interface Place {
  after?: string;
  before?: string;
  page?: number;
}

interface Connection<Node> {
  edges: readonly { node: Node }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor?: string | null; endCursor?: string | null };
}

/**
 * Reads one page of a connection that can be turned forth and back, however
 * long the list is. The place stands in the address, so that Back, a reload and
 * a link lead to the same page. While another page or other conditions are
 * being read the rows before stay, marked as `changing`.
 */
export function useKeysetPage<Data, Variables extends { after?: string | null; before?: string | null }, Node>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  connectionOf: (data: Data) => Connection<Node>,
  place: Place,
  onPlace: (place: Place) => void,
  options: { pause?: boolean } = {},
): {
  nodes: readonly Node[];
  fetching: boolean;
  changing: boolean;
  error: CombinedError | undefined;
  hasMore: false;
  loadingMore: false;
  loadMore(): void;
  reload(): void;
  pager: { page: number; previous?: () => void; next?: () => void };
} {
  const [{ data, fetching, error }, execute] = useQuery({
    query,
    variables: { ...variables, after: place.after, before: place.before },
    pause: options.pause ?? false,
  });
  const [kept, setKept] = useState(data);
  if (data && data !== kept) setKept(data);

  const shown = data ?? (error ? undefined : kept);
  const connection = shown && connectionOf(shown);
  const info = connection?.pageInfo;
  const page = place.page ?? 1;
  const reload = () => execute({ requestPolicy: 'network-only' });
  return {
    nodes: connection?.edges.map((edge) => edge.node) ?? [],
    fetching: (fetching || options.pause === true) && !shown,
    changing: !data && fetching && shown !== undefined,
    error,
    hasMore: false,
    loadingMore: false,
    loadMore: reload,
    reload,
    pager: {
      page,
      previous: info?.hasPreviousPage
        ? // The second page leads to the beginning, where rows may have come that no cursor knows.
          () => onPlace(page <= 2 ? {} : { before: info.startCursor ?? undefined, page: page - 1 })
        : undefined,
      next: info?.hasNextPage ? () => onPlace({ after: info.endCursor ?? undefined, page: page + 1 }) : undefined,
    },
  };
}
