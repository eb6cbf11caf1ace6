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

let at = Math.max(0, steps.findIndex((step) => step.querySelector(".errorlist")));

function show() {
  steps.forEach((step, place) => { step.hidden = place !== at; });
  const isLast = at === steps.length - 1;
  send.querySelector("button:not([type])").hidden = !isLast;
  next.hidden = isLast;
  back.hidden = at === 0;
  line.value = at + 1;
}

function go(by) {
  at = Math.min(steps.length - 1, Math.max(0, at + by));
  show();
  steps[at].querySelector("input, select, textarea")?.focus();
}

next.addEventListener("click", () => go(1));
back.addEventListener("click", () => go(-1));
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input") && at < steps.length - 1) {
    event.preventDefault();
    go(1);
  }
});
show();
