import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { asOwner, withPeople } from './api';
import { expectAccessible, expectSound, expectSoundOnPhone, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  ({ page } = await openPage(browser));
  await withPeople(await asOwner(server), 3);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

const main = () => page.locator('#main');
const dialog = () => page.getByRole('dialog');
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const row = (name: string) => page.getByRole('row').filter({ hasText: name });
const told = (words: string) => page.getByText(words, { exact: true }).first().waitFor();
const openCustomer = async (name: string) => {
  await page.goto(`${server.url}/customers`);
  await main().getByRole('link', { name }).first().click();
  await page.getByRole('heading', { level: 1, name }).waitFor();
};

// One way in order: each step stands on what the one before it left.
describe('what a merchant keeps of its customers', () => {
  it('is defined in the settings', async () => {
    await signIn(page, server);
    await page.goto(`${server.url}/settings/properties`);
    await button('項目を追加').click();
    await dialog().getByLabel('項目名').fill('ペット Pet');
    await dialog().getByRole('combobox', { name: '種類' }).click();
    await page.getByRole('option', { name: '選択（1つ）' }).click();
    await dialog().getByLabel('選択肢1', { exact: true }).fill('犬');
    await dialog().getByLabel('選択肢2', { exact: true }).fill('猫');
    await expectAccessible(page);
    await dialog().getByRole('button', { name: '項目を追加' }).click();
    await told('「ペット Pet」を保存しました');
    await row('ペット Pet').getByText('pet', { exact: true }).waitFor();
    await expectSoundOnPhone(page);
  });

  it('is written where it stands on the page of a customer', async () => {
    await openCustomer('佐藤 1子');
    await button('未登録 ペット Petを編集').click();
    await page.getByRole('combobox', { name: 'ペット Pet' }).click();
    await page.getByRole('option', { name: '猫' }).click();
    await button('保存').click();
    await button('猫 ペット Petを編集').waitFor();
    await page.goto(`${server.url}/settings/properties`);
    await row('ペット Pet').getByText('1人', { exact: true }).waitFor();
  });

  it('chooses the customers of a segment', async () => {
    const ask = await asOwner(server);
    const { properties } = await ask<{ properties: { choices: { name: string; value: string }[] }[] }>('{ properties { choices { name value } } }');
    const cat = properties[0]?.choices.find((choice) => choice.name === '猫');
    const rule = { all: [{ field: 'property.pet', op: 'any_of', value: [cat?.value] }] };
    await page.goto(`${server.url}/customers?rule=${encodeURIComponent(JSON.stringify(rule))}`);
    await main().getByText('1人', { exact: true }).first().waitFor();
    await main().getByRole('link', { name: '佐藤 1子' }).first().waitFor();
    expect(await main().getByRole('link', { name: /^佐藤 [23]子/ }).count()).toBe(0);
  });

  it('is a tag and a note as well', async () => {
    await openCustomer('佐藤 1子');
    await button('タグを編集').click();
    await page.getByRole('combobox', { name: 'タグ' }).fill('要フォロー');
    await page.keyboard.press('Enter');
    await button('保存').click();
    await told('タグを保存しました');
    await page.getByLabel('メモを書く（社内だけに表示）').fill('電話は夕方に。');
    await page.getByLabel('ページの上にピン留め').check();
    await button('保存').click();
    const pinned = page.getByRole('region', { name: 'ピン留めしたメモ' });
    await pinned.getByText('電話は夕方に。').waitFor();
    await main().getByRole('button', { name: /^メモ/ }).last().click();
    await button('編集').click();
    await page.getByRole('textbox', { name: '編集', exact: true }).fill('電話は平日の夕方に。');
    await button('保存').click();
    await pinned.getByText('電話は平日の夕方に。').waitFor();
    await button('編集の履歴').click();
    await page.getByText(/が編集する前$/).waitFor();
    await expectSound(page);
    await page.reload();
    await pinned.waitFor();
    await expectSoundOnPhone(page);
  });

  it('is given to many at once, and taken back', async () => {
    await page.goto(`${server.url}/customers`);
    for (const name of ['佐藤 1子', '佐藤 2子', '佐藤 3子']) await row(name).getByRole('checkbox').check();
    await button('まとめて変更').click();
    await page.getByRole('menuitem', { name: 'タグを付ける' }).click();
    await dialog().getByRole('combobox', { name: 'タグ' }).fill('要フォロー');
    await page.getByRole('option', { name: '要フォロー' }).click();
    await button('変わる内容を確認').click();
    await told('3人のうち2人が変わります');
    await expectAccessible(page);
    await dialog().getByRole('button', { name: 'タグを付ける' }).click();
    await page.getByText('2人を変更しました').first().waitFor();
    await button('元に戻す').click();
    await page.getByText('元に戻しています').first().waitFor();
    const ask = await asOwner(server);
    const tagged = async () => (await ask<{ customerTags: { customerCount: number }[] }>('{ customerTags { customerCount } }')).customerTags[0]?.customerCount;
    await expect.poll(tagged).toBe(1);
    await page.goto(`${server.url}/settings/customer-tags`);
    await row('要フォロー').getByRole('link', { name: '1人', exact: true }).waitFor();
    await expectSoundOnPhone(page);
  });
});
