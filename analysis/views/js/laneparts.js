// The pieces of the lanes: a mark, the legend that filters, what the shapes mean, years and months to go to.

const ROW_HEIGHT = 26;

const certainty = (place) => (!place.certain ? "fl-within" : place.mark.carried ? "fl-carried" : "fl-certain");

/** The button of a mark. Only what differs is written: most marks of a redraw merely move. */
class LaneMark {
  constructor(engine) {
    this.node = pickButton(engine, null, {});
    this.shown = {};
  }

  differs(name, value) {
    if (this.shown[name] === value) return false;
    this.shown[name] = value;
    return true;
  }

  show(place, pick) {
    const { node } = this, { mark } = place, codes = mark.codes.length ? mark.codes.map(([code]) => code) : [0];
    const states = [["earlier", place.earlier], ["later", place.later], ["disputed", mark.disputed], ["denied", mark.denied]].map(([name, is]) => (is ? ` fl-${name}` : ""));
    const times = mark.rows.length > 1 && mark.shared ? `×${mark.rows.length}` : "", what = place.words ? mark.what : "";
    node.pick = pick;
    if (this.differs("key", mark.key)) { node.dataset.key = mark.key; node.setAttribute("tabindex", "-1"); }
    if (this.differs("label", pick.label)) node.setAttribute("aria-label", pick.label);
    if (this.differs("look", `fl-lane-mark fl-colour-${codes[0] % COLOURS} ${certainty(place)}${states.join("")}`)) node.className = this.shown.look;
    if (this.differs("content", `${codes} ${place.certain} ${place.flipped} ${times} ${what}`)) this.fill(codes, place, times, what);
    if (this.differs("box", `left: ${place.left}px; width: ${place.width}px; top: ${place.row * ROW_HEIGHT}px`)) node.style.cssText = this.shown.box;
    if (!place.certain && this.differs("bar", `left: ${place.bar[0]}px; width: ${place.bar[1]}px`)) node.firstChild.style.cssText = this.shown.bar;
    const right = what ? `; right: ${Math.max(4, place.width - place.bar[0] - place.bar[1] + 4)}px` : "";
    if (this.differs("words", `left: ${place.content}px${right}`)) node.lastChild.style.cssText = this.shown.words;
  }

  fill(codes, place, times, what) {
    const { node } = this;
    node.replaceChildren(markParts(codes, place));
    if (times) node.lastChild.append(make("span", { class: "fl-times" }, times));
    if (what) node.lastChild.append(make("span", { class: "fl-lane-what" }, what));
    this.shown.bar = this.shown.words = null;
  }
}

// Most marks have one symbol, as hundreds of others do: their parts are made once and copied.
const MARK_PARTS = new Map();

function markParts(codes, { certain, flipped }) {
  const look = `${codes} ${certain} ${flipped}`, found = MARK_PARTS.get(look);
  if (found) return found.cloneNode(true);
  const symbols = make("span", { class: `fl-lane-symbols${codes.length > 1 ? " fl-differ" : ""}` }, ...codes.slice(0, MOST_SYMBOLS_A_MARK).map(symbol));
  if (codes.length > MOST_SYMBOLS_A_MARK) symbols.append(`+${codes.length - MOST_SYMBOLS_A_MARK}`);
  const parts = document.createDocumentFragment();
  if (!certain) parts.append(make("span", { class: "fl-lane-bar" }));
  parts.append(make("span", { class: `fl-lane-words${flipped ? " fl-flipped" : ""}` }, symbols));
  if (codes.length === 1) MARK_PARTS.set(look, parts.cloneNode(true));
  return parts;
}

/** A lane on the page: its name, its count, its marks on their track, and the button for more of them. */
class LaneRow {
  constructor(name) {
    const id = newId("lane");
    this.count = make("span", { class: "fl-lane-count" });
    this.track = make("div", { class: "fl-lane-track" });
    this.more = null;
    this.marks = [];
    this.node = make("div", { class: "fl-lane", role: "group", "aria-labelledby": id },
      make("div", { class: "fl-lane-name", id }, make("span", {}, name), this.count), this.track);
  }

  showTrack(height, grid) {
    const style = `height: ${height}px; background: ${grid || "none"}`;
    if (this.style !== style) this.track.style.cssText = this.style = style;
  }

  /** A mark keeps its button; a new one takes that of a mark that is gone, where it stands next to it. */
  showMarks(engine, places, pickOf) {
    const before = this.marks, own = new Map(before.map((mark, at) => [mark.shown.key, at])), wanted = new Set(places.map((place) => place.mark.key));
    let at = 0;
    // The button that has the focus is nobody else's: a reader would be on another mark without having gone there.
    const free = (mark) => mark && !wanted.has(mark.shown.key) && mark.node !== document.activeElement;
    this.marks = places.map(({ mark: { key } }) => {
      const index = own.get(key);
      if (index == null) return free(before[at]) ? before[at++] : new LaneMark(engine);
      at = Math.max(at, index + 1);
      return before[index];
    });
    this.marks.forEach((mark, index) => mark.show(places[index], pickOf(places[index].mark)));
    arrange(this.track, this.marks.map((mark) => mark.node));
  }

  showWords(count, more, key, onMore) {
    if (this.count.textContent !== count) this.count.textContent = count;
    if ((this.more?.textContent || "") === more) return;
    this.more?.remove();
    this.more = more ? make("button", { type: "button", class: "fl-lane-more", "data-key": key, onclick: onMore }, more) : null;
    if (more) this.node.append(this.more);
  }
}

/** How many of some sorted days lie before a day. */
function countBefore(days, day) {
  let low = 0, high = days.length;
  while (low < high) { const middle = (low + high) >> 1; if (days[middle] < day) low = middle + 1; else high = middle; }
  return low;
}

/** Years and months in which an event starts or ends, each with the number of events that it then shows. */
function periodOptions(marks) {
  const day = (year, month) => Date.UTC(year, month, 1) / DAY, months = new Map(), ends = new Set(), groups = new Map();
  for (const mark of marks) {
    ends.add(mark.from).add(mark.to);
    if (groups.has(mark.number)) groups.get(mark.number).push(mark); else groups.set(mark.number, [mark]);
  }
  // An event that stands in several lanes counts once; where only one mark is its own, it is counted by its ends.
  const alone = [], several = [];
  for (const group of groups.values()) if (group.length === 1) alone.push(group[0]); else several.push(group);
  const starts = Int32Array.from(alone, (mark) => mark.from).sort(), stops = Int32Array.from(alone, (mark) => mark.to).sort();
  const option = (first, last) => {
    const shown = countBefore(starts, last + 1) - countBefore(stops, first) + several.filter((group) => group.some(({ from, to }) => from <= last && to >= first)).length;
    return make("option", { value: `${first} ${last}` }, `${dateWords(first, last)} (${shown})`);
  };
  for (const end of ends) { const { year, month } = splitDay(end); months.set(year * 12 + month, [year, month]); }
  const inOrder = [...months.keys()].sort((a, b) => a - b).map((at) => months.get(at));
  return [...new Set(inOrder.map(([year]) => year))].map((year) => make("optgroup", { label: String(year) },
    option(day(year, 0), day(year + 1, 0) - 1),
    ...inOrder.filter(([other]) => other === year).map(([, month]) => option(day(year, month), day(year, month + 1) - 1))));
}

/** What is read below, with the ways to go there and to let go of it: the sentences may be out of sight. */
function readingBar(engine) {
  const { label } = engine.picked, number = engine.pickedRows().length;
  return [make("span", {}, `Reading ${engine.countUnits(number)} below: ${shorten(label)}`),
    engine.readers.size ? make("button", { type: "button", "data-key": "go", onclick: () => engine.read() }, "Go to the sentences") : "",
    make("button", { type: "button", "data-key": "all", onclick: () => engine.pick({}) }, "Read all again")];
}

/** A legend whose entries filter: counted under all the other filters, so that a second one can be added. */
function legendButtons(engine, colour, rows, marks, order) {
  const counts = colour.count(rows), chosen = engine.filters.choices?.[colour.name] || [], drawn = colour.count(rows.filter((row) => engine.data.from[row] != null));
  for (const { codes } of marks) for (const [code] of codes) drawn[code]++;
  const used = [...counts.keys()].filter((code) => drawn[code] || chosen.includes(colour.values[code]));
  const items = legend(colour, new Set(used)).map((item, at) => {
    const value = colour.values[used[at]], is = chosen.includes(value);
    const toggle = () => {
      const next = colour.values.filter((other) => (other === value ? !is : chosen.includes(other)));
      engine.setFilters({ choices: { ...engine.filters.choices, [colour.name]: next } });
    };
    item.replaceChildren(make("button", { type: "button", class: "fl-lane-key", "data-key": `key ${value}`, "aria-pressed": String(is),
      "aria-label": `Only ${value}: ${engine.countUnits(counts[used[at]])}`, onclick: toggle }, ...item.childNodes));
    return [(order.indexOf(value) + 1) || order.length + 1, item];
  });
  return items.sort(([a], [b]) => a - b).map(([, item]) => item);
}

/** How certain days, intervals and differences are drawn; only what is drawn is explained. */
function shapeKeys(places, colour) {
  const keys = [
    [places.some((place) => certainty(place) === "fl-certain" && !place.mark.denied), "fl-certain", "a certain day"],
    [places.some((place) => certainty(place) === "fl-carried"), "fl-carried", "a day carried over from other words"],
    [places.some((place) => !place.certain), "fl-within", "somewhere within the bar"],
    [places.some((place) => place.mark.codes.length > 1), "fl-differ", colour && severalWords(colour)],
    [places.some((place) => place.mark.disputed), "fl-within fl-disputed", "dates differ"],
    [places.some((place) => place.mark.denied), "fl-denied", "denied or not expected"],
  ];
  return keys.filter(([drawn]) => drawn).map(([, name, words]) => make("li", {}, make("span", { class: `fl-lane-sample ${name}` },
    name.startsWith("fl-within") ? make("span", { class: "fl-lane-bar" }) : make("span", { class: "fl-lane-symbols" }, symbol(6), name === "fl-differ" ? symbol(0) : "")), words));
}

/** Lanes that are not drawn, and the way to them; nothing where all are. */
function otherLanes(view, hidden) {
  if (!hidden.length) return [];
  const { size } = view.store.count(hidden.flatMap((each) => each.marks)), step = Math.min(MOST_LANES, hidden.length);
  return [make("p", { class: "fl-note" }, `The ${view.lanes.length - hidden.length} lanes that hold most are drawn. Others: ${hidden.length} ${hidden.length === 1 ? "lane" : "lanes"}, ${view.countMarks(size)}.`),
    make("button", { type: "button", "data-key": "others", onclick: () => view.showMore(step) }, `Show ${step} more ${step === 1 ? "lane" : "lanes"}`)];
}
