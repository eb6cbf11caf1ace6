// Places to cover, drawn over the picture of a page. The number boxes of the form are the truth; this moves them.

const sheet = document.querySelector("[data-sheet]");
const EDGES = ["left", "top", "wide", "high"];
const SMALLEST = 1; // per cent of the page
const rows = [...document.querySelectorAll("[data-row]")].map((row) =>
  Object.fromEntries(EDGES.map((edge) => [edge, row.querySelector(`[data-edge=${edge}]`)])),
);
const boxes = new Map(); // number of the row → its box on the picture

const clamp = (value, least, most) => Math.min(most, Math.max(least, value));
const read = (at) => Object.fromEntries(EDGES.map((edge) => [edge, Number.parseFloat(rows[at][edge].value) || 0]));
const isFilled = (at) => read(at).wide > 0 && read(at).high > 0;
const isEmpty = (at) => EDGES.every((edge) => rows[at][edge].value === "");

function write(at, place) {
  for (const edge of EDGES) rows[at][edge].value = place ? place[edge].toFixed(1) : "";
  show(at);
}

// Lay the box of a row where its numbers say, make it, or take it away.
function show(at) {
  if (!isFilled(at)) {
    boxes.get(at)?.remove();
    boxes.delete(at);
    return;
  }
  if (!boxes.has(at)) boxes.set(at, makeBox(at));
  const place = read(at);
  const box = boxes.get(at);
  for (const [edge, side] of [["left", "left"], ["top", "top"], ["wide", "width"], ["high", "height"]]) {
    box.style[side] = `${place[edge]}%`;
  }
}

function makeBox(at) {
  const box = document.createElement("div");
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.className = "cover-box";
  box.dataset.at = at;
  box.setAttribute("aria-label", `${sheet.dataset.place} ${at + 1}. ${sheet.dataset.keys}`);
  box.addEventListener("keydown", (event) => byKey(event, at));
  sheet.append(box);
  return box;
}

const inside = (place) => {
  const wide = clamp(place.wide, SMALLEST, 100);
  const high = clamp(place.high, SMALLEST, 100);
  return { wide, high, left: clamp(place.left, 0, 100 - wide), top: clamp(place.top, 0, 100 - high) };
};

const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function byKey(event, at) {
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    write(at, null);
    document.querySelector("[data-add]").focus();
    return;
  }
  const step = KEYS[event.key];
  if (!step) return;
  event.preventDefault();
  const [across, down] = step;
  const place = read(at);
  if (event.shiftKey) write(at, inside({ ...place, wide: place.wide + across, high: place.high + down }));
  else write(at, inside({ ...place, left: place.left + across, top: place.top + down }));
}

const firstEmpty = () => rows.findIndex((_row, at) => isEmpty(at));

// Where a pointer is, in per cent of the picture.
function point(event) {
  const edge = sheet.getBoundingClientRect();
  return {
    x: clamp(((event.clientX - edge.left) / edge.width) * 100, 0, 100),
    y: clamp(((event.clientY - edge.top) / edge.height) * 100, 0, 100),
  };
}

let drag = null;

function begin(event) {
  if (event.button !== 0) return;
  const box = event.target.closest(".cover-box");
  const at = box ? Number(box.dataset.at) : firstEmpty();
  if (at < 0) return;
  drag = { at, from: point(event), was: box ? read(at) : null };
  sheet.setPointerCapture(event.pointerId);
}

function go(event) {
  if (!drag) return;
  const to = point(event);
  const { from, was, at } = drag;
  if (was) write(at, inside({ ...was, left: was.left + to.x - from.x, top: was.top + to.y - from.y }));
  else write(at, { left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), wide: Math.abs(to.x - from.x), high: Math.abs(to.y - from.y) });
}

function end() {
  if (drag && !drag.was) {
    const { at } = drag;
    const place = read(at);
    // A tap draws nothing; a line along a number becomes as high as a line of text.
    write(at, place.wide < SMALLEST ? null : inside({ ...place, top: place.high < 1.5 ? place.top - 1 : place.top, high: Math.max(place.high, 2.5) }));
  }
  drag = null;
}

function cancel() {
  if (drag && !drag.was) write(drag.at, null);
  drag = null;
}

if (sheet) {
  for (const tools of document.querySelectorAll("[data-tools]")) tools.hidden = false;
  rows.forEach((row, at) => {
    show(at);
    for (const edge of EDGES) row[edge].addEventListener("input", () => show(at));
  });
  sheet.addEventListener("pointerdown", begin);
  sheet.addEventListener("pointermove", go);
  sheet.addEventListener("pointerup", end);
  sheet.addEventListener("pointercancel", cancel);
  document.querySelector("[data-add]").addEventListener("click", () => {
    const at = firstEmpty();
    if (at < 0) return;
    write(at, { left: 30, top: 45, wide: 40, high: 5 });
    boxes.get(at).focus();
  });
  document.querySelector("[data-undo]").addEventListener("click", () => {
    const last = Math.max(-1, ...boxes.keys());
    if (last >= 0) write(last, null);
  });
}
