import { describe, expect, it } from 'vitest';
import { reachedByTools, toolOf } from './tools';

describe('the tools of the malls', () => {
  it('reach those whom only the mall may write to', () => {
    expect(['RK-07', 'RK-08', 'YH-02', 'LAW-01', 'AM-02'].map(toolOf)).toEqual(['RAKUTEN', 'RAKUTEN', 'YAHOO', undefined, undefined]);
  });

  it('are named with how many they reach, and only where that is somebody', () => {
    const refused = [
      { reason: 'RK-07', count: 455 },
      { reason: 'LAW-01', count: 900 },
      { reason: 'RK-08', count: 5 },
    ];
    expect(reachedByTools(refused)).toEqual([{ tool: 'RAKUTEN', count: 460 }]);
    expect(reachedByTools([...refused, { reason: 'YH-02', count: 700 }]).map(({ tool }) => tool)).toEqual(['YAHOO', 'RAKUTEN']);
    expect(reachedByTools([{ reason: 'LAW-01', count: 3 }])).toEqual([]);
  });
});
