import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectAccessible, expectJapaneseFont, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

let server: Server;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('the door', () => {
  it('says that the sign-in was wrong, and not which part of it', async () => {
    const { context, page } = await openPage(browser);
    await page.goto(server.url);
    await page.locator('input[name=email]').fill(server.email);
    await page.locator('input[name=password]').fill('not the password');
    await page.locator('button[type=submit]').click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('メールアドレスまたはパスワードが違います');
    await expectAccessible(page);
    await expectJapaneseFont(page, 'h2');
    await context.close();
  });

  it('leads to where one was going, and the session outlives a reload', async () => {
    const { context, page } = await openPage(browser);
    await page.goto(`${server.url}/customers?q=%E4%BD%90%E8%97%A4`);
    await page.waitForURL(/\/sign-in\?next=/);
    await page.locator('input[name=email]').fill(server.email);
    await page.locator('input[name=password]').fill(server.password);
    await page.locator('button[type=submit]').click();
    await page.waitForURL(/\/customers\?q=/);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: '顧客' }).waitFor();
    await context.close();
  });

  it('never leads to another site', async () => {
    const { context, page } = await openPage(browser);
    await page.goto(`${server.url}/sign-in?next=%2F%2Fevil.example`);
    await page.locator('input[name=email]').fill(server.email);
    await page.locator('input[name=password]').fill(server.password);
    await page.locator('button[type=submit]').click();
    await page.locator('#main h1').waitFor();
    expect(page.url()).toBe(`${server.url}/`);
    await context.close();
  });

  it('opens on a first page of less than 250 kB of script', async () => {
    const { context, page } = await openPage(browser);
    await signIn(page, server);
    await page.reload();
    await page.locator('#main h1').waitFor();
    await expectAccessible(page);
    const sizes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry): entry is PerformanceResourceTiming => entry.name.endsWith('.js'))
        .map((entry) => entry.encodedBodySize),
    );
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(250_000);
    await context.close();
  });

  it('closes behind one: after signing out nothing is shown', async () => {
    const { context, page } = await openPage(browser);
    await signIn(page, server);
    await page.getByRole('button', { name: /アカウント/ }).click();
    await page.getByRole('menuitem', { name: 'サインアウト' }).click();
    await page.waitForURL(/\/sign-in/);
    await page.goto(`${server.url}/customers`);
    await page.waitForURL(/\/sign-in\?next=/);
    await context.close();
  });
});
