// One line an article, one symbol a match: shows whether a count comes from many articles or from one.

const MOST_ARTICLES = 30;
const MOST_SYMBOLS = 40;
const MOST_KINDS = 12;
const DOTS_ACROSS = 20;
const DOT_STEP = 15;
const OTHER_SHAPE = "M6 3.4a2.6 2.6 0 1 0 .01 0z";
const ARTICLE_SORTS = [["number", "most first"], ["newest", "newest first"], ["oldest", "oldest first"], ["outlet", "by outlet"]];
const SHIFTED = new Map();

/** A shape moved to the n-th place of a line of dots, which wraps. */
function shiftShape(shape, place) {
  const key = `${place} ${shape}`;
  if (!SHIFTED.has(key)) {
    const x = (place % DOTS_ACROSS) * DOT_STEP, y = Math.floor(place / DOTS_ACROSS) * DOT_STEP;
    // Capital letters come before places, the others before steps.
    const moved = shape.replace(/([MLHV])([-\d. ]+)/g, (_, letter, numbers) => letter + numbers.match(/-?\d*\.?\d+/g).map((number, at) => (
      +(+number + (letter === "V" || (letter !== "H" && at % 2) ? y : x)).toFixed(2))).join(" "));
    SHIFTED.set(key, moved);
  }
  return SHIFTED.get(key);
}

/** Which values have a symbol of their own: the most frequent of all the data; the others share one. */
class DotKinds {
  constructor(colour) {
    const ranked = colour ? rankValues(colour) : [], own = ranked.length > MOST_KINDS + 1 ? ranked.slice(0, MOST_KINDS) : ranked;
    Object.assign(this, { colour, own: own.sort((a, b) => a - b), others: ranked.length - own.length });
    // Pairs of colour and shape repeat after 49 values; until then a value has the symbol that other views give it.
    const repeats = ranked.length > COLOURS * SHAPES.length;
    this.symbols = new Map(own.map((code, at) => [code, repeats ? at : code]));
  }

  /** The symbol of a row: a number, or -1 for that of the others. */
  of(row) { return this.colour ? this.symbols.get(this.colour.first[row]) ?? -1 : 0; }

  symbolNode(number) {
    if (number >= 0) return symbol(number);
    const node = symbol(0);
    node.setAttribute("class", "fl-symbol fl-colour-others");
    node.firstChild.setAttribute("d", OTHER_SHAPE);
    return node;
  }

  legend() {
    if (!this.colour) return [];
    const items = this.own.map((code) => [this.symbols.get(code), this.colour.values[code]]);
    if (this.others) items.push([-1, `Others (${this.others})`]);
    return items.map(([number, words]) => make("li", {}, this.symbolNode(number), make("span", {}, words)));
  }

  /** How many rows have which value, in words, the most frequent first. */
  words(rows) {
    if (!this.colour) return "";
    const counts = new Map();
    for (const row of rows) counts.set(this.of(row), [(counts.get(this.of(row))?.[0] || 0) + 1, this.colour.first[row]]);
    return [...counts].sort((a, b) => b[1][0] - a[1][0]).map(([number, [count, code]]) => `${number < 0 ? "others" : this.colour.values[code]} ${count}`).join(", ");
  }

  /** Dots in one drawing a line: a drawing a dot would make a list of articles slow. */
  drawDots(svg, symbols) {
    const shown = symbols.slice(0, MOST_SYMBOLS), paths = new Map();
    shown.forEach((number, place) => {
      const shape = number < 0 ? OTHER_SHAPE : SHAPES[(number + Math.floor(number / COLOURS)) % SHAPES.length];
      paths.set(number, (paths.get(number) || "") + shiftShape(shape, place));
    });
    svg.replaceChildren(...[...paths].map(([number, d]) => makeSvg("path", { d, class: `fl-symbol fl-colour-${number < 0 ? "others" : number % COLOURS}` })));
  }
}

class ArticlesView {
  constructor(engine, model, el) {
    Object.assign(this, { engine, model, el, limit: MOST_ARTICLES, stop: new TabStop() });
    heading(el, model.get("title"), model.get("note"));
    this.said = make("p", { class: "fl-statement" });
    this.sort = choiceField("Sort", ARTICLE_SORTS, () => { this.draw(); this.aloud.say(`Articles are sorted: ${this.sort.select.selectedOptions[0].textContent}.`); });
    this.key = make("ul", { class: "fl-legend" });
    this.rest = make("p", { class: "fl-note" });
    this.box = make("div", { class: "fl-articles" });
    this.lines = new KeyedList(this.box, (at) => this.makeLine(at));
    this.more = make("button", { type: "button", class: "fl-more", "data-key": "more", onclick: () => this.showMore() });
    this.unprinted = make("p", { class: "fl-unprinted" });
    this.foot = make("div");
    this.aloud = announcer();
    el.append(this.said, make("div", { class: "fl-inlines" }, this.sort.box), this.key, this.rest, this.box, this.more, this.unprinted, this.foot, this.aloud.node);
    this.box.addEventListener("keydown", (event) => this.move(event));
    this.box.addEventListener("focusin", ({ target }) => this.stop.keep(target));
    letGoByEscape(this.box, engine);
  }

  prepare() {
    const { engine, model } = this, { data } = engine;
    this.generation = engine.generation;
    this.lines.clear();
    this.kinds = new DotKinds(engine.dimensions.get(model.get("colour")));
    this.key.replaceChildren(...this.kinds.legend());
    const { others, own, colour } = this.kinds;
    this.rest.textContent = others ? `The ${own.length} most frequent values of ${colour.label.toLowerCase()} have a symbol of their own; ${others} others share one.` : "";
    this.whole = new Int32Array(data.articles.length);
    for (const article of data.article) this.whole[article]++;
    const days = data.articles.map(({ earliest, latest }) => [dayNumber(earliest), dayNumber(latest)]), outlets = rankWords(data.articles.map((article) => article.outlet));
    this.orders = {
      newest: (a, b) => (days[b][1] ?? -LATE) - (days[a][1] ?? -LATE) || (days[b][0] ?? -LATE) - (days[a][0] ?? -LATE),
      oldest: (a, b) => (days[a][0] ?? LATE) - (days[b][0] ?? LATE) || (days[a][1] ?? LATE) - (days[b][1] ?? LATE),
      outlet: (a, b) => outlets[a] - outlets[b],
    };
  }

  makeLine(at) {
    const article = this.engine.data.articles[at], label = `${article.outlet}, ${article.headline || article.id}`;
    const number = make("span", { class: "fl-times" }), more = make("span", { class: "fl-dots-more" });
    const rows = Math.ceil(Math.min(this.whole[at], MOST_SYMBOLS) / DOTS_ACROSS), wide = DOTS_ACROSS * DOT_STEP - 3;
    // As high as without filters, so that nothing below it moves when one is set.
    const high = rows * DOT_STEP - 3, svg = makeSvg("svg", { class: "fl-dots", width: wide, height: high, viewBox: `0 0 ${wide} ${high}`, "aria-hidden": "true" });
    const line = pickButton(this.engine, { label, article: article.id }, { class: "fl-article", "data-key": article.id, tabindex: -1 },
      make("span", { class: "fl-article-name" }, make("strong", {}, article.outlet), ` ${article.headline || article.id}`),
      make("span", { class: "fl-article-date" }, article.published), number, make("span", { class: "fl-dots-box" }, svg, more));
    return Object.assign(line, { number, svg, more, label: `${label}, ${article.published}` });
  }

  fillLine(line, rows) {
    const symbols = rows.map((row) => this.kinds.of(row)), shown = symbols.join();
    if (line.shown === shown) return;
    line.shown = shown;
    line.number.textContent = rows.length;
    line.more.textContent = rows.length > MOST_SYMBOLS ? `+ ${rows.length - MOST_SYMBOLS}` : "";
    const kinds = this.kinds.words(rows);
    line.setAttribute("aria-label", `${this.engine.countUnits(rows.length)}: ${line.label}${kinds && `; ${kinds}`}`);
    this.kinds.drawDots(line.svg, symbols);
  }

  draw() {
    const { engine, limit } = this, { data } = engine, rows = engine.rows(), sort = this.sort.select.value;
    if (this.generation !== engine.generation) this.prepare();
    const counts = new Int32Array(data.articles.length), found = [];
    for (const row of rows) if (!counts[data.article[row]]++) found.push(data.article[row]);
    const order = this.orders[sort] || ((a, b) => counts[b] - counts[a]);
    found.sort((a, b) => order(a, b) || a - b);
    const shown = found.slice(0, limit), places = new Int32Array(data.articles.length).fill(-1), own = shown.map(() => []);
    shown.forEach((article, at) => { places[article] = at; });
    for (const row of rows) if (places[data.article[row]] >= 0) own[places[data.article[row]]].push(row);
    this.said.textContent = `${found.length} of ${data.total_articles} ${data.total_articles === 1 ? "article" : "articles"}`;
    keepFocus(this.el, () => {
      this.lines.show(shown);
      this.foot.replaceChildren(...(found.length ? [] : [emptyNote(engine)]));
    });
    shown.forEach((article, at) => this.fillLine(this.lines.nodes.get(article), own[at]));
    pressButtons(this.box.children, engine);
    this.stop.keep(undefined, this.box.firstChild);
    const left = found.length - shown.length;
    this.sort.box.hidden = !engine.size;
    this.more.hidden = !left;
    this.more.textContent = `Show ${Math.min(MOST_ARTICLES, left)} more of ${left}`;
    setUnprinted(this.unprinted, left, "articles");
  }

  showMore() {
    const before = this.box.childElementCount;
    this.limit += MOST_ARTICLES;
    this.draw();
    this.aloud.say(`${this.box.childElementCount} articles are shown.`);
    if (this.more.hidden) this.box.children[before]?.focus();
  }

  /** The arrow keys go from line to line. */
  move(event) {
    const lines = [...this.box.children], at = lines.indexOf(event.target);
    if (at < 0 || !(event.key in LINE_STEPS)) return;
    event.preventDefault();
    lines[LINE_STEPS[event.key](at, lines.length - 1)]?.focus();
  }
}

function drawArticles(engine, model, el, signal) {
  const view = new ArticlesView(engine, model, el);
  engine.watch(() => view.draw(), signal);
}
