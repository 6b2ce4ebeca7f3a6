import { type ReactNode, useId, useState } from 'react';
import classes from './TopPanel.module.css';

/** A panel below the header, and what its button needs to open it. */
interface TopPanelState {
  opened: boolean;
  /** For the button. */
  target: { popoverTarget: string; 'aria-expanded': boolean; 'aria-haspopup': 'dialog' };
  /** For the panel. */
  panel: { id: string; opened: boolean; onOpened: (opened: boolean) => void };
  close: () => void;
}

/** Keeps a panel; the browser closes it by Esc and by a click elsewhere, and gives the focus back. */
export function useTopPanel(): TopPanelState {
  const id = useId();
  const [opened, setOpened] = useState(false);
  return {
    opened,
    target: { popoverTarget: id, 'aria-expanded': opened, 'aria-haspopup': 'dialog' },
    panel: { id, opened, onOpened: setOpened },
    close: () => document.getElementById(id)?.hidePopover(),
  };
}

/**
 * What a button of the header opens, at the right edge below it. It is the
 * browser's own popover, because a library for placing panels would weigh more
 * than the whole header.
 */
export function TopPanel(props: TopPanelState['panel'] & { label: string; narrow?: boolean; children: ReactNode }) {
  return (
    <div
      id={props.id}
      popover="auto"
      role="dialog"
      aria-label={props.label}
      className={classes.panel}
      data-narrow={props.narrow || undefined}
      onToggle={(event) => props.onOpened(event.newState === 'open')}
    >
      {props.opened && props.children}
    </div>
  );
}
