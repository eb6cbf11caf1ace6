// The calendar by hand: a tap or click fills the form of the day, dragging (or Shift with arrows) fills several days,
// arrows walk from day to day, Control+Z undoes. Without this script every day is a link to the same form.

const grid = document.querySelector("[data-hours]");
const form = document.querySelector("[data-days]");
const cells = [...(grid?.querySelectorAll("[data-day]") ?? [])];
const field = (name) => form.querySelector(`[name="days-${name}"]`);
let from = null; // where a drag (or Shift) began
let wasDragged = false;

function choose(first, last) {
  const [low, high] = first <= last ? [first, last] : [last, first];
  cells.forEach((cell) => cell.classList.toggle("is-chosen", cell.dataset.day >= low && cell.dataset.day <= high));
  field("first").value = low;
  field("last").value = low === high ? "" : high;
}

function goToForm() {
  form.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  (form.querySelector(":checked") ?? form.querySelector("[type=radio]")).focus({ preventScroll: true });
}

if (grid && form) {
  const cellOf = (event) => event.target.closest?.("[data-day]");

  grid.addEventListener("pointerdown", (event) => {
    const cell = cellOf(event);
    if (cell && event.pointerType !== "touch" && event.button === 0) from = cell.dataset.day;
    wasDragged = false;
  });
  grid.addEventListener("pointerover", (event) => {
    const cell = cellOf(event);
    if (!from || !cell || !(event.buttons & 1)) return;
    wasDragged ||= cell.dataset.day !== from;
    if (wasDragged) choose(from, cell.dataset.day);
  });
  grid.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("pointerup", () => {
    if (wasDragged) goToForm();
    from = null;
  });
  grid.addEventListener("click", (event) => {
    const cell = cellOf(event);
    if (!cell || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!wasDragged) {
      choose(cell.dataset.day, cell.dataset.day);
      goToForm();
    }
    wasDragged = false;
  });

  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
  grid.addEventListener("keydown", (event) => {
    const here = cells.indexOf(cellOf(event));
    const next = cells[here + steps[event.key]];
    if (here < 0 || !next) return;
    event.preventDefault();
    if (event.shiftKey) {
      from ??= cells[here].dataset.day;
      choose(from, next.dataset.day);
    } else from = null;
    next.focus();
  });
}

document.addEventListener("keydown", (event) => {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z";
  if (!isUndo || event.target.matches("input, textarea, select")) return;
  const undo = document.querySelector("[data-undo-form]");
  if (undo) event.preventDefault();
  undo?.requestSubmit();
});
