import { describe, expect, it } from 'vitest';
import { faultAt, faultyColumns } from './faults';

const header = ['注文番号', ' 個数', 'メール', '備考'];
const faults = [
  { code: 'BAD_MAIL', field: 'メール', detail: '' },
  { code: 'BAD_QUANTITY', field: '個数', detail: '' },
  { code: 'ERASED_PERSON', field: '', detail: '' },
];

describe('faults of a row', () => {
  it('stand at their columns, however the heading is spaced', () => {
    expect(faultyColumns(header, faults)).toEqual([2, 1]);
    expect(faultAt(header, faults, 1)?.code).toBe('BAD_QUANTITY');
    expect(faultAt(header, faults, 3)).toBeUndefined();
  });

  it('of no column stand at none', () => {
    expect(faultyColumns(header, faults.slice(2))).toEqual([]);
    expect(faultAt(['', 'x'], faults, 0)).toBeUndefined();
  });
});
