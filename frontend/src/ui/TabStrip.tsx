import { Tabs } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import classes from './TabStrip.module.css';

/** The tabs of a page in one line; where the line is too long it scrolls, and the open tab stays in sight. */
export function TabStrip(props: { label?: string; open: string; children: ReactNode }) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const list = strip.current;
    const tab = list?.querySelector<HTMLElement>('[role=tab][aria-selected=true]');
    if (list && tab && props.open) list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.offsetWidth) / 2;
  }, [props.open]);
  return (
    <Tabs.List ref={strip} className={classes.strip} aria-label={props.label}>
      {props.children}
    </Tabs.List>
  );
}
