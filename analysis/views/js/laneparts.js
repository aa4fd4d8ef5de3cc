// The pieces of the lanes: a mark, the legend that filters, what the shapes mean, years and months to go to.

const ROW_HEIGHT = 26;

const certainty = (place) => (!place.certain ? "fl-within" : place.mark.carried ? "fl-carried" : "fl-certain");

function laneMark(engine, place, pick) {
  const { mark } = place, symbols = make("span", { class: `fl-lane-symbols${mark.codes.length > 1 ? " fl-differ" : ""}` });
  const codes = mark.codes.length ? mark.codes.map(([code]) => code) : [0];
  for (const code of codes.slice(0, MOST_SYMBOLS_A_MARK)) symbols.append(symbol(code));
  if (codes.length > MOST_SYMBOLS_A_MARK) symbols.append(`+${codes.length - MOST_SYMBOLS_A_MARK}`);
  const bar = place.certain ? null : make("span", { class: "fl-lane-bar" });
  const states = [["earlier", place.earlier], ["later", place.later], ["disputed", mark.disputed], ["denied", mark.denied]].map(([name, is]) => (is ? ` fl-${name}` : ""));
  const node = pickButton(engine, pick, { class: `fl-lane-mark fl-colour-${codes[0] % COLOURS} ${certainty(place)}${states.join("")}`,
    "data-key": mark.key, tabindex: -1, "aria-label": pick.label }, bar,
  make("span", { class: `fl-lane-words${place.flipped ? " fl-flipped" : ""}` }, symbols,
    mark.rows.length > 1 && mark.shared ? make("span", { class: "fl-times" }, `×${mark.rows.length}`) : null,
    place.words ? make("span", { class: "fl-lane-what" }, mark.what) : null));
  if (bar) bar.style.cssText = `left: ${place.bar[0]}px; width: ${place.bar[1]}px`;
  node.style.cssText = `left: ${place.left}px; width: ${place.width}px; top: ${place.row * ROW_HEIGHT}px`;
  const right = place.words ? `; right: ${Math.max(4, place.width - place.bar[0] - place.bar[1] + 4)}px` : "";
  node.lastChild.style.cssText = `left: ${place.content}px${right}`;
  return node;
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
    if (groups.has(mark.id)) groups.get(mark.id).push(mark); else groups.set(mark.id, [mark]);
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
  const counts = new Int32Array(colour.values.length), chosen = engine.filters.choices?.[colour.name] || [];
  const drawn = new Set(marks.flatMap((mark) => mark.codes.map(([code]) => code)));
  for (const row of rows) {
    for (const code of colour.lists[row]) { counts[code]++; if (engine.data.from[row] != null) drawn.add(code); }
  }
  const used = [...counts.keys()].filter((code) => drawn.has(code) || chosen.includes(colour.values[code]));
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
  const ids = new Set(hidden.flatMap((each) => each.marks.map((mark) => mark.id))), step = Math.min(MOST_LANES, hidden.length);
  return [make("p", { class: "fl-note" }, `The ${view.lanes.length - hidden.length} lanes that hold most are drawn. Others: ${hidden.length} ${hidden.length === 1 ? "lane" : "lanes"}, ${view.countMarks(ids.size)}.`),
    make("button", { type: "button", "data-key": "others", onclick: () => view.showMore(step) }, `Show ${step} more ${step === 1 ? "lane" : "lanes"}`)];
}
