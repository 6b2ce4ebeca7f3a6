import { mkdir, readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { desk, openPage, rests, signIn, startBrowser } from './browser';
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
  await rests(page);
  await page.screenshot({ path: `${folder}${name}.png` });
};
/** How large one picture and all of them may be: they are part of every clone. */
const pictureBytes = 200_000;
const allBytes = 1_000_000;

it('takes the pages that show what Meguri is', async () => {
  const { context, page } = await openPage(browser, { ...desk, height: 760 });
  await signIn(page, server);
  await page.getByRole('button', { name: 'この案内を閉じる' }).click();
  await take(page, 'home');

  await page.getByRole('button', { name: /^アラート/ }).click();
  await page.getByRole('dialog', { name: 'アラート' }).getByRole('link', { name: 'すべて見る' }).click();
  await take(page, 'alerts');

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

  await open(page, /^分析$/);
  await page.getByRole('tab', { name: '回遊' }).click();
  await take(page, 'insight');
  await context.close();
});

it('keeps them small', async () => {
  const pictures = (await readdir(folder)).filter((name) => name.endsWith('.png'));
  const sizes = await Promise.all(pictures.map(async (name) => (await stat(`${folder}${name}`)).size));
  expect(Math.max(...sizes)).toBeLessThan(pictureBytes);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(allBytes);
});
