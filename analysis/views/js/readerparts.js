// Parts of the reader: an article's marks, cut into segments at all boundaries, and what is said of each.

const READER_LAYERS = [
  // Name, label, one mark in words, how it looks in words.
  ["quotes", "Quotes", "quote", "solid line, speaker before"],
  ["frames", "Frames", "frame", "box around the journalist’s own words, "],
  ["figures", "Figures", "figure", "dotted line"],
  ["terms", "Terms", "term", "wavy line"],
  ["events", "Events", "event", "line above, status and date before"],
  ["shared", "Shared passages", "shared passage", "shaded, its number at both ends"],
];
// From the outermost to the innermost element of a segment.
const READER_NESTING = ["shared", "frames", "quotes", "events", "figures", "terms"];
const MOST_QUOTED_MARK = 80;

/** The words of a passage that both articles have, as one mark of several parts; `null` where none is shown. */
function readerPassageMark(passage, side, number, all) {
  const parts = passage.units[side], words = countOf(passage.words[side], "word", "words");
  if (!parts.length) return null;
  const told = `${words}, ${passage.changes ? `${countOf(passage.changes, "change", "changes")}, which ${passage.changes === 1 ? "is" : "are"} not shaded` : "word for word"}; Enter goes to the other article`;
  return { layer: "shared", headline: false, start: parts[0][0], end: parts.at(-1)[1], parts, place: passage.places[side], label: `${number} of ${all}`, told, voice: "", tag: String(number), number };
}

/** The marks of a reading and of the passages that it shares, in reading order. */
function readerMarks(reading, shared) {
  const marks = reading.marks.map(([layer, headline, start, end, first, last, label, told, voice, tag]) => ({
    layer: READER_LAYERS[layer][0], headline: headline === 1, start, end, place: [first, last],
    label: reading.words[label], told: reading.words[told], voice: reading.words[voice], tag: reading.words[tag],
  }));
  const order = (a, b) => b.headline - a.headline || a.start - b.start || b.end - a.end;
  return [...marks, ...shared].sort(order);
}

/** Cut `start` to `end` at every boundary of a mark: segments with the marks that cover each, in order. */
function readerSegments(start, end, marks) {
  const inside = [], edges = new Set([start, end]);
  for (const mark of marks) {
    for (const [first, last] of mark.parts || [[mark.start, mark.end]]) {
      const [from, to] = [Math.max(start, first), Math.min(end, last)];
      if (from >= to) continue;
      inside.push([mark, from, to]);
      edges.add(from).add(to);
    }
  }
  const sorted = [...edges].sort((a, b) => a - b), at = new Map(sorted.map((edge, index) => [edge, index]));
  const segments = sorted.slice(0, -1).map((edge, index) => ({ start: edge, end: sorted[index + 1], marks: [] }));
  for (const [mark, from, to] of inside) for (let index = at.get(from); index < at.get(to); index++) segments[index].marks.push(mark);
  return segments;
}

/** A mark in words: "frame: Security; journalist’s own words; “border patrol”". */
function readerWords(mark, text) {
  const [, , one] = READER_LAYERS.find(([name]) => name === mark.layer), plain = text.replace(/\s+/g, " ").trim();
  const cut = plain.length > MOST_QUOTED_MARK ? `${[...plain].slice(0, MOST_QUOTED_MARK).join("")}…` : plain;
  return [`${one}: ${mark.label}`, mark.told, `“${cut}”`].filter(Boolean).join("; ");
}

/** The text of a segment within an element for each layer that marks it. */
function readerSegmentText(text, segment, begun) {
  let node = document.createTextNode(text);
  for (const layer of [...READER_NESTING].reverse()) {
    const marks = segment.marks.filter((mark) => mark.layer === layer);
    if (!marks.length) continue;
    const first = marks.filter((mark) => begun.has(mark) && begun.get(mark) === segment), last = marks.some((mark) => mark.end === segment.end);
    const tags = first.map((mark) => mark.tag).filter(Boolean).join(", ");
    const ended = layer === "shared" ? marks.filter((mark) => mark.end === segment.end).map((mark) => mark.tag).join(", ") : "";
    const own = layer === "frames" ? ` fl-rd-${marks.some((mark) => mark.voice !== "quoted") ? "own" : "quoted"}` : "";
    node = make("span", { class: `fl-rd-${layer}${own}${first.length ? " fl-rd-first" : ""}${last ? " fl-rd-last" : ""}`, "data-tag": tags || null, "data-ended": ended || null }, node);
  }
  return node;
}

/** The nodes of one piece of text; `begun` keeps where each mark begins, `nodes` its element. */
function readerPieceNodes(text, from, marks, begun, nodes) {
  return readerSegments(from, from + text.length, marks).map((segment) => {
    const words = text.slice(segment.start - from, segment.end - from);
    if (!segment.marks.length) return words;
    const starts = segment.marks.filter((mark) => !begun.has(mark));
    for (const mark of starts) begun.set(mark, segment);
    const node = make("span", { class: "fl-rd-mark" }, readerSegmentText(words, segment, begun));
    node.marks = segment.marks;
    if (starts.length) {
      node.starts = starts;
      node.setAttribute("role", "button");
      node.setAttribute("tabindex", "-1");
      for (const mark of starts) nodes.set(mark, node);
      // The words of a mark, as far as this piece has them.
      for (const mark of starts) mark.text = text.slice(Math.max(0, mark.start - from), mark.end - from);
      const label = starts.map((mark) => readerWords(mark, mark.text)).join("; also ");
      node.setAttribute("aria-label", label);
      node.setAttribute("title", label);
    }
    return node;
  });
}

/** What is shown of an article: its headline, and its pieces by paragraph, with what is left out between them. */
function readerArticleNodes(reading, marks, nodes) {
  const begun = new Map(), inText = marks.filter((mark) => !mark.headline), paragraphs = [];
  const headline = make("p", { class: "fl-rd-headline", dir: "auto" },
    ...(reading.headline ? readerPieceNodes(reading.headline, 0, marks.filter((mark) => mark.headline), begun, nodes) : ["no headline"]));
  const gap = (count) => make("span", { class: "fl-gap fl-rd-gap" }, `[${countOf(count, "sentence", "sentences")} left out]`);
  let last = null, box = null;
  for (const [start, text, paragraph, before, cut] of reading.pieces) {
    if (before) paragraphs.push(make("p", { class: "fl-rd-between" }, gap(before)));
    if (!box || before || paragraph !== last) { box = make("p", { dir: "auto" }); paragraphs.push(box); } else box.append(" ");
    box.append(...readerPieceNodes(text, start, inText, begun, nodes));
    if (cut) box.append(" ", make("span", { class: "fl-gap fl-rd-gap" }, `[${countOf(cut, "word", "words")} left out]`));
    last = paragraph;
  }
  if (reading.after) paragraphs.push(make("p", { class: "fl-rd-between" }, gap(reading.after)));
  if (!reading.pieces.length && !reading.after) paragraphs.push(make("p", { class: "fl-note" }, "This article has no text."));
  return [headline, ...paragraphs];
}

/** "4", or "3 of 4" where not all that are found are shown. */
const readerShownOf = (shown, found) => (shown === found ? String(found) : `${shown} of ${found}`);
