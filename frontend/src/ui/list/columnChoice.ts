import { ListColumnsDocument, ListRememberColumnsDocument } from '#gql/ui/graphql';
import { useMemo, useState } from 'react';
import { useMutation, useQuery } from 'urql';
import type { Column } from '../DataList';

/** Which columns of a list are shown, and the way to choose others. */
export interface ColumnChoice<Row> {
  all: readonly Column<Row>[];
  shown: readonly Column<Row>[];
  /** The keys of what is shown. */
  keys: readonly string[];
  choose(keys: readonly string[]): void;
  /** Whether something else is shown than the list begins with. */
  changed: boolean;
  reset(): void;
}

/**
 * The columns of a list as one likes them: what the address asks for, else what
 * was chosen last (kept per member of staff), else the list's own. The first
 * column is what a row is called by and always stands; one that is `wanted` for
 * now stands until somebody chooses while it does.
 */
export function useColumnChoice<Row>(
  list: string,
  all: readonly Column<Row>[],
  address?: { keys: readonly string[] | undefined; onChoose: (keys: readonly string[] | undefined) => void },
): ColumnChoice<Row> {
  const [{ data }] = useQuery({ query: ListColumnsDocument, variables: { list } });
  const [, remember] = useMutation(ListRememberColumnsDocument);
  const [now, setNow] = useState<readonly string[]>();

  return useMemo(() => {
    const own = all.filter((column) => !column.extra || column.wanted).map((column) => column.key);
    const last = data && data.listColumns.length > 0 ? data.listColumns : undefined;
    const asked = address?.keys ?? now;
    const wanted = new Set(asked ?? last ?? own);
    const shown = all.filter((column, at) => at === 0 || wanted.has(column.key) || (!asked && column.wanted));
    const keys = shown.map((column) => column.key);
    const keep = (next: readonly string[]) => {
      setNow(next.length > 0 ? next : own);
      address?.onChoose(next.length > 0 ? next : undefined);
      void remember({ input: { list, columns: [...next] } });
    };
    return {
      all,
      shown,
      keys,
      choose: (next) => keep(all.filter((column, at) => at === 0 || next.includes(column.key)).map((one) => one.key)),
      changed: keys.join() !== own.join(),
      reset: () => keep([]),
    };
  }, [all, data, address, now, list, remember]);
}
