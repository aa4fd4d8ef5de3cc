// One line an article, one symbol a match: shows whether a count comes from many articles or from one.

const MOST_ARTICLES = 30;
const MOST_SYMBOLS = 40;

function articleRow(engine, at, rows, colour) {
  const article = engine.data.articles[at], dots = make("span", { class: "fl-dots", "aria-hidden": "true" });
  for (const row of rows.slice(0, MOST_SYMBOLS)) dots.append(symbol(colour ? colour.lists[row][0] : 0));
  if (rows.length > MOST_SYMBOLS) dots.append(` + ${rows.length - MOST_SYMBOLS}`);
  const label = `${article.outlet}, ${article.headline || article.id}`;
  return pickButton(engine, { label, article: article.id }, { class: "fl-article", "data-key": article.id,
    "aria-label": `${engine.countUnits(rows.length)}: ${label}, ${article.published}` },
  make("span", { class: "fl-article-name" }, make("strong", {}, article.outlet), ` ${article.headline || article.id}`),
  make("span", { class: "fl-article-date" }, article.published), make("span", { class: "fl-times" }, String(rows.length)), dots);
}

function drawArticles(engine, model, el, signal) {
  heading(el, model.get("title"), model.get("note"));
  const colour = engine.dimensions.get(model.get("colour"));
  const said = make("p", { class: "fl-statement" }), key = make("ul", { class: "fl-legend" });
  const list = make("div", { class: "fl-articles" }), foot = make("div");
  const more = make("button", { type: "button", class: "fl-more", "data-key": "more" });
  el.append(said, key, list, foot);
  let limit = MOST_ARTICLES;
  const draw = () => {
    const byArticle = new Map(), used = new Set(), { data } = engine;
    for (const row of engine.rows()) {
      if (!byArticle.has(data.article[row])) byArticle.set(data.article[row], []);
      byArticle.get(data.article[row]).push(row);
      if (colour) used.add(colour.lists[row][0]);
    }
    const sorted = [...byArticle].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
    said.textContent = `${sorted.length} of ${data.total_articles} ${data.total_articles === 1 ? "article" : "articles"}`;
    keepFocus(el, () => {
      key.replaceChildren(...(colour ? legend(colour, used) : []));
      list.replaceChildren(...sorted.slice(0, limit).map(([at, rows]) => articleRow(engine, at, rows, colour)));
      foot.replaceChildren(...(sorted.length ? sorted.length > limit ? [more] : [] : [emptyNote(engine)]));
      more.textContent = `Show ${Math.min(MOST_ARTICLES, sorted.length - limit)} more of ${sorted.length - limit}`;
    });
    showPressed(list, engine);
  };
  more.addEventListener("click", () => { limit += MOST_ARTICLES; draw(); });
  engine.watch(draw, signal);
}
