import { useSyncExternalStore } from 'react';

/** What sign-in and refresh answer with: a short-lived token that is only ever kept in memory. */
interface Grant {
  accessToken: string;
  expiresAt: string;
}

type Status = 'unknown' | 'in' | 'out';

/** A token this near its end is renewed before it is used. */
const renewBeforeMs = 30_000;

let grant: Grant | undefined;
let status: Status = 'unknown';
let refreshing: Promise<boolean> | undefined;
const listeners = new Set<() => void>();

function become(next: Status, given?: Grant) {
  grant = given;
  status = next;
  for (const listener of listeners) listener();
}

/** Asks the server for a new access token against the refresh cookie. */
async function renew(): Promise<boolean> {
  const answer = await fetch('/auth/refresh', { method: 'POST', credentials: 'same-origin' });
  // Nobody is signed in here: no error, or every visitor's console would show one.
  if (answer.status === 204) {
    become('out');
    return false;
  }
  if (answer.ok) {
    become('in', (await answer.json()) as Grant);
    return true;
  }
  if (answer.status === 401 || answer.status === 403) {
    become('out');
    return false;
  }
  throw new Error(`refresh answered ${answer.status}`);
}

async function oneTabAtATime(run: () => Promise<boolean>): Promise<boolean> {
  // Browsers give locks to secure pages only; without TLS a single tab is all that is promised.
  const locks = navigator.locks as LockManager | null | undefined;
  return locks ? locks.request('meguri.refresh', run) : run();
}

/**
 * Renews the session, once however many callers wait. A refresh token that is
 * presented twice revokes its whole family, so tabs take turns under a lock.
 * Rejects when the server cannot be reached; the session then stands as it was.
 */
export function refresh(): Promise<boolean> {
  refreshing ??= oneTabAtATime(renew).finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

/** Resolves once it is known whether somebody is signed in. */
export async function ready(): Promise<boolean> {
  if (status === 'unknown') return refresh();
  return status === 'in';
}

/** The access token, if there is one. */
export const accessToken = (): string | undefined => grant?.accessToken;

/** Whether the access token is missing or about to end. */
export const needsRenewal = (): boolean =>
  !grant || Date.parse(grant.expiresAt) - Date.now() < renewBeforeMs;

/** An access token that lasts long enough to be used now; undefined when signed out. */
export async function freshToken(): Promise<string | undefined> {
  if (needsRenewal() && status !== 'out') await refresh();
  return accessToken();
}

/** Takes over what the signIn mutation gave. */
export const signedIn = (given: Grant): void => become('in', given);

/** Ends the session here and on the server, and drops everything in memory by loading the sign-in page anew. */
export async function signOut(): Promise<void> {
  const token = accessToken();
  await fetch('/auth/sign-out', {
    method: 'POST',
    credentials: 'same-origin',
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });
  sessionStorage.clear();
  window.location.assign('/sign-in');
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** Whether somebody is signed in, for components that must notice the end of a session. */
export const useSessionStatus = (): Status => useSyncExternalStore(subscribe, () => status);
