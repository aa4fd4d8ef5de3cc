// Swim lanes: one lane a value, one mark an event; a symbol stands on a certain day, a bar over an interval.

// Lines of marks a lane: where all lanes together hold more marks than can be told apart, they have fewer.
const PACKED = [12, 5, 2, 1];
const MORE_PACKED = 24;
const MOST_LANE_MARKS = 250;
const MOST_LANES = 20;
// So many marks are drawn at once, wherever they are.
const FEW_MARKS = 100;
const TICK_WIDTH = 60;
const TICK_EDGE = 26;
const LEAST_TRACK = 240;
const KEYS = { "+": "closer", "=": "closer", "-": "wider", _: "wider", 0: "whole" };

class LanesView {
  constructor(engine, model, el) {
    Object.assign(this, { engine, model, el, window: new TimeWindow(), open: new Map(), limit: MOST_LANES, active: null, nodes: new Map(), drawnRows: new Map(), seen: new Set() });
    this.orders = model.get("orders") || {};
    this.build();
  }

  get lane() { return this.engine.dimensions.get(this.model.get("rows")); }
  get colour() { return this.engine.dimensions.get(this.model.get("colour")); }
  get within() { return this.engine.dimensions.get(this.model.get("within")); }

  build() {
    const { el, model } = this, part = (name, properties = {}) => make("div", { class: name, ...properties });
    const { engine } = this;
    heading(el, model.get("title"), model.get("note"));
    this.select = make("select", { onchange: () => engine.setFilters({ choices: { ...engine.filters.choices, [this.within.name]: [this.select.value] } }) });
    this.period = make("select", { "aria-label": "Go to", onchange: () => this.goTo(this.period.value) });
    this.buttons = Object.fromEntries([["closer", "Zoom in"], ["wider", "Zoom out"], ["before", "Earlier"], ["after", "Later"], ["whole", "Whole time"]]
      .map(([name, words]) => [name, make("button", { type: "button", onclick: () => this.move(name) }, words)]));
    this.controls = part("fl-controls fl-lane-controls", { role: "group", "aria-label": "Time shown" });
    this.controls.append(...Object.values(this.buttons), this.period);
    this.said = make("p", { class: "fl-statement", role: "status", "aria-live": "polite" });
    this.key = make("ul", { class: "fl-legend" });
    this.shapes = make("ul", { class: "fl-legend fl-lane-shapes" });
    this.axis = make("span", { class: "fl-axis-track" });
    this.hint = make("p", { class: "fl-note fl-lane-hint", id: newId("hint") },
      "A click on a mark reads its sentences. On the keyboard: arrows go from mark to mark, Enter reads, Escape lets go, + and − zoom, 0 shows the whole time, Shift with ← or → moves on in time; Ctrl with the wheel zooms too.");
    this.list = part("fl-lanes", { role: "group", tabindex: -1, "aria-label": `${model.get("title")}: lanes`, "aria-describedby": this.hint.id });
    this.told = part("fl-lane-told", { "aria-hidden": "true" });
    this.foot = part("fl-time-foot");
    if (this.within) el.append(make("label", { class: "fl-field fl-pick fl-lane-within" }, make("span", {}, this.within.label), this.select));
    this.box = part("fl-lane-box");
    this.box.append(make("div", { class: "fl-lane-axis", "aria-hidden": "true" }, this.axis), this.list, this.told);
    this.others = part("fl-time-foot");
    this.reading = part("fl-lane-reading", { hidden: true });
    el.append(this.said, this.controls, this.key, this.shapes, this.box, this.others, this.reading, this.hint, this.foot);
    this.listen();
    this.watchSight();
  }

  /** Keep what of the lanes is in sight, as the browser tells it: to ask would lay the page out. */
  watchSight() {
    this.sight = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) if (isIntersecting) this.seen.add(target); else this.seen.delete(target);
      if (this.stale && changes.some(({ isIntersecting }) => isIntersecting)) this.draw();
    });
    this.sight.observe(this.box);
  }

  listen() {
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    this.el.addEventListener("click", ({ target, detail }) => { this.clicked = detail > 0 && Boolean(target.closest(".fl-lane-mark, .fl-undated")); }, true);
    this.reading.addEventListener("keydown", ({ key }) => { if (key === "Escape") this.letGo(); });
    this.list.addEventListener("wheel", (event) => {
      if (!event.ctrlKey || !this.lanes.length) return;
      event.preventDefault();
      const box = this.axis.getBoundingClientRect(), [first] = this.window.days;
      this.window.zoom(event.deltaY < 0 ? 0.8 : 1.25, first + (this.window.length * (event.clientX - box.left)) / box.width);
      this.drawLanes();
    }, { passive: false });
    const found = (node) => node?.closest?.(".fl-lane-mark");
    this.list.addEventListener("focusin", ({ target }) => { if (found(target)) this.setActive(target.dataset.key); this.tell(found(target)); });
    this.list.addEventListener("pointerover", ({ target }) => this.tell(found(target)));
    this.list.addEventListener("pointerleave", () => this.tell(this.list.contains(document.activeElement) ? found(document.activeElement) : null));
    this.list.addEventListener("focusout", () => this.tell(null));
  }

  /** Show a mark's words beside it: below, or above where the box ends. */
  tell(node) {
    const { told, box } = this;
    told.textContent = node ? node.getAttribute("aria-label") : "";
    if (!node) return;
    const from = box.getBoundingClientRect(), at = node.getBoundingClientRect(), below = at.bottom - from.top + 4;
    const above = at.top - from.top - told.offsetHeight - 4, fits = below + told.offsetHeight <= box.clientHeight || above < 0;
    told.style.top = `${(fits ? below : above) + box.scrollTop}px`;
    told.style.left = `${Math.max(0, Math.min(box.clientWidth - told.offsetWidth, at.left - from.left))}px`;
  }

  /** "12 events"; where articles date the marks, "12 articles". */
  countMarks(number) {
    const { engine } = this, noun = !engine.data.event_dates ? "article" : engine.column("event_id") ? "event" : "";
    return noun ? `${number} ${noun}${number === 1 ? "" : "s"}` : engine.countUnits(number);
  }

  chooseRows() {
    const { engine, within } = this, rows = engine.rows();
    if (!within) return rows;
    const counts = new Int32Array(within.values.length), set = engine.filters.choices?.[within.name] || [];
    for (const row of engine.rowsPassing(within.name)) for (const code of within.lists[row]) counts[code]++;
    // Where the filter names no value or several, one of them is shown: the last one that was, or the first.
    const before = this.chosen, order = this.orders[within.name] || [], place = (value) => (order.indexOf(value) + 1) || order.length + 1;
    const ranked = [...within.values].sort((a, b) => place(a) - place(b));
    const open = set.length ? ranked.filter((value) => set.includes(value)) : ranked;
    if (!open.includes(this.chosen)) this.chosen = open[0];
    if (before !== this.chosen) this.window.showStart();
    const codes = ranked.map((value) => within.values.indexOf(value)).filter((code) => counts[code] || within.values[code] === this.chosen);
    this.select.replaceChildren(...codes.map((code) => make("option", { value: within.values[code] }, `${within.values[code]} (${engine.countUnits(counts[code])})`)));
    this.select.value = this.chosen;
    const wanted = within.values.indexOf(this.chosen);
    return rows.filter((row) => within.lists[row].includes(wanted));
  }

  /** A mark that is picked changes no lane; only another selection does, or the end of a drag that left some as they were. */
  update() {
    const selection = JSON.stringify([this.engine.generation, this.engine.filters]);
    if (selection !== this.selection || (this.stale && !this.engine.held)) { this.selection = selection; this.draw(); }
    else showPressed(this.el, this.engine);
    this.drawReading();
  }

  /** Where the focus was in a bar that goes, it returns to the lanes. */
  drawReading() {
    const { reading, engine } = this, focused = reading.contains(document.activeElement), is = Boolean(engine.picked.label);
    keepFocus(reading, () => reading.replaceChildren(...(is ? readingBar(engine) : [])));
    reading.hidden = !is;
    // A click whose sentences are out of sight must not seem to do nothing.
    if (is && this.clicked) requestAnimationFrame(() => reading.scrollIntoView({ block: "nearest" }));
    this.clicked = false;
    if (focused && !reading.contains(document.activeElement)) (this.nodes.get(this.active) || this.list).focus({ preventScroll: true });
  }

  letGo() { this.tell(null); if (this.engine.picked.label) this.engine.pick({}); }

  draw() {
    const { engine, lane, colour } = this, rows = this.rows = this.chooseRows();
    const marks = this.store.gather(rows), sorted = sortLanes(engine, lane, marks, this.orders[lane.name] || []);
    this.marks = marks.filter((mark) => mark.from != null);
    this.dated = this.store.count(this.marks);
    this.lanes = sorted.filter((each) => each.marks.length);
    // Where the focus is among many marks, all are drawn: it must not stay on one that is gone.
    this.stale = engine.held || (this.marks.length > FEW_MARKS && !this.list.contains(document.activeElement));
    this.chooseLanes();
    if (this.marks.length) this.window.fit(wholeDays(this.marks), axisDays(this.marks, engine.filters));
    keepFocus(this.el, () => {
      const others = colour ? engine.rowsPassing(colour.name) : [], wanted = this.within?.values.indexOf(this.chosen);
      this.key.replaceChildren(...(colour ? legendButtons(engine, colour, this.within ? others.filter((row) => this.within.lists[row].includes(wanted)) : others, this.marks, this.orders[colour.name] || []) : []));
      this.drawFoot(sorted.filter((each) => !each.marks.length), marks.filter((mark) => mark.from == null && !this.dated.mask[mark.number]));
    });
    this.drawLanes(!this.stale);
    if (!this.period.length) this.finish();
    else this.later ??= requestAnimationFrame(() => setTimeout(() => this.finish()));
  }

  /** What is out of sight or in a closed list follows when the screen has been drawn, and after a drag at its end. */
  finish() {
    this.later = null;
    if (this.engine.held) return;
    this.drawPeriods();
    if (this.stale) { this.stale = false; this.drawLanes(); }
  }

  drawPeriods() {
    this.period.replaceChildren(make("option", { value: "" }, "Go to …"), ...periodOptions(this.marks));
    this.showPeriod();
  }

  showPeriod() {
    const days = this.lanes.length ? this.window.days.join(" ") : "";
    this.period.value = [...this.period.options].some((option) => option.value === days) ? days : "";
  }

  /** The lanes that hold most, in their order; the others are counted below. */
  chooseLanes() {
    const least = [...this.lanes].sort((a, b) => b.marks.length - a.marks.length).slice(0, this.limit), kept = new Set(least);
    this.drawnLanes = this.lanes.filter((each) => kept.has(each));
    this.named = false;
    keepFocus(this.others, () => this.others.replaceChildren(...otherLanes(this, this.lanes.filter((each) => !kept.has(each)))));
  }

  showMore(number) {
    this.limit += number;
    this.chooseLanes();
    this.drawLanes();
    if (!this.others.contains(document.activeElement)) this.list.focus({ preventScroll: true });
  }

  /** What the marks are made of, as long as the data are the same. */
  get store() {
    const { generation } = this.engine;
    if (this.known?.generation !== generation) {
      this.known = { generation, marks: new LaneMarks(this.engine, this.lane, this.colour) };
      // The same code may stand for another lane now.
      this.drawnRows = new Map();
    }
    return this.known.marks;
  }

  labelOf(mark) { return mark.label || this.store.wordsOf(mark); }

  /** Where the marks of each lane stand within some days, in as many lines as leave them apart. */
  packLanes(inside, days, width) {
    const places = inside.map((marks) => marks.map((mark) => placeMark(mark, days, width)).sort((a, b) => a.left - b.left || b.width - a.width));
    for (const most of PACKED) {
      const packings = [];
      let drawn = 0;
      this.packed = most;
      for (let at = 0; at < places.length && (drawn <= MOST_LANE_MARKS || most === PACKED.at(-1)); at++) {
        packings.push({ ...packPlaces(places[at], Math.max(most, this.open.get(this.drawnLanes[at].code) || 0)), inside: inside[at] });
        drawn += packings[at].packed.length;
      }
      if (drawn <= MOST_LANE_MARKS || most === PACKED.at(-1)) return packings;
    }
  }

  /** Draw `all` lanes, else those in sight. */
  drawLanes(all = true) {
    const some = this.lanes.length > 0;
    for (const part of [this.controls, this.shapes, this.box, this.hint]) part.hidden = !some;
    if (!some) { this.say(`No ${this.countMarks(2).replace("2 ", "")} with a date.`); return; }
    const { days } = this.window, inside = this.drawnLanes.map((each) => each.marks.filter((mark) => mark.to >= days[0] && mark.from <= days[1]));
    this.sayShown(inside);
    if (all || this.seen.has(this.box)) this.drawMarks(inside, days, all);
  }

  drawMarks(inside, days, all) {
    // To ask for the width lays the page out; it is asked once, and after that whoever watches it tells of a change.
    this.width ||= this.axis.clientWidth;
    if (!this.named) for (const { marks } of this.drawnLanes) this.store.name(marks);
    this.named = true;
    const width = Math.max(LEAST_TRACK, this.width), packings = this.packLanes(inside, days, width), places = packings.flatMap(({ packed }) => packed);
    const focused = this.list.contains(document.activeElement);
    this.tell(null);
    this.drawAxis(days, width);
    keepFocus(this.el, () => this.drawRows(packings, all));
    this.shapes.replaceChildren(...shapeKeys(places, this.colour));
    this.setActive(this.nodes.has(this.active) ? this.active : places[0]?.mark.key);
    if (this.list.contains(document.activeElement)) this.tell(this.nodes.get(document.activeElement.dataset.key));
    // Where the focused mark has left the window, the focus stays in the lanes.
    if (focused && !this.list.contains(document.activeElement)) (this.nodes.get(this.active) || this.list).focus({ preventScroll: true });
    showPressed(this.list, this.engine);
  }

  drawRows(packings, all) {
    const before = this.drawnRows;
    this.nodes = new Map();
    this.drawnRows = new Map();
    arrange(this.list, packings.map((packing, at) => {
      const each = this.drawnLanes[at], row = before.get(each.code) || new LaneRow(each.name);
      if (!before.has(each.code)) this.sight.observe(row.node);
      this.drawnRows.set(each.code, row);
      this.drawLane(row, each, packing, all || this.seen.has(row.node));
      return row.node;
    }));
  }

  /** Which days are shown and how many events stand in them. */
  sayShown(inside) {
    const name = this.within ? `${this.chosen}: ` : "", { window } = this, { days } = window;
    // The margins of the axis are room for the marks, not days that anybody speaks of.
    const told = window.isWhole ? markedDays(this.marks) : days, shown = this.store.count(inside.flat()).size;
    this.say(`${name}${dateWords(...told)}; ${shown} of ${this.countMarks(this.dated.size)} with a date`);
    this.showPeriod();
    const off = { closer: window.isClosest, wider: window.isWhole, before: window.isFirst, after: window.isLast, whole: window.isWhole };
    for (const [name, is] of Object.entries(off)) this.buttons[name].setAttribute("aria-disabled", String(is));
  }

  /** Written only when it is new: it is read out. */
  say(words) { if (this.said.textContent !== words) this.said.textContent = words; }

  drawAxis([first, last], width) {
    const share = (day) => (100 * (day - first)) / (last + 1 - first);
    const ticks = axisTicks(first, last + 1, Math.max(2, Math.floor(width / TICK_WIDTH)));
    // A label at an edge is moved inwards: it goes where it would cover its neighbour.
    const at = ticks.map(([day]) => (share(day) * width) / 100), edges = at.map((x) => (x < TICK_EDGE ? " fl-tick-first" : x > width - TICK_EDGE ? " fl-tick-last" : ""));
    const free = (index) => !edges[index] || [at[index - 1], at[index + 1]].every((x) => x == null || Math.abs(x - at[index]) > 1.5 * TICK_WIDTH);
    this.axis.replaceChildren(...ticks.map(([day, text], index) => {
      if (!free(index)) return "";
      const tick = make("span", { class: `fl-tick${edges[index]}` }, text);
      tick.style.left = `${share(day)}%`;
      return tick;
    }));
    this.grid = ticks.map(([day]) => `linear-gradient(var(--fl-line), var(--fl-line)) ${share(day)}% 0 / 1px 100% no-repeat`).join(", ");
  }

  drawLane(row, each, { packed, over, rows, inside: { length: inside } }, marked) {
    const [first, last] = this.window.days, before = each.marks.filter((mark) => mark.to < first).length, after = each.marks.filter((mark) => mark.from > last).length;
    const elsewhere = [before && `${before} earlier`, after && `${after} later`].filter(Boolean).join(", ");
    const count = elsewhere ? `${inside} of ${this.countMarks(each.marks.length)}: ${elsewhere}` : this.countMarks(inside);
    packed.sort((a, b) => a.mark.from - b.mark.from || a.row - b.row);
    row.showTrack(Math.max(1, rows) * ROW_HEIGHT, this.grid);
    if (marked) row.showMarks(this.engine, packed, (mark) => this.pickOf(mark));
    for (const { node } of row.marks) this.nodes.set(node.dataset.key, node);
    const opened = this.open.has(each.code) && rows > this.packed && !over.length;
    const more = opened ? "Show fewer" : !over.length ? "" : this.open.has(each.code) ? `Show more of ${over.length}` : `Show ${over.length} more`;
    row.showWords(count, more, `more ${each.code}`, () => { if (opened) this.open.delete(each.code); else this.openLane(each.code); this.drawLanes(); });
  }

  /** Some lines more: as many marks at once as can be drawn without a wait. */
  openLane(code) { this.open.set(code, (this.open.get(code) || this.packed) + MORE_PACKED); }

  /** What a click on a mark reads: all its tellings in this lane. */
  pickOf(mark) {
    const choices = { [this.lane.name]: this.lane.values[mark.lane] };
    if (this.within) choices[this.within.name] = this.chosen;
    if (mark.event) choices.event_id = mark.event;
    return { label: this.labelOf(mark), choices, ...(mark.article ? { article: mark.article.id } : mark.event ? {} : { rows: mark.rows }) };
  }

  drawFoot(empty, undated) {
    const { engine } = this, names = empty.map((each) => each.name), { size } = this.store.count(undated);
    this.foot.replaceChildren();
    if (size) {
      const rows = [...new Set(undated.flatMap((mark) => mark.rows))];
      this.foot.append(pickButton(engine, { label: "no date", rows }, { class: "fl-undated", "data-key": "undated" }, engine.undatedWords(this.countMarks(size), size, rows)));
    }
    if (names.length && this.lanes.length) {
      this.foot.append(make("p", { class: "fl-note" }, `${names.length} ${names.length === 1 ? "lane is" : "lanes are"} not drawn, as nothing there has a date: ${names.join("; ")}.`));
    }
    if (!engine.rows().length) this.foot.append(emptyNote(engine));
    else if (!this.rows.length) this.foot.append(make("p", { class: "fl-empty" }, `No ${engine.data.units} about ${this.chosen} under these filters.`));
    showPressed(this.foot, engine);
  }

  setActive(key) {
    this.nodes.get(this.active)?.setAttribute("tabindex", "-1");
    this.active = key;
    this.nodes.get(key)?.setAttribute("tabindex", "0");
  }

  move(name) {
    const { window } = this, [first, last] = window.days, key = this.list.contains(document.activeElement) ? this.active : null;
    // The mark that is picked or in focus stays where it is; without one the middle does.
    const mark = this.marks.find((each) => this.nodes.has(each.key) && (each.key === key || this.labelOf(each) === this.engine.picked.label));
    const about = mark && Math.min(last, Math.max(first, (mark.from + mark.to) / 2));
    ({ closer: () => window.zoom(0.5, about), wider: () => window.zoom(2, about), before: () => window.shift(-0.5), after: () => window.shift(0.5), whole: () => window.showWhole() })[name]();
    this.drawLanes();
  }

  goTo(period) {
    if (!period) return;
    this.window.show(...period.split(" ").map(Number), { exact: true });
    this.drawLanes();
  }

  onKey(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event;
    if (key === "Escape") this.letGo();
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const way = KEYS[key] || (event.shiftKey && sideways && (sideways < 0 ? "before" : "after"));
    if (way) this.move(way);
    else if (!this.stepTo(key)) return;
    event.preventDefault();
  }

  /** Move the focus to the next mark of a lane, in time, or to the nearest one of the next lane. */
  stepTo(key) {
    const at = this.drawnLanes.findIndex((each) => each.marks.some((mark) => mark.key === this.active));
    if (at < 0 || !["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"].includes(key)) return false;
    const { marks } = this.drawnLanes[at], index = marks.findIndex((mark) => mark.key === this.active), here = marks[index];
    const next = { ArrowLeft: marks[index - 1], ArrowRight: marks[index + 1], Home: marks[0], End: marks.at(-1) };
    const other = { ArrowUp: this.drawnLanes[at - 1], ArrowDown: this.drawnLanes[at + 1] }[key];
    const far = (mark) => Math.abs(mark.from + mark.to - here.from - here.to) + (this.nodes.has(mark.key) ? 0 : 1e6);
    const goal = other ? other.marks.reduce((best, mark) => (far(mark) < far(best) ? mark : best)) : next[key];
    if (goal) this.focusMark(goal);
    return true;
  }

  focusMark(mark) {
    const [first, last] = this.window.days;
    if (mark.to < first || mark.from > last) this.window.reach(mark.to < first ? mark.to : mark.from);
    if (!this.nodes.has(mark.key)) this.drawLanes();
    // A lane so full that the mark has no line yet is opened as far as the mark.
    for (let tries = 0; tries < 40 && !this.nodes.has(mark.key); tries++) { this.openLane(mark.lane); this.drawLanes(); }
    if (!this.nodes.has(mark.key)) return;
    this.setActive(mark.key);
    this.nodes.get(mark.key).focus();
  }
}

function drawLaneView(engine, model, el, signal) {
  const view = new LanesView(engine, model, el);
  // A view in a tab that is not open has no width yet; it is drawn again as soon as it has one.
  const resized = new ResizeObserver(([{ contentRect: { width } }]) => {
    if (!width || Math.round(width) === view.width) return;
    view.width = Math.round(width);
    view.drawLanes();
  });
  resized.observe(view.axis);
  signal?.addEventListener("abort", () => { resized.disconnect(); view.sight.disconnect(); });
  engine.watch(() => view.update(), signal);
}
