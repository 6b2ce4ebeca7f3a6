import { customersUrl } from '#features/customers/urls';
import { useFormat } from '#lib/FormatContext';
import { VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './insight.module.css';

/** Customers that a figure counts, and the rule that finds them. */
export interface People {
  /** Null: they are counted where they are listed. */
  count: number | null;
  rule: unknown;
}

/** Customers who are counted where the figure stands. */
export interface Some extends People {
  count: number;
}

/** A figure that opens the people behind it; of nobody it is only a figure. */
export function PeopleLink(props: {
  people: People;
  /** Who they are, for those who hear the page. */
  label: string;
  className?: string;
  /** What stands there, if not how many they are. */
  children?: ReactNode;
}) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const written = props.children ?? format.number(props.people.count ?? 0);
  const { count } = props.people;
  const who = count === null ? t('seeAll', { who: props.label }) : t('see', { who: props.label, shown: format.people(count) });
  if (props.people.count === 0) return <span className={props.className}>{written}</span>;
  return (
    <Link
      {...customersUrl({ rule: props.people.rule })}
      // Hundreds stand on a page: none is loaded by passing over it.
      preload={false}
      className={`${classes.people} ${props.className ?? ''}`}
      title={who}
    >
      {written}
      <VisuallyHidden> {who}</VisuallyHidden>
    </Link>
  );
}
