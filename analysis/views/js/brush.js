// The brush on the bars of dates: by pointer, by touch and by keyboard it sets the days of the filters.

const CLICK_SLACK = 4;

class DatesBrush {
  constructor(view) { Object.assign(this, { view, engine: view.engine, drag: null, frame: null }); }

  get bars() { return this.view.bars; }

  listen() {
    const { plot, handles } = this.view;
    for (const [node, part] of [[plot, "plot"], [handles.start, "start"], [handles.end, "end"]]) {
      node.addEventListener("pointerdown", (event) => this.startDrag(event, node, part));
      node.addEventListener("pointermove", (event) => this.onMove(event));
      node.addEventListener("pointerup", (event) => this.endDrag(event));
      node.addEventListener("pointercancel", () => this.giveUp());
      node.addEventListener("keydown", (event) => this.onKey(event, part));
    }
  }

  /** Whether the brush leaves out some of the bars. */
  isPart() { const brush = this.chosenBars(); return brush && (brush[0] > 0 || brush[1] < this.bars.length - 1); }

  /** First and last bar of the brush; null where no date is filtered. */
  chosenBars() {
    const start = dayNumber(this.engine.filters.start), end = dayNumber(this.engine.filters.end), last = this.bars.length - 1;
    if (start == null && end == null) return null;
    const inside = (bar) => Math.max(0, Math.min(last, bar));
    return [start == null ? 0 : inside(this.bars.barOf(start)), end == null ? last : inside(this.bars.barOf(end))];
  }

  setDates(start, end) {
    const { filters } = this.engine, wanted = { start: start == null ? "" : isoDay(start), end: end == null ? "" : isoDay(end) };
    if ((filters.start || "") !== wanted.start || (filters.end || "") !== wanted.end) this.engine.setFilters(wanted);
  }

  clear() { this.setDates(null, null); }

  /** The days of some bars. */
  choose(first, last) { this.setDates(this.bars.edges[first], this.bars.edges[last + 1] - 1); }

  /** A bar that is chosen already is let go of. */
  chooseBar(bar) {
    const { start, end } = this.engine.filters, { edges } = this.bars;
    if (start === isoDay(edges[bar]) && end === isoDay(edges[bar + 1] - 1)) this.clear();
    else this.choose(bar, bar);
  }

  /** An end of the brush at an edge; at the end of the whole time nothing is filtered there. */
  moveEnd(part, edge) {
    const { bars } = this, start = dayNumber(this.engine.filters.start), end = dayNumber(this.engine.filters.end);
    const [low, high] = this.ends(), { isWhole } = this.view;
    if (part === "start") this.setDates(edge <= 0 && isWhole ? null : bars.edges[Math.max(0, Math.min(edge, high - 1))], end);
    else this.setDates(start, edge >= bars.length && isWhole ? null : bars.edges[Math.min(bars.length, Math.max(edge, low + 1))] - 1);
  }

  /** The edges that the handles stand at, or nearest to. */
  ends() {
    const brush = this.chosenBars() || [0, this.bars.length - 1];
    return [brush[0], brush[1] + 1];
  }

  dayAt(clientX) {
    const { bars } = this, { box, left, plotWidth } = this.view, share = (clientX - box.getBoundingClientRect().left - left) / plotWidth;
    return bars.first + Math.max(0, Math.min(0.99999, share)) * (bars.edges[bars.length] - bars.first);
  }

  barAt(clientX) { return this.bars.barOf(Math.floor(this.dayAt(clientX))); }

  startDrag(event, node, part) {
    if (event.button !== 0) return;
    const { start, end } = this.engine.filters, brush = this.chosenBars(), bar = this.barAt(event.clientX);
    const held = part === "plot" && brush && this.isPart() && bar >= brush[0] && bar <= brush[1] ? "move" : part;
    node.setPointerCapture(event.pointerId);
    // A finger points at nothing before it touches.
    if (part === "plot") this.view.readBar(bar);
    this.drag = { part: held, bar, x: event.clientX, from: event.clientX, before: { start, end }, brush, moved: false };
  }

  onMove(event) {
    this.pointer = event.clientX;
    if (this.drag) this.drag.x = event.clientX;
    // However often the mouse reports, the views are drawn once a frame.
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (this.drag) this.followDrag();
      else if (this.view.plot.matches(":hover")) this.view.readBar(this.barAt(this.pointer));
    });
  }

  followDrag() {
    const { drag, bars } = this;
    drag.moved ||= Math.abs(drag.x - drag.from) >= CLICK_SLACK;
    if (!drag.moved) return;
    this.engine.hold();
    const here = this.barAt(drag.x);
    if (drag.part === "plot") this.choose(Math.min(drag.bar, here), Math.max(drag.bar, here));
    else if (drag.part === "move") {
      const [low, high] = drag.brush, step = Math.max(-low, Math.min(bars.length - 1 - high, here - drag.bar));
      this.choose(low + step, high + step);
    } else this.moveEnd(drag.part, bars.edgeNear(this.dayAt(drag.x)));
  }

  endDrag(event) {
    if (!this.drag) return;
    this.drag.x = event.clientX;
    this.followDrag();
    const { part, moved, bar } = this.drag;
    this.drag = null;
    this.engine.letGo();
    if (!moved && part !== "start" && part !== "end") this.chooseBar(bar);
    // What is chosen is said once the views are drawn again.
    queueMicrotask(() => this.view.draw());
  }

  /** The dates are again what they were before the drag. */
  giveUp() {
    if (!this.drag) return;
    const { before, moved } = this.drag;
    this.drag = null;
    this.engine.letGo();
    if (moved) this.engine.setFilters(before);
  }

  onKey(event, part) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event, way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[key], page = { PageDown: -1, PageUp: 1 }[key];
    if (key === "Escape") { if (this.drag) this.giveUp(); else this.clear(); }
    else if (!(part === "plot" ? this.readOn(key, way, page) : this.moveOn(part, key, way, page))) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Go from bar to bar, reading each; whether the key was for that. */
  readOn(key, way, page) {
    const { bars, view } = this, last = bars.length - 1, at = Math.min(last, view.cursor ?? tallestBar(view.counted));
    const next = way ? at + way : page ? bars.leap(at, page) : { Home: 0, End: last }[key];
    if (key === "Enter" || key === " ") this.chooseBar(at);
    else if (next == null) return false;
    else view.readBar(Math.max(0, Math.min(last, next)));
    return true;
  }

  /** Move an end of the brush from edge to edge; a day within a bar lies between two of them. */
  moveOn(part, key, way, page) {
    const { bars } = this, [low, high] = this.ends(), day = dayNumber(this.engine.filters[part]), isStart = part === "start";
    const whole = isStart ? low : high, within = day != null && bars.edges[whole] !== (isStart ? day : day + 1);
    const at = within ? whole + (isStart ? 0.5 : -0.5) : whole, step = (by) => (by < 0 ? Math.ceil(at) - 1 : Math.floor(at) + 1);
    const next = way ? step(way) : page ? bars.leap(step(page) - page, page) : { Home: isStart ? 0 : low + 1, End: isStart ? high - 1 : bars.length }[key];
    if (next == null) return false;
    this.moveEnd(part, next);
    return true;
  }
}
