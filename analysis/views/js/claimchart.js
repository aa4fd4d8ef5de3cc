// The chart of claims: a panel a year, a mark a claim. Bars, arrows and bands say how much is known.

const MOST_LABELS = 8;
const MOST_YEARS = 8;
// A panel is at least this wide and high in pixels: where labels fit here, they fit on wider ones.
const PANEL = { width: 260, height: 230 };
const ROOM = 12;
// A grey circle: the key speaks of no outlet.
const GREY = 13;
const ARROW = "M6 25V3M1.5 8.5L6 2.5l4.5 6";

const yearStart = (year) => Date.UTC(year, 0, 1) / DAY;
const inYear = (year, day) => (100 * (day - yearStart(year))) / (yearStart(year + 1) - yearStart(year));

/** Where a claim stands in its panel, in percent; a day is a point at its middle. */
function placeClaim(claim, year, axis) {
  const day = claim.from === claim.to, height = (value) => (100 * (value - axis.low)) / (axis.high - axis.low);
  const left = Math.max(0, inYear(year, claim.from + (day ? 0.5 : 0))), right = Math.min(100, inYear(year, claim.to + (day ? 0.5 : 1)));
  return { left, right, bottom: height(claim.value), top: height(claim.high ?? claim.value) };
}

const aroundPoint = (x, y, width, height) => ({ left: x - width / 2, right: x + width / 2, bottom: y - height / 2, top: y + height / 2 });

/** Set symbols side by side where they would cover each other, and labels where there is room for them. */
function arrangeClaims(claims, year, axis) {
  const taken = [], placed = claims.map((claim) => ({ claim, ...placeClaim(claim, year, axis) }));
  for (const each of placed) {
    const left = (each.left * PANEL.width) / 100, right = (each.right * PANEL.width) / 100, y = ((each.bottom + each.top) * PANEL.height) / 200;
    const ways = right - left > 20 ? [0.5, 0.25, 0.75, 0.1, 0.9].map((part) => [part, 0]) : [0, 15, -15, 30, -30, 45, -45].map((shift) => [0.5, shift]);
    const boxes = ways.map(([part, shift]) => ({ ...aroundPoint(left + (right - left) * part + shift, y, 14, 14), part, shift }));
    const box = freeBox(boxes, taken, { left: -8, right: PANEL.width + 8, bottom: -20, top: PANEL.height + 40 }) || boxes[0];
    Object.assign(each, { part: box.part, shift: box.shift, x: box.left + 7, y });
    taken.push(box);
  }
  for (const { claim, x, y } of placed) {
    if (claim.change === ">") taken.push(aroundPoint(x, y + 20, 12, 26));
    if (claim.change === "<") taken.push(aroundPoint(x, y - 20, 12, 26));
  }
  for (const { left, right, bottom } of placed) {
    if (right > left) taken.push({ ...aroundPoint(0, (bottom * PANEL.height) / 100, 0, 6), left: (left * PANEL.width) / 100, right: (right * PANEL.width) / 100 });
  }
  for (const each of placed.length > MOST_LABELS ? [] : placed) {
    const width = 6.8 * each.claim.short.length + 4, { x, y } = each;
    const beside = [[0, 17], [width / 2 + 11, 0], [-width / 2 - 11, 0], [0, -17], [width / 2 + 11, 13], [-width / 2 - 11, 13],
      [width / 2 + 11, -13], [-width / 2 - 11, -13], [0, 42], [0, -42]];
    const boxes = beside.map(([dx, dy]) => ({ ...aroundPoint(x + dx, y + dy, width, 16), dx: dx + each.shift, dy }));
    each.label = freeBox(boxes, taken, { left: -30, right: PANEL.width + 10, bottom: 2, top: PANEL.height + 50 });
    if (each.label) taken.push(each.label);
  }
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

// What the key says of a kind of mark, which claims are drawn so, and what its sample is made of.
const HINTS = [
  ["day", "as of one day", (claim) => claim.from === claim.to && claim.stated, {}],
  ["interval", "as of these days, or of a day among them", (claim) => claim.from !== claim.to, { to: 1 }],
  ["bound", "more than this", (claim) => claim.change === ">", { change: ">" }],
  ["below", "at most this: nearly, up to", (claim) => claim.change === "<", { change: "<" }],
  ["about", "about this", (claim) => claim.change === "~", { change: "~" }],
  ["range", "between these values", (claim) => claim.high != null, { high: 1 }],
  ["hollow", "as of when is not said: drawn when its article was published", (claim) => !claim.stated, {}],
];

/** What one mark is made of; the key is made of the same pieces. */
function markPieces({ outlet, change, from, to, high, hollow }) {
  return [
    change === "~" ? make("span", { class: "fl-claim-about" }) : null,
    high != null ? make("span", { class: "fl-claim-range" }) : null,
    from !== to ? make("span", { class: "fl-claim-bar" }) : null,
    make("span", { class: "fl-claim-point" }, change === ">" || change === "<" ? arrowMark(change === "<") : null, symbol(outlet)),
  ].filter(Boolean);
}

function claimMark(engine, { claim, left, right, bottom, top, part, shift }, year) {
  const crosses = claim.from !== claim.to && claim.from < yearStart(year);
  const classes = ["fl-claim", `fl-colour-${claim.outlet % COLOURS}`, claim.stated ? "" : "fl-claim-hollow", crosses ? "fl-claim-earlier" : ""];
  const mark = pickButton(engine, { label: claim.words, rows: claim.rows }, { class: classes.filter(Boolean).join(" "),
    "data-key": claim.key, "data-change": claim.change, "aria-label": claim.words, tabindex: -1 }, ...markPieces(claim));
  mark.claim = claim;
  mark.style.cssText = `left:calc(${left}% - ${ROOM}px);width:calc(${right - left}% + ${2 * ROOM}px);bottom:calc(${bottom}% - ${ROOM}px);`
    + `height:calc(${top - bottom}% + ${2 * ROOM}px);z-index:${100 - Math.round(right - left)};--fl-part:${part};--fl-shift:${shift}px`;
  return mark;
}

function valueLabel({ claim, left, right, bottom, top, part, label }) {
  const node = make("span", { class: "fl-claim-label", "aria-hidden": "true" }, claim.short);
  node.style.cssText = `left:calc(${left + (right - left) * part}% + ${label.dx}px);bottom:calc(${(bottom + top) / 2}% + ${label.dy}px)`;
  return node;
}

/** An interval that goes on into a later year leaves its first part here. */
function earlierPart(claim, year, axis) {
  const { left, right, bottom } = placeClaim(claim, year, axis);
  const node = make("span", { class: `fl-claim-part fl-colour-${claim.outlet % COLOURS}`, "aria-hidden": "true" });
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
  const count = mine.reduce((sum, claim) => sum + claim.rows.length, 0);
  return make("div", { class: "fl-claim-year", role: "group", "aria-label": `${year}, ${unit || "no unit"}` },
    make("p", { class: "fl-claim-heading" }, make("strong", {}, String(year)), ` ${countClaims(count)}`), plot);
}

const countClaims = (number) => `${number} ${number === 1 ? "claim" : "claims"}`;

function unitChart(engine, unit, claims, several, allYears) {
  const axis = valueAxis(claims.flatMap((claim) => [claim.value, claim.high ?? claim.value]));
  const found = [...new Set(claims.map((claim) => claim.year))].sort((a, b) => a - b), years = allYears ? found : found.slice(-MOST_YEARS);
  const nouns = [...new Set(claims.map((claim) => claim.unit).filter((noun) => noun && noun !== unit))].map(pluralWords);
  const name = unit ? capital(/^(percent|.* per .*)$/.test(unit) || MONEY[unit] ? unit : pluralWords(unit)) : "No unit is said";
  const notes = [nouns.length ? `The articles also call them ${nouns.join(", ")}.` : "",
    axis.low > 0 ? `The axis starts at ${amountWords(axis.low, null, unit, true)}, not at zero: the values lie close together.` : ""].filter(Boolean).join(" ");
  const panels = make("div", { class: `fl-claim-years${years.length > 1 ? "" : " fl-claim-single"}` }, ...years.map((year) => yearPanel(engine, year, claims, axis, unit)));
  panels.style.setProperty("--fl-axis-room", `${Math.max(...axis.ticks.map((tick) => amountWords(tick, null, unit, true).length)) + 1}ch`);
  return [make("p", { class: "fl-claim-unit" }, several || notes || nouns.length ? make("strong", {}, name) : name, notes ? ` ${notes}` : ""), panels];
}

function claimKey(claims) {
  return HINTS.filter(([, , drawn]) => claims.some(drawn)).map(([kind, words, , sample]) => make("li", {},
    make("span", { class: `fl-claim-sample fl-colour-${GREY % COLOURS} fl-sample-${kind}${kind === "hollow" ? " fl-claim-hollow" : ""}`, "aria-hidden": "true" },
      ...markPieces({ outlet: GREY, from: 0, to: 0, high: null, change: "=", ...sample })), words));
}
