/** How figures and instants are written on screen, for one language and the merchant's time zone. */
export interface Format {
  /** 1,234 */
  number(value: number): string;
  /** 1,234, from a million on in short: 123.5万 (in English 1.2M); for the axis of a chart, beside the whole figure. */
  brief(value: number): string;
  /** 1,234人 (in English 1,234) */
  people(value: number): string;
  /** ¥1,234,567; the amount is in the minor unit of its currency. */
  money(amount: number, currency?: string): string;
  /** 1,234 pt, which is not broken before its unit */
  points(value: number): string;
  /** 12.3%; the share is a ratio, 0.123. A ratio without a base (0 of 0) is "–". */
  share(ratio: number | null | undefined): string;
  /** 10%, 12.5%: a rate that somebody set, as he wrote it; what is measured is a share. */
  rate(ratio: number): string;
  /** +1.2 / −0.3 / ±0.0, points of a percent between two shares as they are shown; never percent of a percent. */
  shareChange(now: number, before: number): string;
  /** +12.3% / −4.0%, from ten times on 18倍 (in English ×18), and "–" where there is nothing to compare with. */
  change(now: number, before: number): string;
  /** 2026/11/21(土) */
  date(instant: string | Date): string;
  /** The last day of what ends at an instant: 2026/11/30(月), and with the time where that is not the end of the day. */
  lastDay(instant: string | Date): string;
  /** 2026/11/21(土) 14:05 */
  dateTime(instant: string | Date): string;
  /** 11/21 14:05; never shown without `dateTime` in a tooltip. */
  shortDateTime(instant: string | Date): string;
  /** 14:05 */
  time(instant: string | Date): string;
  /** 2026年11月 */
  month(instant: string | Date): string;
  /** 11月 (in English Nov); never shown without its year nearby. */
  shortMonth(instant: string | Date): string;
  /** 3分前; never shown without `dateTime` in a tooltip. */
  relative(instant: string | Date, now: Date): string;
  /** 1.2 MB */
  bytes(size: number): string;
  /** 楽天市場、Amazon (in English with a comma and a space) */
  list(words: readonly string[]): string;
  /** The calendar day in the merchant's zone, 2026-11-21: for grouping and for date inputs. */
  day(instant: string | Date): string;
}

/** What a figure that does not exist reads as. */
const none = '–';

/** From so many times on a growth is easier to grasp as a multiple than in percent. */
const manifold = 10;

/** From here on a figure is too long for the axis of a chart. */
const million = 1_000_000;

const dayMs = 86_400_000;
const lastMinute = '23:59';

/** Builds the formatters once per language and zone; an unknown zone is a programming error and throws. */
export function createFormat(language: string, zone: string): Format {
  const japanese = language.startsWith('ja');
  const locale = japanese ? 'ja-JP' : 'en-US';
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 });
  const brief = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const rate = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  const month = new Intl.DateTimeFormat(locale, { timeZone: zone, year: 'numeric', month: 'long' });
  const shortMonth = new Intl.DateTimeFormat(locale, { timeZone: zone, month: 'short' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const parts = new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const currencies = new Map<string, Intl.NumberFormat>();

  const currencyFormat = (currency: string) => {
    let found = currencies.get(currency);
    if (!found) {
      found = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
      currencies.set(currency, found);
    }
    return found;
  };

  const read = (instant: string | Date) => {
    const found: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
    for (const part of parts.formatToParts(toDate(instant))) found[part.type] = part.value;
    return found;
  };
  /** ICU puts a space between a figure and its Japanese unit, 3 分前; the product's counts have none. */
  const closed = (words: string) => (japanese ? words.replaceAll(' ', '') : words);
  const times = (factor: number) => (japanese ? `${number.format(factor)}倍` : `×${number.format(factor)}`);
  const date = (instant: string | Date) => {
    const p = read(instant);
    const weekday = japanese ? `(${p.weekday})` : ` (${p.weekday})`;
    return `${p.year}/${p.month}/${p.day}${weekday}`;
  };
  const shortDate = (instant: string | Date) => {
    const p = read(instant);
    return `${p.month}/${p.day}`;
  };
  const time = (instant: string | Date) => {
    const p = read(instant);
    return `${p.hour}:${p.minute}`;
  };

  return {
    number: (value) => number.format(value),
    brief: (value) => (Math.abs(value) < million ? number : brief).format(value),
    people: (value) => (japanese ? `${number.format(value)}人` : number.format(value)),
    money: (amount, currency = 'JPY') => {
      const format = currencyFormat(currency);
      // ICU writes a full-width ￥ in Japanese; the product's figures use the half-width sign.
      return format.format(amount / 10 ** minorDigits(currency)).replace('￥', '¥');
    },
    points: (value) => `${number.format(value)}\u00a0pt`,
    share: (ratio) =>
      ratio === null || ratio === undefined || !Number.isFinite(ratio) ? none : percent.format(tenths(ratio) / 1000),
    rate: (ratio) => rate.format(ratio),
    shareChange: (now, before) => {
      const difference = tenths(now) - tenths(before);
      const sign = difference === 0 ? '±' : difference < 0 ? '−' : '+';
      return `${sign}${(Math.abs(difference) / 10).toFixed(1)}`;
    },
    change: (now, before) => {
      if (before === now) return '±0.0%';
      if (before === 0) return none;
      if (before > 0 && now >= before * manifold) return times(Math.round(now / before));
      const ratio = (now - before) / Math.abs(before);
      return `${ratio < 0 ? '−' : '+'}${percent.format(Math.abs(ratio))}`;
    },
    date,
    lastDay: (instant) => {
      const until = new Date(toDate(instant).getTime() - 1);
      const last = time(until) === lastMinute ? until : toDate(instant);
      return time(last) === lastMinute ? date(last) : `${date(last)} ${time(last)}`;
    },
    time,
    dateTime: (instant) => `${date(instant)} ${time(instant)}`,
    shortDateTime: (instant) => `${shortDate(instant)} ${time(instant)}`,
    month: (instant) => month.format(toDate(instant)),
    shortMonth: (instant) => shortMonth.format(toDate(instant)),
    relative: (instant, now) => {
      const seconds = Math.round((toDate(instant).getTime() - now.getTime()) / 1000);
      for (const [unit, size] of [
        ['day', 86_400],
        ['hour', 3_600],
        ['minute', 60],
      ] as const) {
        if (Math.abs(seconds) >= size) return closed(relative.format(Math.trunc(seconds / size), unit));
      }
      return closed(relative.format(0, 'minute'));
    },
    list: (words) => words.join(japanese ? '、' : ', '),
    bytes: (size) => {
      const units = ['B', 'kB', 'MB', 'GB'] as const;
      let value = size;
      let at = 0;
      while (value >= 1000 && at < units.length - 1) {
        value /= 1000;
        at += 1;
      }
      return `${at === 0 ? value : value.toFixed(1)} ${units[at]}`;
    },
    day: (instant) => {
      const p = read(instant);
      return `${p.year}-${p.month}-${p.day}`;
    },
  };
}

/** A ratio in tenths of a percent, as shares are shown: differences are those of the shown figures. */
const tenths = (ratio: number): number => Math.round(ratio * 1000);

/** How many digits of an amount stand behind the point: 0 for JPY, 2 for GBP. */
export function minorDigits(currency: string): number {
  let digits = digitsOf.get(currency);
  if (digits === undefined) {
    digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 0;
    digitsOf.set(currency, digits);
  }
  return digits;
}

const digitsOf = new Map<string, number>();

/** A plain date (2026-11-21, without a zone) stands for noon UTC, so that no zone moves it to another day but the far Pacific's. */
function toDate(instant: string | Date): Date {
  if (instant instanceof Date) return instant;
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(instant) ? Date.parse(instant) + dayMs / 2 : instant);
}
