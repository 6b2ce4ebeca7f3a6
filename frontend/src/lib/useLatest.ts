import type { DocumentNode } from 'graphql';
import { type OperationContext, type TypedDocumentNode, useQuery } from 'urql';

type Asked<Variables> = Omit<Variables, 'last'>;

/**
 * Asks for what takes long to work out. Until the answer of now is there, the
 * one that was last worked out is shown, whatever has happened since;
 * `computing` tells so.
 */
export function useLatest<Data, Variables extends { last?: boolean }>(args: {
  query: DocumentNode & TypedDocumentNode<Data, Variables>;
  variables: Asked<Variables>;
  pause?: boolean;
  context?: Partial<OperationContext>;
}) {
  const { query, variables, pause = false, context } = args;
  const ask = (last: boolean) => ({ query, variables: { ...variables, last } as unknown as Variables, ...(context && { context }) });
  const [now, again] = useQuery<Data, Variables>({ ...ask(false), pause } as Parameters<typeof useQuery<Data, Variables>>[0]);
  const [before] = useQuery<Data, Variables>({ ...ask(true), pause: pause || now.data !== undefined } as Parameters<typeof useQuery<Data, Variables>>[0]);
  return [{ data: now.data ?? before.data, error: now.error, computing: now.fetching || now.stale }, again] as const;
}
