// The ring picture: whoever is pointed at, or has the focus, shows their own ties alone. It works without this file.

const picture = document.querySelector("svg.ring");

function light(node) {
  for (const one of picture.querySelectorAll(".is-near")) one.classList.remove("is-near");
  picture.classList.toggle("is-lit", node !== null);
  if (!node) return;
  const near = new Set([node.dataset.key]);
  for (const edge of picture.querySelectorAll(".edge")) {
    const { a, b } = edge.dataset;
    if (a !== node.dataset.key && b !== node.dataset.key) continue;
    edge.classList.add("is-near");
    near.add(a).add(b);
  }
  for (const one of picture.querySelectorAll(".node")) one.classList.toggle("is-near", near.has(one.dataset.key));
}

if (picture) {
  const frame = picture.parentElement; // on a phone the picture is wider than the page: begin with its middle
  frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
  const nodeOf = (event) => (event.target instanceof Element ? event.target.closest(".node") : null);
  picture.addEventListener("pointerover", (event) => light(nodeOf(event)));
  picture.addEventListener("pointerleave", () => light(null));
  picture.addEventListener("focusin", (event) => light(nodeOf(event)));
  picture.addEventListener("focusout", () => light(null));
}

for (const button of document.querySelectorAll("[data-hides-names]")) {
  button.addEventListener("click", () => {
    const isNameless = picture.classList.toggle("is-nameless");
    button.setAttribute("aria-pressed", String(isNameless));
  });
}
