import { describe, expect, it } from 'vitest';
import { pointReasonKey } from './pointReason';

describe('pointReasonKey', () => {
  it('says what time did to the points', () => {
    expect(pointReasonKey('TIME', 'EXPIRE')).toBe('TIME_EXPIRE');
    expect(pointReasonKey('TIME', 'points.expired')).toBe('TIME_EXPIRE');
    expect(pointReasonKey('TIME', 'points.matured')).toBe('TIME_MATURE');
    expect(pointReasonKey('TIME', 'RELEASE')).toBe('TIME_RELEASE');
  });

  it('leaves every other reason as it is', () => {
    expect(pointReasonKey('ORDER', 'EXPIRE')).toBe('ORDER');
    expect(pointReasonKey('TIME', 'points.somethingNew')).toBe('TIME');
  });
});
