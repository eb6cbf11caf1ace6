// Reads a page aloud, with a voice that lives on this device: nothing is sent out. Where no such voice speaks the
// language, the button stays hidden. What somebody typed is never read.

const button = document.querySelector("[data-read-aloud]");
const speech = globalThis.speechSynthesis;
const language = button.dataset.readAloud;
const words = button.querySelector("[data-words]");
const SILENT = "button, a, nav, select, textarea, option, script, .unseen, .hp, [aria-hidden=true], [hidden]";

const voice = () => speech.getVoices().find((one) => one.localService && one.lang.toLowerCase().split(/[-_]/)[0] === language);

function isRead(node) {
  const parent = node.parentElement;
  const spoken = parent.closest("[lang]")?.lang.slice(0, 2);
  return spoken === language && !parent.closest(SILENT) && parent.checkVisibility() && /[\p{L}\p{N}]/u.test(node.data);
}

function sentences() {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (isRead(walker.currentNode)) found.push(walker.currentNode.data.replace(/\s+/g, " ").trim());
  return found;
}

function stop() {
  speech.cancel();
  button.setAttribute("aria-pressed", "false");
  words.textContent = button.dataset.start;
}

function read() {
  speech.cancel();
  const spoken = sentences().map((text) => Object.assign(new SpeechSynthesisUtterance(text), { voice: voice(), lang: voice().lang, rate: 0.9 }));
  if (spoken.length === 0) return;
  spoken.at(-1).addEventListener("end", stop);
  button.setAttribute("aria-pressed", "true");
  words.textContent = button.dataset.stop;
  spoken.forEach((one) => speech.speak(one));
}

function show() {
  button.hidden = !voice();
}

if (speech) {
  show();
  speech.addEventListener?.("voiceschanged", show);
  button.addEventListener("click", () => (button.getAttribute("aria-pressed") === "true" ? stop() : read()));
  addEventListener("pagehide", stop);
}
