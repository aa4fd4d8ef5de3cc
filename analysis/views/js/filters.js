// Filters: one group of choices a dimension, dates, words, reset, and what is selected in plain words.

const SPEAK_AFTER = 250;
const SPEAK_AGAIN = 1000;

/** An output, out of sight, that is read aloud: what was said last, at most once a second. */
function slowSpeaker(signal) {
  const node = make("output", { class: "fl-hidden", "aria-live": "polite" });
  let words = "", timer = null, last = -Infinity;
  const speak = () => {
    timer = null;
    last = performance.now();
    node.textContent = words;
  };
  signal?.addEventListener("abort", () => clearTimeout(timer));
  return {
    node,
    say(next) {
      if (next === words) return;
      words = next;
      timer ??= setTimeout(speak, Math.max(SPEAK_AFTER, last + SPEAK_AGAIN - performance.now()));
    },
  };
}

function inputField(engine, name, label, type, hint) {
  const id = hint && newId("hint");
  const input = make("input", { type, "data-key": name, "aria-describedby": id, oninput: () => engine.setFilters({ [name]: input.value }) });
  const draw = () => {
    const value = engine.filters[name] || "";
    if (input.value !== value) input.value = value;
  };
  const field = make("label", { class: "fl-field" }, make("span", {}, label), input);
  return { box: make("div", { class: `fl-input fl-${type}` }, field, hint ? make("p", { class: "fl-note", id }, hint) : null), draw };
}

class FiltersView {
  constructor(engine, model, el, signal) {
    Object.assign(this, { engine, el, title: model.get("title") });
    heading(el, model.get("title"), model.get("note"));
    this.reset = make("button", { type: "button", class: "fl-reset", "data-key": "reset", onclick: () => engine.reset() }, "Reset");
    this.form = make("form", { class: "fl-controls", onsubmit: (event) => event.preventDefault() });
    this.said = make("p", { class: "fl-statement" });
    this.left = make("p", { class: "fl-note" });
    this.aloud = slowSpeaker(signal);
    el.append(this.form, make("div", { class: "fl-said" }, this.said, this.left), this.aloud.node);
  }

  /** The controls, made anew only where the data are others. */
  build() {
    const { engine } = this, { dimensions, from } = engine.data;
    this.generation = engine.generation;
    this.parts = dimensions.filter((dimension) => dimension.values.length > 1)
      .map((dimension) => new ChoiceGroup(engine, dimension, engine.stateOf(`${this.title} ${dimension.name}`)));
    if (from.some((day) => day != null)) this.parts.push(inputField(engine, "start", "From", "date"), inputField(engine, "end", "To", "date"));
    this.parts.push(inputField(engine, "search", "Search the sentences", "search", "The beginning of a word is enough; “quotation marks” hold a phrase together."));
    keepFocus(this.el, () => {
      this.form.replaceChildren(...this.parts.map((part) => part.box), this.reset);
      for (const part of this.parts) part.draw();
    });
  }

  draw() {
    const { engine } = this, first = !this.parts;
    if (this.generation !== engine.generation) this.build();
    else for (const part of this.parts) part.draw();
    const left = engine.undatedLeftOut(), words = engine.statement(engine.rows());
    const more = left ? `${left} without a date left out.` : "";
    if (this.said.textContent !== words) this.said.textContent = words;
    if (this.left.textContent !== more) this.left.textContent = more;
    saySampled(engine, this.el, engine.tally());
    if (!first) this.aloud.say(`${words}. ${more}`);
    this.reset.disabled = engine.atStart && !engine.picked.label;
  }
}

function drawFilters(engine, model, el, signal) {
  const view = new FiltersView(engine, model, el, signal);
  engine.watch(() => view.draw(), signal);
}
