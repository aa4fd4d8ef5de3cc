// The choices of one dimension: check boxes with what each would give, the most frequent value first.

const LONG_LIST = 12;
const FIRST_CHOICES = 100;
const MORE_CHOICES = 200;

/** The codes of a dimension by how many rows have them in all the data; what is not stated stands last. */
function rankChoices(engine, dimension) {
  const totals = engine.totalsOf(dimension), unknown = dimension.codeOf(engine.data.unknown);
  return Array.from(totals.keys()).sort((a, b) => (a === unknown) - (b === unknown) || totals[b] - totals[a] || a - b);
}

/** One dimension's group. `state` outlives the nodes: whether it is open, how far it is scrolled, what was looked for. */
class ChoiceGroup {
  constructor(engine, dimension, state) {
    Object.assign(this, { engine, dimension, state, ranked: rankChoices(engine, dimension), limit: state.limit || FIRST_CHOICES });
    const { name, label } = dimension, key = (part) => `${name} ${part}`;
    this.value = make("span", { class: "fl-choice-value" });
    this.found = make("output", { class: "fl-note" });
    this.all = make("button", { type: "button", "data-key": key("all"), onclick: () => this.choose(this.reach()) });
    this.none = make("button", { type: "button", "data-key": key("none"), onclick: () => this.choose([]) }, "Choose none");
    this.options = make("div", { class: "fl-options" });
    this.items = new KeyedList(this.options, (code) => this.makeOption(code));
    this.more = make("button", { type: "button", class: "fl-more", "data-key": key("more"), onclick: () => this.showMore() });
    this.box = make("details", { class: "fl-choice", "data-dimension": name, open: state.open },
      make("summary", { "data-key": key("summary") }, make("span", { class: "fl-choice-name" }, label), this.value),
      make("fieldset", {}, make("legend", { class: "fl-hidden" }, label),
        make("div", { class: "fl-choice-tools" }, this.findBox(key("find")), this.all, this.none, this.found), this.sampledNote(), this.options, this.more));
    this.box.addEventListener("toggle", () => { state.open = this.box.open; this.draw(); });
    this.box.addEventListener("keydown", (event) => this.escape(event));
    this.options.addEventListener("scroll", () => { if (this.box.open) state.scroll = this.options.scrollTop; }, { passive: true });
  }

  findBox(key) {
    if (this.dimension.values.length <= LONG_LIST) return null;
    this.find = make("input", { type: "search", "data-key": key, value: this.state.find || "", oninput: () => this.draw() });
    return make("label", { class: "fl-field" }, make("span", {}, `Find in ${this.dimension.label.toLowerCase()}`), this.find);
  }

  /** Whether the dimension has too many values for counts of all. */
  get inSample() { const { cube } = this.engine; return Boolean(cube && !cube.column(this.dimension.name)); }

  sampledNote() {
    return this.inSample ? make("p", { class: "fl-note" }, "So many values are counted, and listed, in the sample alone.") : null;
  }

  get chosen() { return this.engine.filters.choices?.[this.dimension.name] || []; }

  /** Choose these codes; they are kept in the order of the column, so that one choice has one form. */
  choose(codes) {
    const { engine, dimension } = this, values = [...codes].sort((a, b) => a - b).map((code) => dimension.values[code]);
    engine.setFilters({ choices: { ...engine.filters.choices, [dimension.name]: values } });
  }

  makeOption(code) {
    const { dimension } = this, name = dimension.values[code], count = make("span", { class: "fl-option-count" });
    const input = make("input", { type: "checkbox", value: name, "data-key": `${dimension.name} option ${name}` });
    input.addEventListener("change", () => {
      const codes = new Set(this.chosen.map((value) => dimension.codeOf(value)).filter((each) => each != null));
      if (input.checked) codes.add(code);
      else codes.delete(code);
      this.choose(codes);
    });
    const label = make("label", { class: "fl-option" }, input, make("span", {}, name), count);
    label.show = (checked, number) => {
      if (input.checked !== checked) input.checked = checked;
      if (label.number === number) return;
      label.number = number;
      count.textContent = this.engine.numberWords(number);
      label.classList.toggle("fl-zero", number === 0);
    };
    return label;
  }

  /** The codes that the search in this list leaves, the most frequent first. */
  reach() {
    const wanted = fold(this.find?.value || "").trim();
    if (!wanted) return this.ranked;
    this.folded ??= this.dimension.values.map(fold);
    return this.ranked.filter((code) => this.folded[code].includes(wanted));
  }

  draw() {
    const { engine, dimension, box } = this, { length } = dimension.values, now = new Set(this.chosen);
    const words = !now.size ? `all ${length}${this.inSample ? " of the sample" : ""}` : now.size < 3 ? [...now].join(", ") : `${now.size} of ${length}`;
    if (this.value.textContent !== words) this.value.textContent = words;
    box.classList.toggle("fl-set", now.size > 0);
    if (!box.open) return;
    const reach = this.reach(), shown = reach.filter((code, at) => at < this.limit || now.has(dimension.values[code]));
    this.items.show(shown);
    // What a choice would give under all the other filters, not what is chosen already.
    const counts = engine.countsOf(dimension);
    for (const code of shown) this.items.nodes.get(code).show(now.has(dimension.values[code]), counts[code]);
    this.drawTools(reach, shown, now.size);
    if (this.state.scroll && this.options.scrollTop !== this.state.scroll && !this.scrolled) this.options.scrollTop = this.state.scroll;
    this.scrolled = true;
  }

  drawTools(reach, shown, chosen) {
    const searched = Boolean(this.find?.value.trim()), left = reach.length - shown.length;
    this.state.find = this.find?.value || "";
    this.all.textContent = searched ? `Choose ${reach.length} found` : "Choose all";
    this.all.disabled = !reach.length;
    this.none.disabled = !chosen;
    this.found.textContent = searched ? `${reach.length || "None"} found` : "";
    this.more.hidden = left <= 0;
    this.more.textContent = left > MORE_CHOICES ? `Show ${MORE_CHOICES} more of ${left}` : `Show ${left} more`;
  }

  showMore() {
    this.limit += MORE_CHOICES;
    this.state.limit = this.limit;
    this.draw();
    if (this.more.hidden) this.options.lastChild.querySelector("input").focus();
  }

  /** Escape empties the search in the list first, then closes the list. */
  escape(event) {
    if (event.key !== "Escape" || !this.box.open) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.target === this.find && this.find.value) {
      this.find.value = "";
      this.draw();
      return;
    }
    this.box.open = false;
    this.box.querySelector("summary").focus();
  }
}
