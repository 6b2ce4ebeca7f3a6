import { MantineProvider } from '@mantine/core';
import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AsOf } from './AsOf';
import { Earlier } from './Earlier';

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

describe('figures that take long', () => {
  const shown = (stale: boolean) =>
    render(
      <MantineProvider>
        <Earlier at={at} stale={stale}>
          1,234人
        </Earlier>
      </MantineProvider>,
    ).getByText('1,234人');

  it('are marked as long as they are not those of now', () => {
    expect(shown(true).getAttribute('aria-busy')).toBe('true');
    cleanup();
    expect(shown(false).getAttribute('aria-busy')).toBe('false');
  });

  it('say of when they are', () => {
    vi.setSystemTime(new Date('2026-11-22T03:09:00Z'));
    expect(shown(true).textContent).not.toBe('1,234人');
  });
});
