import { Group, Text } from '@mantine/core';
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { type CSSProperties, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Definition } from './Definition';
import classes from './Figure.module.css';
import { Sparkline } from './Sparkline';

interface Comparison {
  /** Already written: +12.3% */
  change: string;
  /** Already written: the value it is compared with. */
  before: string;
  /** Already written: what it is compared with, as the change follows it: 前の30日より. Else the period before. */
  than?: string;
  direction: 'up' | 'down' | 'flat';
  /** Whether that direction is welcome; undefined where it has no meaning. */
  good?: boolean;
}

const arrows = { up: IconArrowUpRight, down: IconArrowDownRight, flat: IconArrowRight };

/** One figure: what it is, its value, how it is defined, what it was before, and its course. */
export function Figure(props: {
  label: string;
  value: ReactNode;
  /** How many characters the value has, where it is no plain text. */
  chars?: number;
  /** The period or base of the value, in small print; several parts are set apart, and lines end between them. */
  note?: string | readonly string[];
  definition?: string;
  comparison?: Comparison;
  trend?: readonly number[];
  /** The last value of the trend is not finished: today, so far. */
  unfinished?: boolean;
  /** Opens what lies behind the figure. */
  action?: ReactNode;
}) {
  const { t } = useTranslation('ui');
  const id = useId();
  const note = [props.note ?? []].flat();
  const chars = props.chars ?? (typeof props.value === 'string' ? props.value.length : 0);
  return (
    <section className={classes.figure} aria-labelledby={id}>
      <Group className={classes.head} gap="xs" justify="space-between">
        <div className={classes.name}>
          <Text id={id} size="sm" c="dimmed" fw={500}>
            {props.label}
          </Text>
          {props.definition && <Definition label={props.label}>{props.definition}</Definition>}
        </div>
        {props.action}
      </Group>
      <div className={classes.value} style={{ '--chars': chars } as CSSProperties}>
        {props.value}
      </div>
      {props.comparison && <Change {...props.comparison} />}
      {note.length > 0 && (
        <Text size="xs" c="dimmed" className={classes.note}>
          {note.map((part) => (
            <span key={part} className={classes.part}>
              {part}
            </span>
          ))}
        </Text>
      )}
      {props.trend && <Sparkline values={props.trend} unfinished={props.unfinished} label={t(props.unfinished ? 'figure.trendSoFar' : 'figure.trend', { label: props.label })} />}
    </section>
  );
}

function Change(props: Comparison) {
  const { t } = useTranslation('ui');
  const Arrow = arrows[props.direction];
  const tone = props.good === undefined || props.direction === 'flat' ? '' : props.good ? classes.good : classes.bad;
  return (
    <Group gap="0 0.25rem" className={classes.change}>
      <Text span size="xs" c="dimmed">
        {props.than ?? t('figure.than')}
      </Text>
      <span className={tone}>
        <Arrow className={classes.arrow} aria-label={t(`figure.${props.direction}`)} />
        {props.change}
      </span>
      <Text span size="xs" c="dimmed">
        {t('figure.before', { value: props.before })}
      </Text>
    </Group>
  );
}

/** Figures side by side, parted by hairlines, wrapping as the page narrows. */
export function FigureRow(props: { children: ReactNode }) {
  return <div className={classes.row}>{props.children}</div>;
}

/** A figure small enough to stand in a header: label above, value below. */
export function SmallFigure(props: { label: string; value: ReactNode; definition?: string }) {
  return (
    <div>
      <div className={classes.name}>
        <Text size="xs" c="dimmed">
          {props.label}
        </Text>
        {props.definition && <Definition label={props.label}>{props.definition}</Definition>}
      </div>
      <div className={classes.small}>{props.value}</div>
    </div>
  );
}
