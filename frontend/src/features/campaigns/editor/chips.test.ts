import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cursorIn, moveCursor, putIn, rangeIn, show, textOf, withRoom } from './chips';

const chip = (name: string, source: string) => {
  const made = document.createElement('span');
  made.dataset.source = source;
  made.textContent = `[${name}]`;
  return made;
};

let field: HTMLElement;
beforeEach(() => {
  field = document.createElement('div');
  document.body.append(field);
});
afterEach(() => field.remove());

describe('a line of chips', () => {
  it.each([
    '新茶ができました',
    '{{ customer.addressee }}、新茶です',
    '{{points.available}}pt・{{ shop.name | default: "お店" }}',
    '{% if stage.name %}{{ stage.name }}の方へ{% endif %}',
    '{{ offer.name }}',
    '',
  ])('gives back what it was given: %s', (text) => {
    show(field, text, chip);
    expect(textOf(field)).toBe(text);
  });

  it('shows the names, not the Liquid', () => {
    show(field, '{{ customer.addressee }}、新茶です', chip);
    expect(field.textContent?.replaceAll('\u200b', '')).toBe('[customer.addressee]、新茶です');
  });

  it('puts a chip in where the cursor stood, and the cursor behind it', () => {
    show(field, '新茶ができました', chip);
    const at = document.createRange();
    at.setStart(field.firstChild as Text, 2);
    at.collapse(true);
    moveCursor(at);
    putIn(field, ...withRoom(chip('shop.name', '{{ shop.name }}')));
    expect(textOf(field)).toBe('新茶{{ shop.name }}ができました');
    putIn(field, document.createTextNode('の'));
    expect(textOf(field)).toBe('新茶{{ shop.name }}のができました');
  });

  it('puts in at the end while the cursor is elsewhere', () => {
    getSelection()?.removeAllRanges();
    show(field, '新茶', chip);
    expect(cursorIn(field)).toBeUndefined();
    putIn(field, document.createTextNode('です'));
    expect(textOf(field)).toBe('新茶です');
  });

  it('keeps to one line, whatever a browser makes of a break', () => {
    field.replaceChildren(document.createTextNode('一行目\n'), Object.assign(document.createElement('div'), { textContent: '二行\u00a0目' }));
    expect(textOf(field)).toBe('一行目 二行 目');
  });
});

describe('a place in the text behind the chips', () => {
  const text = '{{ shop.name }}の新茶、{{ offer.name }}です';
  it.each([
    ['の新茶', 'の新茶'],
    ['です', 'です'],
    ['{{ offer.name }}', '[offer.name]'],
    ['、{{ offer', '、[offer.name]'],
    ['name }}の', '[shop.name]の'],
  ])('%s', (words, shown) => {
    show(field, text, chip);
    const from = text.indexOf(words);
    expect(rangeIn(field, from, from + words.length).toString().replaceAll('\u200b', '')).toBe(shown);
  });

  it('past the end is the end', () => {
    show(field, text, chip);
    expect(rangeIn(field, 200, 203).toString()).toBe('');
  });
});

describe('several lines of chips', () => {
  it.each(['一行目\n二行目', '{{ customer.addressee }}\n\n新茶です\n', '\n', '**感謝**をこめて', ''])('gives back what it was given: %j', (text) => {
    show(field, text, chip, true);
    expect(textOf(field, true)).toBe(text);
  });

  it.each(['br', 'nothing'])('reads what a browser leaves at the end (%s)', (end) => {
    field.replaceChildren(document.createTextNode('一行目\n二行目'), ...(end === 'br' ? [document.createElement('br')] : []));
    expect(textOf(field, true)).toBe('一行目\n二行目');
  });

  it('puts in behind the last word, not below it', () => {
    getSelection()?.removeAllRanges();
    show(field, '新茶', chip, true);
    putIn(field, ...withRoom(chip('shop.name', '{{ shop.name }}')));
    expect(textOf(field, true)).toBe('新茶{{ shop.name }}');
  });
});
