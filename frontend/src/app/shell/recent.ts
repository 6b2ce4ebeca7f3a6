import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';

/** A page of one thing that was opened not long ago. */
interface Recent {
  path: string;
  kind: 'customers' | 'campaigns' | 'segments' | 'imports';
  title: string;
}

// Titles may be names of people, so they go with the tab; signing out drops them at once.
const stored = 'meguri.recent';
const kept = 6;
const remembered = /^\/(customers|campaigns|segments|imports)\/(?!new$)[^/]+$/;
const suffix = ' · Meguri';

/** The pages opened last, the newest first. */
export function recentPages(): Recent[] {
  try {
    return JSON.parse(sessionStorage.getItem(stored) ?? '[]') as Recent[];
  } catch {
    return [];
  }
}

function remember(path: string, title: string) {
  const kind = remembered.exec(path)?.[1] as Recent['kind'] | undefined;
  if (!kind || !title.endsWith(suffix)) return;
  const page = { path, kind, title: title.slice(0, -suffix.length) };
  sessionStorage.setItem(stored, JSON.stringify([page, ...recentPages().filter((one) => one.path !== path)].slice(0, kept)));
}

/** Keeps which things were looked at, under the title that their pages gave themselves. */
export function useRememberPages(): void {
  const { pathname } = useLocation();
  useEffect(() => {
    const title = document.querySelector('title');
    if (!title) return;
    // The title is the former page's until this one has loaded.
    const watcher = new MutationObserver(() => remember(pathname, document.title));
    watcher.observe(title, { childList: true });
    return () => watcher.disconnect();
  }, [pathname]);
}
