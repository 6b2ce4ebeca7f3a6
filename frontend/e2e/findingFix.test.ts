import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectSound,
  expectSoundOnPhone,
  keepOnFailure,
  openPage,
  signIn,
  startBrowser,
} from './browser';
import { type Server, startServer } from './server';

const mjml = `<mjml><mj-body><mj-section><mj-column><mj-text>
本店なら送料無料です。
<a href="https://shop.example.com/">公式オンラインショップへ</a>
</mj-text></mj-column></mj-section></mj-body></mjml>`;

let server: Server;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let campaign: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: '300' }), startBrowser()]);
  ({ context, page } = await openPage(browser));
});
afterAll(async () => {
  await context?.close();
  await browser?.close();
  await server?.stop();
});
beforeEach((test) => keepOnFailure(test, () => page));

const goTo = (place: string) => page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const findings = () => page.getByRole('region', { name: '確認すること' });

// One way in order: each step stands on what the one before it left.
describe('from a finding to the send', () => {
  it('names what splits the audience, with the place and the grounds', async () => {
    await signIn(page, server);
    await goTo('キャンペーン');
    await button('キャンペーンを作成').first().click();
    await page.getByLabel('キャンペーン名').fill('冬の新茶');
    await button('作成して編集へ').click();
    await page.getByRole('combobox', { name: 'セグメント', exact: true }).click();
    await page.getByRole('option', { name: /会員とこの1年の購入者/ }).click();
    await button('次へ').click();
    await button('モールを追加').click();
    await page.getByRole('menuitem', { name: '自社サイト' }).click();
    await page.locator('#variant-subject').fill('冬の新茶ができました');
    await button('白紙から作る').click();
    await page.getByText('ソース', { exact: true }).click();
    await page.locator('#variant-mjml').fill(mjml);

    const some = findings();
    // Who may not be written to anyway is not counted as taken out by a link.
    await some.getByText('対象の人には関わらない規約').click();
    await some.getByText('RK-03').first().waitFor();
    await some.getByText('RK-01').first().waitFor();
    await some.getByText('AM-01').first().waitFor();
    await some.getByText('https://shop.example.com/').first().waitFor();
    const nobody = some.locator('details').filter({ hasText: '対象の人には関わらない規約' }).first();
    await nobody.getByText('根拠').first().click();
    await nobody.getByText(/複数の独立した資料|原文にもとづきます/).first().waitFor();
    await expectSound(page);

    await some.getByRole('button', { name: /本文 2行目/ }).first().click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('variant-mjml');
    const selected = await page.evaluate(() => {
      const area = document.activeElement as HTMLTextAreaElement;
      return area.value.slice(area.selectionStart, area.selectionEnd);
    });
    expect(selected).toBe('本店なら');
  });

  it('holds what is pasted into R-Mail to the rules of Rakuten, and lets it pass once it is mended', async () => {
    await button('楽天 R-Mailを追加').click();
    const mail = page.getByRole('region', { name: '楽天 R-Mail' });
    await mail.getByLabel('件名').fill('冬の新茶のご案内');
    await mail.getByLabel('本文（テキスト）').fill('冬の新茶ができました。\nくわしくは ｈｔｔｐｓ：／／ｓｈｏｐ．ｅｘａｍｐｌｅ．ｃｏｍ／ へ');
    await mail.getByText('RK-01').waitFor();
    await mail.getByText('直すまでタスクを作れません').waitFor();
    await expectSound(page);
    await page.getByRole('button', { name: /確認$/ }).last().click();
    await expect.poll(() => button('配信を始める').isDisabled()).toBe(true);
    await findings().getByText('楽天 R-Mailのテキスト 2行目').first().waitFor();

    await findings().getByRole('button', { name: /楽天 R-Mailのテキスト 2行目/ }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('mallMail-RAKUTEN-text');
    await mail.getByLabel('本文（テキスト）').fill('冬の新茶ができました。楽天市場の店舗でお待ちしています。');
    await expect.poll(() => mail.getByText('RK-01').count()).toBe(0);
    await mail.getByText('クーポンコードがないため、成果を数えられません。').waitFor();
  });

  it('sends, and tells by which rule somebody got nothing', async () => {
    await page.getByRole('button', { name: /確認$/ }).last().click();
    await expect.poll(() => button('配信を始める').isEnabled()).toBe(true);
    await button('配信を始める').click();
    await button(/に配信$/).click();
    await page.getByRole('heading', { name: '一人ひとりの結果' }).waitFor(); // the editor names reasons, too
    await page.getByText('楽天の注文だけで知った人').first().waitFor();
    await page.getByText('Yahoo!の注文だけで知った人').first().waitFor();
    campaign = page.url();
    await expectSound(page);
  });

  it('leaves a task for what only R-Mail may carry', async () => {
    await goTo('タスク');
    await page.getByRole('link', { name: '冬の新茶のご案内' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('このモールのメールでしか届かない方').waitFor();
    await expect.poll(() => drawer.getByText(/[1-9][\d,]*人（このモール/).count()).toBe(1);
    await expectAccessible(page);
    await drawer.getByRole('button', { name: '本文（テキスト）: コピー' }).click();
    await drawer.getByLabel('配信数').fill('128');
    await drawer.getByRole('button', { name: '完了にする' }).click();
    await page.getByText('タスクを完了にしました').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('radiogroup', { name: 'タスクの状態' }).getByText(/^完了/).click();
    await page.getByRole('link', { name: '冬の新茶のご案内' }).waitFor();
    await expectSound(page);
  });

  it('makes the next version of a rule, which holds from then on', async () => {
    await goTo('規約ルール');
    await page.getByRole('heading', { level: 2, name: '法律' }).waitFor();
    await expectSound(page);
    await page.getByRole('link', { name: 'YH-03' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('はじめから入っている版です。').waitFor();
    await drawer.getByRole('button', { name: '見直し済みにする' }).click();
    await page.getByText('YH-03を見直し済みにしました').waitFor();
    await drawer.getByRole('button', { name: '新しい版を作る' }).click();
    const phrases = drawer.getByRole('textbox', { name: '言い回し', exact: true });
    await phrases.fill(`${await phrases.inputValue()}\n送料無料です`);
    await drawer.getByLabel('この版を作る理由').fill('送料の言い回しも確かめる');
    await drawer.getByRole('button', { name: '過去のキャンペーンで試す' }).click();
    await drawer.getByText(/最近のキャンペーンで\d+か所見つかります。/).waitFor();
    await expectAccessible(page);
    await drawer.getByRole('button', { name: 'この版を保存' }).click();
    await drawer.getByText('第2版').waitFor();
    await drawer.getByText('送料の言い回しも確かめる').waitFor();
  });

  it('tells a new version against past campaigns and a pasted text, with what changes', async () => {
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: '新しい版を作る' }).click();
    await drawer.getByLabel('試す文章').fill('本日かぎり、全品半額です。');
    const phrases = drawer.getByRole('textbox', { name: '言い回し', exact: true });
    await phrases.fill(`${await phrases.inputValue()}\n全品半額`);
    await drawer.getByRole('button', { name: '過去のキャンペーンで試す' }).click();
    const found = drawer.getByRole('listitem').filter({ hasText: '貼り付けた文章' });
    await found.getByText('新たに').waitFor();
    await found.getByText('全品半額').waitFor();
    await drawer.getByRole('button', { name: 'やめる' }).click();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
  });

  it('shows what may be sent where, and why something may not', async () => {
    await page.getByRole('tab', { name: '送れる組み合わせ' }).click();
    const mails = page.getByRole('region', { name: 'メール', exact: true });
    const fromRakuten = mails.getByRole('row', { name: /^楽天/ });
    await fromRakuten.waitFor();
    await expectSound(page);
    await page.getByRole('radiogroup', { name: '誰に送るか' }).getByText('注文だけで知った方').click();
    await page.waitForURL(/known=orders/);
    await fromRakuten.getByRole('link', { name: 'RK-07' }).first().click();
    const reason = page.getByRole('dialog', { name: 'RK-07' });
    await reason.getByText('根拠', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await reason.waitFor({ state: 'hidden' });
  });

  it('reckons what a gift may be worth', async () => {
    await page.getByRole('tab', { name: '景品の上限' }).click();
    await page.getByLabel('取引の額').fill('3000');
    await page.getByLabel('景品1つの額').fill('700');
    await page.getByText('1つ¥600まで').waitFor();
    await page.getByText('景品1つの額が上限を超えています。').waitFor();
    await page.getByLabel('景品1つの額').fill('600');
    await page.getByText('上限の範囲です。').waitFor();
    await page.getByRole('combobox', { name: '渡し方' }).click();
    await page.getByRole('option', { name: '自店の抽選（一般懸賞）' }).click();
    await page.getByLabel('売上の予定').fill('1000000');
    await page.getByText('1つ¥60,000まで').waitFor();
    await page.getByText('総額は¥20,000まで').waitFor();
    await page.getByLabel('景品の総額').fill('20001');
    await page.getByText('景品の総額が上限を超えています。').waitFor();
    await expectSoundOnPhone(page);
  });

  it('answers later how the campaign kept to the rules, on screen and as a file', async () => {
    await page.goto(campaign);
    await page.getByRole('link', { name: '規約の報告書' }).click();
    await page.getByRole('heading', { level: 1, name: '規約の報告書' }).waitFor();
    const part = (title: string) => page.getByRole('region', { name: title });
    await part('誰に送り、誰に送らなかったか').getByText(/楽天の注文だけで知った人/).first().waitFor();
    await part('内容から見つかったこと').getByRole('cell', { name: 'RK-03' }).first().waitFor();
    await part('文面').getByRole('cell', { name: '冬の新茶ができました' }).waitFor();
    await expectSound(page);
    const saving = page.waitForEvent('download');
    await button('CSVで保存').click();
    const text = await readFile(await (await saving).path(), 'utf8');
    expect(text).toMatch(/^\uFEFF/);
    expect(text).toMatch(/^見つかったこと,RK-03,1,BLOCK,variants\.OWN_SITE\.mjml,/m);
    const kept = /^送信の結果,RK-07,.*,RAKUTEN,,,,(\d+)\r?$/m.exec(text)?.[1];
    const line = part('誰に送り、誰に送らなかったか').getByRole('row').filter({ hasText: 'RK-07' });
    expect(await line.first().textContent()).toMatch(new RegExp(`\\D${kept}人$`));
    await expectSoundOnPhone(page);
  });
});
