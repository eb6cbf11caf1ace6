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
  form.closest("details").open = true;
  form.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  (form.querySelector("[type=radio]:checked") ?? form.querySelector("[type=radio]")).focus({ preventScroll: true });
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

// A link to a closed part of the page opens it.
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.matches("details")) target.open = true;
}
addEventListener("hashchange", openTarget);
openTarget();
document.addEventListener("click", (event) => {
  if (event.target.closest("a[href^='#']")) setTimeout(openTarget);
});

// Painting a usual week: a rectangle of days and half-hours sets the boxes and times below it.
const painter = document.querySelector("[data-painter]");

function paint(board, one, other) {
  const [left, right] = [one.day, other.day].sort((a, b) => a - b);
  const [top, bottom] = [one.half, other.half].sort((a, b) => a - b);
  board.querySelectorAll("[data-half]").forEach((cell) => {
    const { day, half } = spot(cell);
    cell.classList.toggle("is-painted", day >= left && day <= right && half >= top && half <= bottom);
  });
  const boxes = [...document.querySelectorAll(`[name="${painter.dataset.days}"]`)];
  boxes.forEach((box, at) => { box.checked = at >= left && at <= right; });
  document.querySelector(`[name="${painter.dataset.start}"]`).value = clock(top);
  document.querySelector(`[name="${painter.dataset.end}"]`).value = clock(bottom + 1);
}

const spot = (cell) => ({ day: Number(cell.dataset.day), half: Number(cell.dataset.half) });
const clock = (half) => `${String(Math.floor(half / 2) % 24).padStart(2, "0")}:${half % 2 ? "30" : "00"}`;

function add(board, text, kind, data = {}) {
  const cell = document.createElement("div");
  cell.textContent = text;
  if (kind) cell.className = kind;
  Object.assign(cell.dataset, data);
  board.append(cell);
}

if (painter) {
  const board = document.createElement("div");
  board.className = "painter";
  board.setAttribute("aria-hidden", "true"); // the boxes and times below say the same to those who cannot drag
  const names = [...document.querySelectorAll(`[name="${painter.dataset.days}"]`)].map((box) => box.closest("label").textContent.trim());
  add(board, "", "painter-head");
  names.forEach((name) => add(board, /[가-힣]/.test(name) ? name.slice(0, 1) : name.slice(0, 3), "painter-head"));
  for (let half = 10; half < 48; half += 1) {
    add(board, half % 2 ? "" : clock(half), "painter-hour");
    names.forEach((_, day) => add(board, "", "", { day, half }));
  }
  const help = document.createElement("p");
  help.className = "help";
  help.textContent = painter.dataset.help;
  painter.append(help, board);
  painter.hidden = !matchMedia("(hover: hover)").matches;

  let begun = null;
  const under = (event) => event.target.closest?.("[data-half]");
  board.addEventListener("pointerdown", (event) => {
    const cell = under(event);
    if (!cell) return;
    event.preventDefault();
    begun = spot(cell);
    paint(board, begun, begun);
  });
  board.addEventListener("pointerover", (event) => {
    const cell = under(event);
    if (begun && cell && event.buttons & 1) paint(board, begun, spot(cell));
  });
  addEventListener("pointerup", () => {
    if (begun) document.querySelector(`[name="${painter.dataset.end}"]`).dispatchEvent(new Event("change", { bubbles: true }));
    begun = null;
  });
}
