import { expect } from 'vitest';
import { type Server, until } from './server';

/** Asks the GraphQL API; an error that is no user error fails the test. */
export type Ask = <T>(query: string, variables?: object) => Promise<T>;

/** Something that was made, with what an update of it wants. */
export interface Saved {
  id: string;
  version: number;
}

/** The API as the owner sees it, for what a journey stands on but does not walk through. */
export async function asOwner(server: Server): Promise<Ask> {
  const asker =
    (token: string): Ask =>
    async <T>(query: string, variables: object = {}) => {
      const answer = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors } = (await answer.json()) as { data: T; errors?: unknown };
      expect(errors).toBeUndefined();
      return data;
    };
  const { signIn } = await asker('')<{ signIn: { accessToken: string } }>(
    'mutation ($email: String!, $password: String!) { signIn(input: {email: $email, password: $password}) { accessToken } }',
    { email: server.email, password: server.password },
  );
  return asker(signIn.accessToken);
}

/** A merchant with one shop and people who agreed to its mails. Answers the segment that means everybody. */
export async function withPeople(ask: Ask, count: number): Promise<string> {
  const { createShop } = await ask<{ createShop: { shop: Saved } }>(
    'mutation { createShop(input: {code: "own", name: "本店", mall: OWN_SITE, url: "https://shop.example/"}) { shop { id } } }',
  );
  await ask('mutation ($input: UpdateSenderSettingsInput!) { updateSenderSettings(input: $input) { userErrors { code } } }', {
    input: { name: '巡り商店', email: 'shop@example.com', postalAddress: '東京都千代田区丸の内1-1-1', contact: '03-0000-0000' },
  });
  for (let n = 1; n <= count; n += 1) {
    const { createCustomer } = await ask<{ createCustomer: { customer: Saved } }>(
      'mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }',
      {
        input: { shopId: createShop.shop.id, profile: { familyName: '佐藤', givenName: `${n}子`, email: `c${n}@example.com` } },
      },
    );
    await ask('mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { userErrors { code } } }', {
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
    'mutation ($rule: JSON!) { createSegment(input: {name: "どなたでも", rule: $rule}) { segment { id } } }',
    { rule: { all: [] } },
  );
  return createSegment.segment.id;
}

/** A draft to a segment that can be sent as it is. */
export async function draftFor(ask: Ask, segment: string, name: string): Promise<Saved> {
  const { createCampaign } = await ask<{ createCampaign: { campaign: Saved } }>(
    'mutation ($name: String!, $segment: ID!) { createCampaign(input: {name: $name, segmentId: $segment}) { campaign { id version } } }',
    { name, segment },
  );
  const { updateCampaign } = await ask<{ updateCampaign: { campaign: Saved } }>(
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
  return updateCampaign.campaign;
}

/** The address that a link in the newest mail to somebody leads to. */
export async function linkInMail(ask: Ask, to: string, path: string): Promise<string> {
  let found = '';
  await until(60_000, async () => {
    const { mailbox } = await ask<{ mailbox: { edges: { node: { html: string } }[] } }>(
      'query ($search: String) { mailbox(first: 1, search: $search) { edges { node { html } } } }',
      { search: to },
    );
    found = mailbox.edges[0]?.node.html.match(new RegExp(`href="([^"]*${path}[^"]*)"`))?.[1] ?? '';
    return found !== '';
  });
  return found;
}
