// What the phone keeps, in IndexedDB: the copy (locked), unfinished forms (locked, and once more sealed to the center),
// the outbox (sealed), and counts.

const NAME = "centro-field";
const STORES = ["copy", "drafts", "unfinished", "outbox", "senders", "notes"];

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

let opened;
function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 2);
    request.onupgradeneeded = () => {
      for (const name of STORES) if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

const committed = (change) => new Promise((resolve, reject) => {
  change.oncomplete = resolve;
  change.onabort = () => reject(change.error);
});

async function within(name, mode, act) {
  const change = (await open()).transaction(name, mode, { durability: "strict" });
  const kept = mode === "readwrite" && committed(change);
  const result = await done(act(change.objectStore(name)));
  await kept; // “kept” is said only once it is on the disk
  return result;
}

/** Put values of several stores, `[store, key, value]` each, on the disk at once: all of them or none. */
export async function putAll(rows) {
  const change = (await open()).transaction(rows.map(([name]) => name), "readwrite", { durability: "strict" });
  const kept = committed(change);
  for (const [name, key, value] of rows) change.objectStore(name).put(value, key);
  await kept;
}

export const get = (name, key) => within(name, "readonly", (store) => store.get(key));
export const all = (name) => within(name, "readonly", (store) => store.getAll());
export const keys = (name) => within(name, "readonly", (store) => store.getAllKeys());
export const put = (name, key, value) => within(name, "readwrite", (store) => store.put(value, key));
export const drop = (name, key) => within(name, "readwrite", (store) => store.delete(key));
export const clear = (name) => within(name, "readwrite", (store) => store.clear());
