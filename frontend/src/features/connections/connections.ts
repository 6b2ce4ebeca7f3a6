import type { ConnectionFieldsFragment, ConnectionsQuery } from '#gql/connections/graphql';
import { instantOf } from '#lib/zoned';

export type Service = ConnectionsQuery['mallServices'][number];
export type ConnectionShop = ConnectionsQuery['shops'][number];

/** How a connection stands, in one word. */
export type State = 'stopped' | 'mend' | 'retrying' | 'running' | 'waiting' | 'fine';

export function stateOf(connection: ConnectionFieldsFragment): State {
  if (connection.status === 'STOPPED') return 'stopped';
  if (connection.trouble) return connection.trouble.passing ? 'retrying' : 'mend';
  if (connection.running) return 'running';
  return connection.latest && !connection.latest.done ? 'waiting' : 'fine';
}

/** How soon the end of a key is: nothing to say, soon, or over. */
export function expiryOf(expiresAt: string | null | undefined, now: Date): 'none' | 'fine' | 'soon' | 'over' {
  if (!expiresAt) return 'none';
  const days = (Date.parse(expiresAt) - now.getTime()) / 86_400_000;
  if (days <= 0) return 'over';
  return days < 14 ? 'soon' : 'fine';
}

/** The services whose orders a shop's may be: a site of the merchant's own may run on Shopify. */
export const serviceFor = (shop: ConnectionShop, services: readonly Service[]): Service | undefined =>
  services.find((each) => each.mall === shop.mall) ?? (shop.mall === 'OWN_SITE' ? services.find((each) => each.mall === 'SHOPIFY') : undefined);

/** What stands in the form. */
export interface ConnectionValues {
  fields: Record<string, string>;
  everyMinutes: number;
  /** Days, as date fields write them; empty: not entered. */
  firstFrom: string;
  expiresOn: string;
  code: string;
}

/** What is sent: fields that were left empty are left out, days begin and keys end with the merchant's day. */
export const connectionInput = (values: ConnectionValues, zone: string, redirectUri: string) => ({
  values: Object.entries(values.fields).map(([name, value]) => ({ name, value: value.trim() })),
  everyMinutes: values.everyMinutes,
  firstFrom: instantOf(`${values.firstFrom} 00:00:00`, zone),
  expiresAt: values.expiresOn ? instantOf(`${values.expiresOn} 23:59:59`, zone) : undefined,
  ...(values.code.trim() ? { code: values.code.trim(), redirectUri } : {}),
});

/** Where Yahoo! asks the merchant for leave, and then shows a code at `redirect`. */
export const leaveUrl = (clientId: string, redirect: string): string =>
  `https://auth.login.yahoo.co.jp/yconnect/v2/authorization?${new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirect,
    scope: 'openid',
    bail: '1',
  })}`;

/** How the page on which the code arrives tells the form that waits for it. */
export const codeChannel = 'meguri-mall-code';
