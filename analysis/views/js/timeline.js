// A time line of intervals: a bar from the earliest to the latest day, a mark where the day is certain.

const MOST_BARS = 40;

/** Rows with the same days, name and colour, in order of time; and the ends of all groups, in order. */
function groupByDate(engine, label, colour) {
  const groups = new Map(), of = new Int32Array(engine.size), { from, to } = engine.data, names = new Map();
  for (let row = 0; row < engine.size; row++) {
    const codes = label ? label.flat.subarray(label.offsets[row], label.offsets[row + 1]) : [], told = codes.length === 1 ? codes[0] : codes.join(" ");
    if (!names.has(told)) names.set(told, Array.from(codes, (each) => label.values[each]).join(", "));
    const code = colour ? colour.first[row] : 0, key = `${from[row]} ${to[row]} ${code} ${told}`;
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { key, index: groups.size, from: from[row], to: to[row], name: names.get(told), code, first: row }));
    of[row] = group.index;
  }
  const dated = [...groups.values()].filter((group) => group.from != null).sort((a, b) => a.from - b.from || a.to - b.to);
  const ends = dated.flatMap((group) => [[group.from, group.index], [group.to, group.index]]).sort((a, b) => a[0] - b[0]);
  return { sorted: dated, size: groups.size, of, endDays: Int32Array.from(ends, ([day]) => day), endGroups: Int32Array.from(ends, ([, index]) => index) };
}

/** What the rows leave of the groups: how many, the first ones, their colours and their days. */
function countGroups(groups, rows, limit) {
  const counts = new Int32Array(groups.size), shown = [], used = new Set(), days = [];
  for (const row of rows) counts[groups.of[row]]++;
  let number = 0, dated = 0;
  for (const group of groups.sorted) {
    if (!counts[group.index]) continue;
    dated += counts[group.index];
    used.add(group.code);
    if (number++ < limit) shown.push(group);
  }
  const { endDays, endGroups } = groups;
  for (let at = 0; at < endDays.length; at++) if (counts[endGroups[at]]) days.push(endDays[at]);
  return { counts, shown, number, used, days, undated: rows.length - dated };
}

/** A line of the list, drawn once; what filters change in it is set by `setTimelineRow`. */
function timelineRow(engine, group, colour, label) {
  const words = dateWords(group.from, group.to), { data } = engine, choices = {};
  if (colour) choices[colour.name] = colour.values[group.code];
  if (label && label.offsets[group.first + 1] - label.offsets[group.first] === 1) choices[label.name] = group.name;
  const kind = colour ? colour.values[group.code] : "";
  const name = [words, group.name, kind === group.name ? "" : kind].filter(Boolean).join(", ");
  const mark = make("span", { class: `fl-interval fl-colour-${group.code % COLOURS}` }), times = make("span", { class: "fl-times" });
  if (group.from === group.to) mark.append(symbol(group.code));
  const pick = { label: name, choices, dates: [isoDay(group.from), isoDay(group.to)] };
  const node = pickButton(engine, pick, { class: "fl-time-row", "data-key": group.key, tabindex: -1 },
    make("span", { class: "fl-time-date" }, words),
    make("span", { class: "fl-time-name" }, colour ? symbol(group.code) : "", make("span", {}, group.name || kind || data.articles[data.article[group.first]].outlet), times),
    make("span", { class: "fl-track", "aria-hidden": "true" }, mark));
  return Object.assign(node, { group, mark, times });
}

function setTimelineRow(engine, node, count, [first, last]) {
  const { group, mark, times } = node, place = (day) => `${Math.max(0, Math.min(100, (100 * (day - first)) / (last - first)))}%`;
  const outside = group.to < first || group.from > last;
  const state = { outside, day: !outside && group.from === group.to, earlier: group.from < first, later: group.to > last };
  for (const [name, is] of Object.entries(state)) mark.classList.toggle(`fl-${name}`, is);
  mark.style.left = place(group.from);
  mark.style.right = `calc(100% - ${place(group.to)})`;
  if (node.count === count) return;
  node.count = count;
  times.textContent = count > 1 ? `× ${count}` : "";
  node.setAttribute("aria-label", `${node.pick.label}: ${engine.countUnits(count)}`);
}

function timelineTicks([first, last]) {
  const inside = axisTicks(first, last).filter(([day]) => day < last - (last - first) / 25);
  return inside.map(([day, text]) => {
    const tick = make("span", { class: "fl-tick" }, text);
    tick.style.left = `${(100 * (day - first)) / (last - first)}%`;
    return tick;
  });
}

function drawTimeline(engine, model, el, signal) {
  heading(el, model.get("title"), model.get("note"));
  const colour = engine.dimensions.get(model.get("colour")), label = engine.dimensions.get(model.get("label"));
  const key = make("ul", { class: "fl-legend" }), track = make("span", { class: "fl-axis-track" });
  const list = make("div", { class: "fl-time-list", role: "group", "aria-label": model.get("title") }), foot = make("div", { class: "fl-time-foot" });
  const more = make("button", { type: "button", class: "fl-more", "data-key": "more" }), stop = new TabStop();
  el.append(key, make("div", { class: "fl-axis", "aria-hidden": "true" }, track), list, foot);
  let limit = MOST_BARS, groups = null, generation = null, shape = "", legendShape = null;
  const lines = new KeyedList(list, (group) => timelineRow(engine, group, colour, label));
  const draw = () => {
    if (generation !== engine.generation) { generation = engine.generation; groups = groupByDate(engine, label, colour); lines.clear(); }
    const rows = engine.rows(), { counts, shown, number, used, days, undated } = countGroups(groups, rows, limit);
    const axis = days.length ? withinFilters(coreDays(days), engine.filters) : [0, 1];
    if (String([...used]) !== legendShape) { legendShape = String([...used]); key.replaceChildren(...(colour ? legend(colour, used) : [])); }
    if (`${axis}` !== shape) { shape = `${axis}`; track.replaceChildren(...(days.length ? timelineTicks(axis) : [])); }
    lines.show(shown);
    for (const node of lines.nodes.values()) setTimelineRow(engine, node, counts[node.group.index], axis);
    stop.keep(stop.mark, list.firstElementChild);
    keepFocus(foot, () => {
      const left = number - shown.length;
      more.textContent = `Show ${Math.min(MOST_BARS, left)} more of ${left}`;
      foot.replaceChildren(left ? more : "", undated ? pickButton(engine, { label: "no date", undated: true }, { class: "fl-undated", "data-key": "undated" }, `${engine.countUnits(undated)} without a date`) : "",
        rows.length ? "" : emptyNote(engine));
    });
    showPressed(el, engine);
  };
  more.addEventListener("click", () => {
    const last = list.lastElementChild;
    limit += MOST_BARS;
    draw();
    // Where all are shown the button goes: the focus goes on to the first line that came.
    if (!more.isConnected) { const next = last.nextElementSibling || last; stop.keep(next); next.focus(); }
  });
  list.addEventListener("focusin", ({ target }) => stop.keep(target));
  list.addEventListener("keydown", (event) => {
    const step = LINE_STEPS[event.key], nodes = [...list.children], at = nodes.indexOf(event.target), last = nodes.length - 1;
    if (!step || at < 0) return;
    event.preventDefault();
    nodes[Math.max(0, Math.min(last, step(at, last)))].focus();
  });
  engine.watch(draw, signal);
}
