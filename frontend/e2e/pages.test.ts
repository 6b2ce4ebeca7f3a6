import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ask, asOwner } from './api';
import { desk, expectAccessible, expectNoSidewaysScroll, keepOnFailure, openPage, phone, rests, type Screen, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

/** Routes of the product's own router under this one ask who is there. */
const behindSignIn = '/shell';
const tablet: Screen = { ...desk, width: 1024, height: 768 };

/** For all pages in one language, on two cores that do other things, too. */
const allPagesMs = 600_000;

let server: Server;
let browser: Browser;
let ids: Record<string, string>;

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: '300' }), startBrowser()]);
  ids = await oneOfEach(await asOwner(server));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

describe('every page that the router has', () => {
  for (const language of ['ja', 'en'] as const) {
    it(`stands on every screen, ${language}`, async (test) => {
      const { context, page } = await openPage(browser, { ...desk, language });
      keepOnFailure(test, () => page);
      await page.emulateMedia({ reducedMotion: 'reduce' }); // colours are there at once
      const complaints: string[] = []; // of all pages, so that one run names everything
      page.on('console', (message) => message.type() === 'error' && complaints.push(`${page.url()}: ${message.text()}`));

      await page.goto(`${server.url}/sign-in`);
      await page.locator('input[name=email]').waitFor();
      const routes = await routesOf(page);
      expect(routes.length).toBeGreaterThan(0);
      const open = async (signedIn: boolean) => {
        for (const { path } of routes.filter(({ id }) => id.startsWith(behindSignIn) === signedIn)) {
          await goTo(page, path);
          await expectSound(page, language).catch((cause: Error & { actual?: unknown }) =>
            complaints.push(`${path}: ${cause.message} ${JSON.stringify(cause.actual)}`),
          );
        }
      };
      await open(false);
      await signIn(page, server);
      await open(true);

      expect(complaints).toEqual([]);
      await context.close();
    }, allPagesMs);
  }
});

interface Route {
  id: string;
  path: string;
}

/** What the router in the browser can show. It is the program itself that is asked, so that no page is forgotten here. */
function routesOf(page: Page): Promise<Route[]> {
  return page.evaluate(() => {
    const { routesByPath } = (window as unknown as { __TSR_ROUTER__: { routesByPath: Record<string, { id: string }> } }).__TSR_ROUTER__;
    return Object.entries(routesByPath).map(([path, { id }]) => ({ id, path }));
  });
}

/** Goes there as a link does, without loading the program again. */
async function goTo(page: Page, path: string): Promise<void> {
  const href = path.replace(/\$(\w+)/g, (_, name: string) => {
    const id = ids[name];
    if (!id) throw new Error(`${path}: which ${name}? Say so in oneOfEach.`);
    return id;
  });
  await page.evaluate(
    (to) => (window as unknown as { __TSR_ROUTER__: { navigate: (to: { href: string }) => Promise<void> } }).__TSR_ROUTER__.navigate({ href: to }),
    href,
  );
  await page.locator('main h1, main h2').first().waitFor();
  await rests(page);
}

/** Nothing sticks out on any screen, no words are missing, and axe is content: by day at a desk, by night on a phone. */
async function expectSound(page: Page, language: Screen['language']): Promise<void> {
  for (const screen of [tablet, phone, desk]) {
    await page.setViewportSize(screen);
    await expectNoSidewaysScroll(page);
  }
  await expectWords(page);
  if (language !== 'ja') return; // colours and roles are those of the other language
  await expectAccessible(page);
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(desk);
}

/** No text, label or hint is the name of a word instead of the word, and none has a gap where a figure belongs. */
async function expectWords(page: Page): Promise<void> {
  const said = await page.evaluate(() => {
    const attributes = ['aria-label', 'placeholder', 'title', 'alt'];
    const words = [document.title];
    for (const element of document.querySelectorAll('body *:not(script, style)')) {
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) words.push(node.textContent ?? '');
      for (const attribute of attributes) words.push(element.getAttribute(attribute) ?? '');
    }
    return words.map((word) => word.trim());
  });
  const wrong = said.filter((word) => keys.has(word) || /\b(NaN|undefined|Infinity|Invalid Date)\b|\[object /.test(word));
  expect(wrong, `words of ${page.url()}`).toEqual([]);
}

type Words = { [key: string]: string | Words };

/** The names of all words, which is what is shown where a word is missing. */
const keys = new Set(
  (readdirSync(source(''), { recursive: true }) as string[])
    .filter((path) => /locales\/(ja|en)\.json$/.test(path))
    .flatMap((path) => namesOf(JSON.parse(readFileSync(source(path), 'utf8')) as Words))
    .filter((name) => name.includes('.')),
);

function source(path: string): string {
  return fileURLToPath(new URL(`../src/${path}`, import.meta.url));
}

function namesOf(words: Words, above = ''): string[] {
  return Object.entries(words).flatMap(([key, word]) =>
    typeof word === 'string' ? [`${above}${key.replace(/_(zero|one|two|few|many|other)$/, '')}`] : namesOf(word, `${above}${key}.`),
  );
}

/** Something to show on the pages of one thing, by the name it has in their addresses. */
async function oneOfEach(ask: Ask): Promise<Record<string, string>> {
  type Things = { edges: { node: { id: string } }[] };
  const found = await ask<{ customers: Things; segments: { id: string }[]; campaigns: Things; imports: Things }>(
    `{
      customers(first: 1, filter: {member: true}, sort: NET_SALES) { edges { node { id } } }
      segments { id }
      campaigns(first: 1) { edges { node { id } } }
      imports(first: 1) { edges { node { id } } }
    }`,
  );
  const first = (things: Things) => things.edges[0]?.node.id ?? '';
  return {
    customerId: first(found.customers),
    segmentId: found.segments[0]?.id ?? '',
    campaignId: first(found.campaigns),
    importId: first(found.imports),
  };
}
