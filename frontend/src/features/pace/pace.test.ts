import { describe, expect, it } from 'vitest';
import { clock, minutes, paceInput, quietSpan, typed } from './pace';

const none = { quiet: false, from: '', to: '', perDay: '', perWeek: '' };

describe('times of a day', () => {
  it('are minutes and back', () => {
    for (const time of ['00:00', '08:05', '21:00', '23:59']) expect(clock(minutes(time) ?? -1)).toBe(time);
    expect(minutes('8:05')).toBe(485);
    for (const wrong of ['', '24:00', '12:60', '12', 'noon', '1:2']) expect(minutes(wrong)).toBeUndefined();
  });
});

describe('a pace', () => {
  const stored = { channel: 'MAIL', quietFrom: 1260, quietTo: 480, perDay: 1, perWeek: 0 } as const;

  it('is typed in as it is stored, and sent as it is typed', () => {
    expect(typed(stored)).toEqual({ quiet: true, from: '21:00', to: '08:00', perDay: 1, perWeek: '' });
    expect(paceInput('MAIL', typed(stored))).toEqual(stored);
    expect(typed({ ...stored, quietFrom: 0, quietTo: 0, perDay: 0 })).toEqual(none);
  });

  it('without quiet hours sends none, whatever the fields still hold', () => {
    expect(paceInput('MAIL', { ...typed(stored), quiet: false })).toMatchObject({ quietFrom: 0, quietTo: 0 });
  });

  it('leaves a time it cannot read to the server to refuse', () => {
    expect(paceInput('MAIL', { ...typed(stored), from: '' }).quietFrom).toBe(-1);
  });

  it('tells how long the hours are, over midnight too', () => {
    expect(quietSpan(typed(stored))).toEqual({ hours: 11, minutes: 0, nextDay: true });
    expect(quietSpan({ ...none, quiet: true, from: '12:00', to: '13:30' })).toEqual({ hours: 1, minutes: 30, nextDay: false });
    expect(quietSpan({ ...none, quiet: true, from: '22:00', to: '00:00' })).toEqual({ hours: 2, minutes: 0, nextDay: true });
    expect(quietSpan({ ...none, quiet: true, from: '08:00', to: '08:00' })).toBeUndefined();
    expect(quietSpan(none)).toBeUndefined();
  });
});
