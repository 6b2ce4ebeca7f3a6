import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBrowser } from './browser';
import { type Server, startServer } from './server';

// A shop's own site, on an origin of its own, with the tag in its pages.

let server: Server;
let browser: Browser;
let site: HttpServer;
let origin: string;
let token: string;
let customer: string;
let tag: string;

async function ask<T>(query: string, variables: Record<string, unknown>): Promise<T> {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await answer.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const stub = '<script>window.meguri=window.meguri||function(){(meguri.q=meguri.q||[]).push(arguments)}</script>';

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  site = createServer((request, answer) => {
    const attributes = request.url?.startsWith('/asks') ? ' data-consent="required"' : '';
    answer.setHeader('content-type', 'text/html');
    answer.end(`<!doctype html><title>shop</title>${stub}${tag.replace('<script', `<script${attributes}`)}<h1>shop</h1>`);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  token = await server.run('token', 'staff', '--email', server.email);
  const { createShop } = await ask<{ createShop: { shop: { id: string } } }>(
    'mutation ($input: CreateShopInput!) { createShop(input: $input) { shop { id } } }',
    { input: { code: 'own', name: 'own', mall: 'OWN_SITE' } },
  );
  const shopId = createShop.shop.id;
  const made = await ask<{ createCustomer: { customer: { id: string } }; createWriteKey: { writeKey: { tag: string } } }>(
    `mutation ($customer: CreateCustomerInput!, $key: CreateWriteKeyInput!) {
      createCustomer(input: $customer) { customer { id } }
      createWriteKey(input: $key) { writeKey { tag } }
    }`,
    { customer: { shopId, memberId: 'M-1', profile: { familyName: '佐藤' } }, key: { shopId, origins: [origin] } },
  );
  customer = made.createCustomer.customer.id;
  tag = made.createWriteKey.writeKey.tag;
});
afterAll(async () => {
  site?.close();
  await browser?.close();
  await server?.stop();
});

/** What stands on the customer's timeline, the oldest first. */
async function timeline(): Promise<string[]> {
  const { customer: found } = await ask<{
    customer: { timeline: { edges: { node: { event: string; data: { sku?: string; path?: string } } }[] } };
  }>('query ($id: ID!) { customer(id: $id) { timeline(kinds: [BEHAVIOUR]) { edges { node { event data } } } } }', { id: customer });
  return found.timeline.edges.map(({ node }) => `${node.event} ${node.data.sku ?? node.data.path ?? ''}`).reverse();
}

const answered = (page: Page) => page.waitForResponse((answer) => answer.url().includes('/collect/') && answer.ok());
const call = (page: Page, ...args: unknown[]) =>
  page.evaluate((given) => (window as unknown as { meguri: (...args: unknown[]) => void }).meguri(...given), args);
const stored = (page: Page) => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('meguri.')));

describe('the snippet in a real browser', () => {
  it('brings what a visitor did to the customer he turns out to be', async () => {
    const page = await browser.newPage();
    const arrived = answered(page);
    await page.goto(`${origin}/items/tea`);
    await arrived;
    expect(await timeline()).toEqual([]);

    const identified = answered(page);
    await call(page, 'track', 'view', { sku: 'TEA-01', name: '煎茶', category: 'お茶', price: 1200 });
    await call(page, 'identify', await server.run('token', 'customer', '--id', customer));
    await identified;
    await expect.poll(timeline).toEqual(['behaviour.page_viewed /items/tea', 'behaviour.viewed TEA-01']);

    // A page of the site that is drawn without loading is a page as well.
    const moved = answered(page);
    await page.evaluate(() => history.pushState({}, '', '/cart?mail=x'));
    await moved;
    await expect.poll(timeline).toContain('behaviour.page_viewed /cart');
    await page.close();
  });

  it('does nothing and keeps nothing until it is allowed, and again when it no longer is', async () => {
    const page = await browser.newPage();
    const sent: string[] = [];
    page.on('request', (request) => request.url().includes('/collect/') && sent.push(request.url()));
    await page.goto(`${origin}/asks`);
    await page.waitForFunction(() => (window as unknown as { meguri: { live?: boolean } }).meguri.live);
    await call(page, 'track', 'favourite', { sku: 'TEA-01' });
    expect(await stored(page)).toEqual([]);

    const arrived = answered(page);
    await call(page, 'consent', true);
    await arrived;
    expect(sent).toHaveLength(1);
    await call(page, 'consent', false);
    expect(await stored(page)).toEqual(['meguri.consent']);
    await page.close();
  });

  it('sends again what did not arrive', async () => {
    const page = await browser.newPage();
    const before = (await timeline()).length;
    let cut = 0;
    await page.route('**/collect/**', (route) => (cut++ < 2 ? route.abort() : route.continue()));
    await page.goto(`${origin}/late`);
    await call(page, 'identify', await server.run('token', 'customer', '--id', customer));
    await expect.poll(timeline).toContain('behaviour.page_viewed /late');
    expect(cut).toBeGreaterThan(2);
    expect((await timeline()).length).toBe(before + 1);
    await page.close();
  });
});
