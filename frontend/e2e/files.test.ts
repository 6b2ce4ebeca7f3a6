import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asOwner, draftFor } from './api';
import { expectAccessible, expectSound, expectSoundOnPhone, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Given, mallFile, textFile, zipOf } from './files';
import { type Server, startServer } from './server';

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  ({ page } = await openPage(browser));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

const goTo = (place: string) => page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
const dialog = () => page.getByRole('dialog');
const button = (name: string) => dialog().getByRole('button', { name, exact: true });
const drop = (files: readonly string[] | Given) => page.getByLabel('ファイルを選ぶ', { exact: true }).setInputFiles(files);
const toldAs = (format: string) => dialog().getByText(format, { exact: true }).waitFor();
const nameShop = async (name: string) => {
  await dialog().getByLabel('店舗名').fill(name);
  await button('店舗を追加').click();
};
const chooseShop = async (name: string | RegExp) => {
  await dialog().getByRole('combobox', { name: '店舗', exact: true }).click();
  await page.getByRole('option', { name }).click();
};
const begin = () => button('取り込みを始める').click();
const rowOf = (file: string) => page.getByRole('row').filter({ hasText: file });
const done = (file: string) => rowOf(file).getByText('完了', { exact: true }).waitFor();
const figure = (name: string) => page.getByRole('region', { name, exact: true });
const expectFigure = (name: string, value: string) =>
  expect.poll(() => figure(name).textContent(), { message: name }).toMatch(new RegExp(`^${name}\\D*${value}(?!\\d)`));

// One way in order: each step stands on what the one before it left.
describe('the files of several malls, dropped together', () => {
  it('are told apart by themselves, each asking for the shop it is of', async () => {
    await signIn(page, server);
    await goTo('取り込み');
    await drop(['rakuten_158.csv', 'yahoo_orders.csv', 'amazon_orders.txt', 'shopify_orders.csv'].map(mallFile));

    await toldAs('楽天RMS 注文データ');
    await dialog().getByText('このあと、ほかに3件のファイルを確認します。').waitFor();
    await nameShop('楽天市場店');
    await expectSound(page);
    await begin();

    await toldAs('Yahoo!ショッピング 注文ファイル');
    await dialog().getByText('このファイルだけでは注文がそろいません。').waitFor();
    await dialog().getByLabel('もう一つのファイルを選ぶ').setInputFiles(mallFile('yahoo_items.csv'));
    await dialog().getByText('yahoo_items.csv').waitFor();
    await nameShop('Yahoo!店');
    await begin();

    await toldAs('Amazon 全注文レポート');
    await nameShop('Amazon店');
    await begin();

    await toldAs('Shopify 注文データ');
    await nameShop('Shopify店');
    await begin();

    await dialog().waitFor({ state: 'hidden' });
    for (const file of ['rakuten_158.csv', 'yahoo_orders.csv', 'yahoo_items.csv', 'amazon_orders.txt', 'shopify_orders.csv']) await done(file);
    await expectSoundOnPhone(page);
  });

  it('make one customer of who bought on three malls', async () => {
    await goTo('顧客');
    await page.getByRole('link', { name: '髙﨑 花子' }).click();
    for (const shop of ['楽天市場店', 'Yahoo!店', 'Shopify店']) await page.getByRole('listitem').filter({ hasText: '注文しました' }).filter({ hasText: shop }).first().waitFor();
  });
});

describe('files of the shop itself', () => {
  const products = textFile('商品.csv', '商品コード,商品名,カテゴリ,原価\nSH-1,シャツ「青」,シャツ,900\nSO-1,靴下 3足組,靴下,400\n');
  const stock = textFile('在庫.csv', '商品コード,在庫数\nSH-1,12\nSO-1,0\nNO-9,4\n');

  it('are taken out of a zip one by one', async () => {
    await goTo('取り込み');
    await drop(zipOf('商品マスタ.zip', [products, stock]));
    await toldAs('商品リスト');
    await dialog().getByText('「商品マスタ.zip」の2件のうち1件目です。').waitFor();
    await chooseShop(/^楽天市場店/);
    await begin();
    await toldAs('在庫リスト');
    await dialog().getByText('「商品マスタ.zip」の2件のうち2件目です。').waitFor();
    await chooseShop(/^楽天市場店/);
    await begin();
    await done('商品.csv');
    await done('在庫.csv');
    await page.getByRole('link', { name: '在庫.csv' }).click();
    await page.getByRole('cell', { name: 'この商品コードの商品がありません' }).waitFor();
    await expectFigure('保留', '1');
    await page.goto(`${server.url}/settings/products`);
    for (const known of ['¥900', '12']) await rowOf('シャツ「青」').getByRole('cell', { name: known, exact: true }).waitFor();
    await expectSoundOnPhone(page);
  });

  it('say what a campaign cost', async () => {
    const ask = await asOwner(server);
    const { createSegment } = await ask<{ createSegment: { segment: { id: string } } }>(
      'mutation { createSegment(input: {name: "どなたでも", rule: {all: []}}) { segment { id } } }',
    );
    const campaign = await draftFor(ask, createSegment.segment.id, '春のカタログ');
    await page.goto(`${server.url}/imports`);
    await drop(textFile('費用.csv', 'キャンペーン,日付,費目,費用\n春のカタログ,2024-03-01,印刷,48000\n夏のカタログ,2024-06-01,印刷,5000\n'));
    await toldAs('キャンペーン費用');
    await chooseShop(/^楽天市場店/);
    await begin();
    await page.getByRole('cell', { name: 'この名前のキャンペーンがないか、同じ名前がいくつもあります' }).waitFor();
    await expectFigure('新規', '1');
    const { campaign: told } = await ask<{ campaign: { profit: { spent: unknown } } }>(
      'query ($id: ID!) { campaign(id: $id) { profit { spent { currency amount } } } }',
      { id: campaign.id },
    );
    expect(told.profit.spent).toEqual([{ currency: 'JPY', amount: 48000 }]);

    await page.getByRole('button', { name: '取り消す…', exact: true }).click();
    await dialog().getByRole('row', { name: '施策の費用 1 0 0' }).waitFor();
    await expectSound(page);
    await button('取り込みを取り消す').click();
    await page.getByText('1件を消し、0件を元に戻しました。').waitFor();
  });

  it('keep out who must not be written to, and whoever is no customer yet', async () => {
    await page.goto(`${server.url}/imports`);
    await drop(textFile('配信停止.csv', 'メールアドレス,理由,日時\nlater@example.com,本人希望,2024-03-01\n'));
    await toldAs('配信停止リスト');
    await chooseShop(/^楽天市場店/);
    await dialog().getByText('まだ顧客でない方も', { exact: false }).waitFor();
    await begin();
    await expectFigure('新規', '1');
    await page.goto(`${server.url}/settings/mail?tab=suppressions&address=later@example.com`);
    await page.getByRole('row', { name: /顧客との結び付きなし 本人の希望/ }).waitFor();
  });
});

describe('a file that no mall writes', () => {
  const orders = textFile(
    '卸の売上.csv',
    [
      '売上番号,売上日,品目,点数,金額,担当,連絡先',
      'A-001,2024/04/01,煎茶 100g,2,2160,田中,hanako@example.com',
      'A-001,2024/04/01,急須,1,3300,田中,hanako@example.com',
      'A-002,2024/04/02,煎茶 100g,1,1080,木村,jiro@example.com',
      'A-003,2024/04/05,湯のみ,4,4400,木村,saburo@example.com',
    ].join('\r\n'),
  );

  it('is shown, guessed by headings and content, and read by a mapping with a name', async () => {
    await page.goto(`${server.url}/imports`);
    await drop(orders);
    await toldAs('形式を判別できません');
    await dialog().getByRole('region', { name: 'ファイルの先頭' }).getByRole('cell', { name: '煎茶 100g' }).first().waitFor();
    const columnOf = (field: string) => dialog().getByRole('combobox', { name: field, exact: true }).inputValue();
    await expect.poll(() => columnOf('注文番号')).toBe('売上番号');
    await expect.poll(() => columnOf('メールアドレス')).toBe('連絡先');
    await dialog().getByText('中身から推測しました').first().waitFor();
    await button('対応付けを保存').click();
    await dialog().getByText('対応付けの名前を入力してください。').first().waitFor();
    await dialog().getByLabel('対応付けの名前').fill('卸の売上');
    await expectAccessible(page);
    await button('対応付けを保存').click();
    await chooseShop('新しい店舗を追加…');
    await nameShop('卸');
    await begin();
    await page.getByRole('heading', { level: 1, name: '卸の売上.csv' }).waitFor();
    await expectFigure('注文', '3');
    await expectFigure('新規', '4');
  });

  it('is read again by a mapping that was saved as a file, removed, and taken in again', async () => {
    await goTo('取り込み');
    await page.getByRole('button', { name: '列の対応付け' }).click();
    const saving = page.waitForEvent('download');
    await button('「卸の売上」をJSONで保存').click();
    const saved = await (await saving).path();
    const mapping = { ...textFile('卸の売上.mapping.json', await readFile(saved, 'utf8')), mimeType: 'application/json' };
    await dialog().getByLabel('JSONから読み込む').setInputFiles(mapping);
    await dialog().getByText('同じ名前の対応付けがあります。').first().waitFor();
    await expectAccessible(page);
    await button('「卸の売上」を削除').click();
    await page.getByRole('button', { name: '対応付けを削除' }).click();
    await expect.poll(() => button('「卸の売上」を削除').count()).toBe(0);
    await dialog().getByLabel('JSONから読み込む').setInputFiles(textFile('表.mapping.json', 'no JSON'));
    await dialog().getByText('Meguriで保存した対応付けのJSONではありません。').first().waitFor();
    await dialog().getByLabel('JSONから読み込む').setInputFiles(mapping);
    await button('「卸の売上」を削除').waitFor();
    await page.keyboard.press('Escape');
    await drop(orders);
    await expect.poll(() => dialog().getByRole('combobox', { name: '列の対応付け' }).inputValue()).toBe('卸の売上');
    await chooseShop(/^卸/);
    await begin();
    await expectFigure('変更なし', '4');
    await expectFigure('新規', '0');
  });
});

describe('a register with columns of its own', () => {
  it('fills a custom property that is made on the way, and takes it back', async () => {
    const ask = await asOwner(server);
    const petsOf = async (mail: string) => {
      const { customers } = await ask<{ customers: { nodes: { properties: { value: unknown }[] }[] } }>(
        'query ($search: String) { customers(first: 5, filter: {search: $search}) { nodes { properties { value } } } }',
        { search: mail },
      );
      return customers.nodes.map((one) => one.properties[0]?.value);
    };
    await page.goto(`${server.url}/imports`);
    await drop(textFile('名簿.csv', '会員コード,連絡先,ペットの有無,備考\nT-1,pochi@example.com,あり,x\nT-2,tama@example.com,なし,y\n'));
    await toldAs('形式を判別できません');
    await dialog().getByLabel('対応付けの名前').fill('名簿');
    await dialog().getByRole('combobox', { name: 'ペットの有無', exact: true }).click();
    await page.getByRole('option', { name: '新しいカスタム項目を作る' }).click();
    await expect.poll(() => dialog().getByRole('combobox', { name: '「ペットの有無」の種類' }).inputValue()).toBe('はい・いいえ');
    await expectAccessible(page);
    await button('対応付けを保存').click();
    await chooseShop(/^卸/);
    await begin();
    await page.getByRole('heading', { level: 1, name: '名簿.csv' }).waitFor();
    await expectFigure('新規', '2');
    await expect.poll(() => petsOf('pochi@example.com')).toEqual([true]);
    await page.getByRole('button', { name: '取り消す…' }).click();
    await dialog().getByText('元に戻るカスタム項目の値').waitFor();
    await button('取り込みを取り消す').click();
    await expect.poll(() => petsOf('pochi@example.com')).toEqual([]);
  });
});

describe('a file that is broken', () => {
  it('is refused with what is wrong with it', async () => {
    const whole = await readFile(mallFile('rakuten_158.csv'));
    const refused = async (file: Given, why: string) => {
      await page.goto(`${server.url}/imports`);
      await drop(file);
      await dialog().getByRole('alert').getByText(why).waitFor();
    };
    const packed = gzipSync(whole);
    await refused({ name: '半分.csv.gz', mimeType: 'application/gzip', buffer: packed.subarray(0, packed.length / 2) }, 'ファイルが途中で切れています。');
    await refused({ name: '空.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) }, 'ファイルが空です。');
    await refused({ ...zipOf('注文.zip', [textFile('a.csv', 'a')]), buffer: zipOf('', [textFile('a.csv', 'a')]).buffer.subarray(0, 40) }, '圧縮ファイルを開けません。');
    await refused(zipOf('注文.xlsx', [textFile('[Content_Types].xml', ''), textFile('xl/workbook.xml', '')]), 'Excelブックです。');
    await refused({ name: '写真.csv', mimeType: 'text/csv', buffer: Buffer.from('89504e470d0a1a0a0000000d49484452000000', 'hex') }, 'CSVファイルではありません。');
    await expectAccessible(page);
  });

  it('gives what can be read, and names line, column and reason of the rest', async () => {
    const lines = (await readFile(mallFile('rakuten_158.csv'), 'utf8')).split('\n');
    const name = (text: string) => text.replaceAll(/-2024(\d{4})-/g, '-2025$1-'); // other orders than those that are there
    const rows = lines.slice(0, 3).map(name);
    const broken = Buffer.concat([
      Buffer.from(`${rows[0]}\n${rows[1]}\n`),
      Buffer.from((rows[2] ?? '').replace('靴下', '\u0001\u0001')).map((byte) => (byte === 1 ? 0xff : byte)),
      Buffer.from(`\n${(rows[1] ?? '').slice(0, 60)}`), // cut off within the row
    ]);
    await page.goto(`${server.url}/imports`);
    await drop({ name: '途中まで.csv', mimeType: 'text/csv', buffer: broken });
    await toldAs('楽天RMS 注文データ');
    await begin();
    await page.getByRole('heading', { name: /^保留になった行/ }).waitFor();
    await page.getByRole('row').filter({ hasText: '読めない文字が含まれています' }).getByText('3', { exact: true }).waitFor();
    await page.getByRole('row').filter({ hasText: 'ここで始まる引用符が閉じられていません' }).getByText('4', { exact: true }).waitFor();
    await expectFigure('新規', '1');
    await expectSound(page);
  });

  it('of a layout without what money needs, names the columns to add', async () => {
    const text = await readFile(mallFile('yahoo_orders.csv'), 'utf8');
    const without = text.replace('UsePoint,', 'X,');
    await page.goto(`${server.url}/imports`);
    await drop(textFile('列不足.csv', without));
    await dialog().getByText('Yahoo!ショッピング 注文ファイルのようですが、列が足りません').waitFor();
    await dialog().getByText('金額を正しく数えるのに必要な列: UsePoint').waitFor();
    await expectAccessible(page);
  });
});

describe('an import that takes long', () => {
  it('is stopped and goes on where it stopped', async () => {
    const count = 60_000;
    const rows = Array.from({ length: count }, (_, n) => `L-${n},2024/05/01,煎茶 100g,1,1080,田中,c${n % 500}@example.com`);
    await page.goto(`${server.url}/imports`);
    await drop(textFile('卸の一年.csv', ['売上番号,売上日,品目,点数,金額,担当,連絡先', ...rows].join('\r\n')));
    await chooseShop(/^卸/);
    await begin();
    await page.getByRole('button', { name: '停止する' }).click();
    await page.getByText('停止しています。登録済みの行はそのまま残っています。').waitFor();
    await expectSound(page);
    await page.getByRole('button', { name: '再開する' }).click();
    await expect.poll(() => figure('注文').textContent(), { timeout: 200_000 }).toMatch(/^注文\D*60,000/);
    await page.getByText('完了', { exact: true }).first().waitFor();
  }, 300_000);
});
