// The dialog that opens when a sign-in has ended: the same user signs in again inside it, and the page goes on.
// It lives in <dialog id="signed-out" data-again="address of core:again">; without this file its link still works.

const dialog = document.getElementById("signed-out");
const place = dialog?.querySelector("[data-again-here]");

const show = async (address, options = {}) => {
  const answer = await fetch(address, { ...options, headers: { "X-Requested-With": "fetch" } });
  if (answer.status >= 500) return;
  place.innerHTML = await answer.text();
  if (place.querySelector("[data-signed-in]")) window.dispatchEvent(new Event("focus"));
  else place.querySelector("[autofocus], input:not([type=hidden])")?.focus();
};

if (place) {
  new MutationObserver(() => dialog.open && show(dialog.dataset.again)).observe(dialog, { attributeFilter: ["open"] });
  dialog.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !place.contains(event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    show(event.target.action, { method: "POST", body: new FormData(event.target) });
  });
}
