// Keeps the shell of the member's page, so that it opens without network: its HTML, scripts, styles and icons. Nothing
// else is kept: answers of the API and whatever belongs to a person never enter a cache.
const SHELL = 'meguri-member-shell-v1';
const page = '/member';
const beside = ['/member.webmanifest', '/member-icon.svg', '/member-icon.png'];

self.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate' && pathname === page) event.respondWith(freshPage(request));
  else if (pathname.startsWith('/assets/') || beside.includes(pathname)) event.respondWith(kept(request));
});

/** Fetches the page with all it names, and lets go of what it named before. */
async function keepShell() {
  const html = await fetch(page, { cache: 'no-cache', credentials: 'omit' });
  if (!html.ok) throw new Error(`the page answers ${html.status}`);
  const text = await html.clone().text();
  const assets = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]);
  const named = [...new Set(assets), ...beside];
  const cache = await caches.open(SHELL);
  await cache.addAll(named);
  await cache.put(page, html);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname !== page && !named.includes(pathname)) await cache.delete(request);
  }
}

/** The page as the server has it now; without network the kept one. */
async function freshPage(request) {
  try {
    const answer = await fetch(request);
    if (answer.ok) void keepShell().catch(() => undefined);
    return answer;
  } catch (cause) {
    const shell = await caches.match(page);
    if (shell) return shell;
    throw cause;
  }
}

async function kept(request) {
  return (await caches.match(request)) ?? fetch(request);
}
