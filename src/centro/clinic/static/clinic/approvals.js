// The queue by keyboard: a letter key presses what carries it, R goes to the reason. Never while somebody types.
const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "r") {
    event.preventDefault();
    document.querySelector("[name=reason]")?.focus();
    return;
  }
  if (!["a", "j", "k"].includes(key)) return;
  const pressed = document.querySelector(`[data-key="${key}"]`);
  if (pressed) {
    event.preventDefault();
    pressed.click();
  }
});
