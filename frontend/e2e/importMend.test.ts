import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectAccessible, expectNoSidewaysScroll, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

// The columns of Rakuten's order file that matter here; it is told by them, whatever others there are.
const columns = [
  '注文番号', 'ステータス', '注文日時', '商品合計金額', '合計金額', '注文者郵便番号1', '注文者郵便番号2', '注文者姓', '注文者名',
  '注文者電話番号1', '注文者電話番号2', '注文者電話番号3', '注文者メールアドレス', '商品明細ID', '商品名', '商品番号', '単価', '個数',
];
const order = (no: number, at: string, goods: number, who: string, line: string, price: number, quantity: string) =>
  [`200000-20240501-${no}`, '発送済', at, goods, goods, '100', '0001', who, '花子', '03', '5555', `010${no}`, `buyer${no}@example.com`, line, `商品${line}`, `SKU-${line}`, price, quantity];

// Of three orders one has a line with a quantity that is none, one has no date, and one is right.
const rows = [
  order(1, '2024-05-01 10:00:00', 3000, '佐藤', '11', 1000, '1'),
  order(1, '2024-05-01 10:00:00', 3000, '佐藤', '12', 1000, 'ふたつ'),
  order(2, '2024-05-32 10:00:00', 500, '鈴木', '21', 500, '1'),
  order(3, '2024-05-03 10:00:00', 700, '高橋', '31', 700, '1'),
];
const csv = (lines: readonly (readonly unknown[])[]) => lines.map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\r\n');

let server: Server;
let browser: Browser;
let page: Page;
let folder: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  ({ page } = await openPage(browser));
  folder = await mkdtemp(join(tmpdir(), 'meguri-mend-'));
  await writeFile(join(folder, 'rakuten.csv'), csv([columns, ...rows]));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach((test) => keepOnFailure(test, () => page));

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const figure = (name: string) => page.getByRole('region', { name, exact: true });
const expectFigure = (name: string, value: string) =>
  expect.poll(() => figure(name).textContent(), { message: name }).toMatch(new RegExp(`^${name}\\D*${value}(?!\\d)`));
const expectSound = async () => {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
};

describe('refused rows', () => {
  it('are held back with their reasons, while the rest goes in', async () => {
    await signIn(page, server);
    await page.getByRole('navigation').getByRole('link', { name: '取り込み', exact: true }).click();
    await page.locator('input[type=file]').setInputFiles(join(folder, 'rakuten.csv'));
    const dialog = page.getByRole('dialog');
    await dialog.getByText('楽天RMS 注文データ').waitFor();
    await dialog.getByRole('combobox', { name: '店舗' }).click();
    await page.getByRole('option', { name: '新しい店舗を追加…' }).click();
    await dialog.getByLabel('店舗名').fill('楽天市場店');
    await dialog.getByLabel('店舗コード').fill('rakuten');
    await button('店舗を追加').click();
    await button('取り込みを始める').click();
    await page.getByRole('heading', { name: '保留になった行 2行' }).waitFor();
    await expectFigure('新規', '2');
    await expectFigure('注文', '2');
    await expectFigure('保留', '2');
    await page.getByRole('cell', { name: '個数として読み取れません' }).waitFor();
    await page.getByRole('cell', { name: '日時として読み取れません' }).waitFor();
    await expectSound();
  });

  it('are mended one by one on screen, which joins the order they belong to', async () => {
    await button('3行目を直す').click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.getByLabel('個数').inputValue()).toBe('ふたつ');
    await expectSound();
    await dialog.getByLabel('個数').fill('2');
    await button('直して取り込む').click();
    await page.getByText('1行を取り込みました').waitFor();
    await page.getByRole('heading', { name: '保留になった行 1行' }).waitFor();
    await page.getByText('2行のうち1行は、直して取り込み済みです。').waitFor();
    await expectFigure('保留', '1');
    await expectFigure('新規', '3');
    await expectFigure('注文', '2'); // the row has joined an order that was counted
  });

  it('are saved for a spreadsheet, mended there, and sent again', async () => {
    const saving = page.waitForEvent('download');
    await button('保留の行をCSVで保存').click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('rakuten-保留.csv');
    const path = join(folder, 'mended.csv');
    await saved.saveAs(path);
    const text = await readFile(path, 'utf8');
    expect(text.split('\r\n')[0]).toMatch(/^\uFEFF行番号\(取り込み1\),理由,注文番号,/);
    expect(text.split('\r\n')[1]).toMatch(/^4,注文日時: 日時として読み取れません,200000-20240501-2,/);
    await writeFile(path, text.replace('2024-05-32', '2024-05-02'));
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByText('保留の行はありません').waitFor();
    await expectFigure('保留', '0');
    await expectFigure('新規', '4');
    await expectFigure('注文', '3');
    await expectFigure('顧客', '3');
    await expectSound();
  });

  it('leave every figure as if the file had been right', async () => {
    await page.getByRole('navigation').getByRole('link', { name: '顧客', exact: true }).click();
    await page.getByText('3人').waitFor();
    await page.getByRole('link', { name: /佐藤 ?花子/ }).click();
    await page.getByText('¥3,000').first().waitFor();
  });
});

describe('an import', () => {
  it('is undone with a preview of what that changes, and can come in again', async () => {
    await page.getByRole('navigation').getByRole('link', { name: '取り込み', exact: true }).click();
    const files = page.getByRole('link', { name: 'rakuten.csv' });
    await expect.poll(() => files.count()).toBe(2); // the file, and the row that was mended on screen
    await files.first().click(); // what mended it stands behind it
    await page.getByRole('heading', { level: 1, name: 'rakuten.csv' }).waitFor();
    await button('取り消す…').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('row', { name: /消える注文/ }).getByText('1件（純売上 ¥700）').waitFor();
    await dialog.getByText('1件は取り消せません').waitFor(); // the order that the mended row joined
    await expectSound();
    await dialog.getByRole('button', { name: '取り込みを取り消す' }).click();
    await page.getByText('この取り込みは取り消しました').waitFor();
    await page.getByText(/注文1件を消し、0件を元に戻し、顧客1人を消しました/).waitFor();
    await expectSound();
    await page.getByRole('navigation').getByRole('link', { name: '顧客', exact: true }).click();
    await page.getByText('2人').waitFor();

    await page.getByRole('navigation').getByRole('link', { name: '取り込み', exact: true }).click();
    await page.locator('input[type=file]').setInputFiles(join(folder, 'rakuten.csv'));
    await button('取り込みを始める').click(); // the only shop of the mall is chosen already
    await page.getByRole('heading', { name: '保留になった行 2行' }).waitFor();
    await expectFigure('新規', '1');
    await expectFigure('変更なし', '1');
  });
});
