import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ask, asOwner } from './api';
import { expectSound, expectSoundOnPhone, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

let server: Server;
let browser: Browser;
let page: Page;
let ask: Ask;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  ({ page } = await openPage(browser));
  ask = await asOwner(server);
  const { createShop } = await ask<{ createShop: { shop: { id: string } } }>(
    'mutation { createShop(input: {code: "kyoto", name: "京都本店", mall: STORE}) { shop { id } } }',
  );
  await ask('mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { userErrors { code } } }', {
    input: { shopId: createShop.shop.id, memberId: 'K-1', profile: { familyName: '髙橋', givenName: '美咲', phone: '075-555-0101' } },
  });
  await ask('mutation ($input: CreatePropertyInput!) { createProperty(input: $input) { userErrors { code } } }', {
    input: { key: 'pet', name: 'ペット', type: 'BOOLEAN', places: ['PROFILE', 'FORM'] },
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

const form = () => page.getByRole('dialog', { name: '顧客を追加' });
const field = (name: string) => form().getByLabel(name, { exact: true });
const button = (name: string) => form().getByRole('button', { name, exact: true });
const open = async () => {
  await page.goto(`${server.url}/customers`);
  await page.getByRole('button', { name: '顧客を追加' }).click();
  await field('姓').waitFor();
};

// One way in order: each step stands on what the one before it left.
describe('a customer whom staff meets', () => {
  it('is shown who may be the same person, and is another by a word of staff', async () => {
    await signIn(page, server);
    await open();
    await field('姓').fill('髙橋');
    await field('名').fill('健');
    await field('電話').fill('075-555-0101');
    await form().getByText('電話番号が同じです').waitFor();
    await form().getByText(/世帯の可能性/).waitFor();
    await expectSound(page);
    await field('ペット').click();
    await page.getByRole('option', { name: 'はい' }).click();
    await form().getByRole('checkbox', { name: '郵送' }).check();
    await button('別の人として作る').click();
    await form().getByRole('alert').getByText('同意を得た文面を入力してください。').waitFor();
    await form().getByLabel('お客さまに示した文面').fill('カタログを郵送で受け取ります。');
    await form().getByLabel('証拠の場所').fill('申込用紙 12');
    await button('別の人として作る').click();
    await page.getByRole('heading', { level: 1, name: '髙橋 健' }).waitFor();
    await page.getByRole('button', { name: 'はい ペットを編集' }).waitFor();
    await page.getByRole('tab', { name: '同意' }).click();
    await page.getByRole('button', { name: /郵送.*同意/ }).first().click();
    await page.getByRole('dialog', { name: '同意の証拠' }).getByText('申込用紙 12').waitFor();
    const { candidates } = await ask<{ candidates: { nodes: { reason: string }[] } }>('{ candidates(first: 5, filter: {status: REJECTED}) { nodes { reason } } }');
    expect(candidates.nodes.map((pair) => pair.reason)).toEqual(['PHONE']);
  });

  it('is not made twice, but added to who is there', async () => {
    await open();
    await field('会員ID（この店舗の番号）').fill('K-1');
    await form().getByText('会員IDが同じです').waitFor();
    expect(await button('顧客を追加').isDisabled()).toBe(true);
    await field('姓').fill('別');
    await field('メイ').fill('ミサキ');
    await field('セイ').fill('タカハシ');
    await form().getByRole('textbox', { name: 'メール' }).fill('misaki@example.com');
    await form().getByText('氏名が相違').or(form().getByText('姓が相違')).first().waitFor();
    await expectSoundOnPhone(page);
    await button('同じ人に書き足す').click();
    await page.getByRole('heading', { level: 1, name: '髙橋 美咲' }).waitFor();
    await page.getByText('タカハシ ミサキ').first().waitFor();
    await page.getByText('misaki@example.com').first().waitFor();
  });

  it('is corrected by hand', async () => {
    await page.getByRole('button', { name: 'プロフィールを編集' }).click();
    const edit = page.getByRole('dialog', { name: 'プロフィールを編集' });
    await edit.getByLabel('市区町村').fill('京都市中京区');
    await edit.getByRole('button', { name: '保存' }).click();
    await page.getByText('京都市中京区').first().waitFor();
  });
});
