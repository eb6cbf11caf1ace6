// Short notices with undo, copy, print, and the focus on what has to be corrected.

function toast({ text, undo }) {
  const copy = document.getElementById("toast-form").content.cloneNode(true);
  copy.querySelector("[data-text]").textContent = text;
  const form = copy.querySelector("[data-undo]");
  form.hidden = !undo;
  if (undo) {
    form.action = undo;
    form.elements._once.value = crypto.randomUUID?.() ?? "";
  }
  document.getElementById("toasts").replaceChildren(copy);
}

// A server's answer may carry the header HX-Trigger: {"toast": {"text": "…", "undo": "/…"}}.
document.addEventListener("toast", ({ detail }) => toast(detail));

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copies], [data-prints], [data-dismisses]");
  if (!button) return;
  if ("prints" in button.dataset) print();
  else if ("dismisses" in button.dataset) button.closest(".toast").remove();
  else {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
    toast({ text: document.getElementById("toasts").dataset.copied });
  }
});

document.querySelector("[data-takes-focus]:not([data-samples] *)")?.focus();
document.addEventListener("htmx:afterSwap", ({ detail }) => detail.target.querySelector?.("[data-takes-focus]")?.focus());
