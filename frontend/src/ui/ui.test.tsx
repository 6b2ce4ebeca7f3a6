import { MantineProvider } from '@mantine/core';
import { fireEvent, render, screen } from '@testing-library/react';
import { createInstance } from 'i18next';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { type ReactNode, useState } from 'react';
import { CombinedError } from 'urql';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ConfirmDialog } from './ConfirmDialog';
import { type Column, DataList } from './DataList';
import { Figure } from './Figure';
import { FormErrors } from './FormErrors';
import ui from './locales/ja.json';
import { ShownOnce } from './ShownOnce';
import { SideDrawer } from './SideDrawer';
import { Sparkline, sparkPath } from './Sparkline';
import { fieldOf, type UserError } from './userErrors';

const i18n = createInstance();

beforeAll(async () => {
  await i18n.use(initReactI18next).init({ lng: 'ja', ns: ['ui'], defaultNS: 'ui', resources: { ja: { ui } } });
});

const show = (children: ReactNode) =>
  render(
    <I18nextProvider i18n={i18n}>
      <MantineProvider>{children}</MantineProvider>
    </I18nextProvider>,
  );

interface Row {
  id: string;
  name: string;
  spend: number;
}

const columns: Column<Row>[] = [
  { key: 'name', header: '氏名', cell: (row) => row.name },
  { key: 'spend', header: '純売上', cell: (row) => row.spend, align: 'right', sort: 'SPEND' },
];
const source = {
  nodes: [] as Row[],
  fetching: false,
  error: undefined,
  hasMore: false,
  loadingMore: false,
  loadMore: vi.fn(),
  reload: vi.fn(),
};
const list = (given: Partial<Omit<typeof source, 'error'> & { error: CombinedError }>, more = {}) => (
  <DataList
    label="顧客"
    columns={columns}
    source={{ ...source, ...given }}
    rowKey={(row) => row.id}
    empty={<p>まだいません</p>}
    {...more}
  />
);
const rows = [{ id: '1', name: '佐藤 花子', spend: 4980 }];

describe('a list', () => {
  it('shows its rows, and more on demand', () => {
    const loadMore = vi.fn();
    show(list({ nodes: rows, hasMore: true, loadMore }));
    expect(screen.getByRole('table', { name: '顧客' }).textContent).toContain('佐藤 花子');
    fireEvent.click(screen.getByRole('button', { name: 'さらに表示' }));
    expect(loadMore).toHaveBeenCalledOnce();
  });

  it('shows the shape of rows while it loads, and nothing of the empty state', () => {
    show(list({ fetching: true }));
    expect(screen.getByRole('table').getAttribute('aria-busy')).toBe('true');
    expect(screen.queryByText('まだいません')).toBeNull();
  });

  it('says what to do when it failed, and tries again', () => {
    const reload = vi.fn();
    show(list({ error: new CombinedError({ networkError: new Error('away') }), reload }));
    expect(screen.getByRole('alert').textContent).toContain('サーバーにつながりません');
    fireEvent.click(screen.getByRole('button', { name: 'もう一度読み込む' }));
    expect(reload).toHaveBeenCalledOnce();
  });

  it('keeps the rows it has when a later page failed', () => {
    show(list({ nodes: rows, error: new CombinedError({ graphQLErrors: ['broken'] }) }));
    expect(screen.getByText('佐藤 花子')).toBeDefined();
    expect(screen.getByRole('alert').textContent).toContain('データは変更されていません');
  });

  it('sorts figures from the largest, then turns around', () => {
    const onSort = vi.fn();
    const { rerender } = show(list({ nodes: rows }, { onSort }));
    fireEvent.click(screen.getByRole('button', { name: '純売上' }));
    expect(onSort).toHaveBeenLastCalledWith({ key: 'SPEND', descending: true });
    rerender(
      <I18nextProvider i18n={i18n}>
        <MantineProvider>{list({ nodes: rows }, { onSort, sort: { key: 'SPEND', descending: true } })}</MantineProvider>
      </I18nextProvider>,
    );
    expect(screen.getByRole('columnheader', { name: '純売上' }).getAttribute('aria-sort')).toBe('descending');
    fireEvent.click(screen.getByRole('button', { name: '純売上' }));
    expect(onSort).toHaveBeenLastCalledWith({ key: 'SPEND', descending: false });
  });
});

const wrong = (code: string, field: string[] | null): UserError => ({ code, field, message: 'server words', params: null });

describe('the errors of a form', () => {
  it('belong to the field after "input"', () => {
    expect(fieldOf(wrong('INVALID', ['input', 'profile', 'email']))).toBe('profile.email');
    expect(fieldOf(wrong('INVALID', ['name']))).toBe('name');
    expect(fieldOf(wrong('INVALID', null))).toBeUndefined();
  });

  it('are summed up in the language of the screen, and lead to their fields', () => {
    show(
      <>
        <FormErrors form="f" errors={[wrong('NOT_FOUND', ['input', 'name']), wrong('NEVER_HEARD_OF', null)]} />
        <input id="f-name" />
      </>,
    );
    const alert = screen.getByRole('alert');
    expect(document.activeElement).toBe(alert);
    expect(alert.textContent).toContain('2件の誤り');
    expect(alert.textContent).toContain('server words');
    fireEvent.click(screen.getByRole('link', { name: /対象が見つかりません/ }));
    expect(document.activeElement?.id).toBe('f-name');
  });
});

describe('a figure', () => {
  it('says its value, then what it is compared with, then the change and what it was', () => {
    const { container } = show(
      <Figure label="純売上" value="¥1,200" comparison={{ than: '前の30日より', change: '+20.0%', before: '¥1,000', direction: 'up', good: true }} />,
    );
    expect(container.textContent).toMatch(/¥1,200前の30日より\+20\.0%（¥1,000）$/);
  });
});

describe('a value shown once', () => {
  const open = (replaceable: boolean) => {
    const onClose = vi.fn();
    show(<ShownOnce title="秘密" help="今だけ" values={[{ label: '鍵', value: 'whsec_1' }]} replaceable={replaceable} onClose={onClose} />);
    return onClose;
  };

  it('is closed by its button alone', () => {
    const onClose = open(false);
    expect(screen.getByText('whsec_1')).toBeTruthy();
    expect(screen.getByRole('button', { name: '鍵: コピー' })).toBeTruthy();
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(onClose).not.toHaveBeenCalled();
    fireEvent.click(screen.getByRole('button', { name: '控えました' }));
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('is closed in any way when it can be had again', () => {
    const onClose = open(true);
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe('Escape', () => {
  function Page() {
    const [row, setRow] = useState(false);
    const [asking, setAsking] = useState(false);
    return (
      <>
        <button type="button" onClick={() => setRow(true)}>
          開く
        </button>
        <ConfirmDialog opened={asking} title="中止しますか" confirm="中止" onConfirm={vi.fn()} onClose={() => setAsking(false)}>
          配信予定があります
        </ConfirmDialog>
        {row && (
          <SideDrawer title="母の日" onClose={() => setRow(false)}>
            <button type="button" onClick={() => setAsking(true)}>
              中止…
            </button>
          </SideDrawer>
        )}
      </>
    );
  }

  it('closes what is in front, and what is behind it by the next', async () => {
    show(<Page />);
    fireEvent.click(screen.getByRole('button', { name: '開く' }));
    fireEvent.click(await screen.findByRole('button', { name: '中止…' }));
    await screen.findByText('配信予定があります');
    fireEvent.keyDown(document.body, { key: 'Escape' });
    await vi.waitFor(() => expect(screen.queryByText('配信予定があります')).toBeNull());
    expect(screen.getByText('母の日')).toBeTruthy();
    fireEvent.keyDown(document.body, { key: 'Escape' });
    expect(screen.queryByText('母の日')).toBeNull();
  });
});

describe('a sparkline', () => {
  it('stands on zero', () => {
    const bottom = sparkPath([0, 10]).match(/^M2\.0 ([\d.]+)/)?.[1];
    expect(bottom).toBe('30.0');
    expect(sparkPath([5, 10])).toMatch(/^M2\.0 16\.0L118\.0 2\.0$/);
  });

  it('leads by a broken line to a last value that is not finished', () => {
    const paths = (unfinished: boolean) => {
      const { container } = show(<Sparkline values={[10, 10, 1]} label="推移" unfinished={unfinished} />);
      return [...container.querySelectorAll('path')].map((path) => path.getAttribute('d') ?? '');
    };
    const ends = (path: string | undefined) => path?.match(/([\d.]+) ([\d.]+)$/)?.slice(1).map(Number);
    const [, whole] = paths(false);
    expect(ends(whole)?.[0]).toBe(118);
    const [area, line, broken] = paths(true);
    expect([ends(line)?.[0], ends(broken)]).toEqual([60, ends(whole)]);
    expect(broken).toMatch(/^M60\.0 /);
    expect(area).not.toContain('118');
  });

  it('is flat, not broken, when there is nothing', () => {
    expect(sparkPath([0, 0, 0])).not.toContain('NaN');
  });
});
