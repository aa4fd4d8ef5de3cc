// One story in two tellings: what both have, what only one has, with the sentences, and the wording they share.

const STORY_SECTIONS = [
  // Aspect, heading, one and several of what is counted.
  ["headline", "Headline"],
  ["quoted", "Who is quoted", "quoted passage", "quoted passages"],
  ["reported", "Who is reported without quotation marks", "statement", "statements"],
  ["frame", "Frames in the journalist’s own words", "match", "matches"],
  ["term", "Terms", "use", "uses"],
  ["figure", "Figures claimed", "mention", "mentions"],
  ["differs", "Where they differ", "passage", "passages"],
  ["event", "Events mentioned", "telling", "tellings"],
];
// Of these a cell says more than a count; of all others the sentences do.
const TOLD_AT_ONCE = ["figure", "event", "differs"];
const MOST_STORY_ROWS = 15;
const [BOTH, ONLY_LEFT, ONLY_RIGHT, UNCOMPARED] = [0, 1, 2, 3];
const STORY_SIDES = ["left", "right"];
const countOf = (count, one, several) => `${count} ${count === 1 ? one : several}`;

/** What the columns are called: by outlet, and where that is the same or unknown, by their side. */
function sideNames(tellers) {
  const [a, b] = tellers.map((teller) => teller.outlet);
  return a === b ? STORY_SIDES.map((side) => `${a} (${side})`) : [a, b];
}

/** What two articles tell, by label: `counts` and `details` on either side, and the rows that were sent. */
function collectStoryLabels(engine, pair, aspect) {
  const { data } = engine, labels = new Map(), speech = ["quoted", "reported"].includes(aspect);
  const [aspects, names] = [engine.dimensions.get("aspect"), engine.dimensions.get("label")], wanted = aspects.values.indexOf(aspect);
  for (const [of, name, article, count, details] of data.told) {
    const side = pair.indexOf(article);
    if (side < 0 || of !== aspect) continue;
    if (!labels.has(name)) labels.set(name, { name, rows: [[], []], counts: [0, 0], details: [[], []] });
    labels.get(name).counts[side] = count;
    labels.get(name).details[side] = details;
  }
  for (let row = 0; row < engine.size; row++) {
    const side = pair.indexOf(data.articles[data.article[row]].id);
    if (side >= 0 && aspects.lists[row][0] === wanted) labels.get(names.values[names.lists[row][0]]).rows[side].push(row);
  }
  const where = ({ name, counts: [a, b] }) => (speech && name === data.unknown_speaker ? UNCOMPARED : a && b ? BOTH : a ? ONLY_LEFT : ONLY_RIGHT);
  const total = ({ counts: [a, b] }) => a + b, kept = [...labels.values()].map((label) => ({ ...label, where: where(label) }));
  // A difference from a third article is none between these two.
  return kept.filter((label) => aspect !== "differs" || label.where === BOTH)
    .sort((a, b) => a.where - b.where || total(b) - total(a) || (a.name < b.name ? -1 : 1));
}

/** A box with its left half, its right half or both filled, and the same in words. */
function whereTag(where, names) {
  if (where === UNCOMPARED) return make("span", { class: "fl-where" }, "not compared: nobody is named");
  const words = where ? `only in ${names[where - 1]}` : "in both";
  return make("span", { class: "fl-where" }, make("span", { class: `fl-where-box fl-where-${["both", ...STORY_SIDES][where]}`, "aria-hidden": "true" }), words);
}

function toldSentence(engine, row) {
  const { data } = engine, [detail] = engine.valuesOf("detail", row), headline = data.field[0]?.values[data.field[0].lists[row][0]] === "headline";
  const marks = data.end[row] > data.start[row] ? [[data.start[row], data.end[row]]] : [];
  return make("li", {}, make("blockquote", {}, ...markedPassages(data.sentences[data.sentence[row]], marks)),
    make("p", { class: "fl-tags" }, labelTag("", detail), labelTag(headline ? "Headline, characters" : "Characters", `${data.place.start[row]}–${data.place.end[row]}`),
      labelTag("Cut:", data.cut[row] ? `${data.cut[row]} more characters stand in the article` : "")));
}

/** The sentences of a label on both sides. */
function toldEvidence(engine, label, names) {
  return label.rows.map((rows, side) => {
    const left = label.counts[side] - rows.length, all = label.counts[side];
    return make("div", { class: "fl-told" }, make("p", { class: "fl-whose" }, names[side]),
      all ? make("ul", { class: "fl-told-list" }, ...rows.map((row) => toldSentence(engine, row))) : make("p", { class: "fl-note" }, "Not found."),
      left ? make("p", { class: "fl-note" }, `${left === all ? left : `${left} more`} of ${countOf(all, "passage", "passages")} ${left === 1 ? "does" : "do"} not come with this view.`) : "");
  });
}

function storyLabelRow(engine, label, names, units, opened, aspect) {
  const key = `${aspect} ${label.name}`, id = newId("told"), evidence = make("div", { class: "fl-story-told", id });
  const cells = names.map((name, side) => make("div", { class: label.counts[side] ? "fl-told" : "fl-told fl-told-none" },
    make("span", { class: "fl-whose" }, `${name}: `), label.counts[side] ? countOf(label.counts[side], ...units) : "not found",
    ...(TOLD_AT_ONCE.includes(aspect) ? label.details[side] : []).map((words) => make("span", { class: "fl-told-detail" }, words))));
  const button = make("button", { type: "button", class: "fl-story-label", "data-key": key, "aria-controls": id }, make("span", {}, label.where === UNCOMPARED ? "speaker unknown" : label.name));
  const show = () => {
    button.setAttribute("aria-expanded", String(opened.has(key)));
    evidence.hidden = !opened.has(key);
    evidence.replaceChildren(...(evidence.hidden ? [] : toldEvidence(engine, label, names)));
  };
  button.addEventListener("click", () => { if (!opened.delete(key)) opened.add(key); show(); });
  show();
  return make("li", { class: "fl-story-row" }, make("div", { class: "fl-story-name" }, button, whereTag(label.where, names)), ...cells, evidence);
}

function storyHeadlineRow(tellers, names) {
  const same = fold(tellers[0].headline) === fold(tellers[1].headline);
  return make("li", { class: "fl-story-row" }, make("div", { class: "fl-story-name" }, make("span", { class: "fl-where" }, same ? "the same in both" : "differs")),
    ...tellers.map((teller, side) => make("div", { class: "fl-told fl-story-headline" }, make("span", { class: "fl-whose" }, `${names[side]}: `), teller.headline || "no headline")));
}

function storySection(title, names, count, ...rows) {
  const id = newId("section");
  return make("div", { class: "fl-story-section", role: "group", "aria-labelledby": id },
    make("div", { class: "fl-story-top" }, make("p", { class: "fl-story-title", id, role: "heading", "aria-level": 3 }, title, count ? make("span", { class: "fl-times" }, ` ${count}`) : ""),
      ...names.map((name) => make("span", { class: "fl-story-column", "aria-hidden": "true" }, name))), ...rows);
}

const WORD_CHANGES = { replaced: "other words here: ", only_a: "only here: ", only_b: "only here: " };

/** One side of a shared passage: what the other article words otherwise is marked, in words too. */
function passageSide(passage, side, column) {
  const nodes = [];
  for (const [kind, ...words] of passage.pieces) {
    if (!words[side]) continue;
    if (kind === "gap") nodes.push(make("span", { class: "fl-gap" }, `[${countOf(words[side], "word", "words")} left out]`), " ");
    else if (kind === "same") nodes.push(`${words[side]} `);
    else nodes.push(make(column ? "ins" : "del", { class: `fl-changed fl-${kind === "replaced" ? "replaced" : "added"}` }, make("span", { class: "fl-hidden" }, WORD_CHANGES[kind]), words[side]), " ");
  }
  return make("blockquote", {}, ...nodes);
}

function passageRow(passage, number, all, flipped, names) {
  const sides = flipped ? [1, 0] : [0, 1], words = sides.map((side) => passage.words[side]);
  const long = words[0] === words[1] ? countOf(words[0], "word", "words") : `${words[0]} and ${words[1]} words`;
  return make("li", { class: "fl-story-row" },
    make("div", { class: "fl-story-name" }, make("strong", {}, `Passage ${number} of ${all}`), make("span", { class: "fl-where" },
      `${long}, ${passage.changes ? countOf(passage.changes, "change", "changes") : "word for word"}`)),
    ...sides.map((side, column) => make("div", { class: "fl-told" }, make("p", { class: "fl-whose" }, names[column]), passageSide(passage, side, column),
      make("p", { class: "fl-tags" }, labelTag("Characters", passage.places[side].join("–"))))));
}

function findPassages(data, pair) {
  return data.passages.filter((passage) => passage.articles.every((id) => pair.includes(id)))
    .map((passage) => ({ passage, flipped: passage.articles[0] !== pair[0] }));
}

function passageSection(found, names, most) {
  const notes = found.length ? [make("p", { class: "fl-note" }, `At most ${most} words of a passage are shown. `, make("span", { class: "fl-changed fl-added" }, "Words only here"),
    " and ", make("span", { class: "fl-changed fl-replaced" }, "words in another’s place"), " are marked; which wording came first is not known. Case and punctuation do not count.")]
    : [make("p", { class: "fl-note" }, "These two articles share no passage.")];
  return storySection("Passages shared", names, found.length ? String(found.length) : "", ...notes,
    make("ol", { class: "fl-story-rows" }, ...found.map(({ passage, flipped }, at) => passageRow(passage, at + 1, found.length, flipped, names))));
}

function tellerHead(teller, side, names) {
  const by = [teller.byline, teller.wire ? `agency: ${teller.wire}` : ""].filter(Boolean).join("; ");
  const facts = [teller.published, by || "byline not stated", teller.words == null ? "" : countOf(teller.words, "word", "words"), `article ${teller.id}`];
  return make("div", { class: `fl-told fl-teller fl-teller-${STORY_SIDES[side]}` }, make("p", { class: "fl-teller-name" },
    make("span", { class: `fl-where-box fl-where-${STORY_SIDES[side]}`, "aria-hidden": "true" }), make("strong", {}, names[side])), make("p", { class: "fl-tags" }, ...facts.filter(Boolean).map((words) => make("span", {}, words))));
}

const nameTeller = (teller) => [teller.outlet, teller.published, teller.headline || teller.id].join(", ");

/** Why these are one story, or stand here all the same: what they have in common, or each with the article closest to it. */
function basisWords(story, pair, tellers) {
  const said = pair.map((id) => ({ id, ...story.basis[id] })).filter(({ reasons }) => reasons.length);
  const direct = said.find(({ closest }) => pair.includes(closest));
  const words = (direct ? [direct] : said).map(({ id, reasons, closest }) => (story.lead ? "" : "Why one story: ")
    + `${nameTeller(tellers.get(id))} and ${tellers.has(closest) ? nameTeller(tellers.get(closest)) : "another article"} have in common ${reasons.join("; ")}.`);
  return [story.lead, ...words, story.left_out].filter(Boolean);
}

/** How much of the articles is in the page: sentences, each once, never the whole. */
function sentWords(engine, pair) {
  const { data } = engine, sent = [new Set(), new Set()];
  for (let row = 0; row < engine.size; row++) {
    const id = data.articles[data.article[row]].id, headline = data.field[0].values[data.field[0].lists[row][0]] === "headline";
    if (headline) continue;
    sent[0].add(`${id} ${data.sentence[row]}`);
    if (pair.includes(id)) sent[1].add(`${id} ${data.sentence[row]}`);
  }
  return `Of these 2 articles ${countOf(sent[1].size, "sentence is", "sentences are")} in this page, of all ${data.tellers.length} that can be chosen ${sent[0].size}: `
    + `those that something above rests on, of no article more than half. Of a shared passage at most ${data.most_words} words are.`;
}

function drawStory(engine, model, el, signal) {
  const { data } = engine;
  heading(el, model.get("title"), data.stories.length ? model.get("note") : "");
  if (!data.stories.length) { el.append(make("p", { class: "fl-empty" }, data.empty)); return; }
  const tellers = new Map(data.tellers.map((teller) => [teller.id, teller]));
  const pick = make("select", { "aria-label": data.stories[0].lead ? "Articles" : "Story" }), sides = STORY_SIDES.map((side) => make("select", { "aria-label": `${side === "left" ? "Left" : "Right"} article` }));
  const only = make("input", { type: "checkbox" }), said = make("output", { class: "fl-statement", "aria-live": "polite" });
  const basis = make("div", { class: "fl-story-basis" }), body = make("div", { class: "fl-story" }), foot = make("p", { class: "fl-note" });
  const field = (words, control) => make("label", { class: "fl-field fl-pick" }, make("span", {}, words), control);
  el.append(make("div", { class: "fl-controls" }, field(data.stories[0].lead ? "Articles" : "Story", pick)), make("div", { class: "fl-controls" }, field("Left article", sides[0]), field("Right article", sides[1])),
    basis, make("label", { class: "fl-inline" }, only, "Only what differs"), said, body, foot);
  pick.append(...data.stories.map((story) => make("option", { value: story.id }, `${story.name} (${countOf(story.articles.length, "article", "articles")})`)));
  const opened = new Set(), shown = new Map(), limit = (aspect) => shown.get(aspect) || MOST_STORY_ROWS;
  const current = () => data.stories.find((story) => story.id === model.get("story")) || data.stories[0];
  const pairOf = (story) => {
    const pair = STORY_SIDES.map((side) => model.get(side));
    return pair[0] !== pair[1] && pair.every((id) => story.articles.includes(id)) ? pair : story.pair;
  };
  const listRows = (labels, aspect, names, units) => {
    const rest = labels.length - limit(aspect);
    return [make("ul", { class: "fl-story-rows" }, ...labels.slice(0, limit(aspect)).map((label) => storyLabelRow(engine, label, names, units, opened, aspect))),
      rest > 0 ? make("button", { type: "button", class: "fl-more", "data-key": `more ${aspect}`, onclick: () => { shown.set(aspect, limit(aspect) + MOST_STORY_ROWS); draw(); } }, `Show ${Math.min(MOST_STORY_ROWS, rest)} more of ${rest}`) : ""];
  };
  const draw = () => {
    const story = current(), pair = pairOf(story), pairTellers = pair.map((id) => tellers.get(id)), names = sideNames(pairTellers);
    const differing = model.get("differing"), counts = [0, 0, 0, 0], found = findPassages(data, pair);
    const sections = STORY_SECTIONS.map(([aspect, title, ...units]) => {
      if (aspect === "headline") {
        const same = fold(pairTellers[0].headline) === fold(pairTellers[1].headline);
        return same && differing ? null : storySection(title, names, "", make("ul", { class: "fl-story-rows" }, storyHeadlineRow(pairTellers, names)));
      }
      const all = collectStoryLabels(engine, pair, aspect), labels = differing && aspect !== "differs" ? all.filter(({ where }) => where === ONLY_LEFT || where === ONLY_RIGHT) : all;
      if (aspect !== "differs") for (const label of all) counts[label.where]++;
      if (!all.length && ["reported", "differs"].includes(aspect)) return null;
      const none = all.length ? "Both articles have the same here." : "Nothing is found in either article.";
      const caution = aspect === "event" && labels.length ? make("p", { class: "fl-note" }, "An event told in other words may stand here as two, each as found in one article only.") : "";
      return storySection(title, names, labels.length ? String(labels.length) : "", caution, ...(labels.length ? listRows(labels, aspect, names, units) : [make("p", { class: "fl-note" }, none)]));
    });
    const passages = differing ? found.filter(({ passage }) => passage.changes) : found;
    pick.value = story.id;
    sides.forEach((select, side) => {
      select.replaceChildren(...story.articles.map((id) => { const teller = tellers.get(id); return make("option", { value: id }, nameTeller(teller)); }));
      select.value = pair[side];
    });
    only.checked = differing;
    basis.replaceChildren(...basisWords(story, pair, tellers).map((words) => make("p", { class: "fl-note" }, words)));
    said.textContent = `${names.join(" and ")}: ${countOf(counts[0], "label", "labels")} in both, ${counts[1]} only in ${names[0]}, ${counts[2]} only in ${names[1]}; `
      + `${countOf(found.length, "passage", "passages")} shared${differing ? ". Only what differs is shown" : ""}.`;
    keepFocus(body, () => body.replaceChildren(make("div", { class: "fl-story-heads" }, ...pairTellers.map((teller, side) => tellerHead(teller, side, names))),
      ...sections.filter(Boolean), passageSection(passages, names, data.most_words)));
    foot.textContent = sentWords(engine, pair);
  };
  let waiting = false;
  const redraw = () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(() => { waiting = false; draw(); });
  };
  const set = (values) => { for (const [name, value] of Object.entries(values)) model.set(name, value); model.save_changes(); };
  pick.addEventListener("change", () => {
    const story = data.stories.find(({ id }) => id === pick.value);
    opened.clear();
    shown.clear();
    set({ story: story.id, left: story.pair[0], right: story.pair[1] });
  });
  sides.forEach((select, side) => select.addEventListener("change", () => {
    const pair = pairOf(current()), other = pair[1 - side] === select.value ? pair[side] : pair[1 - side];
    set({ [STORY_SIDES[side]]: select.value, [STORY_SIDES[1 - side]]: other });
  }));
  only.addEventListener("change", () => set({ differing: only.checked }));
  const traits = ["story", ...STORY_SIDES, "differing"].map((name) => `change:${name}`);
  for (const trait of traits) model.on(trait, redraw);
  signal?.addEventListener("abort", () => { for (const trait of traits) model.off(trait, redraw); });
  draw();
}
