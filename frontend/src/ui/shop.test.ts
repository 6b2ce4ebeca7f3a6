import { describe, expect, it } from 'vitest';
import { onlyOne, shopInput, suggestedCode } from './shop';

const values = { mall: 'OWN_SITE', name: ' 本店 ', code: 'own', currency: 'JPY', url: ' https://shop.example ', moreUrls: '' } as const;

describe('a shop as it is typed in', () => {
  it('is sent trimmed, its addresses as a list', () => {
    expect(shopInput({ ...values, moreUrls: ' https://a.example\n\n  https://b.example \n' })).toEqual({
      mall: 'OWN_SITE',
      name: '本店',
      code: 'own',
      currency: 'JPY',
      url: 'https://shop.example',
      moreUrls: ['https://a.example', 'https://b.example'],
    });
  });

  it('has one address on a mall of somebody else', () => {
    expect(shopInput({ ...values, mall: 'RAKUTEN', moreUrls: 'https://a.example' }).moreUrls).toEqual([]);
  });

  it('gets a code nobody uses', () => {
    expect(suggestedCode('RAKUTEN', [])).toBe('rakuten');
    expect(suggestedCode('OWN_SITE', ['own-site', 'own-site-2'])).toBe('own-site-3');
  });
});

describe('the shop a form begins with', () => {
  it('is the only one, and none while there is a choice', () => {
    expect(onlyOne([{ id: 'a' }])).toBe('a');
    expect(onlyOne([{ id: 'a' }, { id: 'b' }])).toBeNull();
    expect(onlyOne(undefined)).toBeNull();
  });
});
