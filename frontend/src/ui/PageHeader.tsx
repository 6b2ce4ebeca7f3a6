import { Group, Text, Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import classes from './PageHeader.module.css';

/** The head of every page: where it belongs, what it is, how many there are, and what one can do here. */
export function PageHeader(props: {
  title: string;
  /** Already written: 1,234人 */
  count?: string;
  /** Beside the title: badges and the like. */
  beside?: ReactNode;
  description?: ReactNode;
  back?: { link: LinkProps; label: string };
  actions?: ReactNode;
}) {
  useEffect(() => {
    document.title = `${props.title} · Meguri`;
  }, [props.title]);

  return (
    <header className={classes.header}>
      {props.back && (
        <Link {...props.back.link} className={classes.back}>
          <IconChevronLeft className={classes.chevron} aria-hidden />
          <span>{props.back.label}</span>
        </Link>
      )}
      <div className={classes.head}>
        <div className={classes.what}>
          <Group gap="0.25rem var(--mantine-spacing-sm)" align="baseline">
            <Title order={1} lineClamp={3} title={props.title}>
              {props.title}
            </Title>
            {props.count !== undefined && (
              <Text c="dimmed" size="sm">
                {props.count}
              </Text>
            )}
            {props.beside}
          </Group>
          {props.description && (
            <Text c="dimmed" size="sm" mt="0.25rem" component="div" className={classes.said}>
              <div className={classes.measure}>{props.description}</div>
            </Text>
          )}
        </div>
        {props.actions && <Group gap="xs" className={classes.actions}>
            {props.actions}
          </Group>}
      </div>
    </header>
  );
}
