import { describe, expect, it } from 'vitest';
import { show } from '../editor/chips';
import { focusSpot, offsetOf, spotOf } from './place';

const chip = (name: string, source: string) => {
  const made = document.createElement('span');
  made.dataset.source = source;
  made.textContent = `[${name}]`;
  return made;
};

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

  it('selects it in a field of chips, whatever the variables before it are called', () => {
    document.body.innerHTML = '<div id="variant-subject" role="textbox" contenteditable tabindex="0"></div>';
    const field = document.querySelector<HTMLElement>('#variant-subject');
    if (field) show(field, '{{ customer.addressee }}へ、日本一の新茶', chip);
    focusSpot(spotOf('variants.OWN_SITE.subject'), { line: 1, column: 27, excerpt: '日本一' });
    expect(getSelection()?.toString()).toBe('日本一');
  });

  it('selects it in the block that says it', () => {
    document.body.innerHTML = '<div data-block="0-0"><div role="textbox" tabindex="0">見出し</div><div role="textbox" id="said" tabindex="0">必ず届く新茶</div></div>';
    focusSpot(spotOf('variants.OWN_SITE.mjml'), { line: 12, column: 40, excerpt: '必ず', block: '0-0' });
    expect(document.activeElement?.id).toBe('said');
    expect(getSelection()?.toString()).toBe('必ず');
  });

  it('finds the block that holds the place, where the body is shown as blocks', () => {
    document.body.innerHTML = `
      <div data-block="0-0"><button id="up">↑</button><textarea id="first"></textarea></div>
      <div data-block="0-1" id="filled" tabindex="-1"><button>↓</button></div>`;
    const spot = spotOf('variants.RAKUTEN.mjml');
    focusSpot(spot, { line: 4, column: 3, excerpt: 'x', block: '0-0' });
    expect(document.activeElement?.id).toBe('first');
    focusSpot(spot, { line: 5, column: 1, excerpt: '', block: '0-1' });
    expect(document.activeElement?.id).toBe('filled');
  });
});
