// Two articles side by side, with layers of marks that can be switched; a live kernel gives their texts.

const MOST_READER_OPTIONS = 200;
const READER_PATIENCE = 8000;
// What was read stays, whatever is drawn again: texts from the kernel, and how far each article was scrolled.
const READER_KEPT = new WeakMap();

function keptReading(engine) {
  if (!READER_KEPT.has(engine)) READER_KEPT.set(engine, { readings: new Map(Object.entries(engine.data.readings)), passages: [...engine.data.passages], asked: new Map(), scrolls: [new Map(), new Map()] });
  return READER_KEPT.get(engine);
}

class ReaderView {
  constructor(engine, model, el, signal) {
    Object.assign(this, { engine, model, el, signal, kept: keptReading(engine), current: null, drawn: ["", ""], nodes: [new Map(), new Map()] });
    this.heads = new Map(engine.data.heads.map((head) => [head.id, head]));
    this.names = new Map(engine.data.heads.map((head) => [head.id, fold(nameTeller(head))]));
    this.sides = STORY_SIDES.map((side, at) => this.makeSide(side, at));
    this.boxes = new Map();
    const layers = READER_LAYERS.map(([name, label, , how]) => this.makeLayer(name, label, how));
    this.swap = make("button", { type: "button", onclick: () => { const [left, right] = this.pair; if (right) this.set({ left: right, right: left }); } }, "Swap sides");
    this.told = make("p", { class: "fl-rd-told" });
    const step = (words, by) => make("button", { type: "button", "aria-keyshortcuts": by > 0 ? "n" : "p", onclick: () => this.step(by, { live: true }) }, words);
    this.said = make("output", { class: "fl-statement", "aria-live": "polite" });
    this.foot = make("p", { class: "fl-note" });
    el.append(make("div", { class: "fl-controls fl-rd-choose" }, ...this.sides.map((side) => side.controls), this.swap),
      make("fieldset", { class: "fl-rd-layers" }, make("legend", {}, "Marks, left | right"), ...layers), this.said,
      make("div", { class: "fl-rd-tools" }, step("Previous mark", -1), step("Next mark", 1), this.told),
      make("div", { class: "fl-rd-columns" }, ...this.sides.map((side) => side.body)), this.foot);
  }

  makeSide(side, at) {
    const name = `${capital(side)} article`, pick = make("select", { "aria-label": name }), find = make("input", { type: "search", "aria-label": `Find the ${side} article by outlet, date or headline` });
    const found = make("span", { class: "fl-note", role: "status" }), body = make("div", { class: `fl-rd-body fl-rd-${side}`, role: "group", tabindex: 0 });
    pick.addEventListener("change", () => {
      const pair = this.pair, other = pair[1 - at] === pick.value ? pair[at] : pair[1 - at];
      this.set({ [side]: pick.value, [STORY_SIDES[1 - at]]: other });
    });
    find.addEventListener("input", () => this.drawOptions(this.sides[at], this.pair));
    body.addEventListener("keydown", (event) => this.press(event, at));
    body.addEventListener("click", ({ target }) => this.click(target.closest(".fl-rd-mark"), at));
    body.addEventListener("focusin", ({ target }) => { if (target.starts && !target.starts.includes(this.current)) this.choose(target.starts[0], at); });
    body.addEventListener("scroll", () => { if (this.shown?.[at]) this.kept.scrolls[at].set(this.shown[at], body.scrollTop); }, { passive: true });
    const controls = make("div", { class: "fl-rd-pick" }, make("label", { class: "fl-field" }, make("span", {}, name), pick),
      make("label", { class: "fl-field" }, make("span", {}, "Find"), find), found);
    return { side, at, pick, find, found, body, controls };
  }

  makeLayer(name, label, how) {
    const box = make("input", { type: "checkbox" }), counts = make("span", { class: "fl-times" });
    box.addEventListener("change", () => {
      const on = new Set(this.layers);
      if (box.checked) on.add(name); else on.delete(name);
      this.set({ layers: READER_LAYERS.map(([each]) => each).filter((each) => on.has(each)) });
    });
    this.boxes.set(name, { box, counts });
    const ends = "fl-rd-first fl-rd-last", tag = name === "shared" ? "1" : null;
    const sample = make("span", { class: `fl-rd-${name} fl-rd-own ${ends}`, "data-tag": tag, "data-ended": tag }, label);
    const quoted = name === "frames" ? make("span", { class: `fl-rd-frames fl-rd-quoted ${ends}` }, "dashed where quoted") : "";
    return make("label", { class: "fl-rd-layer" }, box, make("span", { class: "fl-rd-sample" }, sample), counts, make("span", { class: "fl-note" }, how, quoted));
  }

  get layers() { return this.model.get("layers") || []; }

  /** The ids of the two articles; "" on the right is none. What is not here gives way to what is. */
  get pair() {
    const [left, right] = STORY_SIDES.map((side) => this.model.get(side)), first = this.heads.has(left) ? left : this.engine.data.heads[0].id;
    return [first, this.heads.has(right) && right !== first ? right : ""];
  }

  set(values) {
    for (const [name, value] of Object.entries(values)) this.model.set(name, value);
    this.model.save_changes();
  }

  /** Ask the kernel once; what it does not answer for some seconds counts as failed. */
  ask(what) {
    const key = JSON.stringify(what), { asked } = this.kept;
    if (asked.has(key) || this.engine.data.mode !== "live") return;
    asked.set(key, "waiting");
    this.model.send(what);
    setTimeout(() => {
      if (asked.get(key) !== "waiting") return;
      asked.set(key, "failed");
      if (!this.signal?.aborted) this.draw();
    }, READER_PATIENCE);
  }

  hear(message) {
    const { kind, article, pair } = message || {};
    if (kind === "text") this.kept.readings.set(article, message.reading);
    else if (kind === "passages") this.kept.passages = [...this.kept.passages.filter(({ articles }) => !articles.every((id) => pair.includes(id))), ...message.passages];
    else return;
    this.kept.asked.set(JSON.stringify(kind === "text" ? { kind, article } : { kind, pair }), "answered");
    this.draw();
  }

  retry() {
    for (const [key, state] of this.kept.asked) if (state === "failed") this.kept.asked.delete(key);
    this.draw();
  }

  /** The passages that both articles share, in the order of the left one. */
  sharedPassages(pair) {
    if (!pair[1]) return [];
    return findPassages(this.kept, pair).sort((a, b) => a.passage.places[a.flipped ? 1 : 0][0] - b.passage.places[b.flipped ? 1 : 0][0]);
  }

  draw() {
    const pair = this.shown = this.pair, on = new Set(this.layers);
    if (pair[1]) this.ask({ kind: "passages", pair });
    const passages = this.sharedPassages(pair), names = this.sideNames(pair);
    this.marks = this.sides.map(({ at }) => this.readSide(pair, at, passages));
    for (const side of this.sides) {
      this.drawOptions(side, pair);
      this.drawBody(side, pair, on, names);
    }
    this.swap.disabled = !pair[1];
    this.drawCounts(pair, passages, on);
    this.say(pair, passages, names);
    this.order = this.sides.flatMap(({ at }) => this.marks[at].filter((mark) => this.nodes[at].has(mark)).map((mark) => ({ mark, at })));
    this.point();
  }

  sideNames(pair) {
    const tellers = pair.filter(Boolean).map((id) => this.heads.get(id));
    return tellers.length === 2 ? sideNames(tellers) : tellers.map((teller) => teller.outlet);
  }

  /** The marks of a side; the same objects as long as the article and what it shares stay the same. */
  readSide(pair, at, passages) {
    const reading = this.kept.readings.get(pair[at]);
    if (!reading) return [];
    const key = JSON.stringify([pair[at], passages.map(({ passage }) => passage.places)]), last = this.readings?.[at];
    if (last?.key === key && last.reading === reading) return last.marks;
    const shared = passages.map(({ passage, flipped }, number) => readerPassageMark(passage, flipped ? 1 - at : at, number + 1, passages.length)).filter(Boolean)
      .filter((mark) => reading.pieces.some(([start, text]) => mark.parts.some(([from, to]) => start < to && from < start + text.length)));
    const marks = readerMarks(reading, shared);
    (this.readings ??= [])[at] = { key, reading, marks };
    return marks;
  }

  drawOptions({ side, at, pick, find, found }, pair) {
    const wanted = fold(find.value.trim()), own = pair[at], { heads } = this.engine.data;
    const all = wanted ? heads.filter(({ id }) => this.names.get(id).includes(wanted)) : heads, some = all.slice(0, MOST_READER_OPTIONS);
    const listed = !own || some.some(({ id }) => id === own) ? some : [this.heads.get(own), ...some];
    const shape = JSON.stringify([listed.map(({ id }) => id)]);
    if (pick.shape !== shape) {
      pick.shape = shape;
      const none = side === "right" ? [make("option", { value: "" }, "none: the left article alone")] : [];
      pick.replaceChildren(...none, ...listed.map((head) => make("option", { value: head.id }, nameTeller(head))));
    }
    pick.value = own;
    const words = all.length > some.length ? `${some.length} of ${all.length} are listed.` : wanted ? `${countOf(all.length, "article", "articles")} found.` : "";
    if (found.textContent !== words) found.textContent = words;
  }

  drawBody(side, pair, on, names) {
    const { at, body } = side, id = pair[at], reading = this.kept.readings.get(id), asked = { kind: "text", article: id };
    body.hidden = !id;
    if (!id) { this.drawn[at] = ""; this.nodes[at] = new Map(); return; }
    if (!reading) this.ask(asked);
    const failed = this.kept.asked.get(JSON.stringify(asked)) === "failed";
    const shape = JSON.stringify([id, names, reading ? this.readings[at].key : failed, READER_LAYERS.map(([name]) => on.has(name))]);
    if (this.drawn[at] === shape && (!reading || this.drawnOf?.[at] === reading)) return;
    const focused = body.contains(document.activeElement) && document.activeElement !== body;
    this.drawn[at] = shape;
    (this.drawnOf ??= [])[at] = reading;
    this.nodes[at] = new Map();
    body.setAttribute("aria-label", `${capital(side.side)} article: ${names[at]}`);
    if (!reading) { body.replaceChildren(this.waiting(failed)); return; }
    const [headline, ...rest] = readerArticleNodes(reading, this.marks[at].filter((mark) => on.has(mark.layer)), this.nodes[at]);
    body.replaceChildren(headline, tellerHead(this.heads.get(id), at, names), ...rest);
    body.scrollTop = this.kept.scrolls[at].get(id) || 0;
    if (focused) (this.nodes[at].get(this.current) || body).focus({ preventScroll: true });
  }

  waiting(failed) {
    if (!failed) return make("p", { class: "fl-note", role: "status" }, "Loading the text…");
    return make("div", { class: "fl-empty", role: "status" }, make("p", {}, "No kernel answers with the text of this article. In JupyterLab run the cell again; for a page that holds its sentences use framelines export."),
      make("button", { type: "button", onclick: () => this.retry() }, "Try again"));
  }

  drawCounts(pair, passages, on) {
    for (const [name, { box, counts }] of this.boxes) {
      box.checked = on.has(name);
      const words = pair.map((id, at) => {
        const reading = this.kept.readings.get(id), shown = this.marks[at].filter((mark) => mark.layer === name).length;
        return id ? (reading ? readerShownOf(shown, name === "shared" ? passages.length : reading.found[name]) : "…") : "";
      }).filter(Boolean);
      counts.replaceChildren(make("span", { "aria-hidden": "true" }, words.join(" | ")),
        make("span", { class: "fl-hidden" }, words.map((count, at) => `${count} in the ${STORY_SIDES[at]} article`).join(", ")));
    }
  }

  say(pair, passages, names) {
    const { data } = this.engine, known = pair.filter((id) => this.kept.readings.has(id));
    const looked = data.mode !== "live" || this.kept.asked.get(JSON.stringify({ kind: "passages", pair })) === "answered";
    const both = looked ? `${countOf(passages.length, "passage", "passages")} shared.` : "what they share is not known yet.";
    const shared = pair[1] ? `${names.join(" and ")}: ${both}` : `${names[0]} alone.`;
    if (this.said.textContent !== shared) this.said.textContent = shared;
    const sent = known.map((id) => this.kept.readings.get(id)).map((reading) => `${reading.shown} of ${countOf(reading.sentences, "sentence", "sentences")}`);
    const travels = data.mode === "live" ? "Whole articles, read from the kernel: the notebook does not store them." : data.mode === "full" ? data.sharing
      : `${sent.map((words, at) => `${words} of the ${STORY_SIDES[at]} article`).join(" and ")} travel with this page, those that carry a mark${this.kept.passages.length ? `; of a shared passage at most ${data.most_words} words are marked` : ""}. Texts belong to their publishers.`;
    this.foot.textContent = [travels, data.chosen].filter(Boolean).join(" ");
  }

  press(event, at) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, target } = event, onMark = Boolean(target.starts), own = this.order.filter((each) => each.at === at);
    const by = key === "n" ? 1 : key === "p" ? -1 : onMark ? { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[key] : 0;
    const edge = onMark && { Home: own[0], End: own.at(-1) }[key], enter = onMark && (key === "Enter" || key === " ");
    if (!by && !edge && !enter) return;
    event.preventDefault();
    if (by) this.step(by, { focus: true, at });
    else if (edge) this.choose(edge.mark, edge.at, { focus: true });
    else if (this.current?.layer === "shared") this.jump(this.current, at);
    else this.choose(this.current, at);
  }

  click(node, at) {
    if (!node) return;
    // The shortest of the marks that lie there is the one that was meant.
    const mark = node.marks.filter((each) => this.nodes[at].has(each)).reduce((a, b) => (b.end - b.start < a.end - a.start ? b : a));
    if (mark.layer === "shared") this.jump(mark, at);
    else this.choose(mark, at, { focus: true });
  }

  step(by, { focus = false, live = false, at = 0 } = {}) {
    if (!this.order.length) { this.tell("No layer that is switched on has a mark here.", live); return; }
    const here = this.order.findIndex(({ mark }) => mark === this.current), first = this.order.findIndex((each) => each.at === at);
    const next = here < 0 ? (by > 0 ? Math.max(0, first) : this.order.length - 1) : here + by;
    if (!this.order[next]) { this.tell(by > 0 ? "This is the last mark." : "This is the first mark.", true); return; }
    this.choose(this.order[next].mark, this.order[next].at, { focus, live, scroll: true });
  }

  /** Take a shared passage to the other article. */
  jump(mark, at) {
    const other = this.marks[1 - at].find((each) => each.layer === "shared" && each.number === mark.number);
    if (other && this.nodes[1 - at].has(other)) this.choose(other, 1 - at, { focus: true, scroll: true });
    else { this.choose(mark, at); this.tell(`Shared passage ${mark.label}: nothing of it is shown in the other article.`, true); }
  }

  choose(mark, at, { focus = false, live = false, scroll = false } = {}) {
    if (!mark) return;
    this.current = mark;
    this.point();
    const node = this.nodes[at].get(mark);
    if (scroll) node.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (focus) node.focus({ preventScroll: scroll });
    const number = this.order.findIndex((each) => each.mark === mark) + 1, shared = node.marks.find((each) => each.layer === "shared");
    this.tell(`${number} of ${this.order.length}, ${STORY_SIDES[at]} article: ${readerWords(mark, mark.text)}; characters ${mark.place.join("–")}`, live,
      shared ? [make("button", { type: "button", "data-key": "jump", onclick: () => this.jump(shared, at) }, "Go to it in the other article")] : []);
  }

  tell(words, live, nodes = []) {
    // What has the focus is read out by itself.
    this.told.setAttribute("aria-live", live ? "polite" : "off");
    this.told.replaceChildren(words, " ", ...nodes);
  }

  /** One mark of each article is in the order of Tab; the current one is outlined. */
  point() {
    for (const { at, body } of this.sides) {
      const node = this.nodes[at].get(this.current);
      rove(body, ".fl-rd-mark[role]", node || body.querySelector('.fl-rd-mark[tabindex="0"]'));
      for (const other of body.querySelectorAll("[aria-current]")) other.removeAttribute("aria-current");
      node?.setAttribute("aria-current", "true");
    }
    if (!this.order?.some(({ mark }) => mark === this.current)) {
      this.current = null;
      this.tell("Keys n and p, or the arrow keys on a mark, go to the next and the previous mark.", false);
    }
  }
}

function drawReader(engine, model, el, signal) {
  heading(el, model.get("title"), engine.data.heads.length ? model.get("note") : "");
  if (!engine.data.heads.length) { el.append(make("p", { class: "fl-empty" }, engine.data.empty)); return; }
  const view = new ReaderView(engine, model, el, signal), traits = [...STORY_SIDES, "layers"].map((name) => `change:${name}`);
  let waiting = false;
  const redraw = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => { waiting = false; view.draw(); });
  };
  const hear = (message) => view.hear(message);
  for (const trait of traits) model.on(trait, redraw);
  model.on("msg:custom", hear);
  signal?.addEventListener("abort", () => {
    for (const trait of traits) model.off(trait, redraw);
    model.off("msg:custom", hear);
  });
  view.draw();
}
