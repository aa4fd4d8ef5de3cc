// The evidence: each sentence with its match marked, who published it and when.

const MOST_SENTENCES = 50;
// A place further down than this is not kept for another selection: all before it would have to be drawn.
const MOST_KEPT = 400;
const LEFT_OUT = -2;

/** The text as nodes: each passage in a <mark>, and each hit of a search in a <mark> of its own, also within a passage. */
function markedPassages(text, marks, hits = []) {
  const nodes = [];
  const withHits = (from, to) => {
    const parts = [];
    let at = from;
    for (const [start, end] of hits) {
      if (end <= at || start >= to) continue;
      parts.push(text.slice(at, Math.max(at, start)), make("mark", { class: "fl-hit" }, text.slice(Math.max(at, start), Math.min(to, end))));
      at = Math.min(to, end);
    }
    return [...parts, text.slice(at, to)].filter(Boolean);
  };
  let at = 0;
  for (const [start, end] of marks) {
    if (start < at) continue;
    nodes.push(...withHits(at, start), make("mark", {}, ...withHits(start, end)));
    at = end;
  }
  return [...nodes, ...withHits(at, text.length)];
}

// What a telling rests on: details that are read beside it, where they are stated.
const TOLD_DETAILS = ["modality", "negated", "date_text", "date_basis"];

/** The label and the words of such details in a row. */
function toldDetails(engine, row) {
  return TOLD_DETAILS.filter((name) => engine.details.has(name))
    .map((name) => [engine.details.get(name).label, engine.valuesOf(name, row)]).filter(([, values]) => values.length);
}

/** A label with its words; nothing where there are none. */
function labelTag(label, words) {
  return words ? make("span", { class: "fl-tag" }, make("span", { class: "fl-tag-name" }, `${label} `), words) : "";
}

/** A sentence beside another: its text, that it is not in this page, or nothing at the end of an article. */
function neighbour(data, code) {
  if (code === LEFT_OUT) return make("i", { class: "fl-left-out" }, "[a sentence left out: it does not travel with this page]");
  return code >= 0 ? data.sentences[code] : "";
}

/** The sentences on either side, to be opened; `marked` makes the nodes between them. */
function sentencesAround(data, row, marked) {
  if (data.before[row] === -1 && data.after[row] === -1) return null;
  // Written when it is opened: fifty of them would slow every keystroke of a search.
  const around = make("p"), box = make("details", { class: "fl-around" }, make("summary", {}, "Sentences around it"), around);
  box.fill = () => around.replaceChildren(neighbour(data, data.before[row]), " ", make("b", {}, ...marked()), " ", neighbour(data, data.after[row]));
  box.addEventListener("toggle", () => box.open && box.fill());
  return box;
}

/** The headline, as a link to the article where its address is one of the web; another address is shown as letters. */
function headlineNode(article) {
  const { headline, url } = article;
  if (!url) return headline ? make("span", { class: "fl-headline" }, headline) : "";
  const web = /^https?:\/\//i.test(url) && URL.canParse(url);
  if (!web) return make("span", { class: "fl-headline" }, [headline, url].filter(Boolean).join(" · "));
  return make("span", { class: "fl-headline" }, make("a", { class: "fl-link", href: url, target: "_blank", rel: "noreferrer noopener" }, headline || url));
}

/** Who published a row's sentence, when, and under which headline. */
function sourceLine(article) {
  return make("p", { class: "fl-source" }, make("strong", {}, article.outlet), `, ${article.published}`, headlineNode(article));
}

/** Where the match of a row stands in its sentence; none where nothing is matched. */
function matchMarks(data, row) {
  return data.start[row] < 0 || data.end[row] <= data.start[row] ? [] : [[data.start[row], data.end[row]]];
}

/** What is known of a row beside its outlet: its values, its date, what its telling rests on. */
function rowTags(engine, row) {
  const { data } = engine, tags = [];
  for (const { name, label } of data.dimensions) {
    if (name !== "outlet") tags.push(labelTag(label, engine.valuesOf(name, row).join(", ")));
  }
  if (data.from[row] != null && data.event_dates) tags.push(labelTag("Date", dateWords(data.from[row], data.to[row])));
  return make("p", { class: "fl-tags" }, ...tags.filter(Boolean), ...toldDetails(engine, row).map(([label, values]) => labelTag(label, values.join(", "))));
}

function evidenceItem(engine, row, open) {
  const { data } = engine, quote = make("blockquote");
  const marked = () => markedPassages(data.sentences[data.sentence[row]], matchMarks(data, row), engine.hits(row));
  const around = sentencesAround(data, row, marked);
  if (open && around) around.open = true;
  around?.addEventListener("toggle", () => item.opened(around.open));
  const item = make("li", { class: "fl-evidence" }, quote, sourceLine(data.articles[data.article[row]]), rowTags(engine, row), around);
  // Only what a search marks changes in an item that stays.
  item.mark = () => {
    const shown = engine.hits(row).join(" ");
    if (item.shown === shown) return;
    item.shown = shown;
    quote.replaceChildren(...marked());
    if (around?.open) around.fill();
  };
  return item;
}

class SentencesView {
  constructor(engine, model, el) {
    Object.assign(this, { engine, model, el, limit: MOST_SENTENCES, opened: new Set(), anchor: null, orders: new RowOrders(engine) });
    heading(el, model.get("title"), model.get("note"));
    this.said = make("p", { class: "fl-statement" });
    this.which = make("p", { class: "fl-chip" });
    this.sort = choiceField("Sort", ROW_SORTS, () => this.changeSort());
    this.box = make("ol", { class: "fl-sentences", tabindex: -1, "aria-label": model.get("title") });
    this.items = new KeyedList(this.box, (row) => this.makeItem(row));
    this.none = make("div");
    this.more = make("button", { type: "button", class: "fl-more", "data-key": "more", onclick: () => this.showMore() });
    this.unprinted = make("p", { class: "fl-unprinted" });
    this.aloud = announcer();
    el.append(this.said, this.which, make("div", { class: "fl-inlines" }, this.sort.box), this.box, this.none, this.more, this.unprinted, this.aloud.node);
    letGoByEscape(el, engine);
    this.box.addEventListener("scroll", () => this.keepPlace(), { passive: true });
    // A tab that was out of sight comes back at its beginning in some browsers.
    this.resized = new ResizeObserver(() => { if (this.box.clientHeight && this.anchor && !this.box.scrollTop) this.box.scrollTop = this.anchor.top; });
    this.resized.observe(this.box);
  }

  makeItem(row) {
    const item = evidenceItem(this.engine, row, this.opened.has(row));
    item.row = row;
    item.opened = (open) => (open ? this.opened.add(row) : this.opened.delete(row));
    return item;
  }

  /** Which row is at the top of what is seen. */
  keepPlace() {
    const { scrollTop, clientHeight, children } = this.box;
    if (!clientHeight) return;
    const start = this.box.offsetTop, first = [...children].find((item) => item.offsetTop - start + item.offsetHeight > scrollTop);
    this.anchor = scrollTop > 0 && first ? { row: first.row, top: scrollTop, offset: first.offsetTop - start - scrollTop } : null;
  }

  /** Put the row that was at the top where it was. */
  backToPlace() {
    const item = this.anchor && this.items.nodes.get(this.anchor.row);
    if (!item || !this.box.clientHeight) return;
    const top = item.offsetTop - this.box.offsetTop - this.anchor.offset;
    if (Math.abs(top - this.box.scrollTop) > 1) this.box.scrollTop = top;
  }

  changeSort() {
    this.limit = MOST_SENTENCES;
    this.anchor = null;
    this.draw();
    this.box.scrollTop = 0;
    this.aloud.say(`Sentences are sorted: ${this.sort.select.selectedOptions[0].textContent}.`);
  }

  draw() {
    const { engine } = this, rows = engine.pickedRows(), shape = JSON.stringify([engine.picked, engine.filters]);
    if (this.generation !== engine.generation) {
      this.generation = engine.generation;
      this.items.clear();
      this.opened.clear();
    }
    if (this.shape !== shape) this.beginAnew(rows);
    this.shape = shape;
    const shown = this.orders.first(this.sort.select.value, rows, this.limit);
    this.said.textContent = engine.statement(rows);
    saySampled(engine, this.el, engine.picked.label ? engine.own : engine.tally());
    this.sayPicked(rows);
    keepFocus(this.el, () => {
      this.items.show(shown);
      this.none.replaceChildren(...(rows.length ? [] : [emptyNote(engine)]));
    });
    for (const item of this.box.children) item.mark();
    this.box.hidden = this.sort.box.hidden = !rows.length;
    this.backToPlace();
    const left = rows.length - shown.length;
    this.more.hidden = !left;
    this.more.textContent = `Show ${Math.min(MOST_SENTENCES, left)} more of ${left}`;
    setUnprinted(this.unprinted, left, engine.data.units);
  }

  /** Another selection is read from its beginning, but what was being read stays where it is found in it. */
  beginAnew(rows) {
    this.limit = MOST_SENTENCES;
    if (!this.anchor) return;
    const place = this.orders.first(this.sort.select.value, rows, MOST_KEPT).indexOf(this.anchor.row);
    if (place >= 0) this.limit *= Math.ceil((place + 1) / MOST_SENTENCES);
    else {
      this.anchor = null;
      this.box.scrollTop = 0;
    }
  }

  sayPicked(rows) {
    const { label } = this.engine.picked;
    if (this.picked === label) return;
    this.picked = label;
    this.which.replaceChildren(...(label ? [`Reading: ${label} `, make("button", { type: "button", "data-key": "all", onclick: () => this.engine.pick({}) }, "Read all again")] : []));
    // Filters announce themselves; a mark that is picked is announced here.
    this.aloud.say(label ? `Reading ${label}: ${this.engine.countUnits(rows.length)}.` : "Reading all again.");
  }

  showMore() {
    const before = this.box.childElementCount;
    this.limit += MOST_SENTENCES;
    this.draw();
    this.aloud.say(`${this.box.childElementCount} of ${this.engine.countUnits(this.engine.pickedRows().length)} are shown.`);
    if (this.more.hidden) {
      this.box.focus({ preventScroll: true });
      this.box.children[before]?.scrollIntoView({ block: "nearest" });
    }
  }

  read() {
    if (!this.el.isConnected || !this.el.getClientRects().length) return;
    (this.box.hidden ? this.none.querySelector("button") : this.box)?.focus({ preventScroll: true });
    this.el.scrollIntoView({ block: "nearest" });
  }
}

function drawSentences(engine, model, el, signal) {
  const view = new SentencesView(engine, model, el), read = () => view.read();
  engine.readers.add(read);
  signal?.addEventListener("abort", () => {
    engine.readers.delete(read);
    view.resized.disconnect();
  });
  engine.watch(() => view.draw(), signal);
}
