// Finding by keyboard: "/" goes to the search box, arrows walk through what was found, Escape goes back.

const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

function walk(event, links, box) {
  const here = links.indexOf(document.activeElement);
  const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: links.length - 1 }[event.key];
  if (next === undefined || (here < 0 && event.key !== "ArrowDown")) return;
  event.preventDefault();
  (links[next] ?? (next < 0 ? box : links.at(-1)))?.focus();
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (key === "/" && !isTyping(target)) {
    const box = document.querySelector("[data-main-search]");
    if (box) event.preventDefault();
    box?.focus();
    box?.select();
    return;
  }
  const finder = target.closest(".finder");
  const group = finder?.querySelector("[data-found]") ?? target.closest(".menu");
  if (!group) return;
  const box = finder?.querySelector("input[type=search]");
  if (key === "Escape" && finder) {
    group.replaceChildren();
    box.focus();
  } else walk(event, [...group.querySelectorAll("a, button")], box);
});

// What was found goes away when one leaves the box, and when the box is empty.
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const finder = target.closest(".finder:not(.flows)");
  if (finder && !finder.contains(relatedTarget)) setTimeout(() => finder.contains(document.activeElement) || finder.querySelector("[data-found]")?.replaceChildren(), 150);
});

// The open tab is in sight, also when a phone shows only the first few.
for (const tab of document.querySelectorAll(":is(.tabs, .pills) [aria-current]")) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 48;
