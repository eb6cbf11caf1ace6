// Pick a workplace from those that fit what is being typed; typing on means: another one.
document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-picks]");
  if (!choice) return;
  const field = choice.closest(".field");
  field.querySelector("input[data-pick]").value = choice.dataset.text;
  field.querySelector("input[type=hidden]").value = choice.dataset.picks;
  choice.closest("ul").replaceChildren();
  field.querySelector("input[data-pick]").focus();
});
document.addEventListener("input", (event) => {
  if (event.target.matches("input[data-pick]")) event.target.closest(".field").querySelector("input[type=hidden]").value = "";
});
