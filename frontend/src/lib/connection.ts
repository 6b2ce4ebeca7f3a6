import type { Client } from 'graphql-ws';
import { useSyncExternalStore } from 'react';
import { freshToken, refresh } from './session';

/** The live connection as a page sees it: `lost` only after it stood and while somebody still listens. */
export type Connection = { state: 'idle' | 'live' } | { state: 'lost'; since: Date };

const pingEveryMs = 10_000;
const pongWithinMs = 5_000;
const longestWaitMs = 8_000;
/** The server's close code for a token that is not (or no longer) good. */
const forbidden = 4403;

let connection: Connection = { state: 'idle' };
const listeners = new Set<() => void>();

function become(next: Connection) {
  if (next.state === 'lost' && connection.state === 'lost') return;
  connection = next;
  for (const listener of listeners) listener();
}

/**
 * The WebSocket that carries every subscription; its library loads with the
 * first. It opens with the first
 * subscriber and closes with the last, comes back by itself for as long as
 * anybody listens, and notices a silent peer by its own pings.
 */
export async function createLiveClient(): Promise<Client> {
  const { createClient } = await import('graphql-ws');
  let pongDue: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket | undefined;

  return createClient({
    url: `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/graphql`,
    lazy: true,
    keepAlive: pingEveryMs,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (attempt) => {
      const wait = Math.min(longestWaitMs, 250 * 2 ** attempt);
      return new Promise((resolve) => setTimeout(resolve, wait / 2 + (Math.random() * wait) / 2));
    },
    connectionParams: async () => {
      const token = await freshToken();
      return token ? { authorization: `Bearer ${token}` } : {};
    },
    on: {
      connected: (opened) => {
        socket = opened as WebSocket;
        become({ state: 'live' });
      },
      ping: (received) => {
        if (received) return;
        pongDue = setTimeout(() => socket?.close(4408, 'no pong'), pongWithinMs);
      },
      pong: (received) => {
        if (received) clearTimeout(pongDue);
      },
      closed: (event) => {
        clearTimeout(pongDue);
        const { code, wasClean } = event as CloseEvent;
        if (code === forbidden) refresh().catch(() => undefined);
        // The client itself closes with 1000 when the last subscriber leaves.
        become(code === 1000 && wasClean ? { state: 'idle' } : { state: 'lost', since: new Date() });
      },
    },
  });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** The state of the live connection, for the banner and for the pulse beside live figures. */
export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => connection);
