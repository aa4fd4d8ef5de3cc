// The shared data model: one engine a store, whatever number of views look at it.
// It packs the columns once, keeps one mask a filter and one pass over them, and tells the views when to draw.

const NO_FILTERS = { choices: {}, start: "", end: "", search: "" };

// Names of the filters that are no dimension's.
const DATES = " dates", SEARCH = " search";

// Each view of a page loads this module on its own, so the engines must meet outside of it.
const ENGINES = (globalThis[Symbol.for("framelines.engines.1")] ??= new WeakMap());

/** How a date came to a row that its own words do not date, by the beginning of its basis. */
const CARRIED = [
  ["carried on from", "date carried over from another sentence"],
  ["told with its date elsewhere", "date carried over from another telling"],
  ["the nearest of its sentence", "date carried over from the words nearest in its sentence"],
];

/** Words for a label: where they are long, cut at the end of a word within the first 90 characters. */
function shorten(text) {
  if (text.length <= 90) return text;
  const [head] = text.match(/^.{0,88}\S(?=\s)/su) || [[...text].slice(0, 89).join("")];
  return `${head.replace(/[,;:–-]+$/u, "")}…`;
}

// What is named after its value, as an adjective is: "quoted voice", but "speaker Ana Ruiz".
const NAMED_AFTER = new Set(["frame", "voice", "status"]);
const MOST_NAMED = 3;
// A repaint longer than this, in milliseconds, is not begun twice before the screen was refreshed.
const LONG_REPAINT = 8;

class Engine {
  constructor(model) {
    this.model = model;
    this.watchers = new Map();
    this.readers = new Set();
    this.states = new Map();
    this.held = false;
    this.load();
    model.on("change:filters", () => { this.passed = null; this.refresh(); });
    model.on("change:picked", () => this.refresh());
    model.on("change:data", () => { this.load(); this.refresh(); });
  }

  load() {
    const data = this.model.get("data"), pack = (columns) => (columns || []).map((column) => new Column(column));
    this.data = { ...data, dimensions: pack(data.dimensions), details: pack(data.details), field: pack(data.field) };
    this.size = data.article.length;
    this.dimensions = new Map(this.data.dimensions.map((dimension) => [dimension.name, dimension]));
    this.details = new Map(this.data.details.map((detail) => [detail.name, detail]));
    this.index = new SearchIndex(data.sentences, [...new Set(data.sentence)]);
    this.masks = new Map();
    this.passed = this.asked = this.chosen = null;
    this.sampled = data.sampled || null;
    this.own = new RowTally(this);
    this.cube = data.cube ? new CubeTally(this, data.cube) : null;
    this.generation = (this.generation || 0) + 1;
  }

  column(name) { return this.dimensions.get(name) || this.details.get(name); }

  /** The values of a column in a row, a dimension's or a detail's; none where it is not stated. */
  valuesOf(name, row) {
    const column = this.column(name), values = [];
    for (let at = column?.offsets[row]; at < column?.offsets[row + 1]; at++) values.push(column.values[column.flat[at]]);
    return values.filter((value) => value !== this.data.unknown);
  }

  /** Whether the row says that it is not so, or not expected: that is no happening. */
  isDenied(row) {
    const negated = this.column("negated"), denied = negated?.codeOf("denied");
    return denied != null && negated.has(row, denied);
  }

  /** In words, where the row's date was carried over from; empty where its own words or its publication date it. */
  carriedFrom(row) {
    const basis = (this.data.event_dates && this.data.from[row] != null && this.valuesOf("date_basis", row)[0]) || "";
    return CARRIED.find(([start]) => basis.startsWith(start))?.[1] || "";
  }

  /**
   * The days that the dated tellings of an event leave it. Tellings that can all be true leave the days that all
   * allow; else the event is somewhere within all of them together, and the days are disputed.
   */
  agreeDays(rows) {
    const { from, to } = this.data;
    let first = -Infinity, last = Infinity, earliest = Infinity, latest = -Infinity;
    for (const row of rows) {
      first = Math.max(first, from[row]);
      last = Math.min(last, to[row]);
      earliest = Math.min(earliest, from[row]);
      latest = Math.max(latest, to[row]);
    }
    if (first > last) return { from: earliest, to: latest, disputed: true, carried: "" };
    const carried = !this.column("date_basis") ? [] : rows.filter((row) => from[row] === first && to[row] === last).map((row) => this.carriedFrom(row));
    return { from: first, to: last, disputed: false, carried: carried.every(Boolean) ? carried[0] || "" : "" };
  }

  get filters() { return { ...NO_FILTERS, ...this.model.get("filters") }; }
  get picked() { return this.model.get("picked") || {}; }

  setFilters(change) {
    this.model.set("filters", { ...this.filters, ...change });
    this.model.set("picked", {});
    this.model.save_changes();
  }

  pick(what, { read = false } = {}) {
    this.model.set("picked", what);
    this.model.save_changes();
    if (read) this.reading = true;
  }

  /** The filters before anybody chose: none, but the one value of views that show one at a time. */
  get startFilters() { return { ...NO_FILTERS, choices: { ...this.data.start_choices } }; }

  get atStart() {
    const shape = ({ choices, ...rest }) => JSON.stringify([Object.entries(choices || {}).filter(([, values]) => values?.length).sort(), rest.start, rest.end, (rest.search || "").trim()]);
    return shape(this.filters) === shape(this.startFilters);
  }

  reset() { this.setFilters(this.startFilters); }

  /** What a part of a view keeps while it is drawn anew, perhaps in another place: an object under its name. */
  stateOf(name) {
    if (!this.states.has(name)) this.states.set(name, {});
    return this.states.get(name);
  }

  /** Draw now and at every change; views that are being made stand in `this.making`, to be drawn first while in use. */
  watch(draw, signal) {
    this.watchers.set(draw, this.making);
    signal?.addEventListener("abort", () => this.watchers.delete(draw));
    draw();
  }

  /**
   * Several traits may change at once; the views are drawn once for all of them, right after the event. Where
   * drawing takes long, what is typed meanwhile is drawn once for all of it, with the next refresh of the screen.
   */
  refresh() {
    this.chosen = null;
    if (this.pending) return;
    this.pending = true;
    const repaint = () => { if (this.pending) this.repaint(); };
    if (!this.justDrawn) queueMicrotask(repaint);
    else {
      requestAnimationFrame(repaint);
      // A page out of sight gets no refreshes.
      setTimeout(repaint, 250);
    }
  }

  /** While something is dragged, a view may leave what is out of sight as it was; it is drawn when that is let go of. */
  hold() { this.held = true; }

  letGo() {
    if (!this.held) return;
    this.held = false;
    this.refresh();
  }

  repaint() {
    this.pending = false;
    const start = performance.now(), using = ([, view]) => Boolean(view?.contains(document.activeElement));
    for (const [draw] of [...this.watchers].sort((a, b) => using(b) - using(a))) draw();
    if (this.reading) { this.reading = false; this.read(); }
    this.justDrawn = performance.now() - start > LONG_REPAINT;
    if (this.justDrawn) requestAnimationFrame(() => { this.justDrawn = false; });
  }

  /** Take the reader to the sentences, wherever they stand. */
  read() { for (const read of [...this.readers]) read(); }

  /** A mask with 1 for each row that passes, remade only when its own filter changed. */
  mask(name, signature, make) {
    if (this.masks.get(name)?.signature !== signature) this.masks.set(name, { signature, rows: make() });
    return this.masks.get(name).rows;
  }

  markRows(passes) {
    const mask = new Uint8Array(this.size);
    for (let row = 0; row < this.size; row++) if (passes(row)) mask[row] = 1;
    return mask;
  }

  activeMasks() {
    const filters = this.filters, active = new Map(), { from, to, sentence } = this.data;
    for (const [name, values] of Object.entries(filters.choices || {})) {
      const dimension = this.dimensions.get(name);
      if (dimension && values?.length) active.set(name, this.mask(name, JSON.stringify(values), () => dimension.having(values)));
    }
    const start = dayNumber(filters.start), end = dayNumber(filters.end);
    if (start != null || end != null) {
      const first = start ?? -Infinity, last = end ?? Infinity;
      active.set(DATES, this.mask(DATES, `${start} ${end}`, () => this.markRows((row) => from[row] != null && to[row] >= first && from[row] <= last)));
    }
    const { terms, signature } = this.query;
    if (terms.length) {
      active.set(SEARCH, this.mask(SEARCH, signature, () => {
        const hits = this.index.find(terms);
        return this.markRows((row) => hits[sentence[row]] === 1);
      }));
    }
    return active;
  }

  /** The search as it is understood: its terms, all of which must occur. */
  get query() {
    const text = this.filters.search || "";
    if (this.asked?.text !== text) {
      const terms = parseSearch(text);
      this.asked = { text, terms, signature: JSON.stringify(terms), hits: new Map() };
    }
    return this.asked;
  }

  /** Where the row's sentence has what is searched for, as [start, end] in UTF-16 units; none where nothing is searched. */
  hits(row) {
    const { terms, hits } = this.query, code = this.data.sentence[row];
    if (!hits.has(code)) hits.set(code, terms.length ? findHits(this.data.sentences[code], terms) : []);
    return hits.get(code);
  }

  get passing() { return (this.passed ??= new Passing(this.size, this.activeMasks())); }

  rows() { return this.passing.rows; }

  /** Rows that pass every filter, but the one on `without` (for the counts beside its own choices). */
  rowsPassing(without) { return this.passing.without(without); }

  /** What counts by these dimensions are made of, under the filters as they are: all rows, else those that travel. */
  tally(names = [], byArticle = false) { return this.cube?.answers(names, byArticle) ? this.cube : this.own; }

  /** For each value of a dimension, the rows that have it and pass the filters on all other dimensions. */
  countsOf(dimension) {
    const tally = this.tally([dimension.name]), { passing, weights } = tally, { rows, counts } = passing, column = tally.column(dimension.name);
    if (!counts.has(dimension)) counts.set(dimension, column.count(passing.only(dimension.name), column.count(rows, undefined, weights), weights));
    return counts.get(dimension);
  }

  /** For each value of a dimension, the rows that have it in all the data, whatever the filters. */
  totalsOf(dimension) { return this.cube?.column(dimension.name)?.countAll(this.cube.weights) || dimension.countAll(); }

  pickedRows() {
    if (!this.picked.label) return this.rows();
    return (this.chosen ??= this.findPicked(this.picked));
  }

  findPicked({ choices = {}, article, dates, undated, rows: chosen }) {
    const wanted = Object.entries(choices).map(([name, value]) => [this.column(name), this.column(name)?.codeOf(value)]);
    const span = dates && dates.map(dayNumber), among = chosen && new Set(chosen), { data } = this;
    const at = article == null ? -1 : data.articles.findIndex((each) => each.id === article);
    return this.rows().filter((row) => wanted.every(([column, code]) => code != null && column.has(row, code))
      && (article == null || data.article[row] === at)
      && (!span || (data.from[row] === span[0] && data.to[row] === span[1]))
      && (!undated || data.from[row] == null) && (!among || among.has(row)));
  }

  countArticles(rows) {
    const seen = new Uint8Array(this.data.articles.length), { article } = this.data;
    let count = 0;
    for (const row of rows) if (!seen[article[row]]) { seen[article[row]] = 1; count++; }
    return count;
  }

  /** A number; of large tables with its digits in groups. */
  numberWords(number) { return this.sampled ? number.toLocaleString("en-GB") : String(number); }

  countUnits(number) { return `${this.numberWords(number)} ${number === 1 ? this.data.unit : this.data.units}`; }

  /** "63 events (67 tellings) without a date"; without the brackets where they say no more. */
  undatedWords(events, number, rows) {
    const units = this.countUnits(rows.length);
    return `${events}${number === rows.length || events === this.countUnits(number) ? "" : ` (${units})`} without a date`;
  }

  /** "12 of 214 frame matches in 5 of 20 articles: Example Post; economic frame"; the last part where anything is selected. */
  statement(rows) {
    const { data } = this, words = this.selectionWords(), selected = words ? `: ${words}` : "", say = (number) => this.numberWords(number);
    const tally = rows === this.passing.rows ? this.tally() : this.own;
    if (!tally.isAll) return `${this.sampleWords(rows)}${selected}`;
    const all = tally === this.own, articles = all ? this.countArticles(rows) : tally.countArticles();
    const among = `${say(data.total_articles)} ${data.total_articles === 1 ? "article" : "articles"}`;
    return `${say(all ? rows.length : tally.number(tally.passing.rows))} of ${this.countUnits(tally.total)}`
      + `${articles == null ? "" : ` in ${say(articles)} of ${among}`}${selected}`;
  }

  /** "312 of the 20,000 sentences shown, a sample of 1,402,113". */
  sampleWords(rows) {
    return `${this.numberWords(rows.length)} of the ${this.countUnits(this.size)} shown, a sample of ${this.numberWords(this.sampled.rows)}`;
  }

  /** The filters that are set: the name of each, its words with a label, and its words in a sentence. */
  filterParts() {
    const { choices, start, end, search } = this.filters, parts = [], from = dayNumber(start), to = dayNumber(end);
    for (const [name, values] of Object.entries(choices || {})) {
      const dimension = this.dimensions.get(name);
      if (dimension && values?.length) parts.push({ name, words: `${dimension.label}: ${this.listValues(dimension, values)}`, short: this.nameValues(dimension, values) });
    }
    const days = from != null && to != null && from <= to ? dateWords(from, to)
      : [[from, "from"], [to, "to"]].filter(([day]) => day != null).map(([day, side]) => `${side} ${dateWords(day, day)}`).join(" ");
    if (days) parts.push({ name: DATES, words: `Dates: ${days}`, short: days });
    if (this.query.terms.length) parts.push({ name: SEARCH, words: `words “${search.trim()}”`, short: `words “${search.trim()}”` });
    return parts;
  }

  listValues(dimension, values) {
    return values.length > MOST_NAMED ? `${values.length} of ${dimension.values.length}` : values.join(" or ");
  }

  nameValues(dimension, values) {
    const words = this.listValues(dimension, values), label = dimension.label.toLowerCase();
    if (dimension.name === "outlet" && values.length <= MOST_NAMED) return words;
    return NAMED_AFTER.has(dimension.name) && values.length <= MOST_NAMED && !values.includes(this.data.unknown) ? `${words} ${label}` : `${label} ${words}`;
  }

  /** The filters that are set, in words; empty where none is. */
  filterWords() { return this.filterParts().map((part) => part.words); }

  /** What is selected, in words as they stand in a sentence; empty where nothing is. */
  selectionWords() { return this.filterParts().map((part) => part.short).join("; "); }

  /** Where nothing passes: the one filter without which most rows do, and how many; none where no single one is in the way. */
  wayOut() {
    const { data } = this, tally = this.tally(), { passing } = tally, fixed = Object.keys(data.start_choices || {});
    if (passing.rows.length || passing.names.length < 2) return null;
    const ways = this.filterParts().filter(({ name }) => !fixed.includes(name))
      .map((part) => ({ ...part, number: tally.number(passing.only(part.name)) })).sort((a, b) => b.number - a.number);
    return ways[0]?.number ? ways[0] : null;
  }

  /** Let go of one filter by its name, that of a dimension or of the dates or the search. */
  drop(name) {
    const { choices } = this.filters;
    this.setFilters(name === DATES ? { start: "", end: "" } : name === SEARCH ? { search: "" } : { choices: { ...choices, [name]: [] } });
  }

  /** How many rows a date filter leaves out because they have no date at all. */
  undatedLeftOut() {
    const tally = this.tally(), { from } = tally;
    return tally.number(tally.passing.only(DATES).filter((row) => from[row] === UNDATED));
  }
}

async function findEngine({ model, host }) {
  const id = model.get("store").replace(/^IPY_MODEL_/, "");
  const store = model.widget_manager ? await model.widget_manager.get_model(id) : await host.getModel(`anywidget:${id}`);
  return engineOf(store);
}

function engineOf(store) {
  if (!ENGINES.has(store)) ENGINES.set(store, new Engine(store));
  return ENGINES.get(store);
}
