/**
 * The customer's token. The merchant's app hands it over behind the # of the
 * address, which no server sees; it leaves the address at once and lives as long
 * as the tab. What a person may see on a phone without network is kept beside it.
 */
const tokenKey = 'meguri.member.token';
const keptKey = 'meguri.member.balance';
const merchantKey = 'meguri.member.merchant';

/** A balance as it stood at an instant. */
export interface Kept {
  available: number;
  at: string;
}

/** Takes a token out of the address, and says whether there is one at all. */
export function takeToken(): boolean {
  const given = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (given) {
    sessionStorage.clear(); // whoever was here before may be somebody else
    sessionStorage.setItem(tokenKey, given);
    history.replaceState(null, '', window.location.pathname);
  }
  return token() !== '';
}

export const token = (): string => sessionStorage.getItem(tokenKey) ?? '';

export function signOut(): void {
  sessionStorage.clear();
}

export function keepBalance(available: number): void {
  sessionStorage.setItem(keptKey, JSON.stringify({ available, at: new Date().toISOString() } satisfies Kept));
}

export function keptBalance(): Kept | undefined {
  const text = sessionStorage.getItem(keptKey);
  return text ? (JSON.parse(text) as Kept) : undefined;
}

export function keepMerchant(name: string): void {
  sessionStorage.setItem(merchantKey, name);
}

/** What the merchant is called, where there is no network to ask. */
export const keptMerchant = (): string => sessionStorage.getItem(merchantKey) ?? '';
