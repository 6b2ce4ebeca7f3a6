import { Notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import classes from './toast.module.css';

/**
 * The corner of the screen that shows toasts, three at a time. It tells the page
 * how much room they take (`--mg-toasts`), so that dialogs, drawers and bars end
 * above them: no toast lies on a button.
 */
export default function ToastContainer() {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const corner = box.current?.querySelector('[data-position="bottom-left"]');
    return corner ? tellRoom(corner) : undefined;
  }, []);
  return (
    <div ref={box}>
      <Notifications position="bottom-left" limit={3} containerWidth={384} withinPortal={false} className={classes.toasts} />
    </div>
  );
}

function tellRoom(corner: Element): () => void {
  const page = document.documentElement;
  const watch = new ResizeObserver(([entry]) => {
    const height = Math.ceil(entry?.contentRect.height ?? 0);
    page.style.setProperty('--mg-toasts', height > 0 ? `calc(${height}px + 2 * var(--mantine-spacing-md))` : '0px');
  });
  watch.observe(corner);
  return () => {
    watch.disconnect();
    page.style.removeProperty('--mg-toasts');
  };
}
