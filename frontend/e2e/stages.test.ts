import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  desk,
  expectAccessible,
  expectNoSidewaysScroll,
  expectSound,
  expectSoundOnPhone,
  keepOnFailure,
  openPage,
  signIn,
  startBrowser,
} from './browser';
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

/** A day to come, as it is typed. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '/');

const to = (page: Page, link: RegExp) => page.getByRole('navigation').getByRole('link', { name: link }).click();

it('tries a ladder on the members of today, saves it, and gives a member a stage by hand', async (context) => {
  const { page } = await openPage(browser, desk);
  keepOnFailure(context, () => page);
  await signIn(page, server);
  await to(page, /^会員ステージ$/);
  const silver = page.getByRole('listitem', { name: 'シルバー' });
  await silver.getByLabel('購入額').fill('8000');
  await page.getByRole('button', { name: '試算する' }).click();
  const trial = page.getByRole('complementary', { name: '保存する前の試算' });
  await trial.getByText('レギュラー → シルバー').waitFor();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'ステージを保存' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'ステージを保存' }).click();
  await page.getByText('ステージを保存しました').first().waitFor();
  await expect.poll(() => silver.getByLabel('購入額').inputValue()).toBe('8,000円');

  await silver.getByLabel('特典・優待').fill('送料無料\n先行販売');
  await page.getByRole('button', { name: 'ステージを保存' }).click();
  const saving = page.getByRole('dialog');
  await saving.getByRole('radio', { name: '日付を決めて予定する' }).check();
  await saving.getByLabel('切り替える日').fill('2020/01/01');
  await saving.getByRole('button', { name: '変更を予定' }).click();
  await saving.getByText('明日以降、2年以内の日付を選んでください。').first().waitFor();
  await expectAccessible(page);
  await saving.getByLabel('切り替える日').fill(inDays(30));
  await saving.getByRole('button', { name: '変更を予定' }).click();
  const planned = page.getByRole('region', { name: /から変わる予定のステージ$/ }).first();
  await planned.getByText('送料無料、先行販売').waitFor();
  await expect.poll(() => silver.getByLabel('特典・優待').inputValue()).toBe('');
  await expectSound(page);
  await expectSoundOnPhone(page);
  await planned.getByRole('button', { name: '予定を取り消す' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '予定を取り消す' }).click();
  await planned.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'これまでの条件' }).click();
  await page.getByRole('dialog').getByRole('region', { name: '最初の条件' }).first().getByText(/20,000/).first().waitFor();
  await expectAccessible(page);

  await page.goto(`${server.url}/customers?members=true&sort=NET_SALES&asc=true`);
  await page.locator('tbody a').first().click();
  await page.getByRole('button', { name: 'ステージを付与' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'ステージ' }).click();
  await page.getByRole('option', { name: 'プラチナ' }).click();
  await dialog.getByRole('button', { name: 'ステージを付与' }).click();
  await dialog.getByRole('alert').getByText('理由を入力してください。').waitFor();
  await dialog.getByLabel('理由').fill('周年のお礼');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'ステージを付与' }).click();
  await page.getByRole('tab', { name: '会員ステージ' }).click();
  await page.getByText('周年のお礼').waitFor();
  await page.getByText('期限なしで手動で付与しています').waitFor();
  await expectAccessible(page);
});

it.each([
  { width: 390, height: 844, colorScheme: 'light', language: 'ja' },
  { width: 1024, height: 768, colorScheme: 'dark', language: 'ja' },
  { width: 1440, height: 900, colorScheme: 'light', language: 'en' },
] as const)('the ladder fits and can be read at $width, $colorScheme, $language', async (screen) => {
  const { page } = await openPage(browser, screen);
  await signIn(page, server);
  await page.goto(`${server.url}/stages`);
  await page.locator('#ladder-title').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});
