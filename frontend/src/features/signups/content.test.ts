import { describe, expect, it } from 'vitest';
import { contentInput, placeOf, typed } from './content';

const usual = { MAIL: 'メール', SMS: 'SMS', POSTAL: '郵便' };

describe('a form', () => {
  it('begins with a name and the consent to mails', () => {
    const input = contentInput(typed(undefined, usual, 'お知らせの登録'));
    expect(input.title?.ja).toBe('お知らせの登録');
    expect(input.questions).toEqual([{ field: 'NAME', required: false }]);
    expect(input.asks).toEqual([{ channel: 'MAIL', required: false, wording: { ja: 'メール', en: '' } }]);
  });

  it('says again what it said', () => {
    const content = {
      title: { ja: '登録', en: 'Sign up' },
      intro: { ja: '', en: '' },
      thanks: { ja: '', en: '' },
      questions: [{ field: 'PHONE' as const, required: true }],
      properties: [{ key: 'pet', required: true, label: { ja: '', en: 'Pets' } }],
      asks: [{ channel: 'SMS' as const, required: true, wording: { ja: 'SMSで', en: '' } }],
      joins: true,
      joinPoints: 500,
      privacyUrl: 'https://shop.example/privacy',
    };
    expect(contentInput(typed(content, usual, '', [{ key: 'rank', name: 'ランク' }, { key: 'pet', name: 'ペット' }]))).toEqual(content);
  });

  it('asks properties in its own order, and none that went out of use', () => {
    const content = {
      ...contentInput(typed(undefined, usual, '')),
      questions: [],
      asks: [],
      properties: [
        { key: 'gone', required: true, label: { ja: '', en: '' } },
        { key: 'pet', required: false, label: { ja: '', en: '' } },
      ],
    };
    const form = typed(content as never, usual, '', [{ key: 'rank', name: 'ランク' }, { key: 'pet', name: 'ペット' }]);
    expect(form.properties.map((one) => [one.key, one.asked])).toEqual([['pet', 'asked'], ['rank', 'no']]);
    expect(contentInput(form).properties).toEqual([{ key: 'pet', required: false, label: { ja: '', en: '' } }]);
  });

  it('gives no points to who does not become a member', () => {
    const form = { ...typed(undefined, usual, ''), joinPoints: 500 };
    expect(contentInput(form).joinPoints).toBe(0);
    expect(contentInput({ ...form, joins: true }).joinPoints).toBe(500);
  });

  it('knows which consent an error is about', () => {
    const form = typed(undefined, usual, '');
    form.asks.POSTAL.on = true;
    expect(placeOf('asks.1.channel', form)).toBe('ask-POSTAL');
    expect(placeOf('content.title', form)).toBe('title');
  });
});
