import { type Icon, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { Dialog } from './Dialog';
import classes from './Palette.module.css';

/** One thing of a palette; its key is unlike those of all others. */
export interface PaletteRow {
  key: string;
  icon: Icon;
  label: string;
  detail?: string;
  run: () => void;
}

/** Things of one kind. */
export interface PaletteGroup {
  label: string;
  rows: readonly PaletteRow[];
}

/**
 * A field above a list, for the keyboard: what is typed narrows, arrows move,
 * Enter does what the marked row says. The first row is marked until somebody
 * moves on, also of rows that come late.
 */
export function Palette(props: {
  opened: boolean;
  onClose: () => void;
  label: string;
  placeholder: string;
  query: string;
  onQuery: (query: string) => void;
  groups: readonly PaletteGroup[];
  /** Stands where there are no rows. */
  empty: string;
}) {
  const id = useId();
  const groups = props.groups.filter((group) => group.rows.length > 0);
  const rows = groups.flatMap((group) => group.rows);
  const [marked, setMarked] = useMarked(props.query, rows.length);
  const run = (row: PaletteRow | undefined) => {
    if (!row) return;
    props.onClose();
    row.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The Enter that ends a conversion of kana is not ours.
    if (event.nativeEvent.isComposing || rows.length === 0) return;
    const to = { ArrowDown: (marked + 1) % rows.length, ArrowUp: (marked + rows.length - 1) % rows.length }[event.key];
    if (to !== undefined) setMarked(to);
    else if (event.key === 'Enter') run(rows[marked]);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog
      opened={props.opened}
      onClose={props.onClose}
      withCloseButton={false}
      centered={false}
      yOffset="10dvh"
      padding={0}
      size="lg"
      attributes={{ content: { 'aria-label': props.label } }}
      transitionProps={{ duration: 0 }}
    >
      <div className={classes.field}>
        <IconSearch className={classes.icon} aria-hidden />
        <input
          className={classes.input}
          data-autofocus
          role="combobox"
          aria-label={props.label}
          aria-expanded={rows.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={rows.length > 0 ? `${id}-${marked}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={props.placeholder}
          value={props.query}
          onChange={(event) => props.onQuery(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className={classes.list} id={`${id}-list`} role="listbox" aria-label={props.label} tabIndex={-1}>
        {groups.map((group) => (
          <div key={group.label} role="group" aria-label={group.label}>
            <div className={classes.group} aria-hidden>
              {group.label}
            </div>
            {group.rows.map((row) => {
              const at = rows.indexOf(row);
              return <Option key={row.key} id={`${id}-${at}`} row={row} marked={at === marked} onRun={() => run(row)} />;
            })}
          </div>
        ))}
      </div>
      <div role="status">{rows.length === 0 && <p className={classes.empty}>{props.empty}</p>}</div>
    </Dialog>
  );
}

function Option(props: { id: string; row: PaletteRow; marked: boolean; onRun: () => void }) {
  const { id, row, marked } = props;
  useEffect(() => {
    if (marked) document.getElementById(id)?.scrollIntoView({ block: 'nearest' });
  }, [id, marked]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard stays in the field, which says what is marked.
    <div id={id} className={classes.row} role="option" tabIndex={-1} aria-selected={marked} onClick={props.onRun}>
      <row.icon className={classes.icon} aria-hidden />
      <span className={classes.label}>{row.label}</span>
      {row.detail && <span className={classes.detail}>{row.detail}</span>}
    </div>
  );
}

/** Which row is marked; the first again whenever something else is looked for. */
function useMarked(query: string, rows: number): [number, (at: number) => void] {
  const [moved, setMoved] = useState({ query, at: 0 });
  const at = moved.query === query ? Math.max(0, Math.min(moved.at, rows - 1)) : 0;
  return [at, (to) => setMoved({ query, at: to })];
}
