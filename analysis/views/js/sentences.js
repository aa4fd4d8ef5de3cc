// The evidence: each sentence with its match marked, who published it and when.

const MOST_SENTENCES = 50;

/** The text as nodes, each passage in a <mark> of its own. */
function markedPassages(text, marks) {
  const nodes = [];
  let at = 0;
  for (const [start, end] of marks) {
    if (start < at) continue;
    nodes.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
    at = end;
  }
  return [...nodes, text.slice(at)];
}

// What a telling rests on: details that are read beside it, where they are stated.
const TOLD_DETAILS = ["modality", "negated", "date_text", "date_basis"];

/** The label and the words of such details in a row. */
function toldDetails(engine, row) {
  return TOLD_DETAILS.filter((name) => engine.details.has(name))
    .map((name) => [engine.details.get(name).label, engine.valuesOf(name, row)]).filter(([, values]) => values.length);
}

/** A label with its words; nothing where there are none. */
function labelTag(label, words) {
  return words ? make("span", { class: "fl-tag" }, make("span", { class: "fl-tag-name" }, `${label} `), words) : "";
}

/** The sentences on either side, to be opened; `marked` makes the nodes between them. */
function sentencesAround(data, row, marked) {
  const [before, after] = [data.before[row], data.after[row]].map((code) => (code >= 0 ? data.sentences[code] : ""));
  if (!before && !after) return null;
  // Written when it is opened: fifty of them would slow every keystroke of a search.
  const around = make("p"), box = make("details", {}, make("summary", {}, "Sentences around it"), around);
  box.addEventListener("toggle", () => around.replaceChildren(before, " ", make("b", {}, ...marked()), " ", after));
  return box;
}

function evidenceItem(engine, row) {
  const { data } = engine, article = data.articles[data.article[row]], start = data.start[row], end = data.end[row];
  const marks = start < 0 || end <= start ? [] : [[start, end]];
  const marked = () => markedPassages(data.sentences[data.sentence[row]], marks);
  const tags = data.dimensions.filter((dimension) => dimension.name !== "outlet")
    .map((dimension) => [dimension.label, dimension.lists[row].map((code) => dimension.values[code]).filter((value) => value !== data.unknown)])
    .filter(([, values]) => values.length);
  return make("li", { class: "fl-evidence" },
    make("blockquote", {}, ...marked()),
    make("p", { class: "fl-source" }, make("strong", {}, article.outlet), `, ${article.published}`,
      article.headline ? make("span", { class: "fl-headline" }, article.headline) : ""),
    make("p", { class: "fl-tags" }, ...tags.map(([label, values]) => labelTag(label, values.join(", "))),
      data.from[row] == null || !data.event_dates ? "" : labelTag("Date", dateWords(data.from[row], data.to[row])),
      ...toldDetails(engine, row).map(([label, values]) => labelTag(label, values.join(", ")))),
    sentencesAround(data, row, marked));
}

function drawSentences(engine, model, el, signal) {
  heading(el, model.get("title"), model.get("note"));
  const said = make("p", { class: "fl-statement", "aria-live": "polite" }), which = make("p", { class: "fl-chip" });
  const list = make("ol", { class: "fl-sentences", tabindex: -1, "aria-label": model.get("title") });
  const more = make("button", { type: "button", class: "fl-more", "data-key": "more" });
  el.append(said, which, list, more);
  let limit = MOST_SENTENCES, last = null;
  const draw = () => {
    const rows = engine.pickedRows(), shape = JSON.stringify([engine.picked, engine.filters]);
    if (shape !== last) { limit = MOST_SENTENCES; last = shape; }
    said.textContent = engine.statement(rows);
    which.replaceChildren();
    if (engine.picked.label) {
      which.append(`Reading: ${engine.picked.label} `, make("button", { type: "button", "data-key": "all", onclick: () => engine.pick({}) }, "Read all again"));
    }
    keepFocus(el, () => list.replaceChildren(...(rows.length ? rows.slice(0, limit).map((row) => evidenceItem(engine, row))
      : [make("li", { class: "fl-none" }, emptyNote(engine))])));
    more.hidden = rows.length <= limit;
    more.textContent = `Show ${Math.min(MOST_SENTENCES, rows.length - limit)} more of ${rows.length - limit}`;
  };
  more.addEventListener("click", () => { limit += MOST_SENTENCES; draw(); });
  const read = () => {
    if (!el.isConnected || !el.getClientRects().length) return;
    list.focus({ preventScroll: true });
    el.scrollIntoView({ block: "nearest" });
  };
  engine.readers.add(read);
  signal?.addEventListener("abort", () => engine.readers.delete(read));
  engine.watch(draw, signal);
}
