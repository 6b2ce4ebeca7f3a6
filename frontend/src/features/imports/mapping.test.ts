import { describe, expect, it } from 'vitest';
import { guessColumns, guessStates, missingFields, toDefinition } from './mapping';

const header = ['注文番号', '注文日時', '商品コード', '数量', '単価', '会員 ID', 'E-mail', '姓', '名', '備考', '状態'];

describe('a mapping', () => {
  it('is guessed from the headings, each column once', () => {
    const columns = guessColumns(header);
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
    expect(missingFields(columns)).toEqual([]);
  });

  it('needs an order number, a time, a quantity and some price', () => {
    expect(missingFields({})).toEqual(['orderNo', 'orderedAt', 'quantity', 'unitPrice']);
    expect(missingFields({ orderNo: 'a', orderedAt: 'b', quantity: 'c', amount: 'd' })).toEqual([]);
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
