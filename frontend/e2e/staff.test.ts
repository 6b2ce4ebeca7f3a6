import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Ask, asOwner } from './api';
import { expectAccessible, expectNoSidewaysScroll, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer, until } from './server';

let server: Server;
let browser: Browser;
let ask: Ask;
let page: Page | undefined;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  ask = await asOwner(server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const colleague = { email: 'jiro@example.com', name: '次郎', first: 'a first long sentence', second: 'another long sentence' };

interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** The link in the newest mail to the colleague with the subject, once it has come. */
async function linkIn(subject: string): Promise<string> {
  let link = '';
  await until(60_000, async () => {
    const { mailbox } = await ask<{ mailbox: { edges: { node: Mail }[] } }>(
      'query ($to: String!) { mailbox(first: 10, search: $to) { edges { node { to subject text } } } }',
      { to: colleague.email },
    );
    const mail = mailbox.edges.find(({ node }) => node.subject.includes(subject))?.node;
    link = mail?.text.match(/https?:\/\/\S+#\S+/)?.[0] ?? '';
    return link !== '';
  });
  return link;
}

async function enter(screen: Page, password: string): Promise<void> {
  await screen.locator('input[name=email]').fill(colleague.email);
  await screen.locator('input[name=password]').fill(password);
  await screen.locator('button[type=submit]').click();
}

it('a colleague is invited, begins, is given another role, and comes back after a lost password', async (test) => {
  keepOnFailure(test, () => page);
  const owner = await openPage(browser);
  page = owner.page;
  await signIn(page, server);
  await page.goto(`${server.url}/settings/staff`);
  await page.getByRole('button', { name: 'スタッフを招待' }).click();
  await page.getByRole('dialog').getByLabel('メールアドレス').fill(colleague.email);
  await page.getByRole('radio', { name: 'マネージャー' }).check();
  await page.getByRole('button', { name: '招待メールを送信' }).click();
  await page.getByRole('table', { name: '招待中' }).getByText(colleague.email).waitFor();
  await expectAccessible(page);

  const guest = await openPage(browser);
  page = guest.page;
  const invitation = await linkIn('招待');
  const opened = await page.goto(invitation);
  expect(opened?.headers()['referrer-policy']).toBe('no-referrer');
  await page.getByLabel('お名前').fill(colleague.name);
  await page.getByLabel('パスワード', { exact: true }).fill(`${colleague.email}1`);
  await page.getByText('推測されやすいパスワードです').waitFor();
  await page.getByLabel('パスワード', { exact: true }).fill(colleague.first);
  await expectAccessible(page);
  await page.getByRole('button', { name: '利用を開始' }).click();
  await page.locator('#main h1').waitFor();
  await page.goto(`${server.url}/account`);
  await page.getByText('この端末').waitFor();
  await expectAccessible(page);
  await page.goto(invitation);
  await page.getByRole('heading', { name: 'この招待は使えません' }).waitFor();

  page = owner.page;
  await page.reload();
  await page.getByRole('button', { name: `${colleague.name}さんの操作` }).click();
  await page.getByRole('menuitem', { name: '役割を変更' }).click();
  await page.getByRole('radio', { name: 'アナリスト' }).check();
  await page.getByRole('button', { name: '役割を変更' }).click();
  await page.getByText(`${colleague.name}さんの役割を変更しました`).waitFor();
  await page.goto(`${server.url}/settings/audit`);
  const change = page.getByRole('row').filter({ hasText: 'スタッフを変更' });
  await change.getByText('マネージャー').waitFor();
  await expect.poll(() => change.textContent()).toContain('アナリスト');
  await expectAccessible(page);

  page = guest.page;
  await page.goto(`${server.url}/forgot-password`);
  await page.getByLabel('メールアドレス').fill(colleague.email);
  await page.getByRole('button', { name: 'リンクを送信' }).click();
  await page.getByText('アカウントがある場合は').waitFor();
  await page.goto(await linkIn('パスワード再設定'));
  await page.getByLabel('新しいパスワード').fill(colleague.second);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'パスワードを設定' }).click();
  await page.getByText('パスワードを設定しました').waitFor();
  await enter(page, colleague.first);
  await page.getByText('メールアドレスまたはパスワードが違います').waitFor();
  await enter(page, colleague.second);
  await page.locator('#main h1').waitFor();
  await page.goto(`${server.url}/settings/staff`);
  await expectNoSidewaysScroll(page);
  await page.getByText('このページを見る権限がありません').waitFor();
});
