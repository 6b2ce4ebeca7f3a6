import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ask, asOwner } from './api';
import { expectAccessible, expectSound, expectSoundOnPhone, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

interface Member {
  id: string;
  displayName: string;
  referredBy: { id: string } | null;
}

let server: Server;
let browser: Browser;
let page: Page;
let ask: Ask;
let referrer: Member;
let friend: Member;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: '200' }), startBrowser()]);
  ask = await asOwner(server);
  const { customers } = await ask<{ customers: { edges: { node: Member }[] } }>(
    'query { customers(first: 100, filter: {member: true}) { edges { node { id displayName referredBy { id } } } } }',
  );
  [referrer, friend] = customers.edges.map(({ node }) => node).filter((member) => !member.referredBy) as [Member, Member];
  ({ page } = await openPage(browser));
  await signIn(page, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

// One way in order: each step stands on what the one before it left.
describe('a referral', () => {
  let code: string;

  it('keeps to the conditions that staff sets', async () => {
    await page.goto(`${server.url}/referrals?tab=settings`);
    await page.getByRole('textbox', { name: '注文の最低額' }).fill('2000');
    await page.getByRole('textbox', { name: '友だちに送るページ' }).fill('no address');
    await page.getByRole('button', { name: '条件を保存' }).click();
    await page.getByText('https:// から始まる').first().waitFor();
    await page.getByRole('textbox', { name: '友だちに送るページ' }).fill('https://shop.example/welcome');
    await page.getByRole('button', { name: '条件を保存' }).click();
    await page.getByText('条件を保存しました').waitFor();
    await page.getByText('https://shop.example/welcome?ref=ABCD2345').waitFor();
    await expectSound(page);
    await expectSoundOnPhone(page);
  });

  it('begins with the code on the member’s page', async () => {
    const { openMemberPage } = await ask<{ openMemberPage: { url: string } }>(`mutation { openMemberPage(input: {customerId: "${referrer.id}"}) { url } }`);
    const member = await openPage(browser);
    await member.page.goto(openMemberPage.url);
    await member.page.getByRole('link', { name: '設定' }).click();
    const part = member.page.locator('section', { hasText: 'お友だち紹介' });
    await part.getByText(/2,000以上のお買い物をすると、あなたに500\spt、お友だちに300\spt/).waitFor();
    code = await part.locator('b').first().innerText();
    expect(code).toMatch(/^[2-9A-HJKMNP-Z]{8}$/);
    await expectAccessible(member.page);
    const { recordReferral } = await ask<{ recordReferral: { userErrors: unknown[] } }>(
      `mutation { recordReferral(input: {customerId: "${friend.id}", code: "${code.toLowerCase()}"}) { userErrors { code } } }`,
    );
    expect(recordReferral.userErrors).toEqual([]);
    await member.page.reload();
    await part.getByText('お買い物を待っています').waitFor();
    await member.page.context().close();
  });

  it('stands in the list and on the pages of both', async () => {
    await page.goto(`${server.url}/referrals`);
    await page.getByRole('row', { name: new RegExp(`${friend.displayName}.*${referrer.displayName}.*注文待ち`) }).first().waitFor();
    await expectSound(page);
    await expectSoundOnPhone(page);
    await page.goto(`${server.url}/customers/${friend.id}?tab=points`);
    await page.getByText(/に紹介で入会/).waitFor();
    await page.goto(`${server.url}/customers/${referrer.id}`);
    await page.getByText('友だちを紹介しました').first().waitFor();
  });

  it('that looks odd waits until staff decides', async () => {
    await page.goto(`${server.url}/referrals?statuses=%5B%22FLAGGED%22%5D`);
    const rows = page.getByRole('row', { name: /確認待ち/ });
    await rows.first().waitFor();
    const before = await rows.count();
    await rows.first().getByRole('button', { name: '却下' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '却下' }).click();
    await dialog.getByText('理由を入力してください。').first().waitFor();
    await dialog.getByRole('textbox', { name: '理由' }).fill('以前からのお客様のため');
    await expectSound(page);
    await dialog.getByRole('button', { name: '却下' }).click();
    await page.getByText('却下しました').waitFor();
    await expect.poll(() => rows.count()).toBe(before - 1);
  });
});
