import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectAccessible, expectSound, expectSoundOnPhone, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { textFile } from './files';
import { type Server, startServer } from './server';

const orders = fileURLToPath(new URL('./testdata/doubtful-orders.csv', import.meta.url));

let server: Server;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  ({ context, page } = await openPage(browser));
});
afterAll(async () => {
  await context?.close();
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const place = (name: RegExp) => page.getByRole('navigation').getByRole('link', { name });
const pair = () => page.getByRole('region', { name: '選んだ候補' });
const customersShown = (count: string) => page.locator('#main').getByText(count, { exact: true }).first().waitFor();

// One way in order: each step stands on what the one before it left.
describe('two who may be one', () => {
  it('stand among the candidates after an import', async () => {
    await signIn(page, server);
    await place(/^取り込み$/).click();
    await page.locator('input[type=file]').setInputFiles(orders);
    await page.getByLabel('対応付けの名前').fill('自社EC 注文');
    await button('対応付けを保存').click();
    await page.getByRole('combobox', { name: '店舗', exact: true }).click();
    await page.getByRole('option', { name: '新しい店舗を追加…' }).click();
    await page.getByLabel('店舗名').fill('公式オンラインストア');
    await page.getByLabel('店舗コード').fill('own-main');
    await page.getByLabel('店舗のURL').fill('https://shop.example/');
    await button('店舗を追加').click();
    await button('取り込みを始める').click();
    await page.getByText('完了', { exact: true }).first().waitFor();
    await page.reload();
    await place(/名寄せ候補\s*2\s*件が判断待ち/).click();
    await page.getByRole('heading', { level: 1, name: '名寄せ候補' }).waitFor();
    await page.getByText('2組', { exact: true }).waitFor();
    await expectSound(page);
  });

  it('are compared side by side, and merged by one key', async () => {
    await pair().getByRole('heading', { name: '電話番号が同じです' }).waitFor();
    await pair().getByRole('link', { name: '山田 一郎' }).waitFor();
    await pair().getByText('一致').first().waitFor();
    expect(await pair().textContent()).toContain('090-0000-0011');
    await page.keyboard.press('m');
    await page.getByText('1組を統合しました').waitFor();
    await page.getByText('1組', { exact: true }).waitFor();
    await place(/名寄せ候補\s*1\s*件が判断待ち/).waitFor();
  });

  it('are two again where one takes it back', async () => {
    await button('元に戻す').click(); // first of all: it is offered for some seconds
    await page.getByText('元に戻しました').waitFor();
    await page.getByText('2組', { exact: true }).waitFor();
    await expectSound(page);
  });

  it('are told apart as a household, which is remembered', async () => {
    await page.getByRole('list', { name: '候補の一覧' }).getByRole('button', { name: /佐藤/ }).click();
    await pair().getByText('名が違うため').waitFor();
    await button(/^同じ世帯/).click();
    await page.getByText('1組を同じ世帯としました').waitFor();
    await page.getByText('1組', { exact: true }).waitFor();
    await page.getByRole('radiogroup').getByText('同じ世帯').click();
    await pair().getByRole('link', { name: '佐藤 花子' }).waitFor();
    await expectSound(page);
  });

  it('are merged by hand after a look at what it does', async () => {
    await place(/^顧客$/).click();
    await customersShown('4人');
    await page.getByRole('link', { name: '山田 一郎' }).click();
    await page.getByRole('link', { name: 'ほかの顧客と統合' }).click();
    await page.getByRole('combobox', { name: '統合する相手' }).fill('yamada@');
    await page.getByRole('option', { name: /yamada@example\.com/ }).click();
    await page.getByRole('heading', { name: '統合するとどうなるか' }).waitFor();
    await page.getByRole('row', { name: /購入回数 1回 1回 2回/ }).waitFor();
    await page.getByRole('row', { name: /純売上 ¥3,960 ¥2,750 ¥6,710/ }).waitFor();
    await expectSound(page);
    await button('統合する').click();
    await page.getByRole('heading', { name: '統合の履歴' }).waitFor();
    await expectSound(page);
    await place(/^顧客$/).click();
    await customersShown('3人');
  });

  it('have their orders on one page, and each their own after the undo', async () => {
    await page.getByRole('link', { name: '山田 一郎' }).click();
    await page.getByText('ほかの顧客を統合しました').first().waitFor();
    await expect.poll(() => page.getByRole('listitem').filter({ hasText: '注文しました' }).count()).toBe(2);
    await page.getByRole('tab', { name: '名寄せID' }).click();
    await page.getByRole('region', { name: '統合の履歴' }).getByRole('button', { name: '元に戻す' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '元に戻す' }).click();
    await page.getByText('統合を元に戻しました').first().waitFor();
    await place(/^顧客$/).click();
    await customersShown('4人');
    await page.getByRole('link', { name: /^山田(?! 一郎)/ }).first().click();
    await expect.poll(() => page.getByRole('listitem').filter({ hasText: '注文しました' }).count()).toBe(1);
    await expectSound(page);
  });
});

/** Two of the same name and home, with nothing that proves them one; and one more who lives there. */
const twice = (n: number) =>
  ['花子,a', '花子,b', '太郎,c']
    .map((who) => {
      const [given, box] = who.split(',');
      return `高橋${n},${given},1500001,東京都,渋谷区,神宮前1-2-${n},${box}${n}@example.com`;
    })
    .join('\n');

describe('many who may be one', () => {
  it('are merged at once from a score on, after a look at how many that are', async () => {
    await place(/^取り込み$/).click();
    await page
      .locator('input[type=file]')
      .setInputFiles(textFile('顧客.csv', `姓,名,郵便番号,都道府県,市区町村,住所,メールアドレス\n${[1, 2, 3].map(twice).join('\n')}\n`));
    await page.getByRole('dialog').getByText('顧客リスト', { exact: true }).waitFor();
    await page.getByRole('combobox', { name: '店舗', exact: true }).click();
    await page.getByRole('option', { name: /公式オンラインストア/ }).click();
    await button('取り込みを始める').click();
    await page.getByText('完了', { exact: true }).first().waitFor();
    await place(/^顧客$/).click();
    await customersShown('13人');

    await page.goto(`${server.url}/candidates`);
    await button('点数を決めてまとめて統合').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('60点以上').click();
    await dialog.getByText('3組（顧客6人）を統合します').waitFor(); // nobody of a household, and no pair that was decided on
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'まとめて統合' }).click();
    await page.getByText('3組をまとめて統合しました').waitFor();
    await expectSoundOnPhone(page);
    await place(/^顧客$/).click();
    await customersShown('10人');
  });

  it('are as many as before where all of it is taken back', async () => {
    await page.goto(`${server.url}/candidates`);
    await button('まとめて元に戻す').click();
    await page.getByText('まとめた統合を元に戻しました（3組）').waitFor();
    await place(/^顧客$/).click();
    await customersShown('13人');
  });

  it('who live together are one household on the page of each', async () => {
    await page.goto(`${server.url}/candidates`);
    await page.getByRole('list', { name: '候補の一覧' }).getByRole('button', { name: /高橋1 太郎/ }).first().click();
    await pair().getByText('名が違うため').waitFor();
    await button(/^同じ世帯/).click();
    await page.getByText('1組を同じ世帯としました').waitFor();
    await place(/^顧客$/).click();
    await page.getByRole('link', { name: '高橋1 太郎' }).click();
    await page.getByRole('tab', { name: '名寄せID' }).click();
    await page.getByRole('region', { name: '同じ世帯の顧客' }).getByRole('link', { name: '高橋1 花子' }).waitFor();
    await expectSound(page);
  });
});
