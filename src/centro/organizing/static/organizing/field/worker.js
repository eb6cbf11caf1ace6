// The service worker of field mode. It keeps code and words, never a page with anybody's data: what it may keep is the
// list above (KEEPS), and fonts. VERSION changes with any of it; the old copy serves until the new one is complete.

const STORE = `field-${VERSION}`;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const store = await caches.open(STORE);
    await Promise.all(KEEPS.map(async (address) => {
      const answer = await fetch(address, { cache: "reload", credentials: "omit" });
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      await store.put(address, answer);
    }));
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith("field-") && name !== STORE) await caches.delete(name);
    await self.clients.claim();
  })());
});

const isFont = (url) => url.pathname.startsWith("/static/") && url.pathname.endsWith(".woff2");

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (!KEEPS.includes(url.pathname) && !isFont(url)) return;
  event.respondWith((async () => {
    const store = await caches.open(STORE);
    const kept = await store.match(url.pathname);
    if (kept) return kept;
    const answer = await fetch(event.request);
    if (answer.ok) await store.put(url.pathname, answer.clone());
    return answer;
  })());
});
