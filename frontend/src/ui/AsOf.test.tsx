import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AsOf } from './AsOf';

const at = '2026-11-22T03:04:05Z';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(at) });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('of when figures are', () => {
  it('is not said while they are of this minute, and said from then on', () => {
    const { container } = render(<AsOf at={at} />);
    expect(container.textContent).toBe('');
    act(() => vi.advanceTimersByTime(60_000));
    expect(container.textContent).not.toBe('');
  });

  it('is said at once of older ones', () => {
    vi.setSystemTime(new Date('2026-11-22T03:09:00Z'));
    expect(render(<AsOf at={at} />).container.textContent).not.toBe('');
  });
});
