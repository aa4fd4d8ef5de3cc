// Claims over time: every figure of one measure at its as-of date, by outlet; a panel a year, a chart a unit.

const HEDGES = { ">": "more than ", "<": "at most ", "~": "about " };
const MOST_LISTED = 12;
const MOST_TABLE = 200;
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
  return { coded: sort(coded).filter((measure) => measure.dated || measure.rows.length > 1), own: sort(own) };
}

const NO_PERIOD = "not said";
const periodOf = (engine, row) => engine.valuesOf("period", row)[0] || NO_PERIOD;
const isStated = (engine, row) => engine.valuesOf("dated_by", row)[0] !== "publication";

/** Claims that say the same in one outlet are one mark. */
function gatherClaims(engine, rows) {
  const { data } = engine, { value, high } = data.numbers, outlets = engine.column("outlet"), claims = new Map();
  for (const row of rows) {
    const claim = {
      value: value[row], high: high[row] > value[row] ? high[row] : null, change: engine.valuesOf("change", row)[0] || "",
      unit: engine.valuesOf("unit", row)[0] || "", axis: engine.valuesOf("axis", row)[0] || "", outlet: outlets.lists[row][0],
      from: data.from[row], to: data.to[row], stated: isStated(engine, row), period: engine.valuesOf("period", row)[0] || "",
    };
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
  const change = claim.change === "up" || claim.change === "down";
  const amount = claim.value == null ? written || "no number" : amountWords(claim.value, claim.high, claim.unit);
  claim.amount = (change ? `${claim.change} ` : HEDGES[claim.change] || "") + amount;
  claim.short = claim.value == null ? "" : (claim.change === ">" ? "over " : HEDGES[claim.change] || "") + amountWords(claim.value, claim.high, claim.unit, true);
  if (claim.rows.length > 1) claim.short += ` × ${claim.rows.length}`;
  claim.written = written;
  claim.level = !change && claim.value != null && claim.unit !== "ratio" && claim.unit !== "rank";
  claim.year = claim.to == null ? null : splitDay(claim.to).year;
  claim.outletName = engine.column("outlet").values[claim.outlet];
  claim.said = [...new Set(claim.rows.flatMap((each) => engine.valuesOf("attributed_to", each)))];
  claim.when = claim.from == null ? "as of when is not said"
    : claim.stated ? `as of ${dateWords(claim.from, claim.to)}` : `as of when is not said, published ${dateWords(claim.from, claim.to)}`;
  claim.words = [claim.amount, claim.period, claim.when, claim.outletName || article.outlet,
    claim.said.length ? `said by ${claim.said.slice(0, 2).join(" and ")}` : "", claim.rows.length > 1 ? `${claim.rows.length} claims` : ""].filter(Boolean).join(", ");
  return claim;
}

function listedClaims(engine, title, claims, all, more) {
  if (!claims.length) return [];
  const shown = all ? claims : claims.slice(0, MOST_LISTED);
  return [make("p", { class: "fl-claim-listed" }, title), make("ul", { class: "fl-claim-list" }, ...shown.map((claim) => make("li", {},
    pickButton(engine, { label: claim.words, rows: claim.rows }, { "data-key": claim.key, "aria-label": claim.words }, symbol(claim.outlet),
      make("span", {}, claim.amount, make("span", { class: "fl-claim-from" }, [claim.from == null ? "" : claim.when, claim.outletName].filter(Boolean).map((each) => `, ${each}`).join("")),
        claim.rows.length > 1 ? ` × ${claim.rows.length}` : ""))))),
  shown.length < claims.length ? make("button", { type: "button", class: "fl-more", "data-key": "more-listed", onclick: more }, `Show ${claims.length - shown.length} more`) : ""];
}

function claimTable(engine, claims, measure) {
  const lines = claims.flatMap((claim) => claim.rows.map((row) => [row, claim])).slice(0, MOST_TABLE), total = claims.reduce((sum, claim) => sum + claim.rows.length, 0);
  const head = ["As of", "Figure", "Counted over", "As written", "Outlet", "Said by", "Dated by"];
  const cells = lines.map(([row, claim]) => [claim.from == null ? "not said" : dateWords(claim.from, claim.to),
    pickButton(engine, { label: claim.words, rows: claim.rows }, { "aria-label": claim.words }, claim.amount), claim.period || "not said", claim.written, claim.outletName,
    engine.valuesOf("attributed_to", row).join(", ") || "not said", claim.from == null ? "nothing" : claim.stated ? "the text" : "its article's publication"]);
  return make("table", { class: "fl-claim-table" }, make("caption", {}, `${countClaims(total)} of ${measure}${lines.length < total ? `; the first ${lines.length} are listed` : ""}`),
    make("thead", {}, make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, name)))),
    make("tbody", {}, ...cells.map((line) => make("tr", {}, ...line.map((cell) => make("td", {}, cell))))));
}

/** "7 of 12 claims of small boat arrivals, by 3 outlets, as of 1 June 2024 – 10 July 2025". */
function claimStatement(claims, rows, measure) {
  const dated = claims.filter((claim) => claim.from != null), said = dated.filter((claim) => claim.stated), spans = said.length ? said : dated;
  const outlets = new Set(claims.map((claim) => claim.outlet)).size, of = rows.length === measure.rows.length ? "" : ` of ${numberWords(measure.rows.length)}`;
  const first = Math.min(...spans.map((claim) => claim.from)), last = Math.max(...spans.map((claim) => claim.to));
  const when = !spans.length ? "without a date" : said.length ? `as of ${dateWords(first, last)}` : `published ${dateWords(first, last)}`;
  return `${numberWords(rows.length)}${of} ${measure.rows.length === 1 ? "claim" : "claims"} of ${measure.name}, by ${outlets} ${outlets === 1 ? "outlet" : "outlets"}, ${when}`;
}

function measureOptions(measures, withOwn) {
  const group = (label, list) => (list.length ? [make("optgroup", { label }, ...list.map((measure) => make("option", { value: measure.id },
    `${measure.name} (${countClaims(measure.rows.length)})`)))] : []);
  return [...group("Measures of the codebook", measures.coded), ...(withOwn ? group("In the articles’ own words", measures.own) : [])];
}

const OVER_ALL = "any period";

/** What the claims are counted over, where they differ: a month and a year to date are not the same figure. */
function overOptions(engine, rows) {
  const counts = new Map();
  for (const row of rows) { const period = periodOf(engine, row); counts.set(period, (counts.get(period) || 0) + 1); }
  if (counts.size < 2) return [];
  const sorted = [...counts].sort((a, b) => (a[0] === NO_PERIOD) - (b[0] === NO_PERIOD) || b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return [[OVER_ALL, rows.length], ...sorted].map(([period, count]) => make("option", { value: period }, `${period} (${countClaims(count)})`));
}

/** The claims made most often, else a spread over all, in their order. */
function mostMade(claims) {
  if (claims.length <= MOST_MARKS) return claims;
  const spread = new Map(claims.map((claim, at) => [claim, (at * 7919) % claims.length]));
  const kept = new Set([...claims].sort((a, b) => b.rows.length - a.rows.length || spread.get(a) - spread.get(b)).slice(0, MOST_MARKS));
  return claims.filter((claim) => kept.has(claim));
}

function outletLegend(engine, rows) {
  const outlets = engine.column("outlet"), chosen = engine.filters.choices?.outlet || [];
  const used = new Set(rows.map((row) => outlets.lists[row][0]));
  return outlets.values.map((name, code) => [name, code]).filter(([, code]) => used.has(code)).map(([name, code]) => make("li", {},
    make("button", { type: "button", class: "fl-claim-outlet", "data-key": `outlet ${name}`, "aria-pressed": String(chosen.includes(name)), title: `Only ${name}`, onclick: () => {
      const next = chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name];
      engine.setFilters({ choices: { ...engine.filters.choices, outlet: next } });
    } }, symbol(code), make("span", {}, name))));
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

function drawClaims(engine, model, el, signal) {
  heading(el, model.get("title"), model.get("note"));
  const pick = make("select", { "aria-label": "Measure" }), over = make("select", { "aria-label": "Counted over" }), own = make("input", { type: "checkbox" }), ownWords = make("span");
  const said = make("output", { class: "fl-statement", "aria-live": "polite" }), outlets = make("ul", { class: "fl-legend fl-claim-outlets", "aria-label": "Outlets" });
  const key = make("ul", { class: "fl-legend fl-claim-key", "aria-label": "What the marks mean" }), charts = make("div", { class: "fl-claim-charts" });
  const read = make("p", { class: "fl-note fl-claim-read" }), lists = make("div"), table = make("div", { class: "fl-scroll" });
  const details = make("details", {}, make("summary", {}, "As a table"), table);
  const ownBox = make("label", { class: "fl-inline fl-claim-own" }, own, ownWords), none = make("div");
  const overBox = make("label", { class: "fl-field" }, make("span", {}, "Counted over"), over);
  el.append(make("div", { class: "fl-controls" }, make("label", { class: "fl-field fl-pick" }, make("span", {}, "Measure"), pick), overBox, ownBox),
    said, outlets, key, charts, read, lists, details, none);
  let measures = null, generation = null, current = null, allYears = false, allMarks = false, allListed = new Set(), focused = null;
  const choose = (id) => {
    const all = [...measures.coded, ...measures.own];
    current = all.find((measure) => measure.id === id) || measures.coded[0] || null;
    [allYears, allMarks, allListed, focused] = [false, false, new Set(), null];
    over.replaceChildren(...overOptions(engine, current?.rows || []));
    overBox.hidden = !over.options.length;
  };
  const load = () => {
    generation = engine.generation;
    measures = listMeasures(engine);
    choose(current?.id);
    ownWords.textContent = `Also measures in the articles’ own words (${measures.own.length})`;
    ownBox.hidden = !measures.own.length;
    pick.replaceChildren(...measureOptions(measures, own.checked));
  };
  const rove = () => {
    const marks = [...charts.querySelectorAll(".fl-claim")], kept = marks.find((mark) => mark.dataset.key === focused) || marks[0];
    for (const mark of marks) mark.tabIndex = mark === kept ? 0 : -1;
  };
  const fillTable = (claims) => { if (details.open && current) table.replaceChildren(claimTable(engine, claims, current.name)); };
  let claims = [];
  const draw = () => {
    if (generation !== engine.generation) load();
    for (const part of [said, outlets, key, charts, read, details]) part.hidden = !current;
    pick.disabled = !pick.options.length;
    const passing = new Set(engine.rows()), period = over.value || OVER_ALL;
    const asked = (current?.rows || []).filter((row) => period === OVER_ALL || periodOf(engine, row) === period), rows = asked.filter((row) => passing.has(row));
    claims = gatherClaims(engine, rows);
    if (current) pick.value = current.id;
    const every = claims.filter((claim) => claim.level && claim.from != null), levels = allMarks ? every : mostMade(every), byUnit = new Map();
    for (const claim of levels) byUnit.set(claim.axis, [...(byUnit.get(claim.axis) || []), claim]);
    const years = Math.max(0, ...[...byUnit.values()].map((mine) => chartYears(mine).length));
    const units = [...byUnit].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    const unlisted = claims.filter((claim) => claim.level && claim.from == null), changes = claims.filter((claim) => !claim.level);
    keepFocus(el, () => {
      said.textContent = current && rows.length ? claimStatement(claims, rows, current) : "";
      const mine = new Set(asked), without = current ? engine.rowsPassing("outlet").filter((row) => mine.has(row)) : [];
      outlets.replaceChildren(...outletLegend(engine, without));
      key.replaceChildren(...claimKey(levels));
      charts.replaceChildren(...units.flatMap(([unit, mine]) => unitChart(engine, unit, mine, units.length > 1, allYears)));
      if (years > MOST_YEARS && !allYears) charts.append(make("button", { type: "button", class: "fl-more", "data-key": "years", onclick: () => { allYears = true; draw(); } }, `Show all ${years} years`));
      if (every.length > levels.length) {
        charts.prepend(make("p", { class: "fl-note" }, `Drawn are ${levels.length} of ${every.length} marks, those with most claims first. A filter brings others, or `,
          make("button", { type: "button", "data-key": "marks", onclick: () => { allMarks = true; draw(); } }, "draw all")));
      }
      const list = (name, title, some) => listedClaims(engine, title, some, allListed.has(name), () => { allListed.add(name); draw(); });
      lists.replaceChildren(...list("undated", `As of when is not said: ${countClaims(unlisted.length)}`, unlisted),
        ...list("changes", "Changes, multiples and ranks are no levels, so they stand on no axis:", changes));
      none.replaceChildren(...(rows.length ? [] : [emptyClaims(engine, current)]));
    });
    read.hidden = !levels.length;
    read.textContent = HINT;
    details.hidden = !rows.length;
    fillTable(claims);
    rove();
    showPressed(el, engine);
  };
  over.addEventListener("change", () => { engine.pick({}); draw(); });
  pick.addEventListener("change", () => { choose(pick.value); engine.pick({}); draw(); });
  own.addEventListener("change", () => { pick.replaceChildren(...measureOptions(measures, own.checked)); if (!own.checked && current?.id.startsWith("own ")) choose(null); draw(); });
  details.addEventListener("toggle", () => { fillTable(claims); showPressed(table, engine); });
  charts.addEventListener("keydown", (event) => moveBetweenMarks(charts, event));
  charts.addEventListener("focusin", (event) => { const mark = event.target.closest(".fl-claim"); if (mark) { focused = mark.dataset.key; rove(); read.textContent = capital(mark.claim.words); } });
  charts.addEventListener("mouseover", (event) => { const mark = event.target.closest(".fl-claim"); if (mark) read.textContent = capital(mark.claim.words); });
  engine.watch(draw, signal);
}

/** Why no claim is drawn, with the way out. */
function emptyClaims(engine, measure) {
  if (!engine.size || (measure && !engine.rows().length)) return emptyNote(engine);
  if (measure) {
    return make("div", { class: "fl-empty" }, make("p", {}, `None of ${countClaims(measure.rows.length)} of ${measure.name} passes the filters.`),
      make("button", { type: "button", "data-key": "empty-reset", onclick: () => engine.reset() }, "Reset the filters"));
  }
  return make("p", { class: "fl-empty" }, `None of ${engine.countUnits(engine.size)} has a measure of the codebook that is dated or claimed twice. Their own words can be chosen above.`);
}
