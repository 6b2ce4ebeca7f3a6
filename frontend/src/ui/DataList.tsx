import { Button, Skeleton, Table, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import classes from './DataList.module.css';
import { ErrorState } from './ErrorState';

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
  /** `title` leads the block, `side` stands at its right, `line` below with the header as label, `wide` below without one, `hide` is left out. */
  narrow?: 'title' | 'side' | 'line' | 'wide' | 'hide';
  /** The column takes no more room than its longest cell. */
  fit?: boolean;
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
}

/**
 * A list of things: rows open where `rowLink` leads, the header sorts, more
 * pages are added below. Loading shows the shape of the rows, a failure what to
 * do, and nothing at all shows `empty`.
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
  const { t } = useTranslation('ui');
  const { source, columns } = props;
  return (
    <>
      <div className={classes.scroll}>
        <Table className={classes.table} aria-label={props.label} aria-busy={source.fetching}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Header key={column.key} column={column} sort={props.sort} onSort={props.onSort} />
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {source.fetching ? (
              <SkeletonRows columns={columns} />
            ) : (
              source.nodes.map((row) => <DataRow key={props.rowKey(row)} row={row} {...props} />)
            )}
          </Table.Tbody>
        </Table>
      </div>
      {source.error && source.nodes.length > 0 && <ErrorState error={source.error} retry={source.loadMore} />}
      <Foot source={source}>{t('list.more')}</Foot>
    </>
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
}) {
  const link = props.rowLink?.(props.row);
  return (
    <Table.Tr className={classes.row} data-opens={link ? true : undefined}>
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
              <Link {...link} className={classes.open}>
                {content}
              </Link>
            ) : (
              content
            )}
          </Table.Td>
        );
      })}
    </Table.Tr>
  );
}

const skeletonWidths = ['70%', '45%', '60%', '50%', '65%', '40%', '55%', '48%'];

function SkeletonRows<Row>(props: { columns: readonly Column<Row>[] }) {
  return skeletonWidths.map((width) => (
    <Table.Tr key={width} className={classes.row}>
      {props.columns.map((column) => (
        <Table.Td key={column.key} className={cell(column)}>
          <Skeleton className={classes.skeleton} width={width} />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}

function Foot<Row>(props: { source: Source<Row>; children: string }) {
  const { t } = useTranslation('ui');
  const { source } = props;
  if (source.fetching || source.nodes.length === 0) return null;
  return (
    <div className={classes.foot}>
      <Text size="xs" c="dimmed" aria-live="polite">
        {t('list.shown', { shown: source.nodes.length.toLocaleString() })}
      </Text>
      {source.hasMore && (
        <Button variant="default" loading={source.loadingMore} onClick={source.loadMore}>
          {props.children}
        </Button>
      )}
    </div>
  );
}

const cell = <Row,>(column: Column<Row>): string =>
  [
    classes.cell,
    column.align === 'right' ? classes.right : '',
    column.fit ? classes.fit : '',
    classes[column.narrow ?? 'line'],
  ].join(' ');
