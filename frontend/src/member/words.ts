import en from './locales/en.json';
import ja from './locales/ja.json';

type Words = { [key: string]: string | Words };

/** Japanese first: English only where a phone asks for it and not for Japanese before. */
export const locale: 'ja' | 'en' = pick(navigator.languages);

export function pick(languages: readonly string[]): 'ja' | 'en' {
  const first = languages.find((language) => /^(ja|en)\b/i.test(language));
  return first?.toLowerCase().startsWith('en') ? 'en' : 'ja';
}

const words: Words = locale === 'ja' ? ja : en;

/** The word at a path, with its gaps filled; the path itself where there is none. */
export function t(path: string, gaps: Record<string, string | number> = {}): string {
  const found = look(path);
  return (found ?? path).replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => String(gaps[name] ?? ''));
}

function look(path: string): string | undefined {
  let at: string | Words | undefined = words;
  for (const step of path.split('.')) at = typeof at === 'object' ? at[step] : undefined;
  return typeof at === 'string' ? at : undefined;
}

const language = locale === 'ja' ? 'ja-JP' : 'en-GB';
const figures = new Intl.NumberFormat(language);

export const number = (value: number): string => figures.format(value);
export const points = (value: number): string => `${number(value)}\u00a0pt`;
export const signed = (value: number): string => `${value > 0 ? '+' : value < 0 ? '−' : ''}${number(Math.abs(value))}`;

export function money(amount: number, currency = 'JPY'): string {
  const form = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return form.format(amount / 10 ** (form.resolvedOptions().maximumFractionDigits ?? 0)).replace('￥', '¥');
}

/** A day of the merchant, as the API tells it: it has no zone. */
export const day = (date: string): string => date.replaceAll('-', '/');
// The merchant's shops are in Japan; a shopper abroad reads their hours.
const instant = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
export const dateTime = (at: string): string => instant.format(new Date(at));
export const dateOf = (at: string): string => dateTime(at).slice(0, 10);
const today = (): string => dateOf(new Date().toISOString());
/** A day, without its year where that is the year of now. */
export const nearDay = (date: string, now = today()): string =>
  date.slice(0, 4) === now.slice(0, 4) ? date.slice(5).replace('-', '/').replace(/^0/, '').replace('/0', '/') : day(date);

const soonDays = 60;
/** How a day that takes something away is shown: in amber once it is near. */
export const soonClass = (date: string, now = today()): 'soon' | undefined =>
  Date.parse(date) - Date.parse(now.replaceAll('/', '-')) < soonDays * 86_400_000 ? 'soon' : undefined;
/** The last day of what ends at an instant, with the time where that is not the end of the day. */
export const lastDayOf = (at: string): string => {
  const until = new Date(Date.parse(at) - 1).toISOString();
  return [at, until].some((one) => dateTime(one).endsWith('23:59')) ? dateOf(until) : dateTime(at);
};
