import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { desk, expectSound, keepOnFailure, openPage, phone, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

let server: Server;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

const names = ['api', 'orders', 'members', 'formats', 'member-page'];

describe('the documents', () => {
  it('open from the settings, at the place that is meant, in the theme that was chosen', async () => {
    const { context, page: application } = await openPage(browser);
    page = application;
    await signIn(application, server);
    await application.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'dark'));
    await application.goto(`${server.url}/settings/webhooks`);
    const opened = context.waitForEvent('page');
    await application.getByRole('link', { name: /受け取り方/ }).click();
    page = await opened;
    expect(new URL(page.url()).hash).toBe('#webhooks');
    const heading = page.locator('h2#webhooks');
    await heading.waitFor();
    const { top, scheme } = await heading.evaluate((element) => ({
      top: element.getBoundingClientRect().top,
      scheme: getComputedStyle(document.documentElement).colorScheme,
    }));
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(desk.height / 2);
    expect(scheme).toBe('dark');
    await context.close();
  });

  it('are read by who has no account, and their code is copied', async () => {
    const { context, page: reader } = await openPage(browser);
    page = reader;
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url });
    await reader.goto(`${server.url}/docs/`);
    await reader.getByRole('navigation', { name: 'このページの内容' }).getByRole('link', { name: 'Kotlin' }).click();
    expect(new URL(reader.url()).hash).toBe('#kotlin');
    const code = reader.locator('.code', { hasText: 'kotlinx.serialization' });
    await code.getByRole('button', { name: 'コピー' }).click();
    await code.getByRole('button', { name: 'コピーしました' }).waitFor();
    expect(await reader.evaluate(() => navigator.clipboard.readText())).toContain('import java.net.URI\n');
    await reader.getByRole('link', { name: 'English', exact: true }).click();
    await reader.getByRole('navigation', { name: 'On this page' }).waitFor();
    await reader.getByRole('main').getByRole('link', { name: 'members.jsonl' }).click();
    await reader.getByRole('navigation', { name: 'Documents' }).locator('[aria-current=page]', { hasText: 'Moving members in' }).waitFor();
    await context.close();
  });

  it.each(names)('%s is sound on a desk and on a phone', async (name) => {
    for (const screen of [desk, { ...phone, colorScheme: 'dark' as const }]) {
      const { context, page: reader } = await openPage(browser, screen);
      page = reader;
      await reader.goto(`${server.url}/docs/${name}`);
      await reader.locator('h1').waitFor();
      await expectSound(reader);
      await context.close();
    }
  });
});
