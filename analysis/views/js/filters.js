// Filters: one group of choices a dimension, dates, words, reset, and what is selected in plain words.

const LONG_LIST = 12;

function choiceGroup(engine, dimension) {
  const value = make("span", { class: "fl-choice-value" });
  const options = make("div", { class: "fl-options" });
  const box = make("details", { class: "fl-choice", "data-dimension": dimension.name },
    make("summary", {}, make("span", { class: "fl-choice-name" }, dimension.label), value),
    make("fieldset", {}, make("legend", { class: "fl-hidden" }, dimension.label), findBox(dimension, options), options));
  const chosen = () => engine.filters.choices?.[dimension.name] || [];
  const rows = dimension.values.map((name) => {
    const count = make("span", { class: "fl-option-count" });
    const input = make("input", { type: "checkbox", value: name });
    input.addEventListener("change", () => {
      const rest = chosen().filter((other) => other !== name);
      const next = dimension.values.filter((other) => (other === name ? input.checked : rest.includes(other)));
      engine.setFilters({ choices: { ...engine.filters.choices, [dimension.name]: next } });
    });
    const label = make("label", { class: "fl-option" }, input, make("span", {}, name), count);
    options.append(label);
    return { name, input, count };
  });
  const draw = () => {
    const now = chosen();
    value.textContent = !now.length ? `all ${dimension.values.length}`
      : now.length < 3 ? now.join(", ") : `${now.length} of ${dimension.values.length}`;
    box.classList.toggle("fl-set", now.length > 0);
    for (const row of rows) row.input.checked = now.includes(row.name);
    if (!box.open) return;
    // Counting under all the other filters: what a choice would give, not what is chosen already.
    const counts = new Int32Array(dimension.values.length);
    for (const row of engine.rowsPassing(dimension.name)) for (const code of dimension.lists[row]) counts[code]++;
    rows.forEach((row, index) => { row.count.textContent = counts[index]; });
  };
  box.addEventListener("toggle", draw);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    event.stopPropagation();
    box.open = false;
    box.querySelector("summary").focus();
  });
  return { box, draw };
}

function findBox(dimension, options) {
  if (dimension.values.length <= LONG_LIST) return null;
  const input = make("input", { type: "search", oninput: () => {
    const wanted = fold(input.value.trim());
    for (const label of options.children) label.hidden = !fold(label.children[1].textContent).includes(wanted);
  } });
  return make("label", { class: "fl-field" }, make("span", {}, `Find in ${dimension.label.toLowerCase()}`), input);
}

function inputField(engine, name, label, type) {
  const input = make("input", { type, oninput: () => engine.setFilters({ [name]: input.value }) });
  const draw = () => {
    const value = engine.filters[name] || "";
    if (input.value !== value) input.value = value;
  };
  return { box: make("label", { class: `fl-field fl-${type}` }, make("span", {}, label), input), draw };
}

function drawFilters(engine, model, el, signal) {
  heading(el, model.get("title"), model.get("note"));
  const shown = engine.data.dimensions.filter((dimension) => dimension.values.length > 1);
  const parts = shown.map((dimension) => choiceGroup(engine, dimension));
  const dated = engine.data.from.some((day) => day != null);
  if (dated) parts.push(inputField(engine, "start", "From", "date"), inputField(engine, "end", "To", "date"));
  parts.push(inputField(engine, "search", "Search the sentences", "search"));
  const reset = make("button", { type: "button", class: "fl-reset", onclick: () => engine.reset() }, "Reset");
  const said = make("output", { class: "fl-statement", "aria-live": "polite" });
  const which = make("p", { class: "fl-note" });
  const form = make("form", { class: "fl-controls", role: "search", "aria-label": model.get("title") },
    ...parts.map((part) => part.box), reset);
  form.addEventListener("submit", (event) => event.preventDefault());
  el.append(form, said, which);
  engine.watch(() => {
    for (const part of parts) part.draw();
    const words = engine.filterWords(), left = engine.undatedLeftOut();
    said.textContent = engine.statement(engine.rows());
    which.textContent = (words.length ? `Selected: ${words.join("; ")}.` : "No filter is set.")
      + (left ? ` ${left} without a date left out.` : "");
    reset.disabled = engine.atStart && !engine.picked.label;
  }, signal);
}
