import { act, renderHook, waitFor } from '@testing-library/react';
import { type DocumentNode, parse } from 'graphql';
import type { ReactNode } from 'react';
import { Client, fetchExchange, Provider, type TypedDocumentNode } from 'urql';
import { describe, expect, it } from 'vitest';
import { type Connection, usePagedQuery } from './usePagedQuery';

interface Names {
  names: Connection<string>;
}
interface Variables {
  first: number;
  after?: string | null;
  like: string;
}

const query = parse('query Names($first: Int!, $after: String, $like: String!) { names }') as DocumentNode as TypedDocumentNode<Names, Variables>;
const connectionOf = (data: Names) => data.names;
const all = ['ab1', 'ab2', 'ab3', 'cd1'];

/** A server that pages through the names that hold what is asked for, and can be told to fail. */
function serve(failAfter?: string): Client {
  return new Client({
    url: 'http://server.example/graphql',
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetch: async (_url, init) => {
      const { variables } = JSON.parse(String(init?.body)) as { variables: Variables };
      if (failAfter !== undefined && variables.after === failAfter) throw new TypeError('network');
      const found = all.filter((name) => name.includes(variables.like));
      const start = variables.after ? found.indexOf(variables.after) + 1 : 0;
      const page = found.slice(start, start + variables.first);
      const names = {
        edges: page.map((node) => ({ node })),
        pageInfo: { hasNextPage: start + page.length < found.length, endCursor: page.at(-1) ?? null },
      };
      return new Response(JSON.stringify({ data: { names } }), { headers: { 'content-type': 'application/json' } });
    },
  });
}

const render = (client: Client, variables: Variables) =>
  renderHook((given: Variables) => usePagedQuery(query, given, connectionOf), {
    initialProps: variables,
    wrapper: ({ children }: { children: ReactNode }) => <Provider value={client}>{children}</Provider>,
  });

describe('a paged query', () => {
  it('adds page after page and knows its end', async () => {
    const { result } = render(serve(), { first: 2, like: '' });
    await waitFor(() => expect(result.current.nodes).toEqual(['ab1', 'ab2']));
    expect(result.current.hasMore).toBe(true);
    act(() => result.current.loadMore());
    await waitFor(() => expect(result.current.nodes).toEqual(all));
    expect(result.current.hasMore).toBe(false);
  });

  it('starts again at the first page when something else is asked', async () => {
    const { result, rerender } = render(serve(), { first: 2, like: 'ab' });
    await waitFor(() => expect(result.current.hasMore).toBe(true));
    act(() => result.current.loadMore());
    await waitFor(() => expect(result.current.nodes).toEqual(['ab1', 'ab2', 'ab3']));
    rerender({ first: 2, like: 'cd' });
    await waitFor(() => expect(result.current.nodes).toEqual(['cd1']));
  });

  it('keeps what it has when a later page fails, and can try again', async () => {
    const { result } = render(serve('ab2'), { first: 2, like: '' });
    await waitFor(() => expect(result.current.hasMore).toBe(true));
    act(() => result.current.loadMore());
    await waitFor(() => expect(result.current.error).toBeDefined());
    expect(result.current.nodes).toEqual(['ab1', 'ab2']);
    expect(result.current.hasMore).toBe(true);
    expect(result.current.loadingMore).toBe(false);
  });
});
