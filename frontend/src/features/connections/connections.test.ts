import { describe, expect, it } from 'vitest';
import type { ConnectionFieldsFragment } from '#gql/connections/graphql';
import { connectionInput, expiryOf, leaveUrl, serviceFor, stateOf, type Service } from './connections';

const connection = (change: object): ConnectionFieldsFragment =>
  ({ status: 'ACTIVE', running: false, trouble: null, latest: null, ...change }) as ConnectionFieldsFragment;
const trouble = (passing: boolean) => ({ code: 'KEY_REFUSED', passing, call: '', status: 401, detail: '' });

describe('the state of a connection', () => {
  it('is what staff has to know first', () => {
    expect(stateOf(connection({ status: 'STOPPED', trouble: trouble(false) }))).toBe('stopped');
    expect(stateOf(connection({ trouble: trouble(false), running: true }))).toBe('mend');
    expect(stateOf(connection({ trouble: trouble(true) }))).toBe('retrying');
    expect(stateOf(connection({ running: true }))).toBe('running');
    expect(stateOf(connection({ latest: { done: false } }))).toBe('waiting');
    expect(stateOf(connection({ latest: { done: true } }))).toBe('fine');
  });
});

describe('the end of a key', () => {
  const now = new Date('2026-11-22T00:00:00Z');
  it('is told two weeks before', () => {
    expect(expiryOf(null, now)).toBe('none');
    expect(expiryOf('2026-12-07T00:00:00Z', now)).toBe('fine');
    expect(expiryOf('2026-12-05T00:00:00Z', now)).toBe('soon');
    expect(expiryOf('2026-11-21T23:59:59Z', now)).toBe('over');
  });
});

describe('what is sent', () => {
  const values = { fields: { shop: ' a ', token: '' }, everyMinutes: 15, firstFrom: '2026-11-01', expiresOn: '2026-12-31', code: '' };
  it('begins and ends with the merchant’s day', () => {
    expect(connectionInput(values, 'Asia/Tokyo', 'https://crm.example.com/settings/connections')).toEqual({
      values: [
        { name: 'shop', value: 'a' },
        { name: 'token', value: '' },
      ],
      everyMinutes: 15,
      firstFrom: '2026-10-31T15:00:00.000Z',
      expiresAt: '2026-12-31T14:59:59.000Z',
    });
  });
  it('has a code only with the address it was shown at', () => {
    const sent = connectionInput({ ...values, code: ' x ', expiresOn: '' }, 'Asia/Tokyo', 'https://crm.example.com/settings/connections');
    expect(sent).toMatchObject({ code: 'x', redirectUri: 'https://crm.example.com/settings/connections', expiresAt: undefined });
  });
});

describe('the service of a shop', () => {
  const services = [{ mall: 'RAKUTEN' }, { mall: 'SHOPIFY' }] as Service[];
  it('is its mall’s, and Shopify’s for a site of one’s own', () => {
    expect(serviceFor({ id: '1', name: 'a', mall: 'RAKUTEN' }, services)?.mall).toBe('RAKUTEN');
    expect(serviceFor({ id: '1', name: 'a', mall: 'OWN_SITE' }, services)?.mall).toBe('SHOPIFY');
    expect(serviceFor({ id: '1', name: 'a', mall: 'STORE' }, services)).toBeUndefined();
  });
});

it('asks Yahoo! for leave with the client id and the way back', () => {
  const url = new URL(leaveUrl('dj0', 'https://crm.example.com/settings/connections'));
  expect(url.searchParams.get('client_id')).toBe('dj0');
  expect(url.searchParams.get('redirect_uri')).toBe('https://crm.example.com/settings/connections');
});
