import { describe, expect, it } from 'vitest';
import { type LotPart, lotWords } from './pointLots';

const lang = { date: (at: string) => at.slice(0, 10), why: (reason: string) => `<${reason}>` };
const part: LotPart = {
  points: 100,
  moved: false,
  expired: 0,
  earnedAt: '2025-11-01T00:00:00Z',
  usableAt: '2025-11-15T00:00:00Z',
  expiresOn: '2026-11-01',
  reason: 'ORDER',
  note: '',
  orderNo: 'R-1',
  ruleNames: ['ポイント2倍'],
};

describe('lotWords', () => {
  it('tells from when to when points that came in can be spent', () => {
    expect(lotWords([part], lang)).toEqual([{ key: 'terms', from: '2025-11-15', to: '2026-11-01' }]);
    expect(lotWords([{ ...part, usableAt: null }], lang)).toMatchObject([{ key: 'termsLater', to: '2026-11-01' }]);
    expect(lotWords([{ ...part, expiresOn: null }], lang)).toMatchObject([{ key: 'termsNever', from: '2025-11-15' }]);
  });

  it('tells of which grant points were that expired, were spent or became usable', () => {
    const told = { key: 'of', points: 100, day: '2025-11-01', why: '<ORDER> · R-1', to: '2026-11-01' };
    expect(lotWords([{ ...part, points: -100 }, { ...part, moved: true }], lang)).toEqual([told, told]);
    const joined = { ...part, points: -5, reason: 'ACTION', orderNo: '', action: 'JOIN', ruleNames: ['入会特典', '春の入会'] };
    expect(lotWords([joined], lang)).toMatchObject([{ why: '入会特典・春の入会' }]);
    expect(lotWords([{ ...part, points: -5, reason: 'STAFF', orderNo: '', note: 'お詫び' }], lang)).toMatchObject([{ why: '<STAFF> · お詫び' }]);
  });

  it('tells of points taken back what had expired before', () => {
    expect(lotWords([{ ...part, points: 0, expired: 60 }], lang)).toEqual([{ key: 'expired', points: 60 }]);
    expect(lotWords([{ ...part, points: -40, expired: 60 }], lang)).toMatchObject([{ key: 'of', points: 40 }, { key: 'expired', points: 60 }]);
  });
});
