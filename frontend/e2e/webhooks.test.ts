import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ask, asOwner, withPeople } from './api';
import { expectSound, expectSoundOnPhone, keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { listening, type Listening } from './outside';
import { type Server, startServer } from './server';

/** One request that the partner got. */
interface Heard {
  id: string;
  signed: string;
  signature: string;
  type: string;
}

const heard: Heard[] = [];
/** Whether the partner takes what it is told of. */
let takes = true;

async function hear(request: IncomingMessage, answer: ServerResponse): Promise<void> {
  const body = (await buffer(request)).toString();
  const header = (name: string) => String(request.headers[`webhook-${name}`]);
  heard.push({
    id: header('id'),
    signed: `${header('id')}.${header('timestamp')}.${body}`,
    signature: header('signature'),
    type: (JSON.parse(body) as { type: string }).type,
  });
  answer.writeHead(takes ? 204 : 500).end();
}

let partner: Listening;
let server: Server;
let browser: Browser;
let page: Page;
let ask: Ask;
let secret = '';

beforeAll(async () => {
  partner = await listening((request, answer) => void hear(request, answer));
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off', MEGURI_WEBHOOKS_INTERNAL: 'on' }), startBrowser()]);
  ask = await asOwner(server);
  ({ page } = await openPage(browser));
  await signIn(page, server);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await partner?.stop();
});

beforeEach((test) => keepOnFailure(test, () => page));

const drawer = () => page.getByRole('dialog', { name: '基幹システム', exact: true });
const deliveries = (event: string) => drawer().getByRole('table', { name: '送信の記録' }).getByRole('row').filter({ hasText: event });
/** What fails twice is tried again after half a minute, and then after two. */
const retriedMs = 200_000;

// One way in order: each step stands on what the one before it left.
describe('an endpoint of a partner', () => {
  it('is set up, and its secret is shown once', async () => {
    await page.goto(`${server.url}/settings/webhooks`);
    await page.getByRole('button', { name: '送信先を追加' }).click();
    const form = page.getByRole('dialog', { name: '送信先を追加' });
    await form.getByLabel('名前').fill('基幹システム');
    await form.getByLabel('送信先URL').fill(`${partner.url}/hook`);
    await form.getByLabel('配信への同意・停止').check();
    await expectSound(page);
    await form.getByRole('button', { name: '送信先を追加' }).click();
    const shown = page.getByRole('dialog', { name: '「基幹システム」の署名シークレット' });
    secret = (await shown.locator('pre').textContent()) ?? '';
    expect(secret).toMatch(/^whsec_/);
    await page.keyboard.press('Escape');
    await expectSound(page); // it is still there
    await shown.getByRole('button', { name: '控えました' }).click();
    await shown.waitFor({ state: 'hidden' });
  });

  it('is tried out', async () => {
    await drawer().getByRole('button', { name: '試しに送る' }).click();
    await deliveries('試しの通知').getByText('送信済み').waitFor();
    expect(heard.map(({ type }) => type)).toEqual(['ping']);
  });

  it('hears what happens, again when it did not take it, and once more when staff asks for it', async () => {
    takes = false;
    await withPeople(ask, 1);
    await expect.poll(() => heard.length).toBeGreaterThan(1);
    await page.reload();
    await drawer().getByText('届いていません', { exact: false }).first().waitFor();
    takes = true;
    await expect
      .poll(async () => {
        await page.reload();
        await drawer().getByRole('table', { name: '送信の記録' }).waitFor();
        return deliveries('配信への同意・停止').first().textContent();
      }, { timeout: retriedMs })
      .toContain('送信済み');
    await deliveries('配信への同意・停止').getByRole('link').first().click();
    await drawer().getByText('受け取られず（500）').first().waitFor();
    await drawer().getByText('受け取り済み（204）').waitFor();
    await expectSound(page);
    await expectSoundOnPhone(page);

    const before = heard.length;
    await drawer().getByRole('button', { name: '送り直す', exact: true }).click();
    await page.getByText('送り直します').first().waitFor();
    await expect.poll(() => heard.length).toBe(before + 1);
    const told = heard.filter(({ type }) => type === 'consent.changed');
    expect(new Set(told.map(({ id }) => id)).size).toBe(1); // by which a partner knows it
  });

  it('can tell by the signature that it was Meguri', () => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    for (const { signed, signature } of heard) {
      expect(signature).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    }
  });
});
