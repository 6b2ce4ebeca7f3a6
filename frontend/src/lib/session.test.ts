import { beforeEach, describe, expect, it, vi } from 'vitest';

type Session = typeof import('./session');

const grant = (lastsMs: number) => ({ accessToken: 'fresh', expiresAt: new Date(Date.now() + lastsMs).toISOString() });
const answer = (status: number, body: unknown = {}) => new Response(JSON.stringify(body), { status });

let session: Session;
const fetched = vi.fn<() => Promise<Response>>();

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal('fetch', fetched);
  fetched.mockReset();
  session = await import('./session');
});

describe('a session', () => {
  it('is renewed once, however many ask at the same time', async () => {
    fetched.mockImplementation(async () => answer(200, grant(900_000)));
    const answers = await Promise.all([session.ready(), session.freshToken(), session.refresh()]);
    expect(answers).toEqual([true, 'fresh', true]);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('takes turns with other tabs, as a refresh token presented twice revokes all', async () => {
    const order: string[] = [];
    const request = vi.fn(async (name: string, run: () => Promise<boolean>) => {
      order.push(`lock ${name}`);
      return run();
    });
    vi.stubGlobal('navigator', { locks: { request } });
    fetched.mockImplementation(async () => {
      order.push('fetch');
      return answer(200, grant(900_000));
    });
    await session.refresh();
    expect(order).toEqual(['lock meguri.refresh', 'fetch']);
    vi.unstubAllGlobals();
  });

  it('is over when the server says so', async () => {
    fetched.mockResolvedValue(answer(401));
    expect(await session.ready()).toBe(false);
    expect(session.accessToken()).toBeUndefined();
    expect(await session.freshToken()).toBeUndefined();
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('never began where there is no cookie', async () => {
    fetched.mockResolvedValue(new Response(null, { status: 204 }));
    expect(await session.ready()).toBe(false);
    expect(await session.freshToken()).toBeUndefined();
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it('is not over because the server is away', async () => {
    session.signedIn(grant(-1));
    fetched.mockResolvedValue(answer(502));
    await expect(session.freshToken()).rejects.toThrow('502');
    expect(await session.ready()).toBe(true);
    expect(session.accessToken()).toBe('fresh');
  });

  it('renews a token that is about to end, and not one that lasts', async () => {
    session.signedIn(grant(900_000));
    expect(session.needsRenewal()).toBe(false);
    session.signedIn(grant(5_000));
    expect(session.needsRenewal()).toBe(true);
  });
});
