// A tap on a page of a form writes a line of its map. The lines are the truth; the marks only show them.
const text = document.querySelector("[data-map] textarea");
const what = document.querySelector("[data-what]");
const pages = [...document.querySelectorAll("[data-page]")];
const LINE = /page:\s*(\d+).*?x:\s*([\d.]+).*?y:\s*([\d.]+)/;
const NAME = /(?:field|tick|claim):\s*([a-z_0-9]+)/;

// Where the picture stands in its figure, under the caption.
const top = (figure) => figure.querySelector("img").offsetTop;

function show() {
  for (const mark of document.querySelectorAll(".map-mark")) mark.remove();
  for (const line of text.value.split("\n")) {
    const [, page, x, y] = LINE.exec(line) ?? [];
    const figure = pages.find((each) => each.dataset.page === page);
    if (!figure) continue;
    const picture = figure.querySelector("img");
    const mark = document.createElement("span");
    mark.className = "map-mark";
    mark.textContent = NAME.exec(line)?.[1] ?? "?";
    mark.style.left = `${(x / figure.dataset.wide) * picture.clientWidth}px`;
    mark.style.top = `${top(figure) + (y / figure.dataset.high) * picture.clientHeight}px`;
    figure.append(mark);
  }
}

function place(event) {
  const figure = event.currentTarget.closest("[data-page]");
  const edge = event.currentTarget.getBoundingClientRect();
  const x = ((event.clientX - edge.left) / edge.width) * figure.dataset.wide;
  const y = ((event.clientY - edge.top) / edge.height) * figure.dataset.high;
  const line = `- {page: ${figure.dataset.page}, x: ${x.toFixed(1)}, y: ${y.toFixed(1)}, size: 9, ${what.value}}`;
  text.value = `${text.value.trimEnd()}\n${line}`.trimStart();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

if (text && what) {
  document.querySelector("[data-pick]").hidden = false;
  text.addEventListener("input", show);
  for (const figure of pages) {
    figure.classList.add("is-ready");
    const picture = figure.querySelector("img");
    picture.addEventListener("click", place);
    picture.addEventListener("load", show);
  }
  window.addEventListener("resize", show);
  show();
}
