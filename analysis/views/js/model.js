// The shared data model: one engine a store, whatever number of views look at it.
// It decodes the columns once, keeps one pass/fail mask a filter, and tells the views when to draw.

const DAY = 86400000;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December"];
const NO_FILTERS = { choices: {}, start: "", end: "", search: "" };

// Each view of a page loads this module on its own, so the engines must meet outside of it.
const ENGINES = (globalThis[Symbol.for("framelines.engines.1")] ??= new WeakMap());

function dayNumber(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso || "");
  return parts ? Date.UTC(+parts[1], +parts[2] - 1, +parts[3]) / DAY : null;
}

function isoDay(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

function splitDay(number) {
  const date = new Date(number * DAY);
  return { day: date.getUTCDate(), month: date.getUTCMonth(), year: date.getUTCFullYear() };
}

/** An interval in words: "9 July 2025", "June 2024", "1–12 June 2024", "2024". */
function dateWords(from, to) {
  if (from == null) return "no date";
  const a = splitDay(from), b = splitDay(to);
  if (from === to) return `${a.day} ${MONTHS[a.month]} ${a.year}`;
  const last = splitDay(to + 1).day === 1;
  if (a.day === 1 && last && a.year === b.year) {
    if (a.month === b.month) return `${MONTHS[a.month]} ${a.year}`;
    if (a.month === 0 && b.month === 11) return String(a.year);
  }
  if (a.day === 1 && a.month === 0 && last && b.month === 11) return `${a.year}–${b.year}`;
  if (a.year !== b.year) return `${dateWords(from, from)} – ${dateWords(to, to)}`;
  if (a.month !== b.month) return `${a.day} ${MONTHS[a.month]} – ${b.day} ${MONTHS[b.month]} ${b.year}`;
  return `${a.day}–${b.day} ${MONTHS[b.month]} ${b.year}`;
}

/** Text as it is compared in a search: without case, and with one form of each mark and space. */
function fold(text) {
  const lower = text.toLowerCase();
  if (!/[‘’“”\u00a0\n\r\t]| {2}/.test(lower)) return lower;
  return lower.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, " ");
}

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

class Engine {
  constructor(model) {
    this.model = model;
    this.watchers = new Set();
    this.readers = new Set();
    this.pending = false;
    this.load();
    model.on("change:filters", () => this.refresh());
    model.on("change:picked", () => this.refresh());
    model.on("change:data", () => { this.load(); this.refresh(); });
  }

  load() {
    const data = this.data = this.model.get("data");
    this.size = data.article.length;
    this.folded = null;
    this.dimensions = new Map(data.dimensions.map((dimension) => [dimension.name, dimension]));
    this.details = new Map((data.details || []).map((detail) => [detail.name, detail]));
    // From here on every row holds a list of codes: an event may have several actors.
    for (const dimension of [...this.dimensions.values(), ...this.details.values(), ...(data.field || [])]) {
      dimension.lists ??= dimension.codes.map((code) => (Array.isArray(code) ? code : [code]));
    }
    this.masks = new Map();
    this.signatures = new Map();
    this.generation = (this.generation || 0) + 1;
    // Ready before the first letter is typed: for 20,000 sentences this takes a moment.
    setTimeout(() => { this.folded ??= this.data.sentences.map(fold); }, 300);
  }

  column(name) { return this.dimensions.get(name) || this.details.get(name); }

  /** The values of a column in a row, a dimension's or a detail's; none where it is not stated. */
  valuesOf(name, row) {
    const column = this.column(name);
    return (column?.lists[row] || []).map((code) => column.values[code]).filter((value) => value !== this.data.unknown);
  }

  /** Whether the row says that it is not so, or not expected: that is no happening. */
  isDenied(row) { return this.valuesOf("negated", row).includes("denied"); }

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
    const { from, to } = this.data, starts = rows.map((row) => from[row]), ends = rows.map((row) => to[row]);
    const first = Math.max(...starts), last = Math.min(...ends);
    if (first > last) return { from: Math.min(...starts), to: Math.max(...ends), disputed: true, carried: "" };
    const closest = rows.filter((row) => from[row] === first && to[row] === last).map((row) => this.carriedFrom(row));
    return { from: first, to: last, disputed: false, carried: closest.every(Boolean) ? closest[0] || "" : "" };
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

  watch(draw, signal) {
    this.watchers.add(draw);
    signal?.addEventListener("abort", () => this.watchers.delete(draw));
    draw();
  }

  // Several traits may change at once; the views are drawn once for all of them.
  refresh() {
    if (this.pending) return;
    this.pending = true;
    queueMicrotask(() => {
      this.pending = false;
      this.kept = null;
      for (const draw of [...this.watchers]) draw();
      if (this.reading) { this.reading = false; this.read(); }
    });
  }

  /** Take the reader to the sentences, wherever they stand. */
  read() { for (const read of [...this.readers]) read(); }

  /** A mask with 1 for each row that passes, remade only when its own filter changed. */
  mask(name, signature, passes) {
    const stamp = `${this.generation} ${signature}`;
    if (this.signatures.get(name) !== stamp) {
      const mask = new Uint8Array(this.size);
      for (let row = 0; row < this.size; row++) mask[row] = passes(row) ? 1 : 0;
      this.masks.set(name, mask);
      this.signatures.set(name, stamp);
    }
    return this.masks.get(name);
  }

  activeMasks() {
    const filters = this.filters, active = new Map();
    for (const [name, values] of Object.entries(filters.choices || {})) {
      const dimension = this.dimensions.get(name);
      if (!dimension || !values?.length) continue;
      const wanted = new Set(values.map((value) => dimension.values.indexOf(value)));
      active.set(name, this.mask(name, JSON.stringify(values),
        (row) => dimension.lists[row].some((code) => wanted.has(code))));
    }
    const start = dayNumber(filters.start), end = dayNumber(filters.end);
    if (start != null || end != null) {
      const { from, to } = this.data;
      active.set(" dates", this.mask(" dates", `${start} ${end}`, (row) => from[row] != null
        && (start == null || to[row] >= start) && (end == null || from[row] <= end)));
    }
    const search = fold((filters.search || "").trim());
    if (search) {
      const hits = this.searchSentences(search);
      active.set(" search", this.mask(" search", search, (row) => hits[this.data.sentence[row]]));
    }
    return active;
  }

  searchSentences(search) {
    if (this.searched?.text !== search || this.searched.generation !== this.generation) {
      this.folded ??= this.data.sentences.map(fold);
      const hits = Uint8Array.from(this.folded, (text) => (text.includes(search) ? 1 : 0));
      this.searched = { text: search, hits, generation: this.generation };
    }
    return this.searched.hits;
  }

  /** Rows that pass every filter, but the one on `without` (for the counts beside its own choices). */
  rowsPassing(without) {
    const masks = [...this.activeMasks()].filter(([name]) => name !== without).map(([, mask]) => mask);
    const rows = [];
    outer: for (let row = 0; row < this.size; row++) {
      for (const mask of masks) if (!mask[row]) continue outer;
      rows.push(row);
    }
    return rows;
  }

  rows() { return (this.kept ??= this.rowsPassing()); }

  pickedRows() {
    const { choices = {}, article, dates, undated, rows: chosen, label } = this.picked;
    if (!label) return this.rows();
    const wanted = Object.entries(choices).map(([name, value]) => {
      const column = this.column(name);
      return [column, column ? column.values.indexOf(value) : -1];
    });
    const span = dates && dates.map(dayNumber), among = chosen && new Set(chosen), { data } = this;
    return this.rows().filter((row) => wanted.every(([column, code]) => column?.lists[row].includes(code))
      && (article == null || data.articles[data.article[row]].id === article)
      && (!span || (data.from[row] === span[0] && data.to[row] === span[1]))
      && (!undated || data.from[row] == null) && (!among || among.has(row)));
  }

  countArticles(rows) {
    const seen = new Uint8Array(this.data.articles.length);
    let count = 0;
    for (const row of rows) count += seen[this.data.article[row]] ? 0 : (seen[this.data.article[row]] = 1);
    return count;
  }

  countUnits(number) { return `${number} ${number === 1 ? this.data.unit : this.data.units}`; }

  /** "63 events (67 tellings) without a date"; without the brackets where they say no more. */
  undatedWords(events, number, rows) {
    const units = this.countUnits(rows.length);
    return `${events}${number === rows.length || events === this.countUnits(number) ? "" : ` (${units})`} without a date`;
  }

  /** "12 of 214 frame matches in 5 of 20 articles". */
  statement(rows) {
    const { data } = this;
    return `${rows.length} of ${this.countUnits(this.size)} in ${this.countArticles(rows)} of `
      + `${data.total_articles} ${data.total_articles === 1 ? "article" : "articles"}`;
  }

  /** The filters that are set, in words; empty where none is. */
  filterWords() {
    const filters = this.filters, words = [];
    for (const [name, values] of Object.entries(filters.choices || {})) {
      const dimension = this.dimensions.get(name);
      if (dimension && values?.length) words.push(`${dimension.label}: ${values.join(" or ")}`);
    }
    if (filters.start) words.push(`from ${dateWords(dayNumber(filters.start), dayNumber(filters.start))}`);
    if (filters.end) words.push(`to ${dateWords(dayNumber(filters.end), dayNumber(filters.end))}`);
    if (filters.search?.trim()) words.push(`words “${filters.search.trim()}”`);
    return words;
  }

  /** How many rows a date filter leaves out because they have no date at all. */
  undatedLeftOut() {
    if (!this.activeMasks().has(" dates")) return 0;
    return this.rowsPassing(" dates").filter((row) => this.data.from[row] == null).length;
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
