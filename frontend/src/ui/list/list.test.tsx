import { MantineProvider } from '@mantine/core';
import { act, fireEvent, render, renderHook, screen } from '@testing-library/react';
import { createInstance } from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type Column, DataList } from '../DataList';
import ui from '../locales/ja.json';
import { sameSearch } from './search';
import { useSelection } from './selection';

const i18n = createInstance();

beforeAll(async () => {
  await i18n.use(initReactI18next).init({ lng: 'ja', ns: ['ui'], defaultNS: 'ui', resources: { ja: { ui } } });
});

interface Row {
  id: string;
  name: string;
}

const columns: Column<Row>[] = [
  { key: 'name', header: '氏名', cell: (row) => <button type="button" data-row-target>{row.name}</button> },
];
const rows = [
  { id: '1', name: '佐藤 花子' },
  { id: '2', name: '鈴木 一郎' },
];

function Listed(props: { next?: () => void; previous?: () => void; total?: string }) {
  const selection = useSelection('all');
  return (
    <DataList
      label="顧客"
      columns={columns}
      source={{
        nodes: rows,
        fetching: false,
        error: undefined,
        hasMore: false,
        loadingMore: false,
        loadMore: vi.fn(),
        reload: vi.fn(),
        pager: { page: 2, next: props.next, previous: props.previous },
      }}
      rowKey={(row) => row.id}
      empty={null}
      choosing={{
        selection,
        nameOf: (row) => row.name,
        total: props.total,
        actions: <output>{selection.everything ? 'everything' : [...selection.keys].join()}</output>,
      }}
    />
  );
}

const show = (props: Parameters<typeof Listed>[0] = {}) =>
  render(
    <I18nextProvider i18n={i18n}>
      <MantineProvider>
        <Listed {...props} />
      </MantineProvider>
    </I18nextProvider>,
  );

describe('choosing rows', () => {
  it('shows what can be done once a row is chosen, and forgets it again', () => {
    show();
    expect(screen.queryByRole('toolbar')).toBeNull();
    fireEvent.click(screen.getByRole('checkbox', { name: '「鈴木 一郎」を選ぶ' }));
    expect(screen.getByRole('toolbar').textContent).toContain('1件を選択中');
    expect(screen.getByRole('status').textContent).toBe('2');
    fireEvent.click(screen.getByRole('button', { name: '選択を外す' }));
    expect(screen.queryByRole('toolbar')).toBeNull();
  });

  it('goes over to everything, and back to the rows on screen without one', () => {
    show({ total: '1,234人' });
    fireEvent.click(screen.getByRole('checkbox', { name: 'このページのすべてを選ぶ' }));
    expect(screen.getByRole('status').textContent).toBe('1,2');
    fireEvent.click(screen.getByRole('button', { name: '条件に合う1,234人をすべて選ぶ' }));
    expect(screen.getByRole('status').textContent).toBe('everything');
    fireEvent.click(screen.getByRole('checkbox', { name: '「佐藤 花子」を選ぶ' }));
    expect(screen.getByRole('status').textContent).toBe('2');
  });

  it('ends where the conditions change', () => {
    const { result, rerender } = renderHook(({ scope }) => useSelection(scope), { initialProps: { scope: 'a' } });
    act(() => result.current.put(['1'], true, ['1', '2']));
    expect(result.current.has('1')).toBe(true);
    rerender({ scope: 'b' });
    expect(result.current.has('1')).toBe(false);
  });
});

describe('the keys of a list', () => {
  it('go from row to row, and choose', () => {
    show();
    const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
    press('j');
    expect(document.activeElement?.textContent).toBe('佐藤 花子');
    press('ArrowDown');
    press('j');
    expect(document.activeElement?.textContent).toBe('鈴木 一郎');
    press('x');
    expect(screen.getByRole('status').textContent).toBe('2');
    press('k');
    expect(document.activeElement?.textContent).toBe('佐藤 花子');
  });

  it('are letters where one types', () => {
    show();
    const field = document.body.appendChild(document.createElement('input'));
    field.focus();
    fireEvent.keyDown(field, { key: 'j' });
    expect(document.activeElement).toBe(field);
    field.remove();
  });
});

describe('pages', () => {
  it('are turned forth and back as far as there are any', () => {
    const next = vi.fn();
    show({ next });
    expect(screen.getByText('2ページ目・2件')).toBeDefined();
    expect(screen.getByRole('button', { name: '前へ' })).toHaveProperty('disabled', true);
    fireEvent.click(screen.getByRole('button', { name: '次へ' }));
    expect(next).toHaveBeenCalledOnce();
  });
});

describe('two addresses', () => {
  it('are the same whatever the order of their keys, and what is not there', () => {
    expect(sameSearch({ q: 'a', rule: { all: [], x: 1 }, sort: undefined }, { rule: { x: 1, all: [] }, q: 'a' })).toBe(true);
    expect(sameSearch({ malls: ['A', 'B'] }, { malls: ['B', 'A'] })).toBe(false);
  });
});
