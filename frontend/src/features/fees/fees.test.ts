import { describe, expect, it } from 'vitest';
import type { FeeRateFieldsFragment } from '#gql/fees/graphql';
import { feeInput, type FeeValues, seriesOf } from './fees';

const values: FeeValues = {
  mall: 'RAKUTEN',
  shopId: null,
  kind: 'SYSTEM',
  basis: 'NET_SALES',
  rate: 3.35,
  amount: 30,
  from: '',
  note: ' 契約 ',
};

const version = (over: Partial<FeeRateFieldsFragment>): FeeRateFieldsFragment => ({
  id: 'a',
  mall: 'RAKUTEN',
  shop: null,
  kind: 'SYSTEM',
  basis: 'NET_SALES',
  rate: 400,
  amount: 0,
  from: null,
  state: 'IN_FORCE',
  estimated: false,
  source: '',
  checkedOn: null,
  note: '',
  withdrawable: false,
  ...over,
});

describe('a fee', () => {
  it('is sent in basis points and minor units', () => {
    expect(feeInput(values, 'JPY')).toMatchObject({ rate: 335, amount: 30, from: null, note: '契約' });
    expect(feeInput({ ...values, rate: '2.3', amount: '0.29', from: '2026-12-01' }, 'USD')).toMatchObject({
      rate: 230,
      amount: 29,
      from: '2026-12-01',
    });
    expect(feeInput({ ...values, rate: '', amount: '' }, 'JPY')).toMatchObject({ rate: 0, amount: 0 });
  });

  it('belongs to the versions of its kind and its shop', () => {
    const shop = { id: 's', name: '2号店' };
    const series = seriesOf([
      version({ id: 'next', state: 'COMING' }),
      version({ id: 'now' }),
      version({ id: 'old', state: 'PAST' }),
      version({ id: 'pay', kind: 'PAYMENT' }),
      version({ id: 'own', shop }),
    ]);
    expect(series.map((one) => one.current?.id)).toEqual(['now', 'own', 'pay']);
    expect(series[0]?.coming.map((one) => one.id)).toEqual(['next']);
    expect(series[0]?.past.map((one) => one.id)).toEqual(['old']);
  });
});
