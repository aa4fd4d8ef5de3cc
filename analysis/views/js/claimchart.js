// The chart of claims: a panel a year, a mark a claim. Bars, arrows and bands say how much is known.

const MOST_LABELS = 8;
// Among more marks than this there is no free place: they may cover each other.
const MOST_APART = 120;
const MOST_YEARS = 8;
// Years in which a claim's days lie, but none ends, have a panel where there are no more than these in all.
const MOST_TOUCHED = 4;
// A panel is at least this wide and high in pixels: where labels fit here, they fit on wider ones.
const PANEL = { width: 260, height: 230 };
const ROOM = 12;
// How far, in pixels, a symbol that would cover another is drawn above or below its value.
const LIFTS = [0, ...Array.from({ length: 13 }, (_, at) => [4 * at + 4, -4 * at - 4]).flat()];
// A grey circle: the key speaks of no outlet.
const GREY = 13;
const ARROW = "M6 25V3M1.5 8.5L6 2.5l4.5 6";

const yearStart = (year) => Date.UTC(year, 0, 1) / DAY;
const inYear = (year, day) => (100 * (day - yearStart(year))) / (yearStart(year + 1) - yearStart(year));

/** Where a claim stands in its panel, in percent; a day is a point at its middle. */
function placeClaim(claim, year, axis) {
  const day = claim.from === claim.to, height = (value) => (100 * (value - axis.low)) / (axis.high - axis.low);
  const left = Math.max(0, inYear(year, claim.from + (day ? 0.5 : 0))), right = Math.min(100, inYear(year, claim.to + (day ? 0.5 : 1)));
  // What is counted up to a day is read at that day; as of an unknown day, in the middle of them.
  const part = claim.counted ? Math.min(1, (inYear(year, claim.to + 0.5) - left) / (right - left)) : 0.5;
  return { left, right, part, bottom: height(claim.value), top: height(claim.high ?? claim.value) };
}

const boxAt = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, bottom: y - height / 2, top: y + height / 2 });

/** What a symbol covers, and the head of its arrow up or down: the shaft may pass behind another symbol. */
function symbolBoxes(x, y, change) {
  const heads = { ">": [boxAt(x, y + 28, 12, 8)], "<": [boxAt(x, y - 28, 12, 8)] };
  return [boxAt(x, y, 13, 13), ...(heads[change] || [])];
}

/** Draw symbols that would cover each other above or below their values, in the order of these: never at another day. */
function placeSymbols(placed, taken) {
  const done = [];
  for (const each of placed) {
    const { claim } = each, x = ((each.left + (each.right - each.left) * each.part) * PANEL.width) / 100;
    const y = ((each.bottom + each.top) * PANEL.height) / 200;
    const near = taken.length < MOST_APART ? done.filter((other) => Math.abs(other.x - x) < 15) : [];
    const keeps = (lift) => near.every((other) => (other.y - y) * (other.y + other.lift - y - lift) >= 0);
    const covered = near.flatMap((other) => symbolBoxes(other.x, other.y + other.lift, other.claim.change));
    const free = (lift) => y + lift >= 0 && !symbolBoxes(x, y + lift, claim.change).some((box) => covered.some((other) => overlap(box, other)));
    const lift = LIFTS.find((pixels) => keeps(pixels) && free(pixels)) || 0;
    Object.assign(each, { x, y, lift });
    claim.lifted = lift !== 0;
    done.push(each);
    taken.push(...symbolBoxes(x, y + lift, claim.change));
  }
}

/** Where a label may stand: above or below its symbol, else beside the bar. Each is a place in percent, and pixels from it. */
function labelPlaces({ left, right, part }, width) {
  const middle = left + (right - left) * part, lean = width / 2 - 7, aside = width / 2 + 11;
  const row = (dy) => [[middle, 0, dy], [middle, -lean, dy], [middle, lean, dy]];
  const beside = (dy) => [[right, aside, dy], [left, -aside, dy]];
  return [...row(17), ...beside(0), ...row(-17), ...beside(13), ...beside(-13), [middle, 0, 41], [middle, 0, -41]];
}

/** Write values where there is room for them. */
function placeLabels(placed, taken) {
  for (const each of placed) {
    const width = 6.8 * each.claim.short.length + 4;
    const boxes = labelPlaces(each, width).map(([percent, dx, dy]) => ({
      ...boxAt((percent * PANEL.width) / 100 + dx, each.y + each.lift + dy, width, 16), percent, dx, dy: dy + each.lift }));
    each.label = freeBox(boxes, taken, { left: -30, right: PANEL.width + 10, bottom: 2, top: PANEL.height + 50 });
    if (each.label) taken.push(each.label);
  }
}

function arrangeClaims(claims, year, axis) {
  const taken = [], placed = claims.map((claim) => ({ claim, ...placeClaim(claim, year, axis) }));
  placeSymbols(placed, taken);
  // A label may not lie on a bar, but a symbol may.
  for (const { left, right, bottom, x, y, lift } of placed) {
    if (lift) taken.push(boxAt(x, y + lift / 2, 3, Math.abs(lift)));
    if (right > left) taken.push({ ...boxAt(0, (bottom * PANEL.height) / 100, 0, 6), left: (left * PANEL.width) / 100, right: (right * PANEL.width) / 100 });
  }
  if (placed.length <= MOST_LABELS) placeLabels(placed, taken);
  return placed;
}

function arrowMark(down) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 12 26");
  svg.setAttribute("class", `fl-claim-arrow${down ? " fl-claim-down" : ""}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ARROW);
  svg.append(path);
  return svg;
}

const isUncertain = (claim) => claim.stated && claim.from !== claim.to && !claim.counted;

// What the key says of a kind of mark, which claims are drawn so, and what its sample is made of.
const HINTS = [
  ["day", "as of one day", (claim) => claim.from === claim.to && claim.stated, {}],
  ["interval", "counted over these days, to the last", (claim) => claim.counted, { to: 1, counted: true }],
  ["among", "as of a day among them", isUncertain, { to: 1, stated: true }],
  ["part", "these days go on into a later year", (claim) => splitDay(claim.from).year < claim.year, {}],
  ["bound", "more than this", (claim) => claim.change === ">", { change: ">" }],
  ["below", "nearly this, or up to this", (claim) => claim.change === "<", { change: "<" }],
  ["about", "about this", (claim) => claim.change === "~", { change: "~" }],
  ["range", "between these values", (claim) => claim.high != null, { high: 1 }],
  ["hollow", "as of when is not said: drawn when its article was published", (claim) => !claim.stated, { stated: false }],
  ["lifted", "moved off another mark: the thin line leads to its value", (claim) => claim.lifted, { lift: 8 }],
];

/** The symbol of an outlet; articles whose outlet is not stated share none. */
function outletSymbol({ outlet, unknown }) {
  const drawn = symbol(unknown == null ? outlet : GREY);
  if (unknown != null) drawn.classList.add("fl-claim-unknown");
  return drawn;
}

/** What one mark is made of; the key is made of the same pieces. */
function markPieces(claim, lift = 0) {
  const { change, from, to, high } = claim, leader = lift ? make("span", { class: "fl-claim-leader" }) : null;
  if (leader) leader.style.cssText = `height:${Math.abs(lift)}px;${lift > 0 ? "top" : "bottom"}:0`;
  return [
    change === "~" ? make("span", { class: "fl-claim-about" }) : null,
    high != null ? make("span", { class: "fl-claim-range" }) : null,
    from !== to ? make("span", { class: "fl-claim-bar" }) : null,
    make("span", { class: `fl-claim-point${lift < 0 ? " fl-claim-lowered" : ""}` }, leader, change === ">" || change === "<" ? arrowMark(change === "<") : null, outletSymbol(claim)),
  ].filter(Boolean);
}

const hueOf = ({ outlet, unknown }) => `fl-colour-${(unknown == null ? outlet : GREY) % COLOURS}`;

function claimMark(engine, { claim, left, right, bottom, top, part, lift }, year) {
  const crosses = claim.from !== claim.to && claim.from < yearStart(year);
  const classes = ["fl-claim", hueOf(claim), claim.stated ? "" : "fl-claim-hollow", isUncertain(claim) ? "fl-claim-among" : "", crosses ? "fl-claim-earlier" : ""];
  const mark = pickButton(engine, { label: claim.words, rows: claim.rows }, { class: classes.filter(Boolean).join(" "),
    "data-key": claim.key, "data-change": claim.change, "aria-label": claim.words, tabindex: -1 }, ...markPieces(claim, lift));
  mark.claim = claim;
  mark.style.cssText = `left:calc(${left}% - ${ROOM}px);width:calc(${right - left}% + ${2 * ROOM}px);bottom:calc(${bottom}% - ${ROOM}px);`
    + `height:calc(${top - bottom}% + ${2 * ROOM}px);z-index:${100 - Math.round(right - left)};--fl-part:${part};--fl-lift:${lift}px`;
  return mark;
}

function valueLabel({ claim, bottom, top, label }) {
  const node = make("span", { class: "fl-claim-label", "aria-hidden": "true" }, claim.short);
  node.style.cssText = `left:calc(${label.percent}% + ${label.dx}px);bottom:calc(${(bottom + top) / 2}% + ${label.dy}px)`;
  return node;
}

/** An interval that goes on into a later year leaves its first part here. */
function earlierPart(claim, year, axis) {
  const { left, right, bottom } = placeClaim(claim, year, axis);
  const node = make("span", { class: `fl-claim-part ${hueOf(claim)}${claim.from < yearStart(year) ? " fl-claim-both" : ""}`, "aria-hidden": "true" });
  node.style.cssText = `left:${left}%;width:${right - left}%;bottom:calc(${bottom}% - 3px)`;
  return node;
}

function yearPanel(engine, year, claims, axis, unit) {
  const plot = make("div", { class: "fl-claim-plot" }), mine = claims.filter((claim) => claim.year === year);
  for (const tick of axis.ticks) {
    const line = make("span", { class: "fl-claim-line", "aria-hidden": "true" }, make("span", {}, amountWords(tick, null, unit, true)));
    line.style.bottom = `${(100 * (tick - axis.low)) / (axis.high - axis.low)}%`;
    plot.append(line);
  }
  for (let month = 0; month < 12; month += 1) {
    const tick = make("span", { class: `fl-claim-month${month % 3 ? "" : " fl-claim-quarter"}`, "aria-hidden": "true" }, month % 3 ? "" : MONTHS[month].slice(0, 3));
    tick.style.left = `${inYear(year, Date.UTC(year, month, 1) / DAY)}%`;
    plot.append(tick);
  }
  const placed = arrangeClaims(mine, year, axis);
  plot.append(...claims.filter((claim) => claim.year > year && claim.from < yearStart(year + 1)).map((claim) => earlierPart(claim, year, axis)));
  plot.append(...placed.filter((each) => each.label).map(valueLabel), ...placed.map((each) => claimMark(engine, each, year)));
  const count = countClaims(mine.reduce((sum, claim) => sum + claim.rows.length, 0));
  return make("div", { class: "fl-claim-year", role: "group", "aria-label": `${year}, ${unit || "no unit"}` },
    make("p", { class: "fl-claim-heading" }, make("strong", {}, String(year)), ` ${mine.length ? count : "no claim ends here"}`), plot);
}

const countClaims = (number) => `${numberWords(number)} ${number === 1 ? "claim" : "claims"}`;

function chartYears(claims) {
  const ends = new Set(claims.map((claim) => claim.year)), touched = new Set(ends);
  for (const claim of claims) for (let year = splitDay(claim.from).year; year < claim.year && touched.size <= MOST_TOUCHED; year++) touched.add(year);
  return [...(touched.size <= MOST_TOUCHED ? touched : ends)].sort((a, b) => a - b);
}

function unitChart(engine, unit, claims, several, allYears) {
  const axis = valueAxis(claims.flatMap((claim) => [claim.value, claim.high ?? claim.value]));
  const found = chartYears(claims), years = allYears ? found : found.slice(-MOST_YEARS);
  const nouns = [...new Set(claims.map((claim) => claim.unit).filter((noun) => noun && noun !== unit))].map(pluralWords);
  const name = unit ? capital(/^(percent|.* per .*)$/.test(unit) || MONEY.has(unit) ? unit : pluralWords(unit)) : "No unit is said";
  const notes = [nouns.length ? `The articles also call them ${nouns.join(", ")}.` : "",
    axis.low > 0 ? `The axis starts at ${amountWords(axis.low, null, unit, true)}, not at zero: the values lie close together.` : ""].filter(Boolean).join(" ");
  const panels = make("div", { class: `fl-claim-years${years.length > 1 ? "" : " fl-claim-single"}` }, ...years.map((year) => yearPanel(engine, year, claims, axis, unit)));
  panels.style.setProperty("--fl-axis-room", `${Math.max(...axis.ticks.map((tick) => amountWords(tick, null, unit, true).length)) + 2}ch`);
  return [make("p", { class: "fl-claim-unit" }, several || notes || nouns.length ? make("strong", {}, name) : name, notes ? ` ${notes}` : ""), panels];
}

function claimKey(claims) {
  return HINTS.filter(([, , drawn]) => claims.some(drawn)).map(([kind, words, , { lift, ...sample }]) => {
    const claim = { outlet: GREY, from: 0, to: 0, high: null, change: "=", stated: true, unknown: null, ...sample };
    const state = claim.stated ? (isUncertain(claim) ? " fl-claim-among" : "") : " fl-claim-hollow";
    const node = make("span", { class: `fl-claim-sample fl-colour-${GREY % COLOURS} fl-sample-${kind}${state}`, "aria-hidden": "true" },
      ...(kind === "part" ? [make("span", { class: "fl-claim-part" })] : markPieces(claim, lift)));
    node.style.cssText = `--fl-part:${claim.counted ? 1 : 0.5};--fl-lift:${lift || 0}px`;
    return make("li", {}, node, words);
  });
}
