import classes from './insight.module.css';

/** A name that staff chose, at the head of a row or a column: in three lines at most; pointing at it tells the rest. */
export function Named(props: { children: string }) {
  return (
    <span className={classes.named} title={props.children}>
      {props.children}
    </span>
  );
}
