import { describe, expect, it } from 'vitest';
import { focusSpot, offsetOf, spotOf } from './place';

describe('the place of a finding', () => {
  it.each([
    ['variants.RAKUTEN.mjml', { step: 'content', mall: 'RAKUTEN', field: 'variant-mjml' }],
    ['variants.OWN_SITE.offer', { step: 'content', mall: 'OWN_SITE', field: 'variant-offer' }],
    ['mallMails.YAHOO.text', { step: 'content', field: 'mallMail-YAHOO-text' }],
    ['sender.postalAddress', { step: 'sender', field: 'sender-postalAddress' }],
    ['audience', { step: 'audience' }],
    ['variants', { step: 'content', mall: undefined, field: undefined }],
  ])('%s', (place, spot) => {
    expect(spotOf(place)).toEqual(spot);
  });

  it('counts characters as the server does', () => {
    expect(offsetOf('あ\n𠮷野家https://x', 2, 4)).toBe(6);
    expect(offsetOf('a', 5, 9)).toBe(1);
  });

  it('selects what was found', () => {
    document.body.innerHTML = '<textarea id="variant-mjml">a\nb https://Shop.example c</textarea>';
    focusSpot(spotOf('variants.RAKUTEN.mjml'), { line: 2, column: 3, excerpt: 'https://shop.example' });
    const area = document.querySelector('textarea');
    expect(document.activeElement).toBe(area);
    expect(area?.value.slice(area.selectionStart, area.selectionEnd)).toBe('https://Shop.example');
  });

  it('finds the block that holds the place, where the body is shown as blocks', () => {
    document.body.innerHTML = `
      <div data-block="0-0"><button id="up">↑</button><textarea id="first"></textarea></div>
      <div data-block="0-1"><button id="down">↓</button></div>`;
    const spot = spotOf('variants.RAKUTEN.mjml');
    focusSpot(spot, { line: 4, column: 3, excerpt: 'x', block: '0-0' });
    expect(document.activeElement?.id).toBe('first');
    focusSpot(spot, { line: 5, column: 1, excerpt: '', block: '0-1' });
    expect(document.activeElement?.id).toBe('down');
  });
});
