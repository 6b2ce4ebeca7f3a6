import { MantineProvider } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Palette, type PaletteRow } from './Palette';

Element.prototype.scrollIntoView = vi.fn();
afterEach(cleanup);

const run = vi.fn<(key: string) => void>();
const row = (key: string): PaletteRow => ({ key, icon: IconUser, label: key, run: () => run(key) });
const show = (query: string, ...keys: string[][]) => (
  <MantineProvider>
    <Palette
      opened
      onClose={vi.fn()}
      label="検索"
      placeholder=""
      query={query}
      onQuery={vi.fn()}
      groups={keys.map((each, at) => ({ label: `群${at}`, rows: each.map(row) }))}
      empty="ありません"
    />
  </MantineProvider>
);
const field = () => screen.getByRole('combobox', { name: '検索' });
const marked = () => screen.getByRole('option', { selected: true }).textContent;
const press = (key: string, more = {}) => fireEvent.keyDown(field(), { key, ...more });

describe('a palette', () => {
  it('is gone through by arrows, round and round, over its groups', () => {
    render(show('', ['a', 'b'], [], ['c']));
    expect(marked()).toBe('a');
    press('ArrowDown');
    press('ArrowDown');
    expect(marked()).toBe('c');
    expect(field().getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { selected: true }).id);
    press('ArrowDown');
    expect(marked()).toBe('a');
    press('ArrowUp');
    expect(marked()).toBe('c');
    press('Enter');
    expect(run).toHaveBeenLastCalledWith('c');
  });

  it('marks the first row of what is looked for next, and of what comes late', () => {
    const { rerender } = render(show('', ['a', 'b']));
    press('ArrowDown');
    rerender(show('x'));
    expect(screen.getByRole('status').textContent).toBe('ありません');
    rerender(show('x', ['d', 'e']));
    expect(marked()).toBe('d');
  });

  it('leaves the Enter that ends a conversion of kana alone', () => {
    run.mockClear();
    render(show('さと', ['a']));
    press('Enter', { isComposing: true });
    expect(run).not.toHaveBeenCalled();
    press('Enter');
    expect(run).toHaveBeenCalledOnce();
  });
});
