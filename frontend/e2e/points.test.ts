import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { type Ask, asOwner } from './api';
import { expectSound, expectSoundOnPhone, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { textFile } from './files';
import { type Server, startServer } from './server';

interface Member {
  email: string;
  orders: { edges: { node: { orderNo: string } }[] };
}

let server: Server;
let browser: Browser;
let page: Page;
let ask: Ask;
let members: Member[];
let product: { sku: string; name: string };

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: '60' }), startBrowser()]);
  ask = await asOwner(server);
  const found = await ask<{ customers: { edges: { node: Member }[] }; products: (typeof product)[] }>(
    'query { customers(first: 50, filter: {member: true}) { edges { node { email orders(first: 1) { edges { node { orderNo } } } } } } products(first: 1) { sku name } }',
  );
  members = found.customers.edges.map(({ node }) => node).filter(({ email, orders }) => email !== '' && orders.edges.length > 0);
  [product] = found.products as [typeof product];
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

  it('says what an order earned, and why', async () => {
    await page.getByText('注文番号から', { exact: true }).click();
    await page.getByRole('textbox', { name: '注文番号' }).fill(members[0]?.orders.edges[0]?.node.orderNo ?? '');
    const preview = page.getByRole('region', { name: '試算' });
    await preview.getByText(/^付(いた|く)ポイント$/).waitFor();
    await page.getByRole('textbox', { name: '注文番号' }).fill('0');
    await preview.getByRole('alert').getByText('見つかりません').waitFor();
  });

  it('lets the points of one stage live longer', async () => {
    await page.getByRole('textbox', { name: 'ゴールドの有効期限' }).fill('18');
    await page.getByRole('button', { name: '基本の条件を保存' }).click();
    await page.getByText('基本の条件を保存しました').waitFor();
    await expectSound(page);
  });
});

describe('the ledger', () => {
  const why = '配送遅延のお詫び';
  const colleague = { email: 'desk@meguri.example', password: 'a long enough password' };

  it('shows every booking', async () => {
    await page.goto(`${server.url}/ledger`);
    await page.getByRole('table', { name: '取引' }).getByText('付与').first().waitFor();
    await expectSound(page);
  });

  it('takes a file that puts the points of many right, once a second person approves', async (test) => {
    const [one, two] = members;
    const lines = [`${one?.email},8000,${why},,`, `${two?.email},4000,${why},,`, `nobody@example.com,500,${why},,`];
    await page.getByRole('tab', { name: '一括調整' }).click();
    await page.locator('input[type=file]').setInputFiles(textFile('お詫び.csv', ['顧客,ポイント,理由,有効期限,区分', ...lines].join('\n')));
    const file = (screen: Page) => screen.getByRole('dialog', { name: 'お詫び.csv' });
    await file(page).getByText('顧客が見つかりません').waitFor();
    await expectSound(page);
    await file(page).getByRole('button', { name: '2行を確定' }).click();
    await file(page).getByText('別のスタッフの承認を待っています', { exact: false }).waitFor();

    await ask('mutation ($input: CreateStaffInput!) { createStaff(input: $input) { userErrors { code } } }', {
      input: { ...colleague, name: '花子', role: 'MANAGER' },
    });
    const second = await openPage(browser);
    keepOnFailure(test, () => second.page);
    await signIn(second.page, { ...server, ...colleague });
    await second.page.goto(page.url());
    await file(second.page).getByLabel('コメント').fill('確認しました');
    await expectSound(second.page);
    await file(second.page).getByRole('button', { name: '承認して反映' }).click();
    await file(second.page).getByText('反映済み').first().waitFor();
    await second.context.close();

    await page.goto(`${server.url}/ledger`);
    await page.getByRole('table', { name: '取引' }).getByText(why).first().waitFor();
    await expectSoundOnPhone(page);
  });
});
