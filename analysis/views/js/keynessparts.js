// The pieces of keyness: the table of features, each article as a dot, and the sentences behind them.

const KEY_STEP = 11;
const KEY_ROWS = 14;
const KEY_EDGE = 8;
const KEY_DIGITS = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const signed = (number) => KEY_DIGITS.format(number).replace("-", "−");
const KEY_RATE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });

const keyCount = (count, noun) => `${numberWords(count)} ${count === 1 ? noun : pluralWords(noun)}`;

function makeSvg(tag, properties = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) if (value != null) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** A corrected p-value in words; nothing where there was no test. */
function qWords(q) {
  if (q == null) return "";
  if (q > 0.05) return "not distinctive";
  return q < 0.001 ? "q < .001" : `q ${q.toFixed(3).replace(/^0/, "")}`;
}

const sideName = (side, name) => make("span", { class: "fl-key-side" }, symbol(side), make("span", {}, name));

/** The features of a comparison, an object each; what was not tested has neither log-odds nor q. */
function listFeatures(comparison) {
  return comparison.feature.map((name, at) => {
    const sides = [0, 1].map((side) => ({
      count: comparison.count[side][at], articles: comparison.articles[side][at], rate: comparison.rate[side][at],
      of: comparison.of[side], rows: comparison.rows[at][side], told: comparison.told[at][side],
    }));
    const q = comparison.q?.[at] ?? null;
    return { name, at, more: comparison.more[at], sides, q, distinctive: q != null && q <= 0.05,
      odds: q == null ? null : ["log_odds", "low", "high"].map((column) => comparison[column][at]) };
  });
}

/** The log-odds on the axis that all rows share: a line from low to high, and the symbol of the side that says more. */
function oddsCell(feature, most) {
  if (!feature.odds) return make("td", { role: "cell", class: "fl-key-odds" }, make("span", { class: "fl-key-untested" }, "in too few articles to test"));
  const [odds, low, high] = feature.odds, at = (value) => `${50 + (50 * Math.max(-most, Math.min(most, value))) / most}%`;
  const line = make("span", { class: "fl-key-line" }), point = make("span", { class: "fl-key-point" }, symbol(feature.more));
  line.style.left = at(low);
  line.style.width = `calc(${at(high)} - ${at(low)})`;
  point.style.left = at(odds);
  return make("td", { role: "cell", class: "fl-key-odds" }, make("span", { class: "fl-key-cell-name" }, "Log-odds, 95 % interval"),
    make("span", { class: "fl-key-track", "aria-hidden": "true" }, line, point),
    make("span", { class: "fl-key-numbers" }, `${signed(odds)} (${signed(low)} to ${signed(high)})`));
}

function sideCell(comparison, feature, side) {
  const { count, articles, of, rate } = feature.sides[side];
  return make("td", { role: "cell", class: "fl-key-counts" },
    make("span", { class: "fl-key-cell-name" }, symbol(side), [comparison.first, comparison.second][side]),
    make("span", {}, `${numberWords(articles)} of ${keyCount(of, "article")}`),
    make("span", { class: "fl-key-soft" }, `${keyCount(count, "use")}${rate == null ? "" : `, ${KEY_RATE.format(rate)} in 10,000 words`}`));
}

function featureRow(comparison, feature, most, choose) {
  const names = [comparison.first, comparison.second], { q } = feature;
  const button = make("button", { type: "button", class: "fl-key-feature", "data-key": `feature ${feature.name}`, tabindex: -1, onclick: () => choose(feature) }, feature.name);
  button.feature = feature;
  return make("tr", { role: "row" }, make("th", { scope: "row", role: "rowheader" }, button),
    make("td", { role: "cell", class: "fl-key-more" }, make("span", { class: "fl-key-cell-name" }, "Used more by"), sideName(feature.more, names[feature.more])),
    most ? oddsCell(feature, most) : null,
    most ? make("td", { role: "cell", class: "fl-key-q" }, qWords(q)) : null,
    sideCell(comparison, feature, 0), sideCell(comparison, feature, 1));
}

/** The features as a table. Roles are written out, because on a narrow page its rows are laid out as cards. */
function featureTable(comparison, features, units, most, choose) {
  const head = (class_, ...children) => make("th", { scope: "col", role: "columnheader", class: class_ }, ...children);
  const axis = most ? head("fl-key-odds", "Log-odds, 95 % interval",
    make("span", { class: "fl-key-axis", "aria-hidden": "true" }, ...[-most, 0, most].map((value) => make("span", {}, String(value).replace("-", "−"))))) : null;
  return make("table", { role: "table", class: "fl-key-table", "aria-label": `${capital(units)}, ${comparison.name}` },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, head("", capital(comparison.unit)), head("", "Used more by"), axis,
      most ? head("", "q (corrected p)") : null, head("", sideName(0, comparison.first)), head("", sideName(1, comparison.second)))),
    make("tbody", { role: "rowgroup" }, ...features.map((feature) => featureRow(comparison, feature, most, choose))));
}

/** The articles of a feature, a side: how often each says it, in which words. */
function featureDots(engine, comparison, feature) {
  const words = new Map(comparison.words), flat = comparison.dots[feature.at];
  return [0, 1].map((side) => flat[2 * side].map((code, at) => {
    const article = engine.data.articles[code], count = flat[2 * side + 1][at], length = words.get(code);
    return { code, article, side, count, length, rate: length ? (count / length) * 1e4 : 0,
      label: `${article.outlet}, ${article.published}: ${article.headline || article.id}, ${keyCount(count, "use")} in ${keyCount(length, "word")}` };
  }));
}

/**
 * Where the dots of both sides stand. Articles without the word fill a block at nought; the others stand on the axis
 * by their rate, and on each other where they would overlap.
 */
function placeDots(sides, width) {
  const without = Math.max(...sides.map((dots) => dots.filter((dot) => !dot.count).length));
  const columns = Math.min(Math.ceil(without / 4), Math.max(1, Math.floor((width * 0.34) / KEY_STEP)));
  const deep = columns ? Math.ceil(without / columns) : 0, start = KEY_EDGE + columns * KEY_STEP + (columns ? 6 : 0);
  const { ticks, high } = valueAxis(sides.flat().map((dot) => dot.rate).concat(0)), room = width - start - KEY_EDGE - 4;
  const x = (rate) => start + (rate / high) * room;
  const placed = sides.map((dots) => {
    const ends = [];
    let nought = 0;
    return dots.map((dot) => {
      if (!dot.count) {
        const at = nought++;
        return { ...dot, x: KEY_EDGE + (at % columns) * KEY_STEP + KEY_STEP / 2, row: Math.floor(at / columns) };
      }
      const free = ends.findIndex((end) => end <= x(dot.rate)), row = free < 0 ? ends.length : free;
      ends[row] = x(dot.rate) + KEY_STEP;
      return { ...dot, x: x(dot.rate), row };
    });
  });
  const rows = Math.max(3, deep, ...placed.flat().map((dot) => dot.row + 1)), step = KEY_STEP * Math.min(1, KEY_ROWS / rows);
  return { placed, start: columns ? start : 0, x, ticks, step, height: Math.ceil(step * rows) + 8 };
}

function dotMark(dot, plan, chosen) {
  const shape = SHAPES[dot.side], y = plan.height - 6 - (dot.row + 0.5) * plan.step;
  const mark = makeSvg("g", { class: `fl-key-dot fl-colour-${dot.side}${dot.count ? "" : " fl-key-none"}`, role: "button", tabindex: -1, "aria-label": dot.label,
    "aria-pressed": String(dot.article.id === chosen), "data-key": `dot ${dot.article.id}`, transform: `translate(${(dot.x - 5).toFixed(1)} ${(y - 5).toFixed(1)})` },
  makeSvg("rect", { class: "fl-key-hit", x: -0.5, y: -0.5, width: KEY_STEP, height: KEY_STEP }), makeSvg("path", { d: shape, transform: "scale(.833)" }));
  mark.dot = dot;
  return mark;
}

function dotPlot(comparison, feature, sides, width, chosen) {
  const plan = placeDots(sides, width), names = [comparison.first, comparison.second];
  const lanes = plan.placed.map((dots, side) => {
    const { articles, of, count } = feature.sides[side], drawn = dots.length < of ? `; ${dots.length} are drawn, evenly over their order by rate` : "";
    const svg = makeSvg("svg", { class: "fl-key-dots", width, height: plan.height, role: "group", "aria-label": `${names[side]}: ${keyCount(dots.length, "article")}` },
      makeSvg("line", { class: "fl-key-base", x1: 0, x2: width, y1: plan.height - 3, y2: plan.height - 3 }),
      ...(plan.start ? [makeSvg("line", { class: "fl-key-edge", x1: plan.start - 3, x2: plan.start - 3, y1: 0, y2: plan.height })] : []),
      ...dots.map((dot) => dotMark(dot, plan, chosen)));
    return make("div", { class: "fl-key-lane" }, make("p", {}, sideName(side, names[side]),
      make("span", { class: "fl-key-soft" }, `in ${articles} of ${keyCount(of, "article")}, ${keyCount(count, "use")}${drawn}`)), svg);
  });
  const ticks = plan.ticks.filter((tick) => tick > 0 || !plan.start).map((tick) => {
    const node = make("span", { class: "fl-tick" }, numberWords(tick));
    node.style.left = `${plan.x(tick)}px`;
    return node;
  });
  if (plan.start) {
    ticks.unshift(make("span", { class: "fl-tick" }, "0"));
    ticks[0].style.left = `${plan.start / 2}px`;
  }
  return [...lanes, make("div", { class: "fl-key-ticks", "aria-hidden": "true" }, ...ticks), make("p", { class: "fl-note" }, "Uses in 10,000 words of an article. At 0 stand the articles without any.")];
}

function keySentence(data, row) {
  const article = data.articles[data.article[row]];
  return make("li", { class: "fl-evidence" },
    make("blockquote", {}, ...markedPassages(data.sentences[data.sentence[row]], data.marks[row])),
    make("p", { class: "fl-source" }, make("strong", {}, article.outlet), `, ${article.published}`,
      article.headline ? make("span", { class: "fl-headline" }, article.headline) : ""),
    data.cut[row] ? make("p", { class: "fl-tags" }, labelTag("Cut", `${data.cut[row]} more characters of this sentence stand in the article`)) : "");
}

/** The sentences of one side: all that the page holds, or those of one article. */
function sideSentences(engine, comparison, feature, side, dot) {
  const { data } = engine, name = [comparison.first, comparison.second][side], { rows, told } = feature.sides[side];
  const own = dot ? rows.filter((row) => data.articles[data.article[row]].id === dot.article.id) : rows;
  const held = `${numberWords(own.length)} of ${keyCount(told, "sentence")}`;
  const head = dot ? `${dot.label}. ` : told ? held : `none of ${keyCount(feature.sides[side].of, "article")} says it`;
  const none = dot && !own.length && (dot.count ? `Its sentences are not among the ${numberWords(rows.length)} of ${numberWords(told)} that come with this view.` : "This article does not say it.");
  return make("div", { class: `fl-key-said${own.length ? "" : " fl-key-silent"}` }, make("p", {}, sideName(side, name), make("span", { class: "fl-key-soft" }, head)),
    none ? make("p", { class: "fl-note" }, none) : "",
    own.length ? make("ol", { class: "fl-sentences", "aria-label": `${feature.name}: sentences, ${name}` }, ...own.map((row) => keySentence(data, row))) : "");
}

/** The dots as a table, whose articles are buttons that do what their dots do. */
function dotTable(comparison, sides, pick, chosen) {
  const names = [comparison.first, comparison.second];
  const rows = sides.flat().sort((a, b) => a.side - b.side || b.rate - a.rate || a.code - b.code).map((dot) => {
    const button = make("button", { type: "button", "aria-pressed": String(dot.article.id === chosen), "data-key": `row ${dot.article.id}`, onclick: () => pick(dot) }, dot.article.headline || dot.article.id);
    const source = names[dot.side] === dot.article.outlet ? names[dot.side] : `${names[dot.side]}: ${dot.article.outlet}`;
    return make("tr", {}, make("th", { scope: "row" }, button), make("td", {}, sideName(dot.side, source)), make("td", {}, dot.article.published),
      ...[dot.count, dot.length, dot.rate].map((number) => make("td", { class: "fl-key-number" }, KEY_RATE.format(number))));
  });
  const heads = ["Article", "Source", "Published", "Uses", "Words", "In 10,000 words"];
  return make("table", { class: "fl-key-articles" }, make("thead", {}, make("tr", {}, ...heads.map((name) => make("th", { scope: "col" }, name)))), make("tbody", {}, ...rows));
}
