// Counts by one or two dimensions: a heat map that is a real table, whose counts are buttons.

const MOST_ROWS = 25;

function tally(engine, rows, columns, byArticle) {
  const width = columns ? columns.values.length : 0;
  const cells = new Int32Array(rows.values.length * (width + 1));
  const column = new Int32Array(width + 1);
  const seen = byArticle ? new Set() : null, { article } = engine.data, articles = engine.data.articles.length;
  const add = (target, at, row, plane) => {
    if (seen) {
      const key = (at * 2 + plane) * articles + article[row];
      if (seen.has(key)) return;
      seen.add(key);
    }
    target[at]++;
  };
  for (const row of engine.rows()) {
    add(column, width, row, 1);
    if (columns) for (const code of columns.lists[row]) add(column, code, row, 1);
    for (const name of rows.lists[row]) {
      add(cells, name * (width + 1) + width, row, 0);
      if (columns) for (const code of columns.lists[row]) add(cells, name * (width + 1) + code, row, 0);
    }
  }
  return { cells, column, width };
}

function countTable(engine, rows, columns, order, wide) {
  const cell = (choices, words) => pickButton(engine, { label: words, choices }, { class: "fl-count" });
  const grid = new Map(), columnButtons = new Map(), bars = new Map();
  const head = make("tr", {}, make("td"), ...wide.map((code) => make("th", { scope: "col" }, columns.values[code])),
    make("th", { scope: "col" }, "All"));
  const body = order.map((name) => {
    const value = rows.values[name], line = make("tr", {}, make("th", { scope: "row" }, value));
    for (const code of wide) {
      const button = cell({ [rows.name]: value, [columns.name]: columns.values[code] }, `${value}, ${columns.values[code]}`);
      grid.set(`${name} ${code}`, button);
      line.append(make("td", {}, button));
    }
    const total = cell({ [rows.name]: value }, value), bar = make("span", { class: "fl-bar", "aria-hidden": "true" });
    grid.set(`${name} all`, total);
    bars.set(name, bar);
    line.append(make("td", {}, make("span", { class: "fl-total" }, total, bar)));
    return line;
  });
  const foot = make("tr", {}, make("th", { scope: "row" }, "All"));
  for (const code of wide) {
    const button = cell({ [columns.name]: columns.values[code] }, columns.values[code]);
    columnButtons.set(code, button);
    foot.append(make("td", {}, button));
  }
  const grand = make("td", { class: "fl-grand" });
  foot.append(grand);
  const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...body), make("tfoot", {}, foot));
  return { table, grid, columnButtons, bars, grand };
}

function fillCounts(engine, parts, order, wide, byArticle, result) {
  const { cells, column, width } = result;
  const say = (number) => (byArticle ? `${number} ${number === 1 ? "article" : "articles"}` : engine.countUnits(number));
  const put = (button, number) => {
    const label = `${say(number)}: ${button.pick.label}`;
    if (button.shown === label) return;
    button.shown = label;
    button.textContent = number;
    button.setAttribute("aria-label", label);
    button.classList.toggle("fl-zero", number === 0);
  };
  let most = 1, widest = 1;
  for (const name of order) {
    widest = Math.max(widest, cells[name * (width + 1) + width]);
    for (const code of wide) most = Math.max(most, cells[name * (width + 1) + code]);
  }
  for (const name of order) {
    for (const code of wide) {
      const button = parts.grid.get(`${name} ${code}`), number = cells[name * (width + 1) + code];
      put(button, number);
      button.style.setProperty("--fl-heat", `${number ? 12 + Math.round((88 * number) / most) : 0}%`);
    }
    const total = cells[name * (width + 1) + width];
    put(parts.grid.get(`${name} all`), total);
    parts.bars.get(name).style.setProperty("--fl-share", `${Math.round((1000 * total) / widest) / 10}%`);
  }
  for (const code of wide) put(parts.columnButtons.get(code), column[code]);
  parts.grand.textContent = column[width];
}

function drawCounts(engine, model, el, signal) {
  heading(el, model.get("title"), model.get("note"));
  const rows = engine.dimensions.get(model.get("rows")), columns = engine.dimensions.get(model.get("columns"));
  const unit = make("select", { "aria-label": "Count" }, make("option", { value: "rows" }, engine.data.units),
    make("option", { value: "articles" }, "articles"));
  const more = make("button", { type: "button", class: "fl-more" });
  const scroll = make("div", { class: "fl-scroll", tabindex: 0, role: "region", "aria-label": `${model.get("title")}, table` });
  const empty = make("div");
  el.append(make("label", { class: "fl-field fl-inline" }, make("span", {}, "Count"), unit), scroll, more, empty);
  const byTotal = (dimension) => {
    const totals = new Int32Array(dimension.values.length);
    for (const codes of dimension.lists) for (const code of codes) totals[code]++;
    return [...totals.keys()].sort((a, b) => totals[b] - totals[a] || a - b);
  };
  let all = false, parts, order, wide;
  const build = () => {
    order = byTotal(rows);
    wide = columns ? byTotal(columns) : [];
    const hidden = Math.max(0, order.length - MOST_ROWS) + Math.max(0, wide.length - MOST_ROWS);
    more.hidden = !hidden;
    more.textContent = all ? `Show the ${MOST_ROWS} largest` : `Show ${hidden} more`;
    if (!all) { order = order.slice(0, MOST_ROWS); wide = wide.slice(0, MOST_ROWS); }
    parts = countTable(engine, rows, columns, order, wide);
    scroll.replaceChildren(parts.table);
  };
  el.classList.toggle("fl-nothing", !engine.size);
  const draw = () => {
    const byArticle = unit.value === "articles";
    fillCounts(engine, parts, order, wide, byArticle, tally(engine, rows, columns, byArticle));
    showPressed(scroll, engine);
    keepFocus(empty, () => empty.replaceChildren(...(engine.rows().length ? [] : [emptyNote(engine)])));
  };
  more.addEventListener("click", () => { all = !all; build(); draw(); });
  unit.addEventListener("change", draw);
  build();
  engine.watch(draw, signal);
}
