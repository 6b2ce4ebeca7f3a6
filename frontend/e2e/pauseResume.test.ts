import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ask, asOwner, draftFor, type Saved, withPeople } from './api';
import { expectAccessible, expectNoSidewaysScroll, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

const people = 80;
/** Two mails a second, and four at once at the beginning. */
const slowly = '120';
/** In which at its pace several mails would go out, and reach the page. */
const quietMs = 3_000;

let server: Server;
let browser: Browser;
let page: Page;
let ask: Ask;
let campaign: Saved;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  ask = await asOwner(server);
  campaign = await draftFor(ask, await withPeople(ask, people), '少しずつ');
  ({ page } = await openPage(browser));
  await signIn(page, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const sentSoFar = async () => {
  const figure = await page.getByRole('region', { name: '送信', exact: true }).textContent();
  return Number(/^送信\D*(\d+)/.exec(figure ?? '')?.[1]);
};
/** Whether the figure is the same after a while. */
const staysTheSame = async () => {
  const before = await sentSoFar();
  await page.waitForTimeout(quietMs);
  return (await sentSoFar()) === before;
};

// One way in order: each step stands on what the one before it left.
describe('a campaign that goes out slowly', () => {
  it('begins at the pace that was set in the review', async () => {
    await page.goto(`${server.url}/campaigns/${campaign.id}?step=review`);
    await page.getByRole('switch', { name: '少しずつ送る' }).press('Space');
    await page.getByLabel('1分あたりの通数').fill(slowly);
    await expect.poll(() => page.getByText('保存済み').count()).toBe(1);
    await expectAccessible(page);
    await button('配信を始める').click();
    await button(/に配信$/).click();
    await page.getByText('毎分120通').waitFor();
    await expect.poll(sentSoFar).toBeGreaterThan(5);
  });

  it('stands while it is paused, and says who paused it and why', async () => {
    await button('一時停止').click();
    await page.getByLabel('理由（任意）').fill('在庫を確認するため');
    await button('一時停止する').click();
    await page.getByText('一時停止中', { exact: true }).waitFor();
    await page.getByText(/さんが.+に一時停止：在庫を確認するため$/).waitFor();
    // What a worker has in hand still goes out; a campaign that did not stand would be quiet only at its end.
    await expect.poll(staysTheSame).toBe(true);
    expect(await sentSoFar()).toBeGreaterThan(5);
    expect(await sentSoFar()).toBeLessThan(people);
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
  });

  it('goes on where it stopped, faster, and reaches everybody once', async () => {
    await button('ほかの操作').click();
    await page.getByRole('menuitem', { name: '速さを変える' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('switch', { name: '少しずつ送る' }).press('Space');
    await dialog.getByRole('button', { name: '速さを変える' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await button('配信を再開').click();
    await page.getByText('配信済み', { exact: true }).first().waitFor();
    await expect.poll(sentSoFar).toBe(people);

    const { mailbox } = await ask<{ mailbox: { edges: { node: { to: string } }[] } }>('{ mailbox(first: 100) { edges { node { to } } } }');
    const recipients = mailbox.edges.map(({ node }) => node.to);
    expect(recipients).toHaveLength(people);
    expect(new Set(recipients).size).toBe(people);
  });
});
