// What counts are made of: the rows that travel, or, where those are a sample, the cells that count all rows.

/** The rows that travel: each counts for itself. */
class RowTally {
  constructor(engine) { Object.assign(this, { engine, period: "days", weights: null, isAll: !engine.data.sampled }); }

  get total() { return this.engine.size; }
  get passing() { return this.engine.passing; }
  get from() { return (this.madeFrom ??= dayColumn(this.engine.data.from)); }
  get to() { return (this.madeTo ??= dayColumn(this.engine.data.to)); }

  column(name) { return this.engine.dimensions.get(name); }
  number(rows) { return rows.length; }

  /** What is counted, one after another: which row it stands in, and its id, the same where it counts once. */
  counted(byArticle) {
    if (!byArticle) return { rows: this.passing.rows, ids: null, weights: null };
    const { article } = this.engine.data, rows = groupByArticle(this.engine, this.passing.rows);
    return { rows, ids: Int32Array.from(rows, (row) => article[row]), weights: null };
  }
}

/**
 * All rows, as cells: each is one combination of values and of periods, with the number of its rows. Articles that
 * have the same cells are one class, with its size: so an article counts once, in however many cells it stands.
 */
class CubeTally {
  constructor(engine, { period, codes, spans, span, rows, classes }) {
    const [from, to] = [0, 1].map((side) => Int32Array.from(span, (at) => spans[at][side]));
    Object.assign(this, { engine, period, isAll: true, size: rows.length, weights: Int32Array.from(rows), from, to });
    this.total = rows.reduce((sum, number) => sum + number, 0);
    this.columns = new Map(Object.entries(codes).map(([name, each]) => [name, new Column({ ...engine.dimensions.get(name), codes: each })]));
    if (!classes) return;
    const count = classes.reduce((sum, each) => sum + each.length - 1, 0);
    this.classes = { cells: new Int32Array(count), ids: new Int32Array(count), sizes: new Int32Array(count), number: classes.length };
    let at = 0;
    classes.forEach(([size, ...cells], id) => {
      for (const cell of cells) {
        this.classes.cells[at] = cell;
        this.classes.ids[at] = id;
        this.classes.sizes[at++] = size;
      }
    });
  }

  column(name) { return this.columns.get(name); }

  number(cells) {
    let sum = 0;
    for (const cell of cells) sum += this.weights[cell];
    return sum;
  }

  /** Whether the cells tell apart what is filtered now, and what is to be counted. */
  answers(names, byArticle) {
    const { choices, start, end } = this.engine.filters;
    if (this.engine.query.terms.length || (byArticle && !this.classes)) return false;
    const filtered = Object.entries(choices || {}).filter(([name, values]) => values?.length && this.engine.dimensions.has(name));
    return [...names, ...filtered.map(([name]) => name)].every((name) => this.columns.has(name)) && this.tellsDays(dayNumber(start), dayNumber(end));
  }

  /** Cells of months or years know the days of whole months or years alone. */
  tellsDays(start, end) {
    const { at } = PERIODS.find(({ name }) => name === this.period);
    return (start == null || at(start) !== at(start - 1)) && (end == null || at(end) !== at(end + 1));
  }

  get passing() {
    const shape = JSON.stringify(this.engine.filters);
    if (this.shape !== shape) Object.assign(this, { shape, made: new Passing(this.size, this.activeMasks()) });
    return this.made;
  }

  activeMasks() {
    const { choices, start, end } = this.engine.filters, masks = new Map(), { from, to } = this;
    for (const [name, values] of Object.entries(choices || {})) if (this.columns.has(name) && values?.length) masks.set(name, this.columns.get(name).having(values));
    const first = dayNumber(start), last = dayNumber(end);
    if (first != null || last != null) {
      const mask = new Uint8Array(this.size), low = first ?? -Infinity, high = last ?? Infinity;
      for (let cell = 0; cell < this.size; cell++) if (from[cell] !== UNDATED && to[cell] >= low && from[cell] <= high) mask[cell] = 1;
      masks.set(DATES, mask);
    }
    return masks;
  }

  counted(byArticle) {
    const { rows } = this.passing;
    if (!byArticle) {
      const weights = new Int32Array(rows.length);
      for (let at = 0; at < rows.length; at++) weights[at] = this.weights[rows[at]];
      return { rows, ids: null, weights };
    }
    const { cells, ids, sizes } = this.classes, kept = new Uint8Array(this.size), [row, id, weight] = [cells, ids, sizes].map(({ length }) => new Int32Array(length));
    let count = 0;
    for (const cell of rows) kept[cell] = 1;
    for (let at = 0; at < cells.length; at++) {
      if (!kept[cells[at]]) continue;
      row[count] = cells[at];
      id[count] = ids[at];
      weight[count++] = sizes[at];
    }
    return { rows: row.subarray(0, count), ids: id.subarray(0, count), weights: weight.subarray(0, count) };
  }

  /** How many articles have a row that passes; null where that is not known. One pass for all views that ask. */
  countArticles() {
    if (!this.classes) return null;
    const { passing } = this;
    if (passing.articles == null) {
      const { ids, weights } = this.counted(true);
      passing.articles = 0;
      for (let at = 0; at < ids.length; at++) if (!at || ids[at - 1] !== ids[at]) passing.articles += weights[at];
    }
    return passing.articles;
  }
}

/** Beside a view of a sample: how many rows travel, and of what its counts are. Nothing where all rows travel. */
function saySampled(engine, el, tally) {
  if (!engine.sampled) return;
  let line = el.querySelector(":scope > .fl-sampled");
  if (!line) {
    el.classList.add("fl-of-many");
    el.querySelector(":scope > .fl-title").after(line = make("p", { class: "fl-note fl-sampled" }));
  }
  const { size, sampled, data } = engine, of = `${engine.numberWords(size)} of ${engine.numberWords(sampled.rows)} ${data.units}`;
  const words = tally?.isAll ? `${of}; counts are of all` : `${of}, a sample; ${tally ? "counts here are" : "what is shown and counted here is"} of the sample`;
  if (line.textContent !== words) line.textContent = words;
}
