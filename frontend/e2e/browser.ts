import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { expect, type TestContext } from 'vitest';
import type { Server } from './server';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const candidates = [process.env.MEGURI_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Starts the machine's own Chromium. */
export function startBrowser(): Promise<Browser> {
  const executablePath = candidates.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error('no Chromium found: set MEGURI_CHROMIUM to its path');
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

const actionMs = 60_000;

/** How the screen of a person looks. */
export interface Screen {
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
  language: 'ja' | 'en';
}

/** What most people see. */
export const desk: Screen = { width: 1440, height: 900, colorScheme: 'light', language: 'ja' };

/** The narrowest screen that everything fits on. */
export const phone: Screen = { width: 390, height: 844, colorScheme: 'light', language: 'ja' };

/** A person at a screen, not signed in. What the page's scripts complain about fails the test. */
export async function openPage(browser: Browser, screen: Screen = desk): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    viewport: { width: screen.width, height: screen.height },
    colorScheme: screen.colorScheme,
    locale: screen.language === 'ja' ? 'ja-JP' : 'en-US',
    timezoneId: 'America/New_York', // not the merchant's: times on screen must not depend on it
    hasTouch: screen.width < 500,
  });
  await context.addInitScript((language) => {
    // Frames that show mails may not store anything.
    if (window === window.top) localStorage.setItem('meguri.language', language);
  }, screen.language);
  context.setDefaultTimeout(actionMs);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return { context, page };
}

/** Signs the owner in through the page and waits for home. */
export async function signIn(page: Page, server: Server): Promise<void> {
  await page.goto(server.url);
  await page.locator('input[name=email]').fill(server.email);
  await page.locator('input[name=password]').fill(server.password);
  await page.locator('button[type=submit]').click();
  await page.locator('#main h1').waitFor();
}

/** Waits until the page has loaded and rests: what is read again is dimmed meanwhile, and what comes up is half transparent. */
export async function rests(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const moving = document.getAnimations().filter(({ effect, playState, timeline }) => {
      if (playState !== 'running' || timeline !== document.timeline || effect?.getComputedTiming().endTime === Infinity) return false;
      return !(effect instanceof KeyframeEffect && effect.target?.closest('.mantine-Notifications-root'));
    });
    return moving.length === 0 && !document.querySelector('.mantine-Skeleton-root, [aria-busy="true"]');
  });
}

/** No rule of WCAG A and AA is broken seriously on the page, once it has loaded. What is judged is kept in `.out`. */
export async function expectAccessible(page: Page): Promise<void> {
  await rests(page);
  // What is scrolled half under the header would count as too small to hit.
  await page.evaluate(() => window.scrollTo(0, 0));
  await keepPicture(page);
  // Not addScriptTag: the page's own policy refuses scripts that are not the server's.
  await page.evaluate(readFileSync(axe, 'utf8'));
  const found = await page.evaluate(async () => {
    interface Violation {
      id: string;
      impact: string;
      nodes: { target: unknown; failureSummary: string }[];
    }
    const { axe } = window as unknown as {
      axe: { run(context: Document | Element, options: object): Promise<{ violations: Violation[] }> };
    };
    const rules = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };
    // Messages that pass are looked at by themselves: what lies under one would count as too small to hit.
    const messages = [...document.querySelectorAll<HTMLElement>('.mantine-Notifications-root:has([role=alert])')];
    const moving = (message: HTMLElement) =>
      message.getAnimations({ subtree: true }).filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    const settled = async (message: HTMLElement): Promise<Violation[]> => {
      await Promise.allSettled(moving(message).map((each) => each.finished)); // on its way it is half transparent
      const { violations } = await axe.run(message, rules);
      return moving(message).length > 0 ? settled(message) : violations;
    };
    const passing = [];
    for (const message of messages) passing.push(...(await settled(message)));
    for (const message of messages) message.style.visibility = 'hidden';
    const { violations } = await axe.run(document, rules);
    for (const message of messages) message.style.visibility = '';
    return [...passing, ...violations]
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${String(node.target)} ${node.failureSummary}`).join(' | ')}`);
  });
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

/** The first Japanese heading is drawn with a font that has its characters: text assertions alone would pass on empty boxes. */
export async function expectJapaneseFont(page: Page, selector = 'h1'): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send('DOM.enable');
  await client.send('CSS.enable');
  const { root } = await client.send('DOM.getDocument');
  const { nodeId } = await client.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId });
  const names = fonts.map((font) => font.familyName).join(', ');
  expect(names, 'fonts that drew the heading').toMatch(/CJK|Noto Sans JP|IPA|Gothic|Hiragino|Meiryo/i);
}

/** Keeps what the screen showed when the running test fails, in `.out`. */
export function keepOnFailure(test: TestContext, page: () => Page | undefined): void {
  test.onTestFailed(async ({ task }) => {
    await page()?.screenshot({ path: picturePath(task.name), fullPage: true });
  });
}

let pictures = 0;

/** Keeps what the screen shows, in a folder of its journey. */
async function keepPicture(page: Page): Promise<void> {
  const journey = basename(expect.getState().testPath ?? '', '.test.ts');
  pictures += 1;
  await page.screenshot({ path: picturePath(new URL(page.url()).pathname, `${journey}/${String(pictures).padStart(2, '0')}-`) });
}

function picturePath(name: string, before = ''): string {
  const words = name.replace(/[^\w]+/g, '-').replace(/^-/, '');
  return fileURLToPath(new URL(`./.out/${before}${words || 'home'}.png`, import.meta.url));
}

/** Nothing is wider than the screen. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: window.innerWidth,
  }));
  expect(content, `width of ${page.url()}`).toBeLessThanOrEqual(screen);
}

/** What is asked of every page on the way, in Japanese. */
export async function expectSound(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectJapaneseFont(page, '#main h1');
  await expectNoSidewaysScroll(page);
}

/** The same on a phone, which is put away again. */
export async function expectSoundOnPhone(page: Page): Promise<void> {
  await page.setViewportSize(phone);
  await expectSound(page);
  await page.setViewportSize(desk);
}
