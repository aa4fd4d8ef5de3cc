// Keyword in context: each match, or each hit of a search, on a line of its own, with what stands left and right of it.

const MOST_LINES = 50;
const WIDEST_WORDS = 24;
const CONTEXT_SORTS = [["right", "by the words on the right"], ["left", "by the words on the left"], ["words", "by the words themselves"],
  ["outlet", "by outlet"], ["date", "by date"]];

/** Text without breaks, cut to some characters at a word's edge: from its end, or from its beginning. */
function cutContext(text, width, fromEnd) {
  const flat = text.replace(/\s+/g, " ");
  if (flat.length <= width) return flat;
  if (!fromEnd) return `${flat.slice(0, width + 1).replace(/\S*$/, "").trimEnd() || flat.slice(0, width)} …`;
  return `… ${flat.slice(-width - 1).replace(/^\S*/, "").trimStart() || flat.slice(-width)}`;
}

class ContextsView {
  constructor(engine, model, el) {
    Object.assign(this, { engine, model, el, limit: MOST_LINES, opened: new Set(), stop: new TabStop() });
    heading(el, model.get("title"), model.get("note"));
    this.said = make("p", { class: "fl-statement" });
    this.sort = choiceField("Sort", CONTEXT_SORTS, () => { this.draw(); this.aloud.say(`Lines are sorted ${this.sort.select.selectedOptions[0].textContent}.`); });
    // Roles are written out, because each line is laid out by itself: a table that fits all its lines would be slow.
    const head = (kind, words) => make("th", { scope: "col", role: "columnheader", class: `fl-context-${kind}` }, words);
    this.table = make("table", { role: "table", class: "fl-context-table", "aria-label": model.get("title") }, make("thead", { role: "rowgroup" },
      make("tr", { role: "row" }, head("left", "left"), head("words", "words"), head("right", "right"), head("who", "who and when"))));
    this.lines = new KeyedList(make("tbody", { role: "rowgroup" }), (key) => this.makeLine(key));
    this.table.append(this.lines.box);
    this.more = make("button", { type: "button", class: "fl-more", "data-key": "more", onclick: () => this.showMore() });
    this.unprinted = make("p", { class: "fl-unprinted" });
    this.none = make("div");
    this.aloud = announcer();
    el.append(this.said, make("div", { class: "fl-inlines" }, this.sort.box), this.table, this.more, this.unprinted, this.none, this.aloud.node);
    this.table.addEventListener("keydown", (event) => this.move(event));
    this.table.addEventListener("focusin", ({ target }) => { if (target.matches(".fl-context-word")) this.stop.keep(target); });
    letGoByEscape(el, engine);
  }

  /** What all selections share: the words as numbers, the orders of outlets, where each match stands in folded text. */
  prepare() {
    const { engine } = this, { data, index } = engine;
    this.generation = engine.generation;
    this.lines.clear();
    this.opened.clear();
    index.foldUntil(index.wanted.length);
    this.words = new WordIndex(index.folded, index.wanted);
    this.outlets = rankWords(data.articles.map((article) => article.outlet));
    this.spots = this.matches = null;
  }

  /** The first word of the match of each row, and the first after it; -1 where nothing is matched. */
  findMatches() {
    const { data, index } = this.engine, first = new Int32Array(data.sentence.length).fill(-1), after = first.slice();
    data.sentence.forEach((code, row) => {
      if (data.start[row] < 0 || data.end[row] <= data.start[row]) return;
      const text = data.sentences[code], offsets = text.length === index.folded[code].length ? null : foldWithOffsets(text).offsets;
      const place = (offset) => this.words.from(code, offsets ? offsets.findIndex((each) => each >= offset) : offset);
      first[row] = place(data.start[row]);
      after[row] = place(data.end[row]);
    });
    return { first, after };
  }

  /** The same sentence of the same article may stand in several rows: a hit in it is one line. */
  numberSpots() {
    const { data } = this.engine, spots = new Map(), place = data.place?.start, field = data.field[0];
    return data.sentence.map((code, row) => {
      const key = `${data.article[row]} ${code} ${place ? place[row] - data.start[row] : 0} ${field ? field.first[row] : 0}`;
      if (!spots.has(key)) spots.set(key, spots.size);
      return spots.get(key);
    });
  }

  linesOfMatches(rows) {
    const lines = new ContextLines(this.engine.data.sentence, this.words), { first, after } = (this.matches ??= this.findMatches());
    for (const row of rows) if (first[row] >= 0) lines.add(row, 0, first[row], after[row]);
    return lines;
  }

  linesOfHits(rows, terms) {
    const { data, index } = this.engine, lines = new ContextLines(data.sentence, this.words), spots = (this.spots ??= this.numberSpots());
    const seen = new Uint8Array(spots.length), { ranks, starts, ends, known } = this.words;
    // The beginnings of words are looked for among the words; what else is asked for, letter by letter.
    const plain = terms.every((term) => !term.whole && [...term.words].every((letter) => WORD.test(letter)));
    const wanted = plain ? wordsBeginning(known, terms) : null;
    for (const row of rows) {
      if (seen[spots[row]]) continue;
      seen[spots[row]] = 1;
      const code = data.sentence[row];
      if (!plain) {
        findFolded(index.folded[code], terms).forEach(([start, end], nth) => lines.place(row, nth, start, end));
        continue;
      }
      for (let at = starts[code], nth = 0, end = ends[code]; at < end; at++) if (wanted[ranks[at]]) lines.add(row, nth++, at, at + 1);
    }
    return lines;
  }

  keyOf(lines) {
    const { data } = this.engine, sort = this.sort.select.value;
    if (sort === "left" || sort === "words") return (line, depth) => lines[sort](line, depth);
    const first = {
      outlet: [(row) => this.outlets[data.article[row]]],
      date: [(row) => data.from[row] ?? LATE, (row) => data.to[row] ?? LATE],
    }[sort] || [];
    return (line, depth) => (depth < first.length ? first[depth](lines.rows[line]) : lines.right(line, depth - first.length));
  }

  draw() {
    const { engine } = this, rows = engine.pickedRows(), { terms } = engine.query;
    if (this.generation !== engine.generation) this.prepare();
    const lines = terms.length ? this.linesOfHits(rows, terms) : this.linesOfMatches(rows);
    const shape = JSON.stringify([engine.picked, engine.filters]);
    if (this.shape !== shape) this.limit = MOST_LINES;
    this.shape = shape;
    this.searched = terms.length > 0;
    const shown = firstLines(lines.length, this.limit, this.keyOf(lines)).map((line) => this.keyFor(lines.rows[line], lines.nth[line]));
    keepFocus(this.el, () => {
      this.lines.show([...new Set(shown)].flatMap((key) => (this.isOpen(key) ? [key, `full ${key}`] : [key])));
      this.none.replaceChildren(...this.explain(rows, lines));
    });
    this.stop.keep(undefined, this.table.querySelector(".fl-context-word"));
    const widest = Math.max(...shown.map((key) => key.split(" ")).map(([, start, end]) => end - start), 0);
    this.table.style.setProperty("--fl-words", `${Math.min(WIDEST_WORDS, Math.max(8, widest + 2))}ch`);
    this.table.hidden = this.sort.box.hidden = !lines.length;
    this.said.textContent = this.saySelection(rows, lines, shown.length);
    const left = lines.length - shown.length;
    this.more.hidden = !left;
    this.more.textContent = `Show ${Math.min(MOST_LINES, left)} more of ${left}`;
    setUnprinted(this.unprinted, left, "lines");
  }

  /** A line's key: its row, and where its words begin and end in the sentence. */
  keyFor(row, nth) {
    const { engine } = this, { data } = engine, [start, end] = this.searched ? engine.hits(row)[nth] ?? engine.hits(row).at(-1) : [data.start[row], data.end[row]];
    return `${row} ${start} ${end}${this.searched ? " hit" : ""}`;
  }

  saySelection(rows, lines, shown) {
    if (!lines.length) return "";
    const { engine, searched } = this, unmarked = searched ? 0 : rows.length - lines.length;
    const what = searched ? `one for each hit of the search, in ${engine.countUnits(rows.length)}` : `one for each ${engine.data.unit}`;
    return `${shown} of ${lines.length} ${lines.length === 1 ? "line" : "lines"}, ${what}${unmarked ? `; ${engine.countUnits(unmarked)} without marked words left out` : ""}`;
  }

  explain(rows, lines) {
    if (lines.length) return [];
    if (!rows.length) return [emptyNote(this.engine)];
    return [make("p", { class: "fl-empty" }, "Nothing is marked in these sentences. Search for words to see each in its context.")];
  }

  makeLine(key) {
    if (key.startsWith("full ")) return this.makeFull(key.slice(5));
    const { data } = this.engine, [row, start, end] = key.split(" ").map(Number), article = data.articles[data.article[row]];
    const text = data.sentences[data.sentence[row]], width = this.model.get("width");
    const [left, words, right] = [cutContext(text.slice(0, start), width, true), cutContext(text.slice(start, end), width, false), cutContext(text.slice(end), width, false)];
    const who = `${article.outlet}, ${article.published}`, id = newId("sentence"), open = this.isOpen(key);
    const button = make("button", { type: "button", class: "fl-context-word", "data-key": key, tabindex: -1, "aria-expanded": String(open), "aria-controls": open ? id : null,
      "aria-label": `${words}. ${left} ${words} ${right}. ${who}` }, make("mark", { class: key.endsWith("hit") ? "fl-hit" : null }, words));
    button.addEventListener("click", () => this.toggle(key));
    const cell = (kind, ...children) => make("td", { role: "cell", class: `fl-context-${kind}` }, ...children);
    const line = make("tr", { role: "row", class: "fl-context" }, cell("left", make("bdi", {}, left)), cell("words", button), cell("right", right), cell("who", who));
    return Object.assign(line, { button, full: id });
  }

  /** The whole sentence of a line, with who published it and what stands around it. */
  makeFull(key) {
    const { engine } = this, { data } = engine, row = Number.parseInt(key, 10);
    const marked = () => markedPassages(data.sentences[data.sentence[row]], matchMarks(data, row), engine.hits(row));
    return make("tr", { role: "row", class: "fl-context-full", id: this.lines.nodes.get(key).full }, make("td", { role: "cell", colspan: 4 },
      make("blockquote", {}, ...marked()), sourceLine(data.articles[data.article[row]]), rowTags(engine, row), sentencesAround(data, row, marked)));
  }

  // While a word of a search is typed its end moves, and the line is still that line.
  isOpen(key) { return this.opened.has(key.split(" ", 2).join(" ")); }

  toggle(key) {
    const place = key.split(" ", 2).join(" "), open = !this.opened.has(place), { button, full } = this.lines.nodes.get(key);
    if (open) this.opened.add(place);
    else this.opened.delete(place);
    button.setAttribute("aria-expanded", String(open));
    if (open) button.setAttribute("aria-controls", full);
    else button.removeAttribute("aria-controls");
    this.draw();
  }

  showMore() {
    const before = this.table.querySelectorAll(".fl-context").length;
    this.limit += MOST_LINES;
    this.draw();
    this.aloud.say(this.said.textContent);
    if (this.more.hidden) this.table.querySelectorAll(".fl-context-word")[before]?.focus();
  }

  /** The arrow keys go from line to line. */
  move(event) {
    const words = [...this.table.querySelectorAll(".fl-context-word")], at = words.indexOf(event.target);
    if (at < 0 || !(event.key in LINE_STEPS)) return;
    event.preventDefault();
    words[LINE_STEPS[event.key](at, words.length - 1)]?.focus();
  }
}

function drawContexts(engine, model, el, signal) {
  const view = new ContextsView(engine, model, el);
  engine.watch(() => view.draw(), signal);
}
