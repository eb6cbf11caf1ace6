// Going out and coming back: a pair says when they want to be back, and whoever made the list is told when they are not.
// It is kept until the center has heard it, and may be sent twice: its id is made here.

import * as store from "./store.js";

const LONGER = 30 * 60_000;
const at = (id) => document.getElementById(id);

const timeOf = (moment) => new Date(moment).toLocaleTimeString(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });

/** The next time the clock shows this: today, or tomorrow when it is past. */
function nextTime(text) {
  const [hour, minute] = text.split(":").map(Number);
  const then = new Date();
  then.setHours(hour, minute, 0, 0);
  return then.getTime() + (then < Date.now() ? 24 * 3_600_000 : 0);
}

/** Show how it stands with the walk of this copy. */
export async function showWalk(pack) {
  const walk = await store.get("notes", "walk");
  const isOut = Boolean(walk && walk.pack === pack && !walk.isBack);
  at("go-out").hidden = isOut;
  at("out").hidden = !isOut;
  if (isOut) at("back-by").textContent = timeOf(walk.backBy);
}

/** The buttons. `pack` tells which copy is open; `sync` sends what waits. */
export function startWalks(pack, sync) {
  const keep = async (change) => {
    const walk = await store.get("notes", "walk");
    await store.put("notes", "walk", { ...walk, ...change, isSent: false });
    await showWalk(pack());
    await sync();
  };
  at("go-out").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = new FormData(event.target).get("back_by");
    if (text) keep({ id: crypto.randomUUID(), pack: pack(), backBy: nextTime(text), isBack: false });
  });
  at("longer").addEventListener("click", async () => keep({ backBy: Math.max(Date.now(), (await store.get("notes", "walk")).backBy) + LONGER }));
  at("are-back").addEventListener("click", () => keep({ isBack: true }));
}

/** Tell the center, if it has not heard yet; without a connection it waits. */
export async function sendWalks(sender, address) {
  const walk = await store.get("notes", "walk");
  if (!walk || walk.isSent || walk.pack !== sender.pack) return;
  const said = { token: sender.token, id: walk.id, back_by: new Date(walk.backBy).toISOString(), is_back: walk.isBack };
  try {
    const answer = await fetch(address, {
      method: "POST", credentials: "omit", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said),
    });
    if (!answer.ok) return;
  } catch {
    return; // no connection: it is sent with the next visit
  }
  const now = await store.get("notes", "walk");
  if (now.id === walk.id && now.backBy === walk.backBy && now.isBack === walk.isBack) await store.put("notes", "walk", { ...now, isSent: true });
}
