import { beforeEach, describe, expect, it, vi } from 'vitest';
import { freshToken } from '#lib/session';
import { fetcher } from './fetcher';

vi.mock('#lib/session', () => ({ freshToken: vi.fn() }));

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.stubGlobal('fetch', fetched);
  fetched.mockReset();
  fetched.mockImplementation(async () => new Response('{"data":{"viewer":null}}'));
  vi.mocked(freshToken).mockReset();
  vi.mocked(freshToken).mockResolvedValue('of-the-session');
});

const sentWith = async (headers?: Record<string, string>) => {
  expect(await fetcher({ query: '{viewer{__typename}}' }, { headers })).toEqual({ data: { viewer: null } });
  expect(fetched).toHaveBeenCalledOnce();
  expect(fetched.mock.calls[0]?.[0]).toBe('/graphql');
  return new Headers(fetched.mock.calls[0]?.[1]?.headers).get('authorization');
};

describe('a request of the IDE', () => {
  it('carries the token of the session', async () => {
    expect(await sentWith()).toBe('Bearer of-the-session');
  });

  it('carries the authorization of the headers editor instead, however it is written', async () => {
    expect(await sentWith({ Authorization: 'Bearer other' })).toBe('Bearer other');
    expect(freshToken).not.toHaveBeenCalled();
  });

  it('carries none when nobody is signed in', async () => {
    vi.mocked(freshToken).mockResolvedValue(undefined);
    expect(await sentWith()).toBeNull();
  });
});
