// Dialogs and menus. data-opens="id" shows a dialog, data-closes closes it; menus are popovers placed at their button.

document.addEventListener("click", ({ target }) => {
  const dialog = document.getElementById(target.closest("[data-opens]")?.dataset.opens);
  if (dialog) dialog.showModal();
  else if (target.closest("[data-closes]") || target.matches("dialog")) target.closest("dialog").close();
});

const buttonOf = (menu) => document.querySelector(`[popovertarget="${menu.id}"]:hover, [popovertarget="${menu.id}"]`);

function place(menu) {
  const at = buttonOf(menu).getBoundingClientRect();
  const fits = at.bottom + 6 + menu.offsetHeight < innerHeight;
  const left = Math.min(at.left, innerWidth - menu.offsetWidth - 8);
  menu.style.left = `${Math.max(8, left)}px`;
  menu.style.top = `${fits ? at.bottom + 6 : Math.max(8, at.top - 6 - menu.offsetHeight)}px`;
}

document.addEventListener("toggle", ({ target, newState }) => {
  if (newState === "open" && target.matches(".menu[popover]")) place(target);
}, true);
addEventListener("resize", () => document.querySelectorAll(".menu:popover-open").forEach(place));

// Browsers from before 2024 know no popover.
if (!("popover" in HTMLElement.prototype)) {
  const close = (but) => document.querySelectorAll(".menu.is-open").forEach((menu) => menu !== but && menu.classList.remove("is-open"));
  document.addEventListener("click", ({ target }) => {
    const menu = document.getElementById(target.closest("[popovertarget]")?.getAttribute("popovertarget"));
    if (!target.closest(".menu")) close(menu);
    if (menu?.classList.toggle("is-open")) place(menu);
  });
  document.addEventListener("keydown", ({ key }) => key === "Escape" && close());
}
