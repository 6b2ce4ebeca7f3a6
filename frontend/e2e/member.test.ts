import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, asOwner, linkInMail } from './api';
import { expectAccessible, expectJapaneseFont, expectNoSidewaysScroll, keepOnFailure, openPage, phone, startBrowser } from './browser';
import { type Server, startServer } from './server';

// A member with a phone in a shop: card, points that arrive, an offer, and what was.

const name = '店頭でお茶を一杯';

let server: Server;
let browser: Browser;
let ask: Ask;
let customer: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  ask = await asOwner(server);
  const { createShop } = await ask<{ createShop: { shop: { id: string } } }>(
    'mutation { createShop(input: {code: "store", name: "本店", mall: STORE}) { shop { id } } }',
  );
  const { createCustomer } = await ask<{ createCustomer: { customer: { id: string } } }>(
    'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
    { input: { shopId: createShop.shop.id, profile: { familyName: '佐藤', givenName: '花子', email: 'hanako@example.com' } } },
  );
  customer = createCustomer.customer.id;
  await ask('mutation ($id: ID!) { enrollCustomer(input: {customerId: $id}) { userErrors { code } } }', { id: customer });
  await ask('mutation ($input: UpdateSenderSettingsInput!) { updateSenderSettings(input: $input) { userErrors { code } } }', {
    input: { name: '巡り商店', email: 'shop@example.com', postalAddress: '東京都千代田区丸の内1-1-1', contact: '03-0000-0000' },
  });
  await ask('mutation { updateOwnProfileSettings(input: {parts: [NAME, MAIL], birthday: ONCE}) { userErrors { code } } }');
  await ask(
    `mutation ($input: CreateOfferInput!) { createOffer(input: $input) { userErrors { code } } }`,
    {
      input: {
        name, mall: 'STORE', kind: 'COUPON_AMOUNT', value: 300, proof: 'SHARED_CODE', sharedCode: 'OCHA-300', terms: 'お一人様1回限り。',
        startsAt: '2020-01-01T00:00:00Z', endsAt: '2099-12-31T14:59:00Z', members: { on: true },
      },
    },
  );
  await grant(1200, 'first');
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const grant = (amount: number, key: string) =>
  ask('mutation ($input: GrantPointsInput!) { grantPoints(input: $input) { userErrors { code } } }', {
    input: { customerId: customer, amount, note: '来店ありがとうございます', expiresOn: '2099-03-31', idempotencyKey: key },
  });

describe('the page of a member', () => {
  it('shows the card, follows the points, gives and uses an offer, and tells what was', async (test) => {
    const { context, page } = await openPage(browser, phone);
    keepOnFailure(test, () => page);
    const sound = async () => {
      await expectAccessible(page);
      await expectJapaneseFont(page, '#main h1');
      await expectNoSidewaysScroll(page);
    };
    const script: number[] = [];
    page.on('response', async (answer) => {
      if (/\.js$/.test(new URL(answer.url()).pathname) && answer.url().includes('/assets/')) {
        script.push(await answer.request().sizes().then(({ responseBodySize }) => responseBodySize));
      }
    });

    const token = await server.run('token', 'customer', '--id', customer);
    await page.goto(`${server.url}/member#token=${encodeURIComponent(token)}`);
    await page.getByText('佐藤 花子 様').waitFor();
    expect(page.url(), 'the token has left the address').toBe(`${server.url}/member`);
    expect(script.reduce((sum, bytes) => sum + bytes, 0), 'script, compressed').toBeLessThan(100_000);

    // What the card says is what a till finds.
    const code = await page.locator('.codeText').innerText();
    const { memberByCard } = await ask<{ memberByCard: { customerId: string; live: boolean } }>(
      'query ($code: String!) { memberByCard(code: $code) { customerId live } }',
      { code },
    );
    expect(memberByCard).toEqual({ customerId: customer, live: true });
    expect(await page.getByTestId('available').innerText()).toBe('1,200pt');
    await sound();
    await page.getByRole('button', { name: 'コードを大きく表示' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '閉じる' }).click();

    // Without a reload.
    await grant(500, 'second');
    await page.getByText('500 ptが加わりました').waitFor();
    await expect.poll(() => page.getByTestId('available').innerText()).toBe('1,700pt');

    await page.getByRole('link', { name: '特典' }).click();
    await page.getByRole('button', { name: '特典を受け取る' }).click();
    await page.getByText('OCHA-300').waitFor();
    await sound();
    await page.getByRole('button', { name: '使用済みにする' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '使用済みにする' }).click();
    await page.getByText(/使用済み$/).waitFor();

    await page.getByRole('link', { name: '履歴' }).click();
    await expect.poll(() => page.getByText('ポイントを獲得').count()).toBe(2);
    await page.getByText('+500 pt').waitFor();
    await sound();

    await page.getByRole('link', { name: '設定' }).click();
    await page.getByRole('switch', { name: '巡り商店からお知らせのメールを受け取ります' }).waitFor();
    await sound();

    // Another mail address is his once its mail is answered.
    await page.getByLabel('メールアドレス').fill('hanako.new@example.com');
    await page.getByRole('button', { name: '確認メールを送る' }).click();
    await page.getByText('hanako.new@example.comに確認メールをお送りしました').waitFor();
    await sound();
    const mail = await context.newPage();
    await mail.goto(await linkInMail(ask, 'hanako.new@example.com', '/a/'));
    await mail.getByRole('button', { name: '変更を確定する' }).click();
    await mail.getByRole('heading', { name: 'メールアドレスを変更しました' }).waitFor();
    await mail.close();
    await page.reload();
    await page.getByRole('link', { name: '設定' }).click();
    await page.getByLabel('メールアドレス').waitFor();
    expect(await page.getByLabel('メールアドレス').inputValue()).toBe('hanako.new@example.com');

    // The shell stands without network; nothing of the person is in its cache.
    await page.evaluate(() => navigator.serviceWorker.ready);
    const kept = await page.evaluate(async () => (await (await caches.open('meguri-member-shell-v1')).keys()).map(({ url }) => new URL(url).pathname));
    expect(kept).toContain('/member');
    expect(kept.filter((path) => path === '/graphql')).toEqual([]);
    await context.setOffline(true);
    await page.reload();
    await page.getByText('時点の残高です').waitFor();
    expect(await page.locator('.amount').innerText()).toMatch(/^1,700\spt$/);
    await context.setOffline(false);
    await page.reload();
    await page.getByRole('link', { name: '設定' }).click();
    await page.getByRole('button', { name: 'この端末での表示を終わる' }).click();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await context.close();
  }, 180_000);
});
