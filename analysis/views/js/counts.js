// Counts by one or two dimensions: a heat map that is a real table, whose counts are buttons.

const MOST_ROWS = 25;
const MOST_COLUMNS = 12;
// Cells for what has none of its own, and for all.
const OTHERS = -1;
const ALL = -2;
// The arrow keys, as steps down and to the right.
const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

class CountsView {
  constructor(engine, model, el) {
    Object.assign(this, { engine, model, el, allRows: false, allColumns: false, sort: { by: "start", down: true }, stop: new TabStop() });
    heading(el, model.get("title"), model.get("note"));
    const draw = () => this.draw();
    this.unit = choiceField("Count", [["rows", engine.data.units], ["articles", "articles"]], draw);
    this.show = choiceField("Show", [["numbers", "numbers"], ["shares", "shares of the row"]], draw);
    this.moreRows = make("button", { type: "button", class: "fl-more", onclick: () => { this.allRows = !this.allRows; this.draw(); } });
    this.moreColumns = make("button", { type: "button", class: "fl-more", onclick: () => { this.allColumns = !this.allColumns; this.build(); this.draw(); } });
    this.scroll = make("div", { class: "fl-scroll", role: "region", "aria-label": `${model.get("title")}, table` });
    this.rest = make("p", { class: "fl-note" });
    this.empty = make("div");
    this.aloud = announcer();
    el.append(make("div", { class: "fl-inlines" }, this.unit.box, this.show.box), this.scroll, this.rest,
      make("p", { class: "fl-mores" }, this.moreRows, this.moreColumns), this.empty, this.aloud.node);
    this.scroll.addEventListener("keydown", (event) => this.move(event));
    this.scroll.addEventListener("focusin", ({ target }) => this.stop.keep(target));
    letGoByEscape(this.scroll, engine);
    this.build();
  }

  /** The table without its numbers: all that does not change with a filter. */
  build() {
    const { engine, model } = this, [rows, columns] = ["rows", "columns"].map((name) => engine.dimensions.get(model.get(name)));
    this.generation = engine.generation;
    Object.assign(this, { rows, columns, start: rankValues(rows, engine.totalsOf(rows)), ranked: columns ? rankValues(columns, engine.totalsOf(columns)) : [] });
    // Two others or more: one alone takes no more room than its name.
    this.wide = this.allColumns || this.ranked.length <= MOST_COLUMNS + 1 ? this.ranked : this.ranked.slice(0, MOST_COLUMNS);
    this.hiddenColumns = this.ranked.length - this.wide.length;
    const heads = [...this.wide.map((code) => this.sortHead(code, columns.values[code])),
      ...(this.hiddenColumns ? [make("th", { scope: "col" }, `Others (${this.hiddenColumns})`)] : []), this.sortHead(ALL, "All")];
    this.heads = [this.sortHead("name", rows.label), ...heads];
    const body = make("tbody");
    this.lines = new KeyedList(body, (name) => this.makeLine(name));
    this.foot = this.makeLine(ALL);
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...this.heads)), body, make("tfoot", {}, this.foot));
    table.classList.toggle("fl-many", heads.length > MOST_COLUMNS + 2);
    this.scroll.replaceChildren(table);
  }

  sortHead(by, words) {
    const button = make("button", { type: "button", class: "fl-sort", tabindex: -1, onclick: () => this.sortBy(by) }, words);
    const head = make("th", { scope: "col" }, button);
    Object.assign(head, { by, button });
    return head;
  }

  /** A click sorts with the largest first (a name from A), the next the other way round, one more as at the start. */
  sortBy(by) {
    const { sort } = this, first = by !== "name";
    if (sort.by !== by) this.sort = { by, down: first };
    else this.sort = sort.down === first ? { by, down: !first } : { by: "start", down: true };
    this.draw();
    const named = by === "name" ? `name, ${this.sort.down ? "from Z" : "from A"}` : `${by === ALL ? "all" : this.columns.values[by]}, ${this.sort.down ? "largest" : "smallest"} first`;
    this.aloud.say(this.sort.by === "start" ? "Rows stand as at the start." : `Rows are sorted by ${named}.`);
  }

  /** A line of the table, or its foot; its cells stand in `line.counts`, in the order of their numbers. */
  makeLine(name) {
    const { rows, columns } = this, value = name === ALL ? "All" : name === OTHERS ? "" : rows.values[name];
    const title = make("th", { scope: "row" }, value), line = make("tr", {}, title);
    const choice = name < 0 ? {} : { [rows.name]: value };
    line.head = title;
    line.counts = this.wide.map((code) => this.makeCell({ ...choice, [columns.name]: columns.values[code] }, name !== OTHERS));
    if (this.hiddenColumns) line.counts.push(this.makeCell({}, false));
    const total = this.makeCell(choice, name >= 0), names = this.heads.slice(1).map((head) => head.textContent);
    line.append(...line.counts.map((cell, at) => make("td", { "data-column": names[at] }, cell)));
    line.bar = name < 0 ? null : make("span", { class: "fl-bar", "aria-hidden": "true" });
    line.append(make("td", { "data-column": "All" }, make("span", { class: "fl-total" }, total, line.bar)));
    total.grand = name === ALL;
    line.counts.push(total);
    line.buttons = line.counts.filter((cell) => cell.pick);
    return line;
  }

  /** A count: a button that reads its sentences; what stands for several values is a number alone. */
  makeCell(choices, isButton) {
    if (!isButton) return make("span", { class: "fl-count" }, "0");
    const label = Object.values(choices).join(", ");
    return pickButton(this.engine, { label, choices }, { class: "fl-count", tabindex: -1 }, "0");
  }

  say(number) {
    return this.byArticle ? `${this.engine.numberWords(number)} ${number === 1 ? "article" : "articles"}` : this.engine.countUnits(number);
  }

  /** Write a count where it is another than before: as a number, or as the share of `total` with both numbers. */
  put(cell, number, total, heat) {
    const say = (each) => this.engine.numberWords(each), share = total != null && total > 0, shown = `${number} ${share ? total : ""} ${this.byArticle}`;
    if (cell.shown !== shown) {
      cell.shown = shown;
      if (share || cell.childElementCount) cell.replaceChildren(...(share ? [percentWords(number, total), make("small", {}, `${say(number)} of ${say(total)}`)] : [say(number)]));
      else cell.firstChild.data = say(number);
      if (cell.pick) {
        const said = share ? `${percentWords(number, total)}, ${say(number)} of ${this.say(total)}` : this.say(number);
        cell.setAttribute("aria-label", `${said}: ${cell.pick.label}`);
      }
      const kind = `fl-count${share ? " fl-share" : ""}${number ? "" : " fl-zero"}${cell.grand ? " fl-grand" : ""}`;
      if (cell.className !== kind) cell.className = kind;
    }
    if (heat != null && cell.heat !== heat) cell.style.setProperty("--fl-heat", `${cell.heat = heat}%`);
  }

  /** The rows of the table in their order, all of them. */
  orderRows({ cells, width }) {
    const { by, down } = this.sort, { start, rows } = this;
    if (by === "start") return start;
    if (by === "name") return Array.from(rows.values.keys(), (at) => (down ? rows.values.length - 1 - at : at));
    const at = by === ALL ? width - 1 : this.wide.indexOf(by), total = (name) => (this.shares && by !== ALL ? cells[name * width + width - 1] || 1 : 1);
    const sizes = new Map(start.map((name) => [name, cells[name * width + at] / total(name)]));
    return [...start].sort((a, b) => (down ? sizes.get(b) - sizes.get(a) : sizes.get(a) - sizes.get(b)));
  }

  draw() {
    const { engine } = this;
    if (this.generation !== engine.generation) this.build();
    this.el.classList.toggle("fl-nothing", !engine.size);
    this.byArticle = this.unit.select.value === "articles";
    this.shares = this.show.select.value === "shares";
    const names = [this.rows, this.columns].filter(Boolean).map(({ name }) => name), tally = engine.tally(names, this.byArticle);
    const result = tallyCounts(tally, ...[this.rows, this.columns].map((each) => each && tally.column(each.name)), this.wide, this.byArticle), order = this.orderRows(result);
    const shown = this.allRows || order.length <= MOST_ROWS + 1 ? order : order.slice(0, MOST_ROWS);
    const hidden = order.length - shown.length;
    keepFocus(this.scroll, () => this.lines.show(hidden ? [...shown, OTHERS] : shown));
    this.fill(result, shown, hidden);
    for (const head of this.heads) {
      const sorted = head.button && head.by === this.sort.by;
      if (sorted) head.setAttribute("aria-sort", this.sort.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
    pressButtons(this.tableLines().flatMap((line) => line.buttons), engine);
    this.stop.keep(undefined, this.lines.box.querySelector("button") || this.heads[0].button);
    this.sayRest(order.length, hidden);
    keepFocus(this.empty, () => this.empty.replaceChildren(...(tally.passing.rows.length ? [] : [emptyNote(engine)])));
    saySampled(engine, this.el, tally);
  }

  fill({ cells, foot, width, others }, shown, hidden) {
    const lines = shown.map((name) => [this.lines.nodes.get(name), cells.subarray(name * width, (name + 1) * width)]);
    const own = this.wide.length, most = lines.reduce((best, [, line]) => line.subarray(0, own).reduce((a, b) => Math.max(a, b), best), 1);
    const widest = lines.reduce((best, [, line]) => Math.max(best, line[width - 1]), 1);
    if (hidden) {
      const line = this.lines.nodes.get(OTHERS);
      line.head.textContent = `Others (${hidden})`;
      lines.push([line, others(shown)]);
    }
    for (const [line, numbers] of [...lines, [this.foot, foot]]) {
      const all = numbers[width - 1], last = line.counts.length - 1, total = this.shares ? all : null;
      line.counts.forEach((cell, at) => {
        if (at === last) this.put(cell, all);
        else {
          // In steps, so that most cells keep their colour from one letter of a search to the next.
          const number = numbers[at], part = this.shares ? number / (all || 1) : number / most;
          this.put(cell, number, total, cell.pick && line.bar ? number && 12 + 4 * Math.round(22 * part) : null);
        }
      });
      const share = line.bar ? Math.min(100, Math.round((200 * all) / widest) / 2) : null;
      if (share != null && line.share !== share) line.bar.style.setProperty("--fl-share", `${line.share = share}%`);
    }
  }

  tableLines() { return [...this.lines.box.children, this.foot]; }

  /** The arrow keys go from button to button; Home and End to the first and last of a line, with Ctrl of the table. */
  move(event) {
    const { key } = event;
    if (!(key in STEPS || key === "Home" || key === "End") || event.altKey || event.metaKey) return;
    const lines = [this.heads.map((head) => head.button), ...this.tableLines().map((line) => [null, ...line.counts.map((cell) => cell.pick && cell)])];
    let down = lines.findIndex((line) => line.includes(event.target)), next;
    if (down < 0) return;
    let right = lines[down].indexOf(event.target);
    if (key in STEPS) {
      do {
        down += STEPS[key][0];
        right += STEPS[key][1];
        next = lines[down]?.[right];
      } while (!next && lines[down] && right >= 0 && right < lines[down].length);
    } else {
      const among = (event.ctrlKey ? lines.flat() : lines[down]).filter(Boolean);
      next = key === "Home" ? among[0] : among.at(-1);
    }
    event.preventDefault();
    next?.focus();
  }

  sayRest(rows, hidden) {
    const { wide, hiddenColumns, rest } = this, parts = [];
    if (hidden) parts.push(`${rows - hidden} of ${rows} rows`);
    if (hiddenColumns) parts.push(`${wide.length} of ${this.ranked.length} columns`);
    const words = parts.length ? [`Shown are ${parts.join(" and ")}; the others are counted together.`] : [];
    const several = this.columns && (this.byArticle || this.columns.codes.some(Array.isArray));
    if (this.shares && several) words.push(`Shares of a row may add up to more than 100 %: ${this.byArticle ? "an article" : `one ${this.engine.data.unit}`} can stand in several columns.`);
    rest.textContent = words.join(" ");
    const setMore = (button, all, needed, noun, most) => {
      button.hidden = !needed;
      button.textContent = all ? `Show ${most} ${noun} only` : `Show all ${needed} ${noun}`;
    };
    setMore(this.moreRows, this.allRows, rows > MOST_ROWS + 1 ? rows : 0, "rows", MOST_ROWS);
    setMore(this.moreColumns, this.allColumns, this.ranked.length > MOST_COLUMNS + 1 ? this.ranked.length : 0, "columns", MOST_COLUMNS);
  }
}

function drawCounts(engine, model, el, signal) {
  const view = new CountsView(engine, model, el);
  engine.watch(() => view.draw(), signal);
}
