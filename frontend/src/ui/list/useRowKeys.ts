import { type RefObject, useEffect, useRef } from 'react';

/** Where typing means text or something else of its own, not moving through a list. */
const busy = 'input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox], [role=combobox]';

/**
 * Keys of a list: j and k, inside of it also the arrows, go from row to row, x
 * takes the row into the selection; Enter opens it, as it is a link. Of several
 * lists on a page the one with the focus answers, else the first.
 */
export function useRowKeys(body: RefObject<HTMLElement | null>, onPick?: (at: number) => void): void {
  const pick = useRef(onPick);
  useEffect(() => {
    pick.current = onPick;
  }, [onPick]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const rows = body.current;
      const at = document.activeElement;
      if (!rows || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || at?.closest(busy)) return;
      const inside = rows.contains(at);
      const elsewhere = at?.closest('[data-rows]') ?? document.querySelector('[data-rows]');
      if (!inside && elsewhere !== rows) return;

      const list = [...rows.children];
      const current = inside ? list.findIndex((row) => row.contains(at)) : -1;
      const step = steps[event.key] ?? (inside ? arrows[event.key] : undefined);
      if (step !== undefined) {
        const next = list[Math.min(list.length - 1, Math.max(0, current + step))];
        next?.querySelector<HTMLElement>('[data-row-target]')?.focus();
        next?.scrollIntoView({ block: 'nearest' });
      } else if (event.key === 'x' && current >= 0 && pick.current) {
        pick.current(current);
      } else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [body]);
}

const steps: Partial<Record<string, number>> = { j: 1, k: -1 };
const arrows: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
