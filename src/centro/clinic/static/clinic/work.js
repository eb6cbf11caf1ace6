// Proof of work: while somebody writes, their browser looks for a number whose hash with the form's token begins with
// enough zeros (intake/work.py). Without this script, or where the browser has no hashes, the form is sent without it.

const BATCH = 512;
const PATIENCE = 20_000; // milliseconds that “Send” waits at most
const form = document.querySelector("form[data-work]");
const field = form.elements.work;
const token = form.elements.token.value;
const bits = Number(form.dataset.work);
const encoder = new TextEncoder();

const hash = (number) => crypto.subtle.digest("SHA-256", encoder.encode(`${token}:${number}`));

function zeros(digest) {
  let count = 0;
  for (const byte of new Uint8Array(digest)) {
    count += byte === 0 ? 8 : Math.clz32(byte) - 24;
    if (byte !== 0) break;
  }
  return count;
}

async function find() {
  for (let start = 0; ; start += BATCH) {
    const digests = await Promise.all(Array.from({ length: BATCH }, (_, at) => hash(start + at)));
    const found = digests.findIndex((digest) => zeros(digest) >= bits);
    if (found >= 0) return String(start + found);
    await new Promise((rest) => setTimeout(rest)); // typing comes first
  }
}

function waitFor(work) {
  form.addEventListener("submit", (event) => {
    if (field.value || form.dataset.isSent) return;
    event.preventDefault();
    const button = event.submitter;
    const words = button?.textContent;
    if (button) Object.assign(button, { disabled: true, textContent: form.dataset.wait });
    const patience = new Promise((done) => setTimeout(done, PATIENCE));
    Promise.race([work, patience]).then(() => {
      form.dataset.isSent = "yes";
      if (button) Object.assign(button, { disabled: false, textContent: words });
      form.requestSubmit(button ?? undefined);
    });
  });
}

if (globalThis.crypto?.subtle) waitFor(find().then((number) => { field.value = number; }));
