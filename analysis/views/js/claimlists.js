// What stands around the chart of claims: its statement, its choices, and claims as a list and as a table.

const MOST_LISTED = 12;
const MOST_TABLE = 200;

function listedClaims(engine, title, claims, all, more) {
  if (!claims.length) return [];
  const shown = all ? claims : claims.slice(0, MOST_LISTED);
  return [make("p", { class: "fl-claim-listed" }, title), make("ul", { class: "fl-claim-list" }, ...shown.map((claim) => make("li", {},
    pickButton(engine, { label: claim.words, rows: claim.rows }, { "data-key": claim.key, "aria-label": claim.words }, outletSymbol(claim),
      make("span", {}, claim.amount, make("span", { class: "fl-claim-from" }, [claim.period, claim.from == null ? "" : claim.when, claim.outletName].filter(Boolean).map((each) => `, ${each}`).join("")),
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
  const of = rows.length === measure.rows.length ? "" : ` of ${numberWords(measure.rows.length)}`;
  const first = Math.min(...spans.map((claim) => claim.from)), last = Math.max(...spans.map((claim) => claim.to));
  const when = !spans.length ? "without a date" : said.length ? `as of ${dateWords(first, last)}` : `published ${dateWords(first, last)}`;
  return `${numberWords(rows.length)}${of} ${measure.rows.length === 1 ? "claim" : "claims"} of ${measure.name}, by ${sourceWords(claims)}, ${when}`;
}

/** "2 outlets and 3 articles whose outlet is not stated": what is not known is not one outlet. */
function sourceWords(claims) {
  const known = new Set(claims.filter((claim) => claim.unknown == null).map((claim) => claim.outlet)).size;
  const articles = new Set(claims.filter((claim) => claim.unknown != null).map((claim) => claim.unknown)).size;
  return [known ? `${known} ${known === 1 ? "outlet" : "outlets"}` : "",
    articles ? `${articles} ${articles === 1 ? "article" : "articles"} whose outlet is not stated` : ""].filter(Boolean).join(" and ");
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
    } }, outletSymbol({ outlet: code, unknown: name === NO_OUTLET ? 0 : null }), make("span", {}, name === NO_OUTLET ? "outlet not stated" : name))));
}

/** Why no claim is drawn, with the way out. */
function emptyClaims(engine, measure) {
  if (!engine.size || (measure && !engine.rows().length)) return emptyNote(engine);
  if (measure) {
    return make("div", { class: "fl-empty" }, make("p", {}, `None of ${countClaims(measure.rows.length)} of ${measure.name} passes the filters.`),
      make("button", { type: "button", "data-key": "empty-reset", onclick: () => engine.reset() }, "Reset the filters"));
  }
  return make("p", { class: "fl-empty" }, `None of ${engine.countUnits(engine.size)} has a measure of the codebook. Their own words can be chosen above.`);
}
