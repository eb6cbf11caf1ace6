// Field mode: a list that works without a connection. The copy is locked under a passphrase and ends after 72 hours;
// reports are sealed to the center, wait in the outbox as long as they must, and go out by themselves.

import { hasPasskeys, lockAway, newKey, newPasskeyKey, openKey, openPasskeyKey, sealReport, unlock, wordsOf } from "./crypto.js";
import { fill, showEvents, showScale, valuesOf } from "./form.js";
import * as store from "./store.js";
import { sendWalks, showWalk, startWalks } from "./walk.js";

const WRONG_TRIES = 5;
const IDLE = 10 * 60_000; // then the screen locks
const EVERY = 30_000; // and when the connection comes back
const AT_ONCE = 50;
const NEW = "new"; // in place of a stop: somebody who is on no list yet
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
  showWalk(copy.pack);
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
  await saving;
  for (const form of await store.all("unfinished")) await store.put("outbox", form.id, form); // a wipe takes no visit along
  await store.clear("unfinished");
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
  showEvents(at("which-event"), []);
  at("list-name").textContent = "";
}

async function isOver(kept) {
  return (await now()) >= kept.endsAt;
}

async function offerLists() {
  at("take-passkey").hidden = !(await hasPasskeys());
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

function missingOf(typed, byPasskey) {
  if (!typed.get("list")) return words.chooseList;
  if (byPasskey) return "";
  if (wordsOf(typed.get("passphrase")).length < 4) return words.fourWords;
  return wordsOf(typed.get("passphrase")).join(" ") === wordsOf(typed.get("again")).join(" ") ? "" : words.notSame;
}

/** The key of the new copy; the passkey is asked for first, while the touch that asks for it still counts. */
async function makeKey(typed, byPasskey) {
  if (!byPasskey) return newKey(typed.get("passphrase"));
  return newPasskeyKey(document.title);
}

async function take(event) {
  event.preventDefault();
  const typed = new FormData(event.target);
  const byPasskey = event.submitter?.value === "passkey";
  const missing = missingOf(typed, byPasskey);
  if (missing) return say(missing);
  say(words.working);
  let made;
  try {
    made = await makeKey(typed, byPasskey);
  } catch {
    return say(words.noPasskey);
  }
  const body = new URLSearchParams({ list: typed.get("list"), csrfmiddlewaretoken: words.csrf });
  let got;
  try {
    const answer = await fetch(words.packs, { method: "POST", body, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return say(answer.status === 401 ? words.signIn : words.notGiven);
    got = await answer.json();
  } catch {
    return say(words.noConnection);
  }
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

async function lockNow(kept) {
  await saving;
  lockScreen();
  await askToOpen(kept);
}

async function askToOpen(kept) {
  at("by-passkey").hidden = !kept.lock.passkey;
  at("unlock").hidden = Boolean(kept.lock.passkey);
  show("locked");
}

async function openWith(open, ifNot) {
  const kept = await store.get("copy", "copy");
  if (!kept || (await isOver(kept))) return wipe(words.over);
  say(words.working);
  try {
    key = await open(kept.lock);
    copy = await unlock(key, "copy", kept.locked);
  } catch {
    key = copy = null;
    return ifNot(kept);
  }
  await store.put("copy", "copy", { ...kept, wrong: 0 });
  last = Date.now();
  say("");
  return showList();
}

function openCopy(event) {
  event.preventDefault();
  const passphrase = new FormData(event.target).get("passphrase");
  event.target.reset();
  return openWith((lock) => openKey(passphrase, lock), async (kept) => {
    kept.wrong += 1;
    if (kept.wrong >= WRONG_TRIES) return wipe(words.tooOften);
    await store.put("copy", "copy", kept);
    return say(words.wrong);
  });
}

const openByPasskey = () => openWith(openPasskeyKey, () => say(words.notOpened));

// --- one visit ---

async function openForm(person) {
  shown = person;
  at("whose").textContent = person.name;
  at("speaks").textContent = person.speaks ?? "";
  at("where-to").textContent = [person.street, person.unit].filter(Boolean).join(" · ");
  at("call").textContent = person.phone ?? "";
  at("where").hidden = person.stop === NEW;
  at("say-first").textContent = person.say_first ? `${words.sayFirst}: ${person.say_first}` : "";
  at("new-person").hidden = at("not-home").hidden = false;
  at(person.stop === NEW ? "not-home" : "new-person").hidden = true;
  showScale(at("scale"), at("scale-choice"), copy.scale);
  showEvents(at("which-event"), copy.events ?? []);
  await saving;
  const kept = await store.get("drafts", person.stop);
  const blank = { language: person.language, where: "home", basis: "conversation" };
  fill(at("visit"), kept ? await unlock(key, person.stop, kept) : blank);
  show("form");
}

let saving = Promise.resolve();
const unsaved = new Map(); // by stop: what stands in a form and is not on the disk yet

/** Keep what stands in the form: to go on with it here, and, once something was typed, sealed for a day that never comes. */
function keepDraft(typed) {
  if (!key || !shown) return;
  const whose = shown.stop;
  const waits = unsaved.get(whose);
  unsaved.set(whose, { mine: key, pack: copy.pack, values: valuesOf(at("visit")), typed: typed || waits?.typed });
  if (!waits) saving = saving.then(() => writeDraft(whose)).catch(console.error); // the next key tries again
}

/** Write what stands there now: on a slow phone the last word, and not first each one before it. */
async function writeDraft(whose) {
  const { mine, pack, values, typed } = unsaved.get(whose);
  unsaved.delete(whose);
  const rows = [["drafts", whose, await lockAway(mine, whose, values)]];
  if (typed) rows.push(["unfinished", whose, await sealed(pack, { ...about(whose), ...values, unfinished: true })]);
  await store.putAll(rows);
}

const about = (stop) => (stop === NEW ? {} : { stop });

/** A report as it waits in the outbox: nobody on this phone can read it again. */
async function sealed(pack, told) {
  const id = crypto.randomUUID();
  const sender = await store.get("senders", pack);
  const report = { ...told, device_at: new Date().toISOString() };
  return { id, pack, ...(await sealReport(sender.serverKey, pack, id, report)) };
}

function isComplete(values, person) {
  if (person.stop === NEW && !values.new_name) return words.whoIsIt;
  if (!values.outcome) return words.whatHappened;
  if (values.outcome === "talked" && !values.step && !values.no_step) return words.whatNext;
  return (values.issues?.length ?? 0) > 3 ? words.three : "";
}

async function save(event) {
  event.preventDefault();
  const quick = event.submitter?.name === "quick";
  const values = quick ? { outcome: event.submitter.value, where: "home" } : valuesOf(at("visit"));
  const person = shown;
  const missing = isComplete(values, person);
  if (missing) return say(missing);
  const report = await sealed(copy.pack, { ...values, ...about(person.stop) });
  await store.put("outbox", report.id, report);
  shown = null;
  await saving;
  await store.drop("drafts", person.stop);
  await store.drop("unfinished", person.stop);
  person.done = true;
  const kept = await store.get("copy", "copy");
  if (kept) await store.put("copy", "copy", { ...kept, locked: await lockAway(key, "copy", copy) });
  say(words.noted);
  showList();
  await count();
  return sync();
}

// --- sending ---

let asked = null; // a sending that waits for its turn

/** Send what waits; while one sending is under way the next waits for it, because the connection may have come since. */
function sync() {
  asked ??= navigator.locks.request("field-sync", async () => {
    asked = null;
    await sendAll();
  }).then(count);
  return asked;
}

async function sendAll() {
  const waiting = await store.all("outbox");
  for (const sender of await store.all("senders")) {
    const theirs = waiting.filter((item) => item.pack === sender.pack);
    do await send(sender, theirs.splice(0, AT_ONCE)); while (theirs.length);
    await sendWalks(sender, words.walks);
  }
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
  else if (kept) await askToOpen(kept);
  else { show("start"); await offerLists(); }
  await count();
  await sync();
}

async function watch() {
  const kept = await store.get("copy", "copy");
  if (kept && (await isOver(kept))) return wipe(words.over);
  if (key && Date.now() - last > IDLE) await lockNow(kept);
  return sync();
}

at("take").addEventListener("submit", take);
at("unlock").addEventListener("submit", openCopy);
at("visit").addEventListener("submit", save);
at("visit").addEventListener("input", () => keepDraft(true));
at("back").addEventListener("click", showList);
at("sync").addEventListener("click", async () => { say(words.working); await sync(); say(navigator.onLine ? "" : words.noConnection); });
at("lock").addEventListener("click", async () => { keepDraft(); await lockNow(await store.get("copy", "copy")); });
at("open-passkey").addEventListener("click", openByPasskey);
at("somebody-new").addEventListener("click", () => openForm({ stop: NEW, name: words.somebodyNew, language: document.documentElement.lang }));
at("give-back").addEventListener("click", () => { if (confirm(words.giveBack)) wipe(words.gone); });
for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => { last = Date.now(); });
startWalks(() => copy?.pack, sync);
addEventListener("online", watch);
addEventListener("offline", count);
document.addEventListener("visibilitychange", () => { if (document.hidden) keepDraft(); else watch(); });
setInterval(watch, EVERY);
begin();
