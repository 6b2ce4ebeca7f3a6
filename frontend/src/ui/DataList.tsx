import { Checkbox, Skeleton, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import classes from './DataList.module.css';
import { ErrorState } from './ErrorState';
import { BulkBar } from './list/BulkBar';
import { ListFoot, type Pager } from './list/ListFoot';
import type { Selection } from './list/selection';
import { useRowKeys } from './list/useRowKeys';

/** What a cell shows that has nothing to say; narrow screens leave it out. */
export const nothing = '–';

/** One column of a list. On narrow screens a row becomes a small block and `narrow` says where the cell goes. */
export interface Column<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the right. */
  align?: 'right';
  /** The server sorts by this key; without it the header is plain. */
  sort?: string;
  /**
   * `title` leads the block and `side` stands at its right; below, in one line as
   * far as there is room, come `line` with the header as label and `mark` without
   * one, and `wide` in a line of its own before them, `foot` in one after them;
   * `hide` is left out.
   */
  narrow?: 'title' | 'side' | 'line' | 'mark' | 'wide' | 'foot' | 'hide';
  /** The column takes no more room than its longest cell. */
  fit?: boolean;
  /** Left out on screens between a phone's and a desk's, where the columns would press on each other. */
  roomy?: true;
  /** Not shown until it is chosen. */
  extra?: true;
  /** Shown without being chosen, because the conditions of the moment speak of it. */
  wanted?: boolean;
}

/** By which key a list is sorted; the address bar holds it. */
interface Sort {
  key: string;
  descending: boolean;
}

/** What a list knows about its rows and their loading; `usePagedQuery` answers it. */
interface Source<Row> {
  nodes: readonly Row[];
  fetching: boolean;
  error: CombinedError | undefined;
  hasMore: boolean;
  loadingMore: boolean;
  loadMore(): void;
  reload(): void;
  /** A list that is read page by page instead of growing. */
  pager?: Pager;
  /** The rows are those before the last change and about to be replaced. */
  changing?: boolean;
}

/** A list that comes in one piece: its rows, undefined until they are there, and what became of asking for them. */
export const whole = <Row,>(
  rows: readonly Row[] | undefined,
  asked: { fetching: boolean; error?: CombinedError },
  reload: () => void,
): Source<Row> => ({
  nodes: rows ?? [],
  fetching: asked.fetching && rows === undefined,
  error: asked.error,
  hasMore: false,
  loadingMore: false,
  loadMore: () => undefined,
  reload,
});

/** Rows that can be chosen for a common action. */
interface Choosing<Row> {
  selection: Selection;
  /** What a row is called by. */
  nameOf: (row: Row) => string;
  /** How many there are in all, written out, where everything can be chosen at once. */
  total?: string;
  /** What can be done with the chosen ones. */
  actions: ReactNode;
}

/**
 * A list of things: rows open where `rowLink` leads, the header sorts, more
 * pages are added below or turned over, rows can be chosen for a common action.
 * j and k (inside the list also the arrows) go from row to row, Enter opens, x
 * chooses. Loading shows the shape of the rows, a failure what to do, and
 * nothing at all shows `empty`. On narrow screens a row becomes two lines.
 */
export function DataList<Row>(props: {
  /** The accessible name of the table. */
  label: string;
  columns: readonly Column<Row>[];
  source: Source<Row>;
  rowKey: (row: Row) => string;
  rowLink?: (row: Row) => LinkProps;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  empty: ReactNode;
  /** Search field and filters; stays while the rows change. */
  toolbar?: ReactNode;
  choosing?: Choosing<Row>;
}) {
  const { source } = props;
  const empty = !source.fetching && !source.error && source.nodes.length === 0;
  return (
    <div>
      {props.toolbar}
      {source.error && source.nodes.length === 0 ? (
        <ErrorState error={source.error} retry={source.reload} />
      ) : empty ? (
        props.empty
      ) : (
        <Rows {...props} />
      )}
    </div>
  );
}

function Rows<Row>(props: Parameters<typeof DataList<Row>>[0]) {
  const { source, columns, choosing, rowKey } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const keys = source.nodes.map(rowKey);
  useRowKeys(
    body,
    choosing && ((at) => keys[at] !== undefined && choosing.selection.put([keys[at]], !choosing.selection.has(keys[at]), keys)),
  );
  return (
    <>
      <div className={classes.scroll}>
        <Table
          className={classes.table}
          aria-label={props.label}
          aria-busy={source.fetching || source.changing}
          data-choosing={choosing ? true : undefined}
        >
          <Table.Thead>
            <Table.Tr>
              {choosing && (
                <Table.Th className={classes.check}>
                  <ChooseAll keys={keys} selection={choosing.selection} />
                </Table.Th>
              )}
              {columns.map((column) => (
                <Header key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody ref={body} data-rows>
            {source.fetching ? (
              <SkeletonRows columns={columns} choosing={choosing !== undefined} />
            ) : (
              source.nodes.map((row, at) => (
                <DataRow
                  key={keys[at]}
                  row={row}
                  columns={columns}
                  rowLink={props.rowLink}
                  chosen={choosing?.selection.has(keys[at] ?? '')}
                >
                  {choosing && <Choose id={keys[at] ?? ''} name={choosing.nameOf(row)} keys={keys} selection={choosing.selection} />}
                </DataRow>
              ))
            )}
          </Table.Tbody>
        </Table>
      </div>
      {source.error && source.nodes.length > 0 && <ErrorState error={source.error} retry={source.loadMore} />}
      {!source.fetching && <ListFoot {...source} shown={source.nodes.length} />}
      {choosing && (
        <BulkBar selection={choosing.selection} total={choosing.total}>
          {choosing.actions}
        </BulkBar>
      )}
    </>
  );
}

function ChooseAll(props: { keys: readonly string[]; selection: Selection }) {
  const { t } = useTranslation('ui');
  const { keys, selection } = props;
  const chosen = keys.filter((key) => selection.has(key)).length;
  return (
    <Checkbox
      aria-label={t('list.chooseAll')}
      checked={keys.length > 0 && chosen === keys.length}
      indeterminate={chosen > 0 && chosen < keys.length}
      onChange={(event) => selection.put(keys, event.currentTarget.checked, keys)}
    />
  );
}

function Choose(props: { id: string; name: string; keys: readonly string[]; selection: Selection }) {
  const { t } = useTranslation('ui');
  return (
    <Checkbox
      aria-label={t('list.choose', { name: props.name })}
      checked={props.selection.has(props.id)}
      onChange={(event) => props.selection.put([props.id], event.currentTarget.checked, props.keys)}
    />
  );
}

function Header<Row>(props: { column: Column<Row>; sort?: Sort; onSort?: (sort: Sort) => void }) {
  const { column, sort, onSort } = props;
  const key = column.sort;
  const sorted = key !== undefined && sort?.key === key ? (sort.descending ? 'descending' : 'ascending') : undefined;
  return (
    <Table.Th className={cell(column)} aria-sort={sorted}>
      {key !== undefined && onSort ? (
        <UnstyledButton
          className={classes.sort}
          onClick={() => onSort({ key, descending: sorted ? sorted === 'ascending' : column.align === 'right' })}
        >
          {column.header}
          {sorted === 'ascending' && <IconArrowUp className={classes.arrow} aria-hidden />}
          {sorted === 'descending' && <IconArrowDown className={classes.arrow} aria-hidden />}
          {!sorted && <IconArrowsSort className={classes.idle} aria-hidden />}
        </UnstyledButton>
      ) : (
        column.header
      )}
    </Table.Th>
  );
}

function DataRow<Row>(props: {
  row: Row;
  columns: readonly Column<Row>[];
  rowLink?: (row: Row) => LinkProps;
  chosen?: boolean;
  /** The box that chooses the row. */
  children?: ReactNode;
}) {
  const link = props.rowLink?.(props.row);
  return (
    <Table.Tr className={classes.row} data-opens={link ? true : undefined} data-chosen={props.chosen || undefined}>
      {props.children && <Table.Td className={classes.check}>{props.children}</Table.Td>}
      {props.columns.map((column, at) => {
        const content = column.cell(props.row);
        return (
          <Table.Td
            key={column.key}
            className={cell(column)}
            data-label={column.header}
            data-nothing={content === nothing || undefined}
          >
            {at === 0 && link ? (
              <Link {...link} className={classes.open} data-row-target>
                {typeof content === 'string' ? <Told text={content} /> : content}
              </Link>
            ) : typeof content === 'string' && content.length > longText ? (
              <Told text={content} />
            ) : (
              content
            )}
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
}

/** Texts longer than this could take more lines than a row should have. */
const longText = 30;

/** The first lines of a text; pointing at it tells the rest. */
function Told(props: { text: string }) {
  return (
    <span className={classes.told} title={props.text}>
      {props.text}
    </span>
  );
}

const skeletonWidths = ['70%', '45%', '60%', '50%', '65%', '40%', '55%', '48%'];

function SkeletonRows<Row>(props: { columns: readonly Column<Row>[]; choosing: boolean }) {
  return skeletonWidths.map((width) => (
    <Table.Tr key={width} className={classes.row}>
      {props.choosing && <Table.Td className={classes.check} />}
      {props.columns.map((column) => (
        <Table.Td key={column.key} className={cell(column)}>
          <Skeleton className={classes.skeleton} width={width} />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}

const cell = <Row,>(column: Column<Row>): string =>
  [
    classes.cell,
    column.align === 'right' ? classes.right : '',
    column.fit ? classes.fit : '',
    column.roomy ? classes.roomy : '',
    classes[column.narrow ?? 'line'],
  ].join(' ');
