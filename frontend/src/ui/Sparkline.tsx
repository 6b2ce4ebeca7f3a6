import classes from './Sparkline.module.css';

const width = 120;
const height = 32;
const pad = 2;

/** The points of a zero-based line through the values, in the sparkline's own box. */
export function sparkPath(values: readonly number[]): string {
  const top = Math.max(...values, 0);
  const bottom = Math.min(...values, 0);
  const span = top - bottom || 1;
  const step = values.length > 1 ? (width - 2 * pad) / (values.length - 1) : 0;
  return values
    .map((value, at) => {
      const x = pad + at * step;
      const y = pad + (height - 2 * pad) * (1 - (value - bottom) / span);
      return `${at === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}

/** The points of a path, one command each. */
const commands = (path: string): string[] => path.match(/[ML][^ML]+/g) ?? [];

/**
 * A small zero-based line without axes; what it shows is said in its label. A
 * last value that is `unfinished` is led to by a broken line, because it is not
 * yet one of the others.
 */
export function Sparkline(props: { values: readonly number[]; label: string; unfinished?: boolean }) {
  if (props.values.length < 2) return null;
  const points = commands(sparkPath(props.values));
  const whole = props.unfinished ? points.slice(0, -1) : points;
  const path = whole.join('');
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={props.label}
    >
      <path className={classes.area} d={`${path}V${height - pad}H${pad}Z`} />
      <path className={classes.line} d={path} />
      {props.unfinished && <path className={classes.broken} d={points.slice(-2).join('').replace('L', 'M')} />}
    </svg>
  );
}
