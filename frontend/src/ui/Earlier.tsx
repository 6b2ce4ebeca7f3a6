import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { AsOf } from './AsOf';
import classes from './Earlier.module.css';

/** Figures that take long to work out: with the time they are of, and dimmed as long as they are not those of now. */
export function Earlier(props: { at?: string | undefined; stale: boolean; children: ReactNode }) {
  return (
    <Stack gap="xs" className={classes.figures} aria-busy={props.stale}>
      {props.children}
      {props.at && <AsOf at={props.at} className={classes.at} />}
    </Stack>
  );
}
