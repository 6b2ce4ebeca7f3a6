import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { desk, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const settleMs = 1_500;

let server: Server;
let browser: Browser;

beforeAll(async () => {
  await mkdir(folder, { recursive: true });
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'on' }), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const open = async (page: Page, link: RegExp) => {
  await page.getByRole('navigation').getByRole('link', { name: link }).click();
  await page.waitForTimeout(settleMs);
};
const take = async (page: Page, name: string) => {
  await page.waitForTimeout(settleMs);
  await page.screenshot({ path: `${folder}${name}.png` });
};

it('takes home, a customer, a segment and a campaign', async () => {
  const { page } = await openPage(browser, { ...desk, height: 860 });
  await signIn(page, server);
  await take(page, 'home');

  await open(page, /^顧客$/);
  await page.getByRole('button', { name: '純売上' }).click();
  await page.waitForTimeout(settleMs);
  await page.locator('tbody a').first().click();
  await take(page, 'customer');

  await open(page, /^セグメント$/);
  await page.getByRole('link', { name: '誕生月の優良会員' }).first().click();
  await take(page, 'segment');

  await open(page, /^キャンペーン$/);
  await page.getByRole('link', { name: '季節のお茶まつり' }).first().click();
  await take(page, 'campaign');
});
