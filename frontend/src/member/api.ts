import type { TypedDocumentString } from '#gql/member/graphql';
import { token } from './session';

/** Why something was not answered: the token has ended, there is no network, or the server says no. */
export type Failure = 'ended' | 'offline' | 'failed';

export class ApiError extends Error {
  constructor(readonly failure: Failure) {
    super(failure);
  }
}

interface Answer<T> {
  data?: T | null;
  errors?: { extensions?: { code?: string } }[];
}

const endedCodes = ['UNAUTHENTICATED', 'TOKEN_EXPIRED', 'TOKEN_INVALID', 'CLIENT_ENDED'];

function dataOf<T>({ data, errors }: Answer<T>): T {
  if (errors?.some(({ extensions }) => endedCodes.includes(extensions?.code ?? ''))) throw new ApiError('ended');
  if (errors?.length || !data) throw new ApiError('failed');
  return data;
}

async function post<T, V>(document: TypedDocumentString<T, V>, variables: V, accept: string, signal?: AbortSignal): Promise<Response> {
  const held = token();
  try {
    return await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept, ...(held && { authorization: `Bearer ${held}` }) },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: signal ?? null,
    });
  } catch {
    throw new ApiError('offline');
  }
}

/** One question, one answer. */
export async function ask<T, V>(document: TypedDocumentString<T, V>, variables: V): Promise<T> {
  const answer = await post(document, variables, 'application/json');
  if (answer.status === 401) throw new ApiError('ended');
  if (answer.status >= 500) throw new ApiError('failed');
  return dataOf((await answer.json()) as Answer<T>);
}

/**
 * A subscription as server-sent events, which need no library. Answers arrive at
 * onData until the stream ends; the promise then says why.
 */
export async function follow<T, V>(document: TypedDocumentString<T, V>, variables: V, onData: (data: T) => void, signal: AbortSignal): Promise<Failure> {
  try {
    const answer = await post(document, variables, 'text/event-stream', signal);
    if (answer.status === 401) return 'ended';
    if (!answer.ok || !answer.body) return 'failed';
    for await (const event of eventsOf(answer.body)) {
      if (event.name === 'next') onData(dataOf(JSON.parse(event.data) as Answer<T>));
    }
    return 'offline';
  } catch (cause) {
    return cause instanceof ApiError ? cause.failure : 'offline';
  }
}

interface ServerEvent {
  name: string;
  data: string;
}

/** The events of a stream: blocks of `event:` and `data:` lines with an empty line behind each. */
async function* eventsOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let waiting = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    waiting += value;
    const blocks = waiting.split('\n\n');
    waiting = blocks.pop() ?? '';
    for (const block of blocks) yield eventOf(block);
  }
}

export function eventOf(block: string): ServerEvent {
  const event: ServerEvent = { name: 'message', data: '' };
  for (const line of block.split('\n')) {
    const [, field, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    if (field === 'event') event.name = value;
    if (field === 'data') event.data += value;
  }
  return event;
}
