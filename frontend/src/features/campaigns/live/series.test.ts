import { describe, expect, it } from 'vitest';
import { atInstant, runningTotals, toCsv } from './series';

const point = (at: string, sent: number, opened: number) => ({ at, sent, opened, clicked: 0, converted: 0 });

describe('the course of a campaign', () => {
  it('adds up intervals without touching the series itself', () => {
    const series = [point('2026-11-21T05:00:00Z', 10, 0), point('2026-11-21T05:01:00Z', 5, 3), point('2026-11-21T05:02:00Z', 0, 4)];
    expect(runningTotals(series).map((p) => [p.sent, p.opened])).toEqual([
      [10, 0],
      [15, 3],
      [15, 7],
    ]);
    expect(series[2]).toEqual(point('2026-11-21T05:02:00Z', 0, 4));
  });

  it('writes CSV that quotes what needs it', () => {
    expect(toCsv(['時刻', '送信'], [['a,"b"', 1]])).toBe('\uFEFF時刻,送信\r\n"a,""b""",1\r\n');
  });
});

it('writes instants, and nothing where a chart has none', () => {
  const write = atInstant((instant) => instant.toISOString());
  expect(write(0)).toBe('1970-01-01T00:00:00.000Z');
  for (const none of [undefined, '', Number.NaN, Infinity]) expect(write(none)).toBe('');
});
