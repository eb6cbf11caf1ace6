// The public intake, one step after the other. Without this script the whole form is one page.

const form = document.querySelector("form[data-steps]");
const steps = [...form.querySelectorAll("[data-step]")];
const send = form.querySelector("[data-send]");
const button = (words, kind) => Object.assign(document.createElement("button"), { type: "button", className: `btn ${kind}`, textContent: words });
const back = button(form.dataset.back, "");
const next = button(form.dataset.next, "btn-primary");
const line = Object.assign(document.createElement("progress"), { max: steps.length });
line.className = "progress-line";
line.ariaLabel = form.dataset.progress;
form.prepend(line);
send.append(next, back);

// What came back begins where something is wrong; with nothing wrong in it, it only waits to be sent once more.
const wrong = steps.findIndex((step) => step.querySelector(".errorlist"));
let at = wrong < 0 && document.querySelector("main [role=alert]") ? steps.length - 1 : Math.max(0, wrong);

function show() {
  steps.forEach((step, place) => { step.hidden = place !== at; });
  const isLast = at === steps.length - 1;
  send.querySelector("button:not([type])").hidden = !isLast;
  next.hidden = isLast;
  back.hidden = at === 0;
  line.value = at + 1;
  if (at > 0) document.querySelector("[data-first]").open = false;
}

function goTo(place, target) {
  at = Math.min(steps.length - 1, Math.max(0, place));
  show();
  const field = "input, select, textarea";
  (target?.matches(field) ? target : (target ?? steps[at]).querySelector(field))?.focus();
}

const go = (by) => goTo(at + by);

next.addEventListener("click", () => go(1));
back.addEventListener("click", () => go(-1));
// What has to be corrected may stand on another step: go there.
form.addEventListener("click", (event) => {
  const target = document.getElementById(event.target.closest(".errors a")?.hash.slice(1) ?? "");
  const place = steps.findIndex((step) => step.contains(target));
  if (!target || place < 0) return;
  event.preventDefault();
  goTo(place, target);
});
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input") && at < steps.length - 1) {
    event.preventDefault();
    go(1);
  }
});
show();
