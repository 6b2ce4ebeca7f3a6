import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asOwner } from './api';
import { expectAccessible, expectSound, expectSoundOnPhone, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  await (await asOwner(server))('mutation { createShop(input: {code: "rakuten", name: "楽天市場店", mall: RAKUTEN}) { shop { id } } }');
  ({ page } = await openPage(browser));
  await signIn(page, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

// A month that is always ahead, with a sale of Rakuten's.
const month = `${new Date().getFullYear() + 1}-06`;
const sale = '楽天スーパーSALE';
const name = '開店10周年のお祝い';
const calendar = () => page.goto(`${server.url}/campaigns?view=calendar&month=${month}`);
const event = (called: string) => page.getByRole('region', { name: /のカレンダー$/ }).getByRole('link', { name: called });
const drawer = () => page.getByRole('dialog');
const press = (label: string) => drawer().getByRole('button', { name: label, exact: true }).click();
const said = (words: string) => page.getByText(words, { exact: true }).waitFor();

// One way in order: each step stands on what the one before it left.
describe('a day of the shop itself', () => {
  it('is added to the calendar of the campaigns', async () => {
    await page.goto(`${server.url}/campaigns?view=calendar`);
    await page.getByRole('button', { name: '予定を追加' }).click();
    await press('予定を追加');
    await drawer().getByRole('alert').waitFor(); // a day without a name
    await expectAccessible(page);
    await drawer().getByLabel('名前').fill(name);
    await press('予定を追加');
    await said('予定を保存しました');
  });

  it('stands there for everybody, is renamed, and removed', async () => {
    await page.goto(`${server.url}/campaigns?view=calendar`); // this month: where it is unless another day was chosen
    await event(name).click();
    await drawer().getByText('すべてのモール').waitFor();
    await drawer().getByLabel('名前').fill(`${name}と記念品`);
    await press('変更を保存');
    await drawer().waitFor({ state: 'hidden' });
    await event(`${name}と記念品`).waitFor();
    await expectSound(page);
    await expectSoundOnPhone(page);
    await event(`${name}と記念品`).click();
    await press('予定を削除');
    await said(`「${name}と記念品」を外しました`);
    await expect.poll(() => event(`${name}と記念品`).count()).toBe(0);
  });
});

describe('a sale of a mall', () => {
  it('is told by its rule, confirmed, called off, and told by its rule again', async () => {
    await calendar();
    await event(sale).first().click();
    await drawer().getByText('予測', { exact: true }).waitFor();
    await drawer().getByLabel('発表元').fill('RMSのお知らせ');
    await press('この日程で確定');
    await drawer().waitFor({ state: 'hidden' });
    await event(sale).first().click();
    await drawer().getByText('確定', { exact: true }).waitFor();
    await drawer().getByText('RMSのお知らせ').first().waitFor();
    await expectAccessible(page);
    await press('開催されない');
    await said(`「${sale}」を外しました`);
    await event(sale).first().click();
    await drawer().getByText('中止', { exact: true }).waitFor();
    await press('予測に戻す');
    await said('予測に戻しました');
  });
});
