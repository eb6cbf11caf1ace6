// The form of one visit: filled from a draft, read as plain values.

/** What stands in a form: texts, one choice, or a list of choices for boxes that share a name. */
export function valuesOf(form) {
  const values = {};
  for (const field of form.elements) {
    if (!field.name || field.type === "submit") continue;
    if (field.type === "radio") { if (field.checked) values[field.name] = field.value; continue; }
    if (field.type !== "checkbox") { if (field.value) values[field.name] = field.value; continue; }
    const isOne = form.elements[field.name] === field;
    if (field.checked) values[field.name] = isOne ? "on" : [...(values[field.name] ?? []), field.value];
  }
  return values;
}

export function fill(form, values) {
  form.reset();
  for (const field of form.elements) {
    const value = values[field.name];
    if (value === undefined) continue;
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.type === "checkbox") field.checked = Array.isArray(value) ? value.includes(field.value) : value === "on";
    else if (field.type !== "submit") field.value = value;
  }
}

/** The numbers of the campaign's scale, as big choices. */
export function showScale(box, pattern, words) {
  box.replaceChildren(...words.map((said, at) => {
    const choice = pattern.content.cloneNode(true);
    choice.querySelector("input").value = String(at + 1);
    choice.querySelector("span").textContent = `${at + 1} · ${said}`;
    return choice;
  }));
}

/** The events people can be asked to; the field stays away where there is none. */
export function showEvents(box, events) {
  const select = box.querySelector("select");
  select.replaceChildren(select.options[0], ...events.map(({ id, title }) => new Option(title, id)));
  box.hidden = events.length === 0;
}
