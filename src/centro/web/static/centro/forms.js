// Sending forms: once, and never into the void. Before a form leaves, the server is asked whether we are still signed
// in; if not, the page stays as it is until its user has signed in again, and then sends with the same key.

const sending = new WeakSet();
let waiting = null; // what to do once signed in again
const body = document.body;
const signedOut = document.getElementById("signed-out");
const words = () => document.getElementById("toasts").dataset;
const toast = (detail) => document.dispatchEvent(new CustomEvent("toast", { detail }));

async function pulse() {
  try {
    const answer = await fetch(body.dataset.pulse, { headers: { "X-Requested-With": "fetch" }, redirect: "manual", cache: "no-store" });
    if (!answer.ok) return answer.status >= 500 ? "offline" : "out";
    const { user, token } = await answer.json();
    if (user !== body.dataset.user) return "other";
    document.querySelector("meta[name=csrf-token]").content = token;
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
    return "in";
  } catch {
    return "offline";
  }
}

function waitForSignIn(then) {
  waiting = then;
  signedOut.showModal();
}
signedOut?.addEventListener("close", () => { waiting = null; });

function mark(form, isSending) {
  isSending ? sending.add(form) : sending.delete(form);
  form.querySelectorAll("button[type=submit]").forEach((button) => button.toggleAttribute("data-is-sending", isSending));
  if (isSending) setTimeout(() => mark(form, false), 8000); // a download leaves the page where it is
}

async function send(form, button) {
  mark(form, true);
  const state = await pulse();
  if (state === "in") {
    form.dataset.isChecked = "yes";
    form.requestSubmit(button);
    return;
  }
  mark(form, false);
  if (state === "out") waitForSignIn(() => send(form, button));
  else toast({ text: state === "other" ? words().someoneElse : words().offline });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented || form.matches("[hx-post], [hx-put], [hx-delete]")) return;
  if (body.dataset.pulse && !form.dataset.isChecked) {
    event.preventDefault();
    if (!sending.has(form)) send(form, event.submitter);
    return;
  }
  if (!form.dataset.isChecked && sending.has(form)) event.preventDefault();
  else mark(form, true);
  delete form.dataset.isChecked;
  delete form.dataset.isChanged;
});

async function comeBack() {
  if (!waiting || document.hidden) return;
  const state = await pulse();
  if (state === "other") toast({ text: words().someoneElse });
  if (state !== "in" || !waiting) return;
  const then = waiting;
  signedOut.close();
  then();
}
addEventListener("focus", comeBack);
document.addEventListener("visibilitychange", comeBack);
addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => mark(form, false)));

// A form with data-guard asks before the page is left with something typed in it.
document.addEventListener("input", ({ target }) => {
  if (target.form?.matches("[data-guard]")) target.form.dataset.isChanged = "yes";
});
addEventListener("beforeunload", (event) => document.querySelector("form[data-is-changed]") && event.preventDefault());

// htmx: the token goes along; a sign-in that ended, or a lost connection, says so and loses nothing.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRFToken"] = document.querySelector("meta[name=csrf-token]").content;
});
document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.status === 401 && !waiting) waitForSignIn(() => window.htmx.trigger(detail.elt, detail.requestConfig.triggeringEvent?.type ?? "click"));
});
document.addEventListener("htmx:sendError", () => toast({ text: words().offline }));
