import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectJapaneseFont,
  expectNoSidewaysScroll,
  keepOnFailure,
  openPage,
  signIn,
  startBrowser,
} from './browser';
import { type Server, startServer } from './server';

const orders = fileURLToPath(new URL('./testdata/own-site-orders.csv', import.meta.url));

let server: Server;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  ({ context, page } = await openPage(browser));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

/** What is asked of every page on the way. */
async function expectSound(): Promise<void> {
  await expectAccessible(page);
  await expectJapaneseFont(page, '#main h1');
  await expectNoSidewaysScroll(page);
}

const goTo = (place: string) => page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const choose = async (label: string, option: string) => {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

// One way in order: each step stands on what the one before it left.
describe('the whole way, by hand', () => {
  it('begins with an order file of no known mall', async () => {
    await signIn(page, server);
    await expectSound();
    await goTo('取り込み');
    await page.locator('input[type=file]').setInputFiles(orders);
    await page.getByLabel('対応付けの名前').fill('自社EC 注文');
    await button('対応付けを保存').click();
    await choose('店舗', '新しい店舗を追加…');
    await page.getByLabel('店舗名').fill('公式オンラインストア');
    await page.getByLabel('店舗コード').fill('own-main');
    await page.getByLabel('店舗のURL').fill('https://shop.example/');
    await button('店舗を追加').click();
    await expectAccessible(page);
    await button('取り込みを始める').click();
    await page.getByText('完了', { exact: true }).first().waitFor();
    await page.getByText('not a date').first().waitFor();
    await expectSound();
  });

  it('makes one customer of several orders, and takes down a consent', async () => {
    await goTo('顧客');
    await page.getByText('3人').waitFor();
    await expectSound();
    await page.getByRole('link', { name: /佐藤 ?花子/ }).click();
    await page.getByRole('heading', { level: 1, name: /佐藤 ?花子/ }).waitFor();
    await expect.poll(() => page.getByRole('listitem').filter({ hasText: '注文しました' }).count()).toBe(2);
    await expectSound();
    await page.getByRole('tab', { name: '同意' }).click();
    await button('同意を記録').click();
    const dialog = page.getByRole('dialog');
    await choose('同意を受けた店舗', '公式オンラインストア');
    await dialog.getByLabel('お客さまに示した文面').fill('お得な情報をメールで受け取る');
    await dialog.getByRole('button', { name: '同意を記録' }).click();
    await page.getByText('メール: 同意').first().waitFor();
    await expectSound();
  });

  it('names who bought twice as a segment', async () => {
    await goTo('セグメント');
    await page.getByRole('link', { name: 'セグメントを作成' }).first().click();
    await page.getByLabel('名前').fill('2回以上の購入');
    await button('条件を追加').click();
    await choose('項目', '購入回数');
    await page.getByRole('textbox', { name: '値' }).fill('2');
    const panel = page.getByRole('complementary', { name: '条件に合う顧客' });
    await expect.poll(() => panel.textContent()).toContain('1人');
    await expect.poll(() => panel.textContent()).toContain('2回以上買った');
    await panel.getByRole('link', { name: /佐藤 ?花子/ }).waitFor();
    await expectSound();
    await button('保存').click();
    await page.waitForURL(/\/segments\/(?!new)/);
    await page.getByRole('heading', { level: 1, name: '2回以上の購入' }).waitFor();
  });

  it('plans a campaign, and says who can be reached', async () => {
    await goTo('キャンペーン');
    await button('キャンペーンを作成').first().click();
    await page.getByLabel('キャンペーン名').fill('年末感謝祭');
    await button('作成して編集へ').click();
    await page.getByRole('combobox', { name: 'セグメント', exact: true }).click();
    await page.getByRole('option', { name: /2回以上の購入/ }).click();
    await expectSound();
    await button('次へ').click();
    await button('モールを追加').click();
    await page.getByRole('menuitem', { name: '自社サイト' }).click();
    await button('ポイント失効のお知らせ').click();
    await expect.poll(() => page.getByRole('textbox', { name: '件名' }).textContent()).not.toBe('');
    await page.getByRole('textbox', { name: '見出し' }).last().fill('年末の感謝をこめて');
    await page.getByRole('group', { name: '見出し' }).last().getByRole('button', { name: 'この下に追加' }).click();
    await page.getByRole('menuitem', { name: '文章', exact: true }).click();
    await page.getByRole('textbox', { name: '文章' }).last().fill('**感謝**をこめて\n[お店](https://shop.example/)でお待ちしています。');
    await page.frameLocator('iframe').getByRole('link', { name: 'お店' }).waitFor();
    await expectSound();
    await button('次へ').click();
    await page.getByLabel('送信者の名称').fill('巡り商店');
    await page.getByLabel('差出人のメールアドレス').fill('shop@example.com');
    await page.getByLabel('住所').fill('東京都千代田区丸の内1-1-1');
    await page.getByLabel('問い合わせ先').fill('03-0000-0000');
    await button('送信者情報を保存').click();
    await page.getByText('送信者情報を保存しました').waitFor();
    await expectSound();
    await button('次へ').click();
    await page.getByText('問題は見つかりませんでした').waitFor();
    await expectSound();
  });

  it('sends it, and the click in the mail shows on the live page by itself', async () => {
    await button('配信を始める').click();
    await button(/に配信$/).click();
    const clicked = page.getByRole('region', { name: 'クリック' });
    const sent = page.getByRole('region', { name: '送信', exact: true });
    await expect.poll(() => sent.textContent()).toContain('1');
    await expect.poll(() => clicked.textContent()).toMatch(/\D0人到達/);
    await expectSound();

    const reader = await context.newPage();
    await reader.goto(`${server.url}/mailbox`);
    await reader.getByRole('row', { name: /hanako@example\.com/ }).getByRole('link').click();
    const mail = reader.frameLocator('iframe');
    await mail.getByText('巡り商店').first().waitFor();
    const link = await mail.locator(`a[href*="/t/c/"]`).first().getAttribute('href');
    const answer = await fetch(new URL(link ?? '', server.url), {
      redirect: 'manual',
      headers: { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15' },
    });
    expect(answer.status).toBe(302);
    await expect.poll(() => clicked.textContent()).toMatch(/\D1人到達/);
    await reader.close();
  });

  it('leaves its trace on the customer and at home', async () => {
    await goTo('顧客');
    await page.getByRole('link', { name: /佐藤 ?花子/ }).click();
    await page.getByText('メールのリンクを開きました').waitFor();
    await goTo('ホーム');
    await page.getByRole('link', { name: /年末感謝祭/ }).waitFor();
    await expectSound();
  });
});
