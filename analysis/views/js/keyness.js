// What one source says more than another: choose two, read the list, see the articles, read the sentences.

class KeynessView {
  constructor(engine, model, el) {
    Object.assign(this, { engine, model, el, search: "" });
    this.pick = make("select", { "aria-label": "Comparison" });
    this.unit = make("select", { "aria-label": "Compare by" });
    this.unitBox = make("label", { class: "fl-field" }, make("span", {}, "Compare by"), this.unit);
    this.only = make("select", { "aria-label": "Show" }, make("option", { value: "all" }, "all that are listed"), make("option", { value: "distinctive" }, "only distinctive"));
    this.onlyBox = make("label", { class: "fl-field" }, make("span", {}, "Show"), this.only);
    this.find = make("input", { type: "search" });
    this.findWords = make("span");
    this.says = make("output", { class: "fl-statement", "aria-live": "polite" });
    this.result = make("p", {});
    this.count = make("p", { class: "fl-note", role: "status" });
    this.list = make("div", { class: "fl-key-list", role: "region", "aria-label": "What is said more" });
    this.none = make("div");
    this.title = make("p", { class: "fl-key-title" });
    this.plot = make("div", { class: "fl-key-plot" });
    this.told = make("p", { class: "fl-note fl-key-told" });
    this.table = make("div", { class: "fl-scroll", tabindex: 0, role: "region", "aria-label": "The dots as a table" });
    this.details = make("details", {}, make("summary", {}, "The dots as a table"), this.table);
    this.read = make("p", { class: "fl-chip" });
    this.said = make("div", { class: "fl-key-sides" });
    this.left = make("p", { class: "fl-note" });
    this.panel = make("div", { class: "fl-key-panel", role: "group", tabindex: -1 }, this.title, this.plot, this.told, this.details, this.read, this.said, this.left);
    el.append(make("div", { class: "fl-controls" }, make("label", { class: "fl-field fl-pick" }, make("span", {}, "Comparison"), this.pick), this.unitBox, this.onlyBox,
      make("label", { class: "fl-field fl-search" }, this.findWords, this.find)), this.says, this.result, this.count, this.list, this.none, this.panel);
    this.listen();
  }

  listen() {
    const choose = (name, node) => node.addEventListener("change", () => this.set({ [name]: node.value, article: "" }));
    choose("comparison", this.pick);
    choose("unit", this.unit);
    choose("shown", this.only);
    this.find.addEventListener("input", () => { this.search = fold(this.find.value.trim()); this.draw(); });
    this.list.addEventListener("keydown", (event) => this.move(event, this.list, ".fl-key-feature", { ArrowDown: 1, ArrowUp: -1 }));
    this.plot.addEventListener("keydown", (event) => this.moveDots(event));
    this.plot.addEventListener("click", ({ target }) => this.pickDot(target.closest(".fl-key-dot")?.dot));
    for (const name of ["focusin", "mouseover"]) {
      this.plot.addEventListener(name, ({ target }) => { const mark = target.closest(".fl-key-dot"); if (mark) this.told.textContent = mark.dot.label; });
    }
    this.list.addEventListener("focusin", ({ target }) => { if (target.feature) rove(this.list, ".fl-key-feature", target); });
    this.plot.addEventListener("focusin", ({ target }) => { if (target.dot) rove(this.plot, ".fl-key-dot", target); });
    this.details.addEventListener("toggle", () => this.drawTable());
  }

  set(changes) {
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.model.save_changes();
    this.draw();
  }

  /** The arrow keys go from one mark to the next; Home and End to the first and the last. */
  move(event, box, marks, steps) {
    const all = [...box.querySelectorAll(marks)], at = all.indexOf(event.target.closest(marks));
    const next = event.key === "Home" ? all[0] : event.key === "End" ? all.at(-1) : event.key in steps ? all[at + steps[event.key]] : null;
    if (at < 0 || !(event.key in steps || ["Home", "End"].includes(event.key))) return;
    event.preventDefault();
    next?.focus();
  }

  moveDots(event) {
    const mark = event.target.closest(".fl-key-dot");
    if (!mark) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.pickDot(mark.dot);
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const others = [...this.plot.querySelectorAll(".fl-key-dot")].filter((other) => other.dot.side !== mark.dot.side && other.dot.side === (event.key === "ArrowDown" ? 1 : 0));
      const far = (other) => Math.abs(other.dot.rate - mark.dot.rate);
      others.sort((a, b) => far(a) - far(b))[0]?.focus();
    } else this.move(event, this.plot, ".fl-key-dot", { ArrowRight: 1, ArrowLeft: -1 });
  }

  pickDot(dot) { if (dot) this.set({ article: dot.article.id === this.model.get("article") ? "" : dot.article.id }); }

  get comparison() {
    const all = this.engine.data.comparisons, unit = all.some((each) => each.unit === this.model.get("unit")) ? this.model.get("unit") : all[0].unit;
    const own = all.filter((each) => each.unit === unit);
    return own.find((each) => each.name === this.model.get("comparison")) || own[0];
  }

  drawControls(comparison) {
    const { comparisons, names } = this.engine.data, own = comparisons.filter((each) => each.unit === comparison.unit);
    const option = (each) => make("option", { value: each.name }, each.name);
    const groups = [["One source and all others", own.filter((each) => each.rest)], ["Two sources", own.filter((each) => !each.rest)]].filter(([, list]) => list.length);
    this.pick.replaceChildren(...groups.map(([label, list]) => make("optgroup", { label }, ...list.map(option))));
    this.unit.replaceChildren(...[...new Set(comparisons.map((each) => each.unit))].map((unit) => make("option", { value: unit }, names[unit])));
    this.pick.value = comparison.name;
    this.unit.value = comparison.unit;
    this.unitBox.hidden = this.unit.options.length < 2;
    this.only.value = this.model.get("shown");
    this.onlyBox.hidden = !comparison.tested;
    this.findWords.textContent = `Find in the ${names[comparison.unit]}`;
  }

  draw() {
    const { comparison } = this, features = listFeatures(comparison), units = this.engine.data.names[comparison.unit];
    const only = comparison.tested && this.model.get("shown") === "distinctive";
    const kept = features.filter((feature) => (!only || feature.distinctive) && fold(feature.name).includes(this.search));
    // What was read stays, wherever it is still listed.
    const current = features.find((feature) => feature.name === this.model.get("feature")) || kept[0] || features[0];
    this.current = current;
    const bound = Math.max(0, ...features.flatMap((feature) => (feature.odds || []).map(Math.abs))), most = comparison.tested ? Math.max(1, Math.ceil(bound)) : 0;
    keepFocus(this.el, () => {
      this.drawControls(comparison);
      if (this.says.textContent !== comparison.says) this.says.textContent = comparison.says;
      this.result.textContent = comparison.result;
      this.list.replaceChildren(...(kept.length ? [featureTable(comparison, kept, units, most, (feature) => this.read_(feature))] : []));
      for (const button of this.list.querySelectorAll(".fl-key-feature")) button.setAttribute("aria-pressed", String(button.feature === current));
      rove(this.list, ".fl-key-feature", this.list.querySelector('.fl-key-feature[aria-pressed="true"]'));
      this.none.replaceChildren(...(kept.length || !features.length ? [] : [this.emptyList(features, only, units)]));
      this.drawPanel(comparison, current);
    });
    this.list.hidden = !kept.length;
    this.count.textContent = features.length ? this.countWords(kept, features, units) : "";
  }

  countWords(kept, features, units) {
    const { current, comparison } = this, names = [comparison.first, comparison.second];
    const told = current.sides.map((side, at) => (side.told ? `${numberWords(side.rows.length)} of ${keyCount(side.told, "sentence")} of ${names[at]}` : `none of ${names[at]}`));
    return `${numberWords(kept.length)} of ${numberWords(features.length)} listed ${units} are shown. Read below is “${current.name}”: ${told.join(", ")}.`;
  }

  emptyList(features, only, units) {
    const { search } = this, words = this.find.value.trim();
    const why = search ? `None of the ${features.length} listed ${units}${only ? " that are distinctive" : ""} has “${words}” in it.`
      : `None of the ${features.length} listed ${units} is distinctive (that is a result).`;
    const reset = () => { this.find.value = this.search = ""; this.set({ shown: "all" }); };
    return make("div", { class: "fl-empty" }, make("p", {}, why), make("button", { type: "button", "data-key": "empty-reset", onclick: reset }, "Show all that are listed"));
  }

  read_(feature) {
    this.set({ feature: feature.name, article: "" });
    // On a narrow page the list fills the window, and what was asked for would be out of sight.
    if (this.el.clientWidth < 640) this.panel.scrollIntoView({ block: "start" });
  }

  drawPanel(comparison, feature) {
    this.panel.hidden = !feature;
    if (!feature) return;
    const names = [comparison.first, comparison.second], { q } = feature;
    this.panel.setAttribute("aria-label", `${feature.name}: articles and sentences`);
    this.title.replaceChildren(make("strong", {}, feature.name), make("span", {}, `used more by ${names[feature.more]}${q == null ? "" : `, ${qWords(q)}`}`));
    this.sides = featureDots(this.engine, comparison, feature);
    const dot = this.sides.flat().find((each) => each.article.id === this.model.get("article"));
    this.drawDots();
    this.drawTable();
    this.told.textContent = "An arrow key goes to the next dot; Enter or a click reads its article alone.";
    this.read.replaceChildren(...(dot ? [`Reading one article: ${dot.article.outlet}, ${dot.article.headline || dot.article.id} `,
      make("button", { type: "button", "data-key": "all", onclick: () => this.set({ article: "" }) }, "Read all again")] : []));
    this.said.replaceChildren(...(dot ? [dot.side] : [0, 1]).map((side) => sideSentences(this.engine, comparison, feature, side, dot)));
    const left = feature.sides.some((side) => side.rows.length < side.told), { most } = this.engine.data;
    this.left.textContent = left ? `Of each source at most ${keyCount(most, "sentence")} come with this view, articles taking turns, and of no article more than half.` : "";
  }

  drawDots() {
    const width = this.plot.clientWidth || 600, { comparison } = this;
    this.width = width;
    this.plot.replaceChildren(...dotPlot(comparison, this.current, this.sides, width, this.model.get("article")));
    const marks = this.plot.querySelectorAll(".fl-key-dot");
    rove(this.plot, ".fl-key-dot", this.plot.querySelector('.fl-key-dot[aria-pressed="true"]') || marks[0]);
  }

  drawTable() {
    if (this.details.open && this.sides) this.table.replaceChildren(dotTable(this.comparison, this.sides, (dot) => this.pickDot(dot), this.model.get("article")));
  }
}

/** One mark is in the order of Tab. */
function rove(box, marks, kept) {
  const all = [...box.querySelectorAll(marks)], first = all.includes(kept) ? kept : all[0];
  for (const mark of all) mark.setAttribute("tabindex", mark === first ? 0 : -1);
}

function drawKeyness(engine, model, el, signal) {
  const { comparisons } = engine.data;
  heading(el, model.get("title"), comparisons.length ? model.get("note") : "");
  if (!comparisons.length) {
    el.append(make("p", { class: "fl-empty" }, engine.data.empty));
    return;
  }
  const view = new KeynessView(engine, model, el), traits = ["unit", "comparison", "feature", "article", "shown"].map((name) => `change:${name}`);
  let pending = false;
  const changed = () => {
    if (pending) return;
    pending = true;
    queueMicrotask(() => { pending = false; view.draw(); });
  };
  for (const name of traits) model.on(name, changed);
  // A view in a tab that is not open has no width yet; it is drawn again as soon as it has one.
  const resized = new ResizeObserver(() => { if (view.current && view.plot.clientWidth && view.plot.clientWidth !== view.width) keepFocus(view.plot, () => view.drawDots()); });
  resized.observe(view.plot);
  signal?.addEventListener("abort", () => {
    resized.disconnect();
    for (const name of traits) model.off(name, changed);
  });
  view.draw();
}
