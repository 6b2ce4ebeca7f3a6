import { useCallback, useEffect, useRef, useState } from 'react';
import type { TypedDocumentString } from '#gql/member/graphql';
import { ApiError, ask, type Failure } from './api';

export interface Asked<T> {
  data?: T | undefined;
  failure?: Failure | undefined;
  again: () => void;
}

/** What went wrong, as one word. */
export const failureOf = (cause: unknown): Failure => (cause instanceof ApiError ? cause.failure : 'failed');

/** The answer of a query, asked when the part of the page appears and on demand. What was there stays until the next answer. */
export function useAsked<T, V>(document: TypedDocumentString<T, V>, variables: V): Asked<T> {
  const [state, setState] = useState<{ data?: T; failure?: Failure }>({});
  const given = useRef(variables);
  const latest = useRef(0);
  const again = useCallback(() => {
    latest.current += 1;
    const turn = latest.current;
    ask(document, given.current).then(
      (data) => turn === latest.current && setState({ data }),
      (cause: unknown) => turn === latest.current && setState((was) => ({ ...was, failure: failureOf(cause) })),
    );
  }, [document]);
  useEffect(again, [again]);
  return { ...state, again };
}
