import { describe, expect, it } from 'vitest';
import en from '../locales/en.json';
import ja from '../locales/ja.json';
import { folded, rankOf } from './matching';
import { nav, settings } from './nav';
import { parts } from './parts';
import { actionWords, pageWords, partWords } from './synonyms';

const tabs = import.meta.glob<{ tab: Record<string, string> }>('/src/features/{insight,ledger,privacy,sending,staff}/locales/*.json', {
  eager: true,
  import: 'default',
});

type Key = keyof typeof pageWords;

const keys = Object.keys(pageWords) as Key[];
const titles = (words: typeof ja, key: Key): string =>
  key === 'alerts' ? words.alerts.title : key === 'account' ? words.account.open : words.nav[key];

/** The pages that a word finds, the best named first, as the Japanese screen lists them. */
function found(typed: string): Key[] {
  return keys
    .map((key) => ({ key, rank: rankOf(typed, titles(ja, key), pageWords[key]) }))
    .filter((one): one is { key: Key; rank: number } => one.rank !== undefined)
    .toSorted((a, b) => a.rank - b.rank)
    .map((one) => one.key);
}

describe('pages in the search', () => {
  it('are all of the navigation and the settings', () => {
    const shown = [...nav.flatMap((group) => group.items), ...settings].map((item) => item.key).filter((key) => key !== 'settings');
    expect(keys.toSorted()).toEqual([...shown, 'alerts', 'account'].toSorted());
  });

  it.each(keys)('%s is found by its title in either language', (key) => {
    expect(found(titles(ja, key))[0]).toBe(key);
    expect(rankOf(titles(ja, key), titles(en, key), pageWords[key])).toBeDefined();
    expect(rankOf(titles(en, key), titles(ja, key), pageWords[key])).toBeDefined();
  });

  it.each(keys)('%s is found by everyday words in kana, kanji and letters', (key) => {
    const words = pageWords[key].split(' ');
    for (const word of words) expect(found(word)).toContain(key);
    expect(words.filter((word) => /^[\x20-\x7e]+$/.test(word)).length).toBeGreaterThanOrEqual(2);
    expect(words.filter((word) => /[\u3040-\u9fff]/.test(word)).length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['ポイント', 'pointsProgram'],
    ['ぽいんと', 'pointsProgram'],
    ['招待', 'staff'],
    ['しょうたい', 'staff'],
    ['invite', 'staff'],
    ['通知', 'alerts'],
    ['配信しない時間', 'pace'],
    ['quiet hours', 'pace'],
    ['予約', 'campaigns'],
    ['クーポン', 'offers'],
    ['重複', 'candidates'],
    ['ランク', 'stages'],
    ['DKIM', 'sending'],
    ['ＣＳＶ', 'imports'],
    ['パスワード', 'account'],
    ['原価', 'products'],
    ['送料 売上', 'netSales'],
  ] as const)('%s leads first to %s', (typed, key) => {
    expect(found(typed)[0]).toBe(key);
  });

  it('are not found by what nobody calls them', () => {
    expect(found('冷蔵庫')).toEqual([]);
    expect(found('招待 冷蔵庫')).toEqual([]);
  });
});

describe('parts of pages in the search', () => {
  it('are called as their tabs are', () => {
    for (const [language, words] of [['ja', ja], ['en', en]] as const) {
      const part: Record<string, string> = words.search.part;
      for (const { key, of, link } of parts) {
        const tab = tabs[`/src/features/${of}/locales/${language}.json`]?.tab[tabIn(link) ?? 'conversion'];
        if (of !== 'campaigns' && of !== 'imports') expect([key, tab]).toEqual([key, part[key]]);
      }
    }
  });

  it('and actions have words of both languages', () => {
    expect(parts.map((part) => part.key).toSorted()).toEqual(Object.keys(ja.search.part).toSorted());
    for (const words of [...Object.values(partWords), ...Object.values(actionWords)]) {
      expect(words).toMatch(/[a-z]{3}/i);
      expect(words).toMatch(/[\u3040-\u9fff]/);
    }
  });
});

const tabIn = (link: object): string | undefined => ('search' in link ? (link.search as { tab?: string }).tab : undefined);

describe('what was typed', () => {
  it('is compared whatever its width, case and kana', () => {
    expect(folded('ﾎﾟｲﾝﾄ Ａｐｉ')).toBe('ぽいんと api');
  });

  it('names what begins with it before what holds it, and that before other words', () => {
    expect([rankOf('ポイ', 'ポイント', ''), rankOf('台帳', 'ポイント台帳', ''), rankOf('残高', 'ポイント台帳', '残高'), rankOf('高', 'ポイント台帳', '残高')]).toEqual([0, 1, 2, 3]);
  });
});
