import { describe, expect, it } from 'vitest';
import { documentColumn, guessByContent, guessKind } from './content';
import { guessColumns, type MappingKind } from './mapping';

const guess = (header: readonly string[], sample: readonly (readonly string[])[] = [], kind: MappingKind = guessKind(header, sample)) =>
  guessByContent(guessColumns(header, kind), kind, header, sample);

/** What was guessed, without the fields that were not. */
const told = (columns: ReturnType<typeof guess>) => Object.fromEntries(Object.entries(columns).filter(([, column]) => column));

describe('the kind of a file and its columns', () => {
  it.each([
    [
      'slips of a sales system',
      ['伝票No', '売上日', 'お客様名', '品名', '数量', '単価', '値引'],
      { orderNo: '伝票No', orderedAt: '売上日', fullName: 'お客様名', name: '品名', quantity: '数量', unitPrice: '単価', discount: '値引' },
    ],
    [
      'a cart system, the buyer beside the receiver',
      ['ご注文番号', 'ご注文日時', 'ご注文者姓', 'ご注文者名', 'ご注文者電話番号', 'お届け先氏名', 'お届け先電話番号', '商品コード', '単価（税込）', '個数', 'クーポン値引額'],
      {
        orderNo: 'ご注文番号', orderedAt: 'ご注文日時', familyName: 'ご注文者姓', givenName: 'ご注文者名', phone: 'ご注文者電話番号',
        sku: '商品コード', unitPrice: '単価（税込）', quantity: '個数', shopCoupon: 'クーポン値引額',
      },
    ],
    [
      'receipts',
      ['レシートNo.', '会計日時', '会員コード', 'JANコード', '商品名', '点数', '売上金額'],
      { orderNo: 'レシートNo.', orderedAt: '会計日時', memberId: '会員コード', sku: 'JANコード', name: '商品名', quantity: '点数', amount: '売上金額' },
    ],
    [
      'in English',
      ['Transaction ID', 'Sold At', 'Customer Name', 'Item Code', 'Qty', 'Price'],
      { orderNo: 'Transaction ID', orderedAt: 'Sold At', fullName: 'Customer Name', sku: 'Item Code', quantity: 'Qty', unitPrice: 'Price' },
    ],
  ])('of %s: orders', (_, header, columns) => {
    expect(guessKind(header, [])).toBe('ORDERS');
    expect(told(guess(header))).toEqual(columns);
  });

  it.each([
    ['a member list', ['会員No', '登録日', 'お名前', 'フリガナ', 'TEL', 'Eメール'], { memberId: '会員No', joinedAt: '登録日', fullName: 'お名前', fullKana: 'フリガナ', phone: 'TEL', mail: 'Eメール' }],
    [
      'one that tells what they bought',
      ['顧客コード', '入会日', '顧客名', '最終購入日', '購入回数', '累計購入金額'],
      { memberId: '顧客コード', joinedAt: '入会日', fullName: '顧客名' },
    ],
    ['one that tells when they agreed', ['メールアドレス', '会員登録日', '同意日'], { mail: 'メールアドレス', joinedAt: '会員登録日', consentedAt: '同意日' }],
  ])('of %s: customers', (_, header, columns) => {
    expect(guessKind(header, [])).toBe('CUSTOMERS');
    expect(told(guess(header))).toEqual(columns);
  });

  const slips = [
    ['A-101', '2026/11/01', '03-5555-0101', '田中 一', '茶', '1', '500', '50'],
    ['A-101', '2026/11/01', '03-5555-0101', '田中 一', '菓子', '2', '300', '50'],
    ['A-102', '2026/11/01', '03-5555-0102', '鈴木 花', '茶', '1', '500', '0'],
    ['A-103', '2026/11/02', '03-5555-0101', '田中 一', '茶', '3', '500', '0'],
    ['A-103', '2026/11/02', '03-5555-0101', '田中 一', '皿', '1', '1,200', '0'],
  ];
  const unnamed = ['コード', '処理', '連絡先', '相手', '内容', '数', '額', '値引'];

  it('is told by documents of several lines where the headings say nothing', () => {
    expect(guessKind(unnamed, [])).toBe('CUSTOMERS');
    expect(guessKind(unnamed, slips)).toBe('ORDERS');
    expect(told(guess(unnamed, slips))).toMatchObject({ orderNo: 'コード', orderedAt: '処理' });
  });

  it('is not told by people who stand one to a row, nor by what repeats apart', () => {
    const people = ['番', '日', '額'];
    expect(documentColumn(people, [['M-1', '2026/11/01', '100'], ['M-2', '2026/11/01', '100'], ['M-3', '2026/11/02', '0']])).toBeUndefined();
    expect(documentColumn(people, [['M-1', '2026/11/01', '100'], ['M-2', '2026/11/02', '100'], ['M-1', '2026/11/03', '0'], ['M-2', '2026/11/03', '0']])).toBeUndefined();
  });

  it('tells a discount of the whole order from one of a line', () => {
    expect(told(guess(unnamed, slips))).toMatchObject({ shopCoupon: '値引' });
    const apart = slips.map((row, at) => [...row.slice(0, -1), at === 0 ? '50' : '0']);
    expect(told(guess(unnamed, apart))).toMatchObject({ discount: '値引' });
  });

  it('finds the columns of an order among two hundred', () => {
    const header = ['伝票No', '売上日', '商品コード', '数量', '単価', ...Array.from({ length: 195 }, (_, at) => `予備${at + 1}`)];
    expect(told(guess(header))).toEqual({ orderNo: '伝票No', orderedAt: '売上日', sku: '商品コード', quantity: '数量', unitPrice: '単価' });
  });
});
