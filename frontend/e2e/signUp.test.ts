import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ask, asOwner, draftFor, linkInMail } from './api';
import { expectAccessible, expectJapaneseFont, expectNoSidewaysScroll, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

let server: Server;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let ask: Ask;
let shopper: { context: BrowserContext; page: Page };

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  ask = await asOwner(server);
  await ask('mutation { createShop(input: {code: "own", name: "本店", mall: OWN_SITE, url: "https://shop.example/"}) { shop { id } } }');
  await ask('mutation ($input: UpdateSenderSettingsInput!) { updateSenderSettings(input: $input) { userErrors { code } } }', {
    input: { name: '巡り商店', email: 'shop@example.com', postalAddress: '東京都千代田区丸の内1-1-1', contact: '03-0000-0000' },
  });
  await ask('mutation ($input: CreatePropertyInput!) { createProperty(input: $input) { userErrors { code } } }', {
    input: { key: 'pet', name: 'ペット', type: 'CHOICE', choices: [{ name: '犬' }, { name: '猫' }], places: ['PROFILE', 'PREFERENCES'] },
  });
  ({ context, page } = await openPage(browser));
  shopper = await openPage(browser, { width: 390, height: 844, colorScheme: 'light', language: 'ja' });
});
afterAll(async () => {
  await shopper?.context.close();
  await context?.close();
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

const button = (on: Page, name: string) => on.getByRole('button', { name, exact: true });

async function expectSound(on: Page, heading = '#main h1'): Promise<void> {
  await expectAccessible(on);
  await expectJapaneseFont(on, heading);
  await expectNoSidewaysScroll(on);
}

// One way in order: each step stands on what the one before it left.
describe('a shopper who signs up', () => {
  it('finds a form that staff have laid out', async () => {
    await signIn(page, server);
    await page.goto(`${server.url}/settings/sign-up`);
    await page.getByRole('link', { name: 'フォームを作る' }).first().click();
    await page.getByLabel('アドレスの末尾（任意）').fill('news');
    await page.getByRole('radiogroup', { name: 'ペット' }).getByText('必須', { exact: true }).click();
    await page.getByRole('tab', { name: 'プレビュー' }).click();
    await page.frameLocator('iframe').getByRole('heading', { name: 'お知らせの登録' }).waitFor();
    await page.frameLocator('iframe').getByRole('radio', { name: '猫' }).waitFor();
    await page.getByRole('tab', { name: '内容' }).click();
    await page.getByLabel('アドレスの末尾（任意）').fill('news');
    await button(page, 'フォームを公開').click();
    await page.getByRole('tab', { name: 'リンクとQR' }).click();
    await page.getByRole('img', { name: 'フォームを開くQRコード' }).waitFor();
    await expectSound(page);
  });

  it('fills it in on a phone and is asked by mail', async () => {
    await shopper.page.goto(`${server.url}/f/news`);
    await expectSound(shopper.page, 'h1');
    await button(shopper.page, '確認メールを受け取る').click();
    await shopper.page.getByRole('alert').waitFor();
    await expectSound(shopper.page, 'h1');
    await shopper.page.getByLabel('メールアドレス').fill('hanako@example.com');
    await shopper.page.getByLabel('姓').fill('佐藤');
    await shopper.page.getByLabel('名', { exact: true }).fill('花子');
    await shopper.page.getByRole('radio', { name: '猫' }).check();
    await shopper.page.getByRole('checkbox').check();
    await button(shopper.page, '確認メールを受け取る').click();
    await shopper.page.getByRole('heading', { name: '確認メールをお送りしました' }).waitFor();
    await expectSound(shopper.page, 'h1');
  });

  it('confirms by the link in it', async () => {
    await shopper.page.goto(await linkInMail(ask, 'hanako@example.com', '/k/'));
    await shopper.page.getByText('新商品やお得な情報のお知らせ').waitFor();
    await expectSound(shopper.page, 'h1');
    await button(shopper.page, '登録を確定する').click();
    await shopper.page.getByRole('heading', { name: '登録が確定しました' }).waitFor();
  });

  it('is a customer whose consent is proved', async () => {
    await page.goto(`${server.url}/customers`);
    await page.getByRole('link', { name: '佐藤 花子' }).click();
    await page.getByRole('button', { name: '猫 ペットを編集' }).waitFor();
    await page.getByRole('tab', { name: '同意' }).click();
    await page.getByRole('button', { name: /メール.*同意/ }).first().click();
    const drawer = page.getByRole('dialog', { name: '同意の証拠' });
    await drawer.getByText('メールで確定した時刻').waitFor();
    await drawer.getByText('127.0.0.1').first().waitFor();
    await drawer.getByText('第1版').waitFor();
    await expectSound(page);
    await page.keyboard.press('Escape');
  });

  it('turns everything off on a page of their own, and no campaign reaches them', async () => {
    const { customers } = await ask<{ customers: { nodes: { id: string; preferences: { url: string } }[] } }>(
      '{ customers(first: 1) { nodes { id preferences { url } } } }',
    );
    await shopper.page.goto(customers.nodes[0]?.preferences.url ?? '');
    await expectSound(shopper.page, 'h1');
    await shopper.page.getByText('登録済みです').waitFor();
    await shopper.page.getByRole('radio', { name: '犬' }).check();
    await button(shopper.page, '保存する').click();
    await shopper.page.getByText('保存しました。').waitFor();
    const { customers: changed } = await ask<{ customers: { nodes: { properties: { value: string }[] }[] } }>('{ customers(first: 1) { nodes { properties { value } } } }');
    expect(changed.nodes[0]?.properties[0]?.value).toBe('c2');
    await shopper.page.getByLabel('止める理由（任意）').selectOption('TOO_MANY');
    await button(shopper.page, 'すべての配信を止める').click();
    await shopper.page.getByText('すべての配信を止めました').waitFor();
    const { createSegment } = await ask<{ createSegment: { segment: { id: string } } }>(
      'mutation ($rule: JSON!) { createSegment(input: {name: "どなたでも", rule: $rule}) { segment { id } } }',
      { rule: { all: [] } },
    );
    const campaign = await draftFor(ask, createSegment.segment.id, '年末のお知らせ');
    const answer = await ask<{ campaign: { prospect: { reasons: string[] } } }>(
      'query ($campaign: ID!, $customer: ID!) { campaign(id: $campaign) { prospect(customerId: $customer) { reasons } } }',
      { campaign: campaign.id, customer: customers.nodes[0]?.id },
    );
    expect(answer.campaign.prospect.reasons.join()).toMatch(/LAW-/);
  });
});
