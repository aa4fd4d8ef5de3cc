// Rows over time as bars, with a brush on them that sets the first and the last day of the filters.

const CHART_HEIGHT = 196;
const CHART_TOP = 26;
const CHART_BOTTOM = 24;
// Targets are 24 px wide: a handle stands outside of its edge of the brush, so that the two never cover each other.
const HANDLE = 24;
const LEAST_PLOT = 120;

class DatesView {
  constructor(engine, model, el) {
    Object.assign(this, { engine, model, el, closer: null, whole: false, cursor: null, reading: null, width: 0, brush: null });
    this.build();
  }

  build() {
    const { el, model, engine } = this;
    heading(el, model.get("title"), model.get("note"));
    this.said = make("p", { class: "fl-statement", role: "status", "aria-live": "polite" });
    this.key = make("ul", { class: "fl-legend fl-dates-key" });
    const hint = make("p", { class: "fl-note fl-dates-hint", id: newId("hint") },
      "Drag over the bars, or click one, to choose its days. On the keyboard: arrows move the first day, the last day or the bar that is read; Page keys move further; Home and End go to the ends; Enter chooses the bar; Escape takes all dates.");
    const slider = (name, words) => make("div", { class: name, role: "slider", tabindex: 0, "aria-label": words, "aria-describedby": hint.id });
    this.handles = { start: slider("fl-dates-handle fl-dates-start", "First day"), end: slider("fl-dates-handle fl-dates-end", "Last day") };
    this.plot = slider("fl-dates-plot", "Bar that is read");
    this.chart = makeSvg("svg", { class: "fl-dates-chart", "aria-hidden": "true", height: CHART_HEIGHT });
    this.told = make("div", { class: "fl-dates-told", "aria-hidden": "true" });
    this.box = make("div", { class: "fl-dates-box" }, this.chart, this.told, this.plot, this.handles.start, this.handles.end);
    this.buttons = {
      all: make("button", { type: "button", onclick: () => this.brush.clear() }, "All dates"),
      closer: make("button", { type: "button", onclick: () => this.lookCloser() }, "Look closer"),
      whole: make("button", { type: "button", onclick: () => this.showWhole() }, "Whole time"),
      fit: make("button", { type: "button", "aria-pressed": "false", onclick: () => this.toggleFit() }, "Height by the selection"),
    };
    this.controls = make("div", { class: "fl-controls fl-dates-controls", role: "group", "aria-label": "Dates shown" }, ...Object.values(this.buttons));
    this.note = make("p", { class: "fl-note" });
    this.foot = make("div", { class: "fl-time-foot" });
    this.table = new DatesTable(engine, model.get("title"), () => this.fillTable());
    el.append(this.said, this.key, this.box, this.controls, this.note, this.foot, this.table.box, hint);
    this.hint = hint;
    this.buildChart();
    this.brush = new DatesBrush(this);
    this.brush.listen();
    this.listen();
  }

  buildChart() {
    const id = newId("hatch"), stripes = (name) => makeSvg("pattern", { id: `${id}-${name}`, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      makeSvg("path", { class: `fl-dates-stripe-${name}`, d: "M0 0v5" }));
    const layer = (name) => makeSvg("path", { class: `fl-dates-${name}` });
    this.layers = { allSure: layer("all"), allMaybe: layer("all"), sure: layer("full"), maybe: layer("full"), edge: layer("brush-edge"), cursor: layer("cursor") };
    this.layers.allMaybe.style.fill = `url(#${id}-all)`;
    this.layers.maybe.style.fill = `url(#${id}-full)`;
    this.band = makeSvg("rect", { class: "fl-dates-band", y: CHART_TOP, height: CHART_HEIGHT - CHART_TOP - CHART_BOTTOM });
    this.axes = makeSvg("g", { class: "fl-dates-axes" });
    const { allSure, allMaybe, sure, maybe, edge, cursor } = this.layers;
    this.chart.append(makeSvg("defs", {}, stripes("all"), stripes("full")), this.band, this.axes, allSure, allMaybe, sure, maybe, edge, cursor);
  }

  /** A bar is read under the pointer, or where the keyboard stands. */
  listen() {
    const { plot, brush } = this;
    plot.addEventListener("pointerleave", () => { if (!brush.drag) this.readBar(document.activeElement === plot ? this.cursor : null); });
    plot.addEventListener("focus", () => { if (plot.matches(":focus-visible")) this.readBar(this.cursor ?? tallestBar(this.counted)); });
    plot.addEventListener("blur", () => this.readBar(null));
  }

  /** Columns of days, once for the data; bars, once for the days that are looked at. */
  prepare() {
    const { engine } = this, tally = engine.tally();
    if (this.generation !== engine.generation) {
      this.generation = engine.generation;
      const columns = [engine.own, engine.cube].filter(Boolean).flatMap(({ from, to }) => [from, to]);
      const ends = new Int32Array(columns.reduce((sum, { length }) => sum + length, 0));
      columns.reduce((at, column) => { ends.set(column, at); return at + column.length; }, 0);
      const sorted = ends.sort(), undated = sorted.lastIndexOf(UNDATED) + 1;
      this.days = sorted.subarray(undated);
      this.shown = null;
    }
    if (!this.days.length) return;
    const whole = [this.days[0], this.days.at(-1)];
    const shown = this.closer || (this.whole ? whole : coreDays(this.days));
    if (String(shown) !== this.shown) Object.assign(this, { shown: String(shown), made: new Map(), cursor: null });
    // Bars of a sample and bars of all have the same edges: a search moves nothing.
    if (!this.made.has(tally)) this.made.set(tally, new DateBars(tally, shown, (engine.cube || engine.own).period));
    this.bars = this.made.get(tally);
    this.isWhole = this.bars.first <= whole[0] && this.bars.last >= whole[1];
  }

  draw() {
    const { engine } = this, { start, end } = engine.filters;
    if (!start && !end) this.closer = null;
    this.prepare();
    const some = this.days.length > 0;
    for (const part of [this.key, this.box, this.controls, this.table.box, this.hint]) part.hidden = !some;
    if (!some) {
      saySampled(engine, this.el, engine.tally());
      this.said.textContent = engine.size ? `None of the ${engine.countUnits(engine.size)} has a date.` : "";
      this.foot.replaceChildren(...(engine.size ? [] : [emptyNote(engine)]));
      return;
    }
    const { tally } = this.bars;
    this.counted = this.bars.count(tally.passing.rows);
    saySampled(engine, this.el, tally);
    this.drawChart();
    this.drawWords();
    if (this.table.box.open) this.fillTable();
  }

  drawWords() {
    const { engine, bars, counted, buttons } = this, { start, end } = engine.filters, undated = counted.size - counted.dated;
    // A drag tells what it selects at its end, not at each of its steps.
    if (!this.brush.drag) { const words = datesSentence(engine, bars, counted); if (this.said.textContent !== words) this.said.textContent = words; }
    this.note.textContent = datesNote(engine, bars, counted);
    const off = { all: !start && !end, closer: bars.period.name === bars.finest || !this.brush.isPart(), whole: this.isWhole };
    for (const [name, is] of Object.entries(off)) buttons[name].setAttribute("aria-disabled", String(is));
    keepFocus(this.foot, () => this.foot.replaceChildren(...(undated ? [pickButton(engine, { label: "no date", undated: true },
      { class: "fl-undated", "data-key": "undated" }, `${engine.countUnits(undated)} without a date`)] : []), ...(counted.size ? [] : [emptyNote(engine)])));
    showPressed(this.foot, engine);
    const partly = counted.size < bars.tally.total, maybe = bars.all.wide > 0;
    const keys = [[true, "full", partly ? "selected" : engine.data.units], [maybe, "full fl-dates-maybe", `could lie in this ${bars.period.one}`], [partly, "all", `all ${engine.data.units}`]];
    const shape = String(keys);
    if (shape !== this.keyShape) {
      this.keyShape = shape;
      this.key.replaceChildren(...keys.filter(([is]) => is).map(([, name, words]) => make("li", {}, make("span", { class: `fl-dates-sample fl-dates-sample-${name}`, "aria-hidden": "true" }), words)));
    }
  }

  /** Where a day begins, in pixels from the left, within the plot. */
  place(day) {
    const { first, edges, length } = this.bars, share = (day - first) / (edges[length] - first);
    return this.left + Math.max(0, Math.min(1, share)) * this.plotWidth;
  }

  drawChart() {
    const { bars, counted, layers } = this, full = this.width || this.box.clientWidth;
    // In a tab that is not open there is no width yet.
    if (!full) return;
    this.width = full;
    const top = (count) => Math.max(...Array.from(count.sure, (number, bar) => number + count.maybe[bar]));
    this.high = valueAxis([0, (this.fit && top(counted)) || top(bars.all) || 1]);
    this.left = HANDLE + 8 + 7 * String(this.high.high).length;
    this.plotWidth = Math.max(LEAST_PLOT, full - this.left - HANDLE - 2);
    this.drawAxes(full);
    layers.allSure.setAttribute("d", this.barPath(bars.all.sure, null));
    layers.allMaybe.setAttribute("d", this.barPath(bars.all.maybe, bars.all.sure));
    layers.sure.setAttribute("d", this.barPath(counted.sure, null));
    layers.maybe.setAttribute("d", this.barPath(counted.maybe, counted.sure));
    this.drawBrush();
    this.drawCursor();
  }

  /** Bars as one path; they stand on `below`, where it is given. */
  barPath(counts, below) {
    const { bars } = this, bottom = CHART_HEIGHT - CHART_BOTTOM, tall = bottom - CHART_TOP, scale = tall / this.high.high, parts = [];
    for (let bar = 0; bar < counts.length; bar++) {
      if (!counts[bar]) continue;
      const left = this.place(bars.edges[bar]), wide = this.place(bars.edges[bar + 1]) - left, gap = wide > 4 ? 1 : 0;
      const low = Math.min(tall, below ? below[bar] * scale : 0), high = Math.min(tall, low + counts[bar] * scale);
      // However few they are, they can be seen.
      const up = Math.max(high - low, Math.min(1.5, tall - low));
      parts.push(`M${(left + gap / 2).toFixed(1)} ${(bottom - low).toFixed(1)}v${(-up).toFixed(1)}h${Math.max(1, wide - gap).toFixed(1)}v${up.toFixed(1)}z`);
    }
    return parts.join("");
  }

  drawAxes(full) {
    const { bars, chart, high } = this, bottom = CHART_HEIGHT - CHART_BOTTOM, shape = `${this.shown} ${full} ${high.ticks}`;
    if (shape === this.axesShape) return;
    this.axesShape = shape;
    chart.setAttribute("viewBox", `0 0 ${full} ${CHART_HEIGHT}`);
    const right = this.left + this.plotWidth, y = (value) => bottom - (value / high.high) * (bottom - CHART_TOP);
    const lines = high.ticks.map((value) => makeSvg("path", { class: value ? "fl-dates-line" : "fl-dates-base", d: `M${this.left} ${y(value).toFixed(1)}H${right}` }));
    const counts = high.ticks.map((value) => makeSvg("text", { x: this.left - HANDLE - 4, y: y(value) + 4, "text-anchor": "end" }, String(value)));
    const ticks = axisTicks(bars.first, bars.last + 1, Math.max(2, Math.floor(this.plotWidth / TICK_WIDTH)));
    const days = ticks.flatMap(([day, words]) => {
      const x = this.place(day), side = x < this.left + TICK_EDGE ? "start" : x > right - TICK_EDGE ? "end" : "middle";
      // A label that is moved inwards at an edge would cover its neighbour.
      if (side !== "middle" && ticks.some(([other]) => other !== day && Math.abs(this.place(other) - x) < 1.5 * TICK_WIDTH)) return [];
      return [makeSvg("path", { class: "fl-dates-tick", d: `M${x.toFixed(1)} ${bottom}v4` }), makeSvg("text", { x: x.toFixed(1), y: CHART_HEIGHT - 6, "text-anchor": side }, words)];
    });
    this.axes.replaceChildren(...lines, ...counts, ...days);
    for (const node of [this.plot, this.handles.start, this.handles.end]) Object.assign(node.style, { top: `${CHART_TOP}px`, height: `${bottom - CHART_TOP}px` });
    Object.assign(this.plot.style, { left: `${this.left}px`, width: `${this.plotWidth}px` });
  }

  /** The handles stand at the days that are filtered, whoever set them. */
  drawBrush() {
    const { bars, handles } = this, filters = this.engine.filters, start = dayNumber(filters.start), end = dayNumber(filters.end);
    const from = this.place(start ?? bars.first), to = Math.max(from, this.place(end == null ? bars.last + 1 : end + 1)), set = start != null || end != null;
    this.band.setAttribute("x", from.toFixed(1));
    this.band.setAttribute("width", Math.max(1, to - from).toFixed(1));
    this.layers.edge.setAttribute("d", set ? [from, to].map((x) => `M${x.toFixed(1)} ${CHART_TOP}V${CHART_HEIGHT - CHART_BOTTOM}`).join("") : "");
    this.box.classList.toggle("fl-dates-set", set);
    handles.start.style.left = `${from - HANDLE}px`;
    handles.end.style.left = `${to}px`;
    const inside = (day) => Math.max(bars.first, Math.min(bars.last, day));
    const say = (node, day, none, words) => {
      node.setAttribute("aria-valuemin", bars.first);
      node.setAttribute("aria-valuemax", bars.last);
      node.setAttribute("aria-valuenow", inside(day ?? none));
      node.setAttribute("aria-valuetext", day == null ? words : dateWords(day, day));
    };
    say(handles.start, start, bars.first, "the earliest");
    say(handles.end, end, bars.last, "the latest");
  }

  /** What a bar holds, in words; short ones stand above it, on a narrow page too. */
  barWords(bar, short = false) {
    const { bars, counted, engine } = this, all = bars.all.sure[bar] + bars.all.maybe[bar], selected = counted.sure[bar] + counted.maybe[bar];
    const say = (number) => engine.numberWords(number), unsure = counted.maybe[bar], of = selected === all ? "" : `${say(selected)} of `, total = short ? say(all) : engine.countUnits(all);
    return `${bars.words(bar)}: ${of}${total}${!unsure ? "" : short ? ` (${say(unsure)} may lie elsewhere)` : `, of which ${say(unsure)} may lie elsewhere`}`;
  }

  /** The bar under the pointer, or the one that the keyboard reads, in words above it. */
  drawCursor() {
    const { plot, told, bars, cursor } = this, at = Math.min(cursor ?? tallestBar(this.counted), bars.length - 1);
    plot.setAttribute("aria-valuemin", 1);
    plot.setAttribute("aria-valuemax", bars.length);
    plot.setAttribute("aria-valuenow", at + 1);
    plot.setAttribute("aria-valuetext", this.barWords(at));
    const shown = this.reading != null && this.reading < bars.length, words = shown ? this.barWords(this.reading, true) : "";
    if (told.textContent !== words) told.textContent = words;
    if (!shown) { this.layers.cursor.setAttribute("d", ""); return; }
    const left = this.place(bars.edges[this.reading]), right = this.place(bars.edges[this.reading + 1]);
    this.layers.cursor.setAttribute("d", `M${left.toFixed(1)} ${CHART_TOP}H${right.toFixed(1)}V${CHART_HEIGHT - CHART_BOTTOM}H${left.toFixed(1)}z`);
    told.style.left = `${Math.max(0, Math.min(this.width - told.offsetWidth, (left + right - told.offsetWidth) / 2))}px`;
  }

  fillTable() { if (this.counted) this.table.fill(this.bars, this.counted); }

  lookCloser() {
    const brush = this.brush.chosenBars();
    if (!brush || this.buttons.closer.getAttribute("aria-disabled") === "true") return;
    this.closer = [this.bars.edges[brush[0]], this.bars.edges[brush[1] + 1] - 1];
    this.draw();
  }

  showWhole() { this.closer = null; this.whole = true; this.draw(); }

  toggleFit() {
    this.fit = !this.fit;
    this.buttons.fit.setAttribute("aria-pressed", String(this.fit));
    this.drawChart();
  }

  readBar(bar) {
    this.reading = bar;
    if (bar != null) this.cursor = bar;
    if (this.counted && this.width) this.drawCursor();
  }

}

function drawDates(engine, model, el, signal) {
  const view = new DatesView(engine, model, el);
  const resized = new ResizeObserver(() => {
    const width = view.box.clientWidth;
    if (width && width !== view.width && view.counted) { view.width = width; view.drawChart(); }
  });
  resized.observe(view.box);
  signal?.addEventListener("abort", () => { resized.disconnect(); cancelAnimationFrame(view.brush.frame); });
  engine.watch(() => view.draw(), signal);
}
