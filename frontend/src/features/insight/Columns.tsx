import { useEffect, useRef } from 'react';
import classes from './insight.module.css';
import { type People, PeopleLink } from './PeopleLink';

/** One column: what it is of, how high, and who is behind it. */
export interface Column {
  key: string;
  /** Under it, short; and the year, where it begins. */
  label: string;
  year?: string;
  value: number | null;
  /** Above it. */
  written: string;
  people: People;
  /** Who they are, in full. */
  who: string;
  /** The figure can still grow. */
  open?: boolean;
}

/** A zero-based chart over time, with every figure written and every column leading to its people. */
export function Columns(props: {
  label: string;
  columns: readonly Column[];
  /** It tells what is to come: where not all fit the nearest are in sight, not the last. */
  ahead?: boolean;
}) {
  const most = Math.max(...props.columns.map((column) => column.value ?? 0), 0) || 1;
  const box = useRef<HTMLDivElement>(null);
  const last = props.columns.at(-1)?.key;
  // Where not all fit the newest are in sight.
  useEffect(() => {
    if (box.current && last) box.current.scrollLeft = props.ahead ? 0 : box.current.scrollWidth;
  }, [last, props.ahead]);
  return (
    <div ref={box} className={classes.scroll}>
      <ul className={classes.columns} aria-label={props.label}>
        {props.columns.map((column) => (
          <li key={column.key}>
            <PeopleLink people={column.people} label={`${column.who} ${column.written}`} className={classes.column}>
              <span className={classes.columnValue}>{column.written}</span>
              <span
                className={classes.bar}
                data-open={column.open ? true : undefined}
                style={{ blockSize: `${((column.value ?? 0) / most) * 100}%` }}
              />
            </PeopleLink>
            <span className={classes.columnLabel}>
              {column.label}
              <span className={classes.year}>{column.year}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
