import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asOwner, draftFor, withPeople } from './api';
import { keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

let server: Server;
let browser: Browser;
let pages: Page[];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  const other = await server.beside();
  pages = await Promise.all(
    [server.url, other].map(async (url) => {
      const { page } = await openPage(browser);
      await signIn(page, { ...server, url });
      return page;
    }),
  );
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => pages?.[1]));

describe('two browsers at two servers', () => {
  it('both see a campaign go out as it happens', async () => {
    const ask = await asOwner(server);
    const campaign = await draftFor(ask, await withPeople(ask, 3), '二つのサーバー');
    const { sendCampaign } = await ask<{ sendCampaign: { userErrors: unknown[] } }>(
      'mutation ($id: ID!, $version: Int!) { sendCampaign(input: {id: $id, version: $version, idempotencyKey: "once"}) { userErrors { code } } }',
      campaign,
    );
    expect(sendCampaign.userErrors).toEqual([]);

    const figure = async (page: Page, name: string) => (await page.getByRole('region', { name, exact: true }).textContent()) ?? '';
    await Promise.all(pages.map((page) => page.goto(new URL(`/campaigns/${campaign.id}`, page.url()).href)));
    await Promise.all(pages.map((page) => page.getByText('配信済み', { exact: true }).first().waitFor()));
    for (const page of pages) {
      await expect.poll(() => figure(page, '送信')).toMatch(/^送信\D*3/);
    }

    const { mailbox } = await ask<{ mailbox: { edges: { node: { html: string } }[] } }>('{ mailbox(first: 1) { edges { node { html } } } }');
    const link = /\/u\/[^"]+/.exec(mailbox.edges[0]?.node.html ?? '')?.[0];
    const answer = await fetch(new URL(link ?? '', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(answer.status).toBe(200);
    for (const page of pages) {
      await expect.poll(() => figure(page, '配信停止')).toMatch(/^配信停止\D*1/);
    }
  });
});
