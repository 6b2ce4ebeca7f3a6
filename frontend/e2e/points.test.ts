import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { asOwner } from './api';
import { expectSound, expectSoundOnPhone, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

let server: Server;
let browser: Browser;
let page: Page;
let product: { sku: string; name: string };

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: '60' }), startBrowser()]);
  const { products } = await (await asOwner(server))<{ products: [typeof product] }>('query { products(first: 1) { sku name } }');
  [product] = products;
  ({ page } = await openPage(browser));
  await signIn(page, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

const named = '新茶まつり3倍';
const drawer = () => page.getByRole('dialog', { name: named, exact: true });

// One way in order: each step stands on what the one before it left.
describe('the programme', () => {
  it('gets a rule for one product', async () => {
    await page.goto(`${server.url}/points`);
    await page.getByRole('button', { name: 'ルールを追加' }).click();
    await page.getByRole('menuitem', { name: 'ポイント2倍キャンペーン' }).click();
    const form = page.getByRole('dialog', { name: 'ルールを追加' });
    await form.getByLabel('名前').fill(named);
    await form.getByRole('textbox', { name: '倍率' }).fill('3');
    await form.getByRole('combobox', { name: '商品' }).or(form.getByRole('textbox', { name: '商品' })).first().fill(product.name);
    await page.getByRole('option', { name: `${product.name} (${product.sku})` }).click();
    await page.keyboard.press('Escape'); // closes the options
    await form.getByText(new RegExp(`${product.sku}を買うと.*3倍`)).waitFor();
    await expectSound(page);
    await form.getByRole('button', { name: 'ルールを保存' }).click();
    await drawer().getByText('3倍になります').first().waitFor();
    await expectSoundOnPhone(page);
  });

  it('keeps each version of it, under an address of its own', async () => {
    await drawer().getByRole('button', { name: '編集' }).click();
    const form = page.getByRole('dialog', { name: 'ルールを編集' });
    await form.getByRole('textbox', { name: '倍率' }).fill('4');
    await form.getByRole('button', { name: 'ルールを保存' }).click();
    await form.waitFor({ state: 'hidden' });
    await page.reload();
    await drawer().getByText(/第2版/).waitFor();
    await drawer().getByText(/3倍になります/).waitFor();
    await drawer().getByText(/4倍になります/).first().waitFor();
    await page.keyboard.press('Escape');
    await drawer().waitFor({ state: 'hidden' });
  });
});
