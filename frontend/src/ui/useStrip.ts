import { type RefObject, useEffect } from 'react';

/**
 * Has a strip of one line show where it goes on: `data-before` and `data-after`
 * stand on it while there is more to that side. What `open` selects, and
 * whenever `at` changes anew, is kept in sight.
 */
export function useStrip(strip: RefObject<HTMLElement | null>, open: string, at: string) {
  useEffect(() => {
    const list = strip.current;
    const chosen = list?.querySelector<HTMLElement>(open);
    if (list && chosen && at) list.scrollLeft = chosen.offsetLeft - (list.clientWidth - chosen.offsetWidth) / 2;
  }, [strip, open, at]);

  useEffect(() => {
    const list = strip.current;
    if (!list) return;
    const mark = () => {
      list.toggleAttribute('data-before', list.scrollLeft > 1);
      list.toggleAttribute('data-after', list.scrollLeft + list.clientWidth < list.scrollWidth - 1);
    };
    const sizes = new ResizeObserver(mark);
    sizes.observe(list);
    list.addEventListener('scroll', mark, { passive: true });
    mark();
    return () => {
      sizes.disconnect();
      list.removeEventListener('scroll', mark);
    };
  }, [strip]);
}
