// The intake: a question that hangs on another is shown when it matters; "I don't know" empties the answer beside it;
// quick exit leaves no way back. Without this script every question is simply there.

function answersOf(name) {
  return [...document.querySelectorAll(`[name="${name}"]`)]
    .filter((field) => (field.type === "radio" || field.type === "checkbox" ? field.checked : field.value))
    .map((field) => field.value);
}

function holds(depends) {
  return depends.split(";").every((part) => {
    const [name, values] = part.split("=");
    if (!document.querySelector(`[name="${name}"]`)) return true; // answered on an earlier screen
    return answersOf(name).some((value) => values.split(",").includes(value));
  });
}

function show() {
  document.querySelectorAll("[data-depends]").forEach((asked) => { asked.hidden = !holds(asked.dataset.depends); });
}

function oneOrTheOther(target) {
  const asked = target.closest(".asked");
  if (!asked) return;
  if (target.name.endsWith("-silence")) {
    asked.querySelectorAll("input:not([type=radio], [type=checkbox]), textarea, select").forEach((field) => { field.value = ""; });
    asked.querySelectorAll("input[type=checkbox]").forEach((field) => { field.checked = false; });
  } else if (!target.name.endsWith("-sure")) {
    asked.querySelectorAll("[name$='-silence']").forEach((field) => { field.checked = false; });
  }
}

document.addEventListener("change", ({ target }) => {
  oneOrTheOther(target);
  show();
});

document.addEventListener("click", (event) => {
  const exit = event.target.closest("[data-exit]");
  if (!exit) return;
  event.preventDefault();
  document.querySelectorAll("form").forEach((form) => form.removeAttribute("data-is-changed"));
  document.body.replaceChildren();
  location.replace(exit.href);
});

show();
