import { describe, expect, it } from 'vitest';
import { fileAddress, filterOf, lastDayOf } from './filter';
import { ledgerSearch } from './urls';

describe('the address of the ledger', () => {
  const search = ledgerSearch({ kinds: ['REDEEM', 'NONSENSE'], by: 'STAFF', from: '2026-03-01', to: 'yesterday', order: 1234, min: 10, max: -3, tab: 'bookings' });

  it('keeps what is known and drops the rest', () => {
    expect(filterOf(search)).toEqual({
      customerId: undefined, orderNo: '1234', from: '2026-03-01', to: undefined, kinds: ['REDEEM'], actorKinds: ['STAFF'], min: 10, max: undefined,
    });
    expect(search.tab).toBeUndefined();
  });

  it('asks for the file with the same bookings', () => {
    expect(fileAddress(search, 'ja')).toBe('/points.csv?locale=ja&kinds=REDEEM&actorKinds=STAFF&orderNo=1234&from=2026-03-01&min=10');
  });

  it('knows the ends of months', () => {
    expect(['2026-02-01', '2028-02-01', '2026-12-01'].map(lastDayOf)).toEqual(['2026-02-28', '2028-02-29', '2026-12-31']);
  });
});
