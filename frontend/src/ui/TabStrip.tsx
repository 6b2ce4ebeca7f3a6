import { Tabs } from '@mantine/core';
import { type ReactNode, useRef } from 'react';
import classes from './TabStrip.module.css';
import { useStrip } from './useStrip';

/** The tabs of a page in one line; where the line is too long it scrolls, and the open tab stays in sight. */
export function TabStrip(props: { label?: string; open: string; children: ReactNode }) {
  const strip = useRef<HTMLDivElement>(null);
  useStrip(strip, '[role=tab][aria-selected=true]', props.open);
  return (
    <Tabs.List ref={strip} className={classes.strip} aria-label={props.label}>
      {props.children}
    </Tabs.List>
  );
}
