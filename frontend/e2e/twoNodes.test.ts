import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keepOnFailure, openPage, signIn, startBrowser } from './browser';
import { type Server, startServer } from './server';

let server: Server;
let browser: Browser;
let pages: Page[];

beforeAll(async () => {
  [server, browser] = await Promise.all([startServer({ MEGURI_SEED: 'off' }), startBrowser()]);
  const other = await server.beside();
  pages = await Promise.all(
    [server.url, other].map(async (url) => {
      const { page } = await openPage(browser);
      await signIn(page, { ...server, url });
      return page;
    }),
  );
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

beforeEach((test) => keepOnFailure(test, () => pages?.[1]));

interface Saved {
  id: string;
  version: number;
}

/** Runs a mutation as the owner, on the first node. */
async function ask<T>(token: string, query: string, variables: object = {}): Promise<T> {
  const answer = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await answer.json()) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

describe('two browsers at two servers', () => {
  it('both see a campaign go out as it happens', async () => {
    const { signIn: session } = await ask<{ signIn: { accessToken: string } }>(
      '',
      'mutation ($email: String!, $password: String!) { signIn(input: {email: $email, password: $password}) { accessToken } }',
      server,
    );
    const token = session.accessToken;
    const { createShop } = await ask<{ createShop: { shop: Saved } }>(
      token,
      'mutation { createShop(input: {code: "own", name: "本店", mall: OWN_SITE}) { shop { id } } }',
    );
    await ask(
      token,
      'mutation ($input: UpdateSenderSettingsInput!) { updateSenderSettings(input: $input) { userErrors { code } } }',
      { input: { name: '巡り商店', email: 'shop@example.com', postalAddress: '東京都千代田区丸の内1-1-1', contact: '03-0000-0000' } },
    );
    for (const name of ['花子', '太郎', '次郎']) {
      const { createCustomer } = await ask<{ createCustomer: { customer: Saved } }>(
        token,
        'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
        {
          input: { shopId: createShop.shop.id, profile: { familyName: '佐藤', givenName: name, email: `c${name.codePointAt(0)}@example.com` } },
        },
      );
      await ask(token, 'mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { userErrors { code } } }', {
        input: {
          customerId: createCustomer.customer.id,
          channel: 'MAIL',
          state: 'GIVEN',
          originShopId: createShop.shop.id,
          wording: 'お知らせを受け取る',
        },
      });
    }
    const { createSegment } = await ask<{ createSegment: { segment: Saved } }>(
      token,
      'mutation ($rule: JSON!) { createSegment(input: {name: "どなたでも", rule: $rule}) { segment { id } } }',
      { rule: { all: [] } },
    );
    const { createCampaign } = await ask<{ createCampaign: { campaign: Saved } }>(
      token,
      'mutation ($segment: ID!) { createCampaign(input: {name: "二つのサーバー", segmentId: $segment}) { campaign { id version } } }',
      { segment: createSegment.segment.id },
    );
    const { updateCampaign } = await ask<{ updateCampaign: { campaign: Saved } }>(
      token,
      'mutation ($input: UpdateCampaignInput!) { updateCampaign(input: $input) { campaign { id version } } }',
      {
        input: {
          ...createCampaign.campaign,
          variants: [
            {
              mall: 'OWN_SITE',
              isDefault: true,
              subject: '年末のお知らせ',
              mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>ありがとうございます</mj-text></mj-column></mj-section></mj-body></mjml>',
            },
          ],
        },
      },
    );
    const { campaign } = updateCampaign;
    const { sendCampaign } = await ask<{ sendCampaign: { userErrors: unknown[] } }>(
      token,
      'mutation ($id: ID!, $version: Int!) { sendCampaign(input: {id: $id, version: $version, idempotencyKey: "once"}) { userErrors { code } } }',
      campaign,
    );
    expect(sendCampaign.userErrors).toEqual([]);

    const figure = async (page: Page, name: string) => (await page.getByRole('region', { name, exact: true }).textContent()) ?? '';
    await Promise.all(pages.map((page) => page.goto(new URL(`/campaigns/${campaign.id}`, page.url()).href)));
    await Promise.all(pages.map((page) => page.getByText('配信済み', { exact: true }).first().waitFor({ timeout: 30_000 })));
    const [here = '', there] = await Promise.all(pages.map((page) => figure(page, '送信')));
    expect(here).toMatch(/^送信\D*3/);
    expect(there).toBe(here);

    const { mailbox } = await ask<{ mailbox: { edges: { node: { html: string } }[] } }>(token, '{ mailbox(first: 1) { edges { node { html } } } }');
    const link = /\/u\/[^"]+/.exec(mailbox.edges[0]?.node.html ?? '')?.[0];
    const answer = await fetch(new URL(link ?? '', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
    expect(answer.status).toBe(200);
    for (const page of pages) {
      await expect.poll(() => figure(page, '配信停止'), { timeout: 1_500 }).toMatch(/^配信停止\D*1/);
    }
  });
});
