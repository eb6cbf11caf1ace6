// Field mode: a list that works without a connection. The copy is locked under a passphrase and ends after 72 hours;
// reports are sealed to the center, wait in the outbox as long as they must, and go out by themselves.

import { lockAway, newKey, openKey, sealReport, unlock, wordsOf } from "./crypto.js";
import { fill, showScale, valuesOf } from "./form.js";
import * as store from "./store.js";

const WRONG_TRIES = 5;
const IDLE = 10 * 60_000; // then the screen locks
const EVERY = 30_000; // and when the connection comes back
const AT_ONCE = 50;
const root = document.body;
const words = root.dataset;
const at = (id) => document.getElementById(id);

let key = null; // only while unlocked
let copy = null; // the list, readable; only while unlocked
let shown = null; // whose form is open
let last = Date.now();

// --- what the screen shows ---

function show(part) {
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== part;
  at("lock").hidden = !key;
  scrollTo(0, 0);
}

function say(text) {
  at("said").textContent = text;
  at("said").hidden = !text;
}

async function count() {
  const waiting = (await store.keys("outbox")).length;
  const notes = (await store.get("notes", "counts")) ?? { sent: 0, review: 0 };
  at("sent").textContent = notes.sent;
  at("waiting").textContent = waiting;
  at("review").textContent = notes.review;
  at("is-offline").hidden = navigator.onLine;
}

const dayOf = (text) => new Date(`${text}T12:00`).toLocaleDateString(document.documentElement.lang);
const outcomeOf = (code) => [...at("outcomes").content.children].find((one) => one.value === code)?.textContent ?? "";

function lineOf(person) {
  const line = at("person-line").content.cloneNode(true);
  const put = (name, text) => { line.querySelector(`[data-${name}]`).textContent = text; };
  put("number", person.number);
  put("name", person.name);
  put("place", [person.street, person.unit].filter(Boolean).join(" · "));
  put("phone", person.phone);
  put("last", person.last_on ? `${dayOf(person.last_on)} · ${outcomeOf(person.last)}` : words.first);
  put("first", person.say_first);
  put("speaks", person.speaks);
  line.querySelector("[data-done]").hidden = !person.done;
  line.querySelector("button").addEventListener("click", () => openForm(person));
  return line;
}

function showList() {
  shown = null;
  at("list-name").textContent = copy.name;
  at("people").replaceChildren(...copy.people.map(lineOf));
  show("list");
}

// --- the copy ---

/** Time as far as this phone has seen it: turning its clock back wins nothing. */
async function now() {
  const seen = Math.max(Date.now(), (await store.get("notes", "seen")) ?? 0);
  await store.put("notes", "seen", seen);
  return seen;
}

async function wipe(why) {
  await store.clear("copy");
  await store.clear("drafts");
  lockScreen();
  say(why);
  show("start");
  await offerLists();
}

function lockScreen() {
  key = copy = shown = null;
  at("visit").reset();
  at("people").replaceChildren();
  at("say-first").textContent = at("whose").textContent = at("where-to").textContent = at("call").textContent = "";
  at("scale").replaceChildren();
  at("list-name").textContent = "";
}

async function isOver(kept) {
  return (await now()) >= kept.endsAt;
}

async function offerLists() {
  const box = at("lists");
  box.replaceChildren();
  try {
    const answer = await fetch(words.lists, { headers: { "X-Requested-With": "fetch" }, cache: "no-store" });
    at("sign-in").hidden = answer.status !== 401;
    if (!answer.ok) return;
    const { csrf, lists } = await answer.json();
    words.csrf = csrf;
    for (const one of lists) {
      const line = at("list-choice").content.cloneNode(true);
      line.querySelector("input").value = one.id;
      line.querySelector("input").checked = location.hash.slice(1) === one.id || lists.length === 1;
      line.querySelector("span").textContent = `${one.name} · ${one.people}`;
      box.append(line);
    }
    at("no-list").hidden = lists.length > 0;
  } catch {
    at("sign-in").hidden = true; // no connection: the sealed outbox waits, a new copy cannot be taken
  }
}

async function take(event) {
  event.preventDefault();
  const typed = new FormData(event.target);
  const passphrase = typed.get("passphrase");
  if (wordsOf(passphrase).length < 4) return say(words.fourWords);
  if (wordsOf(passphrase).join(" ") !== wordsOf(typed.get("again")).join(" ")) return say(words.notSame);
  if (!typed.get("list")) return say(words.chooseList);
  say(words.working);
  const body = new URLSearchParams({ list: typed.get("list"), csrfmiddlewaretoken: words.csrf });
  let got;
  try {
    const answer = await fetch(words.packs, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return say(answer.status === 401 ? words.signIn : words.notGiven);
    got = await answer.json();
  } catch {
    return say(words.noConnection);
  }
  const made = await newKey(passphrase);
  const { token, server_key: serverKey, sends_until: until, ...rest } = got;
  const locked = await lockAway(made.key, "copy", rest);
  await store.put("senders", got.pack, { pack: got.pack, token, serverKey, until: Date.parse(until) });
  await store.clear("drafts");
  await store.put("copy", "copy", { pack: got.pack, endsAt: Date.parse(got.ends_at), lock: made.lock, locked, wrong: 0 });
  event.target.reset();
  key = made.key;
  copy = rest;
  say("");
  showList();
  await navigator.storage?.persist?.();
}

async function openCopy(event) {
  event.preventDefault();
  const kept = await store.get("copy", "copy");
  if (!kept || (await isOver(kept))) return wipe(words.over);
  say(words.working);
  try {
    key = await openKey(new FormData(event.target).get("passphrase"), kept.lock);
    copy = await unlock(key, "copy", kept.locked);
  } catch {
    key = copy = null;
    kept.wrong += 1;
    if (kept.wrong >= WRONG_TRIES) return wipe(words.tooOften);
    await store.put("copy", "copy", kept);
    return say(words.wrong);
  }
  event.target.reset();
  await store.put("copy", "copy", { ...kept, wrong: 0 });
  last = Date.now();
  say("");
  return showList();
}

// --- one visit ---

async function openForm(person) {
  shown = person;
  at("whose").textContent = person.name;
  at("speaks").textContent = person.speaks;
  at("where-to").textContent = [person.street, person.unit].filter(Boolean).join(" · ");
  at("call").textContent = person.phone;
  at("say-first").textContent = person.say_first ? `${words.sayFirst}: ${person.say_first}` : "";
  showScale(at("scale"), at("scale-choice"), copy.scale);
  const kept = await store.get("drafts", person.stop);
  const blank = { language: person.language, where: "home", basis: "conversation" };
  fill(at("visit"), kept ? await unlock(key, person.stop, kept) : blank);
  show("form");
}

let saving = Promise.resolve();
function keepDraft() {
  if (!key || !shown) return;
  const [mine, whose, values] = [key, shown.stop, valuesOf(at("visit"))];
  saving = saving.then(async () => {
    if (shown?.stop === whose) await store.put("drafts", whose, await lockAway(mine, whose, values));
  });
}

function isComplete(values) {
  if (!values.outcome) return words.whatHappened;
  if (values.outcome === "talked" && !values.step && !values.no_step) return words.whatNext;
  return (values.issues?.length ?? 0) > 3 ? words.three : "";
}

async function save(event) {
  event.preventDefault();
  const quick = event.submitter?.name === "quick";
  const values = quick ? { outcome: event.submitter.value, where: "home" } : valuesOf(at("visit"));
  const missing = isComplete(values);
  if (missing) return say(missing);
  const person = shown;
  const id = crypto.randomUUID();
  const sender = await store.get("senders", copy.pack);
  const report = { ...values, stop: person.stop, device_at: new Date().toISOString() };
  await store.put("outbox", id, { id, pack: copy.pack, ...(await sealReport(sender.serverKey, copy.pack, id, report)) });
  shown = null;
  await saving;
  await store.drop("drafts", person.stop);
  person.done = true;
  const kept = await store.get("copy", "copy");
  if (kept) await store.put("copy", "copy", { ...kept, locked: await lockAway(key, "copy", copy) });
  say(words.noted);
  showList();
  await count();
  return sync();
}

// --- sending ---

async function sync() {
  await navigator.locks.request("field-sync", { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    const waiting = await store.all("outbox");
    for (const sender of await store.all("senders")) {
      const theirs = waiting.filter((item) => item.pack === sender.pack);
      do await send(sender, theirs.splice(0, AT_ONCE)); while (theirs.length);
    }
  });
  await count();
}

async function send(sender, items) {
  let told;
  try {
    const answer = await fetch(words.outbox, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: sender.token, items }),
    });
    if (!answer.ok) return;
    told = await answer.json();
  } catch {
    return; // no connection: everything stays where it is
  }
  const notes = (await store.get("notes", "counts")) ?? { sent: 0, review: 0 };
  for (const [id, became] of Object.entries(told.answers)) {
    await store.drop("outbox", id);
    notes[became === "review" ? "review" : "sent"] += 1;
  }
  await store.put("notes", "counts", notes);
  const kept = await store.get("copy", "copy");
  const isMine = kept?.pack === sender.pack;
  if (told.state !== "live" && isMine) await wipe(told.state === "ended" ? words.over : words.revoked);
  if (!isMine && !(await store.all("outbox")).some((item) => item.pack === sender.pack)) await store.drop("senders", sender.pack);
}

// --- beginning ---

async function begin() {
  if ("serviceWorker" in navigator) navigator.serviceWorker.register(words.worker, { scope: words.scope });
  const kept = await store.get("copy", "copy");
  if (kept && (await isOver(kept))) await wipe(words.over);
  else if (kept) show("locked");
  else { show("start"); await offerLists(); }
  await count();
  await sync();
}

async function watch() {
  const kept = await store.get("copy", "copy");
  if (kept && (await isOver(kept))) return wipe(words.over);
  if (key && Date.now() - last > IDLE) { await saving; lockScreen(); show("locked"); }
  return sync();
}

at("take").addEventListener("submit", take);
at("unlock").addEventListener("submit", openCopy);
at("visit").addEventListener("submit", save);
at("visit").addEventListener("input", keepDraft);
at("back").addEventListener("click", showList);
at("sync").addEventListener("click", async () => { say(words.working); await sync(); say(navigator.onLine ? "" : words.noConnection); });
at("lock").addEventListener("click", async () => { keepDraft(); await saving; lockScreen(); show("locked"); });
at("give-back").addEventListener("click", () => { if (confirm(words.giveBack)) wipe(words.gone); });
for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => { last = Date.now(); });
addEventListener("online", watch);
addEventListener("offline", count);
document.addEventListener("visibilitychange", () => { if (document.hidden) keepDraft(); else watch(); });
setInterval(watch, EVERY);
begin();
