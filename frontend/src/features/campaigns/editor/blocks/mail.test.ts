import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { html, typed } from './inline';
import { type Block, read, sectionOf, write } from './mail';
import { filledIn, fresh, written } from './fresh';
import { presets } from './presets';
import { isPreheader, preheaderOf, withPreheader } from './preheader';

const template = (name: string) => readFileSync(`crm/message/starter/${name}.mjml`, 'utf8');
const kinds = (source: string) => read(source)?.sections.map((section) => section.blocks.map((block) => (block.kind === 'preset' ? block.preset : block.kind)));
const squeeze = (source: string) => source.replace(/\s+/g, ' ').replaceAll('> <', '><');
const around = (inner: string) => `<mjml><mj-body><mj-section><mj-column>${inner}</mj-column></mj-section></mj-body></mjml>`;
const only = (inner: string): Block | undefined => read(around(inner))?.sections[0]?.blocks[0];

describe('the templates that come with the program', () => {
  it('are blocks from end to end', () => {
    expect(kinds(template('coupon'))).toEqual([
      ['heading'],
      ['text', 'heading', 'code', 'until', 'button', 'terms'],
      ['points', 'stage'],
    ]);
    expect(kinds(template('news'))).toEqual([['heading'], ['text', 'heading', 'text', 'button'], ['points', 'stage']]);
    expect(kinds(template('points'))).toEqual([['heading'], ['text', 'heading', 'expiring', 'button']]);
  });

  it.each(['coupon', 'news', 'points'])('%s is written as it was read', (name) => {
    const mail = read(template(name));
    expect(mail).toBeDefined();
    const again = mail ? write(mail) : '';
    expect(squeeze(again).replace(/(<mj-button)( .*?)>/g, sorted)).toBe(squeeze(template(name)).replace(/(<mj-button)( .*?)>/g, sorted));
    expect(kinds(again)).toEqual(kinds(template(name)));
  });
});

const sorted = (_: string, name: string, attributes: string) => `${name} ${attributes.trim().split(/\s(?=[\w-]+=)/).toSorted().join(' ')}>`;

describe('text', () => {
  it.each([
    ['一行目<br />二行目', '一行目\n二行目'],
    ['<b>太字</b>と<a href="https://shop.example/?a=1&amp;b=2">リンク</a>', '**太字**と[リンク](https://shop.example/?a=1&b=2)'],
    ['{% if points.available > 0 %}{{ points.available }} pt{% endif %}', '{% if points.available > 0 %}{{ points.available }} pt{% endif %}'],
    ['5 &lt; 6 &amp; 7', '5 < 6 & 7'],
    ['<a href="{{ shop.url }}">店舗へ</a>', '[店舗へ]({{ shop.url }})'],
  ])('%s', (source, words) => {
    expect(typed(source)).toBe(words);
    expect(html(words)).toBe(source);
  });

  it('is not pretended to be plain when it is not', () => {
    expect(typed('<span style="color:red">赤</span>')).toBeUndefined();
    expect(only('<mj-text><ul><li>一つ</li></ul></mj-text>')).toMatchObject({ kind: 'raw' });
  });

  it('cannot break out of its element', () => {
    expect(html('</mj-text><script>alert(1)</script>')).toBe('&lt;/mj-text&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html('[x](javascript:"onload=1)')).not.toContain('"onload');
  });
});

describe('what is no block', () => {
  it('is kept as it was written', () => {
    const two = '<mj-section><mj-column><mj-text>左</mj-text></mj-column><mj-column><mj-text>右</mj-text></mj-column></mj-section>';
    const mail = read(`<mjml><mj-body>${two}</mj-body></mjml>`);
    expect(mail?.sections[0]?.blocks).toMatchObject([{ kind: 'raw', source: two }]);
    expect(mail && write(mail)).toContain(two);
  });

  it('holds a condition together, inside a section and around one', () => {
    expect(read(around('<mj-raw>{% if a %}</mj-raw><mj-text>x</mj-text><mj-raw>{% if b %}y{% endif %}</mj-raw><mj-raw>{% endif %}</mj-raw><mj-text>z</mj-text>'))?.sections[0]?.blocks.map((b) => b.kind)).toEqual(['raw', 'text']);
    const wrapped = '<mj-raw>{% if a %}</mj-raw><mj-section><mj-column></mj-column></mj-section><mj-raw>{% endif %}</mj-raw>';
    expect(read(`<mjml><mj-body>${wrapped}</mj-body></mjml>`)?.sections).toHaveLength(1);
  });

  it('is told from what cannot be read at all', () => {
    expect(read('')).toBeUndefined();
    expect(read('<mjml><mj-body><mj-section></mj-body></mjml>')).toBeUndefined();
    expect(read('hello')).toBeUndefined();
  });
});

describe('blocks', () => {
  it('know their lines, for jumps', () => {
    const mail = read('<mjml>\n<mj-body>\n<mj-section><mj-column>\n<mj-text>一</mj-text>\n<mj-text>二\n三</mj-text></mj-column></mj-section></mj-body></mjml>');
    expect(mail?.sections[0]?.blocks.map((block) => [block.from, block.to])).toEqual([[4, 4], [5, 6]]);
  });

  it.each([...written, ...filledIn])('a new %s is read as what it is', (kind) => {
    const mail = read(around('<mj-text>あ</mj-text>'));
    const [section] = mail?.sections ?? [];
    if (!mail || !section) throw new Error('not read');
    section.blocks.push(fresh(kind), fresh('text'));
    expect(read(write(mail))?.sections[0]?.blocks[1]).toMatchObject(fresh(kind));
  });

  it.each([
    ['points', `<mj-raw>{% if points.available > 0 %}</mj-raw>
        <mj-text align="center" font-size="13px">現在のポイント <b>{{ points.available }}</b> pt{% if points.expiring_on %}（{{ points.expiring_on }}に {{ points.expiring }} pt が失効します）{% endif %}</mj-text>
        <mj-raw>{% endif %}</mj-raw>`],
    ['stage', `<mj-raw>{% if stage.next.name %}</mj-raw>
        <mj-text align="center" font-size="13px">あと {{ stage.missing }} 円で {{ stage.next.name }}</mj-text>
        <mj-raw>{% endif %}</mj-raw>`],
    ['expiring', `<mj-raw>{% if points.expiring_on %}</mj-raw>
        <mj-text>{{ points.expiring_on }}に <b>{{ points.expiring }} ポイント</b> が失効します。</mj-text>
        <mj-raw>{% else %}</mj-raw>
        <mj-text>いま <b>{{ points.available }} ポイント</b> をお使いいただけます。</mj-text>
        <mj-raw>{% endif %}</mj-raw>`],
  ] as const)('%s is known in mails saved with its former words, and written with those of today', (preset, source) => {
    const mail = read(around(source));
    expect(mail?.sections[0]?.blocks).toMatchObject([{ kind: 'preset', preset }]);
    expect(mail && squeeze(write(mail))).toContain(squeeze(presets[preset]));
  });

  it('are put into a section of their own where there is none left', () => {
    const mail = read('<mjml><mj-body></mj-body></mjml>');
    mail?.sections.push(sectionOf(fresh('text')));
    expect(kinds(mail ? write(mail) : '')).toEqual([['text']]);
  });

  it('keeps two products apart', () => {
    const mail = read(around(''));
    const product: Block = { kind: 'product', image: 'https://shop.example/a.jpg', name: '新茶 & 急須', price: '3,240円', href: 'https://shop.example/a', label: '見る' };
    const plain: Block = { ...product, image: '', price: '' };
    mail?.sections[0]?.blocks.push(product, plain);
    expect(mail && read(write(mail))?.sections[0]?.blocks).toMatchObject([product, plain]);
  });
});

describe('the line after the subject', () => {
  const mailOf = (source: string) => {
    const mail = read(source);
    if (!mail) throw new Error('no mail');
    return mail;
  };
  it('is read from the templates, changed, and found by its line', () => {
    const mail = mailOf(template('news'));
    expect(preheaderOf(mail)).toBe('{{ customer.family_name }}様へ、新しいお知らせです');
    const changed = mailOf(write(withPreheader(mail, '秋 & {{ customer.addressee }} "様"')));
    expect(preheaderOf(changed)).toBe('秋 & {{ customer.addressee }} "様"');
    expect(kinds(write(changed))).toEqual(kinds(template('news')));
    const line = template('news').split('\n').findIndex((text) => text.includes('<mj-preview')) + 1;
    expect(isPreheader(mail, line)).toBe(true);
    expect(isPreheader(mail, line + 1)).toBe(false);
  });
  it.each(['<mjml><mj-body></mj-body></mjml>', '<mjml><mj-head></mj-head><mj-body></mj-body></mjml>'])('is put in where there is none: %s', (source) => {
    expect(preheaderOf(mailOf(source))).toBe('');
    expect(preheaderOf(mailOf(write(withPreheader(mailOf(source), '読む前に'))))).toBe('読む前に');
  });
});
