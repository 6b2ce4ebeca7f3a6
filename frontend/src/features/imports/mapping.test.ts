import { describe, expect, it } from 'vitest';
import { certainty, examples, guessByContent, guessKind } from './content';
import { guessColumns, guessStates, isRequired, missingFields, toDefinition } from './mapping';

const header = ['注文番号', '注文日時', '商品コード', '数量', '単価', '会員 ID', 'E-mail', '姓', '名', '備考', '状態'];

describe('a mapping', () => {
  it('is guessed from the headings, each column once', () => {
    const columns = guessColumns(header, 'ORDERS');
    expect(columns).toEqual({
      orderNo: '注文番号',
      orderedAt: '注文日時',
      sku: '商品コード',
      quantity: '数量',
      unitPrice: '単価',
      memberId: '会員 ID',
      mail: 'E-mail',
      familyName: '姓',
      givenName: '名',
      status: '状態',
    });
    expect(missingFields(columns, 'ORDERS')).toEqual([]);
  });

  it('is as sure as heading and content agree', () => {
    const columns = ['注文番号', '注文日時', '数量', '単価', '連絡先', '備考'];
    const sample = [
      ['A-1', '2026/11/01 10:00', '1', '1,200', 'a@mail.example', 'x'],
      ['A-2', '2026/11/02', 'ふたつ', '￥980', 'b@mail.example', ''],
      ['A-2', '2026-11-02', 'みっつ', '980円', '', ''],
    ];
    expect(certainty('orderedAt', '注文日時', columns, sample)).toBe('BOTH');
    expect(certainty('unitPrice', '単価', columns, sample)).toBe('BOTH');
    expect(certainty('orderNo', '注文番号', columns, sample)).toBe('HEADING');
    expect(certainty('quantity', '数量', columns, sample)).toBe('ODD');
    expect(certainty('mail', '連絡先', columns, sample)).toBe('CONTENT');
    expect(certainty('name', '備考', columns, sample)).toBe('CHOSEN');
    expect(examples('注文番号', columns, sample)).toEqual(['A-1', 'A-2']);
    expect(guessByContent(guessColumns(columns, 'ORDERS'), 'ORDERS', columns, sample).mail).toBe('連絡先');
    expect(guessByContent({ mail: '備考' }, 'ORDERS', columns, sample).mail).toBe('備考');
  });

  it('needs an order number, a time, a quantity and some price', () => {
    expect(missingFields({}, 'ORDERS')).toEqual(['orderNo', 'orderedAt', 'quantity', 'unitPrice']);
    expect(missingFields({ orderNo: 'a', orderedAt: 'b', quantity: 'c', amount: 'd' }, 'ORDERS')).toEqual([]);
  });

  it('of customers needs something to know a person by, and leaves out what is of orders', () => {
    const people = ['会員番号', '氏名', 'フリガナ', 'E-mail', 'メルマガ', '同意日'];
    expect(guessKind(people, [])).toBe('CUSTOMERS');
    expect(guessKind(header, [])).toBe('ORDERS');
    const columns = guessColumns(people, 'CUSTOMERS');
    expect(columns).toEqual({
      memberId: '会員番号',
      mail: 'E-mail',
      fullName: '氏名',
      fullKana: 'フリガナ',
      mailConsent: 'メルマガ',
      consentedAt: '同意日',
    });
    expect(missingFields(columns, 'CUSTOMERS')).toEqual([]);
    expect(missingFields({ fullName: '氏名' }, 'CUSTOMERS')).toEqual(['mail']);
    expect(isRequired('CUSTOMERS', 'mail', {})).toBe(true);
    expect(isRequired('CUSTOMERS', 'mail', { memberId: '会員番号' })).toBe(false);
    expect(isRequired('ORDERS', 'amount', { unitPrice: '単価' })).toBe(false);
    const draft = { kind: 'CUSTOMERS' as const, name: '会員', currency: 'JPY', columns: { ...columns, orderNo: 'x' }, state: 'PLACED' as const, states: {} };
    expect(toDefinition(draft)).toEqual({
      name: '会員',
      kind: 'CUSTOMERS',
      columns: Object.fromEntries(Object.entries(columns).map(([field, column]) => [field, [column]])),
    });
  });

  it('guesses what the words of the state column mean', () => {
    expect(guessStates(['発送済み', '受付', 'キャンセル済', '', '受付'])).toEqual({
      発送済み: 'SHIPPED',
      受付: 'PLACED',
      キャンセル済: 'CANCELLED',
    });
  });

  it('is written as the server keeps it; words without a state column are left out', () => {
    const draft = {
      kind: 'ORDERS' as const,
      name: ' 自社EC ',
      currency: 'JPY',
      columns: { orderNo: '注文番号', mail: undefined },
      state: 'COMPLETED' as const,
      states: { 受付: 'PLACED' as const },
    };
    expect(toDefinition(draft)).toEqual({
      name: '自社EC',
      currency: 'JPY',
      columns: { orderNo: ['注文番号'] },
      status: { default: 'COMPLETED' },
    });
    expect(toDefinition({ ...draft, columns: { status: '状態' } })).toMatchObject({
      status: { default: 'COMPLETED', values: { 受付: 'PLACED' } },
    });
  });
});
