// Claims over time: every figure of one measure at its as-of date, by outlet; a panel a year, a chart a unit.

const HEDGES = { ">": "more than", "<": "nearly or up to", "~": "about" };
// The words before a number that give a change; the column does not tell "nearly" from "up to".
const CUES = {
  ">": /(?:(?:just|well) )?(?:more than|over|above|upwards of|in excess of|at least|exceed(?:s|ed|ing)|no fewer than|no less than)$/i,
  "<": /(?:(?:just|well) )?(?:nearly|almost|close to|up to|as (?:many|much) as|at most|no more than|not more than|(?:fewer|less) than|under|below|approaching)$/i,
  "~": /(?:about|around|roughly|approximately|some|an estimated|circa)$/i,
};
const NO_OUTLET = "Outlet not stated";
// More marks cover each other, and keep the reader waiting.
const MOST_MARKS = 300;
const HINT = "Point at a mark, or move between marks with the arrow keys, to read it here. A click or Enter reads its sentence.";

/** Measures with their rows: those of the codebook, and the articles' own words where it has none. */
function listMeasures(engine) {
  const coded = new Map(), own = new Map(), { data } = engine;
  const add = (map, name, row, prefix) => {
    if (!map.has(name)) map.set(name, { id: `${prefix} ${name}`, name, rows: [], dated: 0 });
    const measure = map.get(name);
    measure.rows.push(row);
    if (data.from[row] != null && isStated(engine, row)) measure.dated++;
  };
  for (let row = 0; row < engine.size; row++) {
    const names = engine.valuesOf("codebook_measure", row);
    for (const name of names) add(coded, name, row, "coded");
    if (!names.length) add(own, engine.valuesOf("measure", row)[0] || "what they measure is not said", row, "own");
  }
  const sort = (map) => [...map.values()].sort((a, b) => b.rows.length - a.rows.length || (a.name < b.name ? -1 : 1));
  return { coded: sort(coded), own: sort(own) };
}

const NO_PERIOD = "not said";
const periodOf = (engine, row) => engine.valuesOf("period", row)[0] || NO_PERIOD;
const isStated = (engine, row) => engine.valuesOf("dated_by", row)[0] !== "publication";

/** The text's own words for a change: "nearly", "at least". Empty where none stands right before the number. */
function readCue(engine, row, change) {
  const { data } = engine, start = data.start[row];
  if (!CUES[change] || start < 0) return "";
  const before = data.sentences[data.sentence[row]].slice(Math.max(0, start - 40), start).replace(/[\s£$€]+$/, "").replace(/\s+/g, " ");
  const found = CUES[change].exec(before);
  return found && !/[\p{L}\p{N}]/u.test(before[found.index - 1] || "") ? found[0].toLowerCase() : "";
}

// What a period is at most in days; half as much again leaves room for a day that is not known exactly.
const LENGTHS = { day: 1, weekend: 3, week: 7, month: 31, quarter: 92, season: 92, "half year": 184, year: 366 };

/** Whether a claim counts over all its days, to the last: else it holds on one day among them, which is not known. */
function isCounted({ from, to, stated, period }) {
  if (!stated || !period) return false;
  if (period === "year to date") return isoDay(from).endsWith("-01-01");
  if (period.startsWith("since ")) return isoDay(from).startsWith(period.slice(6));
  const [, count, unit] = /^(?:(\d+) )?(.+?)s?$/.exec(period);
  return unit in LENGTHS && to - from + 1 <= 1.5 * (count || 1) * LENGTHS[unit];
}

/** Claims that say the same in one outlet are one mark; of articles without an outlet each stands alone. */
function gatherClaims(engine, rows) {
  const { data } = engine, { value, high } = data.numbers, outlets = engine.column("outlet"), claims = new Map();
  for (const row of rows) {
    const claim = {
      value: value[row], high: high[row] > value[row] ? high[row] : null, change: engine.valuesOf("change", row)[0] || "", direction: engine.valuesOf("direction", row)[0] || "",
      unit: engine.valuesOf("unit", row)[0] || "", axis: engine.valuesOf("axis", row)[0] || "", outlet: outlets.lists[row][0],
      from: data.from[row], to: data.to[row], stated: isStated(engine, row), period: engine.valuesOf("period", row)[0] || "",
    };
    claim.cue = readCue(engine, row, claim.change);
    claim.unknown = outlets.values[claim.outlet] === NO_OUTLET ? data.article[row] : null;
    claim.key = JSON.stringify(Object.values(claim));
    if (!claims.has(claim.key)) claims.set(claim.key, { ...claim, rows: [] });
    claims.get(claim.key).rows.push(row);
  }
  return [...claims.values()].map((claim) => describeClaim(engine, claim))
    .sort((a, b) => (a.to ?? 1e9) - (b.to ?? 1e9) || a.from - b.from || a.value - b.value);
}

function describeClaim(engine, claim) {
  const { data } = engine, article = data.articles[data.article[claim.rows[0]]], row = claim.rows[0];
  const written = data.start[row] < 0 ? "" : data.sentences[data.sentence[row]].slice(data.start[row], data.end[row]);
  const moved = ["up", "down"].includes(claim.direction) ? claim.direction : "";
  const amount = claim.value == null ? written || "no number" : amountWords(claim.value, claim.high, claim.unit);
  const hedge = claim.cue || HEDGES[claim.change] || "", spaced = (words) => (words ? `${words} ` : "");
  claim.amount = spaced(moved) + spaced(hedge) + amount;
  claim.short = claim.value == null ? "" : spaced(!claim.cue && claim.change === ">" ? "over" : hedge) + amountWords(claim.value, claim.high, claim.unit, true);
  if (claim.rows.length > 1) claim.short += ` × ${claim.rows.length}`;
  claim.written = written;
  claim.level = !moved && claim.value != null && claim.unit !== "ratio" && claim.unit !== "rank";
  claim.year = claim.to == null ? null : splitDay(claim.to).year;
  claim.counted = claim.from != null && claim.from !== claim.to && isCounted(claim);
  claim.outletName = claim.unknown == null ? engine.column("outlet").values[claim.outlet]
    : `outlet not stated (${article.headline ? `“${article.headline}”` : article.id})`;
  claim.said = [...new Set(claim.rows.flatMap((each) => engine.valuesOf("attributed_to", each)))];
  claim.when = claim.from == null ? "as of when is not said"
    : claim.stated ? `as of ${dateWords(claim.from, claim.to)}` : `as of when is not said, published ${dateWords(claim.from, claim.to)}`;
  claim.words = [claim.amount, claim.period, claim.when, claim.outletName,
    claim.said.length ? `said by ${claim.said.slice(0, 2).join(" and ")}` : "", claim.rows.length > 1 ? `${claim.rows.length} claims` : ""].filter(Boolean).join(", ");
  return claim;
}

/** One mark is in the order of Tab; the arrow keys move to the next by date, or by value within a panel. */
function moveBetweenMarks(box, event) {
  const mark = event.target.closest(".fl-claim");
  if (!mark) return;
  const all = [...box.querySelectorAll(".fl-claim")], at = all.indexOf(mark);
  const near = [...mark.parentElement.querySelectorAll(".fl-claim")].sort((a, b) => a.claim.value - b.claim.value);
  const next = { ArrowRight: all[at + 1], ArrowLeft: all[at - 1], ArrowUp: near[near.indexOf(mark) + 1], ArrowDown: near[near.indexOf(mark) - 1],
    Home: all[0], End: all.at(-1) }[event.key];
  if (!/^(Arrow|Home$|End$)/.test(event.key)) return;
  event.preventDefault();
  next?.focus();
}

class ClaimsView {
  constructor(engine, el, title) {
    Object.assign(this, { engine, el, measures: null, generation: null, current: null, wanted: null, chosenUnder: "", claims: [] });
    this.pick = make("select", { "aria-label": "Measure" });
    this.over = make("select", { "aria-label": "Counted over" });
    this.overBox = make("label", { class: "fl-field" }, make("span", {}, "Counted over"), this.over);
    this.own = make("input", { type: "checkbox" });
    this.ownWords = make("span");
    this.ownBox = make("label", { class: "fl-inline fl-claim-own" }, this.own, this.ownWords);
    this.said = make("output", { class: "fl-statement", "aria-live": "polite" });
    this.outlets = make("ul", { class: "fl-legend fl-claim-outlets", "aria-label": "Outlets" });
    this.key = make("ul", { class: "fl-legend fl-claim-key", "aria-label": "What the marks mean" });
    this.charts = make("div", { class: "fl-claim-charts" });
    this.read = make("p", { class: "fl-note fl-claim-read" });
    this.lists = make("div");
    this.table = make("div", { class: "fl-scroll", tabindex: 0, role: "region", "aria-label": `${title}, table` });
    this.details = make("details", {}, make("summary", {}, "As a table"), this.table);
    this.none = make("div");
    el.append(make("div", { class: "fl-controls" }, make("label", { class: "fl-field fl-pick" }, make("span", {}, "Measure"), this.pick), this.overBox, this.ownBox),
      this.said, this.outlets, this.key, this.charts, this.read, this.lists, this.details, this.none);
    this.listen();
  }

  listen() {
    this.over.addEventListener("change", () => { this.engine.pick({}); this.draw(); });
    this.pick.addEventListener("change", () => this.want(this.pick.value));
    this.own.addEventListener("change", () => {
      this.pick.replaceChildren(...measureOptions(this.measures, this.own.checked));
      if (!this.own.checked && this.wanted?.startsWith("own ")) this.wanted = null;
      this.draw();
    });
    this.details.addEventListener("toggle", () => { this.fillTable(); showPressed(this.table, this.engine); });
    this.charts.addEventListener("keydown", (event) => moveBetweenMarks(this.charts, event));
    this.charts.addEventListener("focusin", ({ target }) => {
      if (!target.claim) return;
      this.focused = target.dataset.key;
      this.rove();
      this.readMark(target);
    });
    this.charts.addEventListener("mouseover", ({ target }) => this.readMark(target.closest(".fl-claim")));
  }

  /** A reader's choice. Where the measure is a filter too, every view follows. */
  want(id) {
    const { engine } = this, { choices } = engine.filters, measure = this.measures.coded.find((each) => each.id === id);
    this.wanted = id;
    const chosen = measure ? [measure.name] : [];
    if (engine.dimensions.has("codebook_measure") && JSON.stringify(choices.codebook_measure || []) !== JSON.stringify(chosen)) {
      engine.setFilters({ choices: { ...choices, codebook_measure: chosen } });
    } else engine.pick({});
    this.chosenUnder = JSON.stringify(engine.filters);
    this.draw();
  }

  /** The measure to show: the one filtered by, else the reader's choice; where the filters leave it nothing, the first they leave. */
  findMeasure(passing) {
    const { engine, measures } = this, under = JSON.stringify(engine.filters), filtered = engine.filters.choices?.codebook_measure || [];
    const coded = filtered.length === 1 && engine.dimensions.has("codebook_measure") && measures.coded.find((each) => each.name === filtered[0]);
    if (coded) this.wanted = coded.id;
    const shown = [...measures.coded, ...(this.own.checked ? measures.own : [])], left = (measure) => measure.rows.some((row) => passing.has(row));
    const wanted = shown.find((measure) => measure.id === this.wanted) || measures.coded[0] || null;
    if (under === this.chosenUnder || !wanted || left(wanted)) return wanted;
    return shown.find(left) || wanted;
  }

  /** Take up a measure; what was asked of the one before does not hold for it. */
  choose(id) {
    const all = [...this.measures.coded, ...this.measures.own];
    this.current = all.find((measure) => measure.id === id) || null;
    Object.assign(this, { allYears: false, allMarks: false, allListed: new Set(), focused: null });
    this.over.replaceChildren(...overOptions(this.engine, this.current?.rows || []));
    this.overBox.hidden = !this.over.options.length;
  }

  load() {
    this.generation = this.engine.generation;
    this.measures = listMeasures(this.engine);
    this.choose(this.current?.id);
    this.ownWords.textContent = `Also measures in the articles’ own words (${numberWords(this.measures.own.length)})`;
    this.ownBox.hidden = !this.measures.own.length;
    this.pick.replaceChildren(...measureOptions(this.measures, this.own.checked));
  }

  /** One mark is in the order of Tab: the last that had the focus. */
  rove() {
    const marks = [...this.charts.querySelectorAll(".fl-claim")], kept = marks.find((mark) => mark.dataset.key === this.focused) || marks[0];
    for (const mark of marks) mark.tabIndex = mark === kept ? 0 : -1;
  }

  readMark(mark) { if (mark) this.read.textContent = capital(mark.claim.words); }

  fillTable() {
    if (this.details.open && this.current) this.table.replaceChildren(claimTable(this.engine, this.claims, this.current.name));
  }

  draw() {
    const { engine } = this;
    if (this.generation !== engine.generation) this.load();
    const passing = new Set(engine.rows()), found = this.findMeasure(passing);
    if (found !== this.current) this.choose(found?.id);
    const { current } = this, period = this.over.value || OVER_ALL;
    const asked = (current?.rows || []).filter((row) => period === OVER_ALL || periodOf(engine, row) === period);
    const rows = asked.filter((row) => passing.has(row)), among = new Set(asked);
    this.claims = gatherClaims(engine, rows);
    for (const part of [this.said, this.outlets, this.key, this.charts]) part.hidden = !current;
    this.pick.disabled = !this.pick.options.length;
    if (current) this.pick.value = current.id;
    keepFocus(this.el, () => {
      this.said.textContent = rows.length ? claimStatement(this.claims, rows, current) : "";
      this.outlets.replaceChildren(...outletLegend(engine, current ? engine.rowsPassing("outlet").filter((row) => among.has(row)) : []));
      this.drawCharts(this.claims.filter((claim) => this.isDrawn(claim)));
      this.drawLists();
      this.none.replaceChildren(...(rows.length ? [] : [emptyClaims(engine, current)]));
    });
    this.details.hidden = !rows.length;
    this.fillTable();
    this.rove();
    showPressed(this.el, engine);
  }

  /** A level with a day; what only its publication dates is drawn beside claims that are dated, not instead of them. */
  isDrawn(claim) { return claim.level && claim.from != null && (claim.stated || this.current.dated > 0); }

  drawCharts(levels) {
    const drawn = this.allMarks ? levels : mostMade(levels), byUnit = new Map();
    for (const claim of drawn) {
      if (!byUnit.has(claim.axis)) byUnit.set(claim.axis, []);
      byUnit.get(claim.axis).push(claim);
    }
    const units = [...byUnit].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    const years = Math.max(0, ...units.map(([, claims]) => chartYears(claims).length));
    const more = (name, words) => make("button", { type: "button", class: "fl-more", "data-key": name, onclick: () => { this[name] = true; this.draw(); } }, words);
    this.charts.replaceChildren(...units.flatMap(([unit, claims]) => unitChart(this.engine, unit, claims, units.length > 1, this.allYears)));
    this.key.replaceChildren(...claimKey(drawn));
    if (years > MOST_YEARS && !this.allYears) this.charts.append(more("allYears", `Show all ${years} years`));
    if (drawn.length < levels.length) {
      this.charts.prepend(make("p", { class: "fl-note" }, `Drawn are ${numberWords(drawn.length)} of ${numberWords(levels.length)} marks, those with most claims first. `,
        "A filter brings others. ", more("allMarks", "Draw all")));
    }
    this.read.hidden = !drawn.length;
    this.read.textContent = HINT;
  }

  drawLists() {
    const list = (name, title, claims) => listedClaims(this.engine, title, claims, this.allListed.has(name), () => { this.allListed.add(name); this.draw(); });
    const undated = this.claims.filter((claim) => claim.level && !this.isDrawn(claim)), changes = this.claims.filter((claim) => !claim.level);
    const none = this.current && !this.current.dated ? ". No claim of this measure is dated, so none is drawn" : "";
    this.lists.replaceChildren(...list("undated", `As of when is not said: ${countClaims(undated.reduce((sum, claim) => sum + claim.rows.length, 0))}${none}`, undated),
      ...list("changes", "Changes, multiples and ranks are no levels, so they stand on no axis:", changes));
  }
}

function drawClaims(engine, model, el, signal) {
  heading(el, model.get("title"), model.get("note"));
  const view = new ClaimsView(engine, el, model.get("title"));
  engine.watch(() => view.draw(), signal);
}
