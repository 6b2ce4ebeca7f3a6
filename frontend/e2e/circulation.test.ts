import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { desk, expectAccessible, expectNoSidewaysScroll, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

let server: Server;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: '300' }), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

it('goes from a cell of the circulation to its people, and keeps those who buy in sales as a segment', async (context) => {
  const { page } = await openPage(browser, desk);
  keepOnFailure(context, () => page);
  await signIn(page, server);
  await page.goto(`${server.url}/insight?tab=circulation`);
  const coverage = page.getByRole('region', { name: '名寄せできる割合' });
  await coverage.getByRole('row', { name: /Amazon/ }).getByText('0%').first().waitFor();
  await expectAccessible(page);

  await page.getByRole('region', { name: 'モール間の回遊' }).getByRole('link', { name: /に移った人/ }).first().click();
  await page.getByText(/次に購入したモールが.+の/).first().waitFor();
  await page.getByRole('link', { name: 'セグメントにする' }).click();

  await page.getByRole('button', { name: '条件を追加' }).first().click();
  await page.getByRole('combobox', { name: '項目' }).last().click();
  await page.getByRole('option', { name: 'セール中の注文の割合' }).click();
  await page.getByRole('textbox', { name: '値' }).last().fill('1');
  await page.getByRole('combobox', { name: '対象のイベント' }).click();
  await page.getByRole('option', { name: '楽天スーパーSALE' }).click();
  await page.keyboard.press('Escape');
  const preview = page.getByRole('complementary');
  await preview.getByText(/注文のうち楽天スーパーSALE中の割合が1%以上/).waitFor();
  await expectAccessible(page);
  await page.getByLabel('名前').fill('回遊してセールで買う人');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('「回遊してセールで買う人」を保存しました').first().waitFor();
  await page.reload();
  await expect.poll(() => page.getByLabel('名前').inputValue()).toBe('回遊してセールで買う人');
  await page.getByText('楽天スーパーSALE', { exact: true }).first().waitFor();
});

it('the circulation fits a phone in the dark', async () => {
  const { page } = await openPage(browser, { width: 390, height: 844, colorScheme: 'dark', language: 'ja' });
  await signIn(page, server);
  await page.goto(`${server.url}/insight?tab=circulation`);
  await page.getByRole('region', { name: '名寄せできる割合' }).waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});
