// A time line of intervals: a bar from the earliest to the latest day, a mark where the day is certain.

const MOST_BARS = 40;

function groupByDate(engine, label, colour) {
  const groups = new Map(), of = new Int32Array(engine.size), { from, to } = engine.data;
  for (let row = 0; row < engine.size; row++) {
    const name = label ? label.lists[row].map((code) => label.values[code]).join(", ") : "";
    const code = colour ? colour.lists[row][0] : 0;
    const key = `${from[row]} ${to[row]} ${code} ${name}`;
    if (!groups.has(key)) groups.set(key, { key, index: groups.size, from: from[row], to: to[row], name, code, first: row });
    of[row] = groups.get(key).index;
  }
  const sorted = [...groups.values()].sort((a, b) => (a.from ?? 1e9) - (b.from ?? 1e9) || a.to - b.to);
  return { sorted, of };
}

function timelineRow(engine, group, count, colour, label, axis) {
  const [first, last] = axis, place = (day) => `${Math.max(0, Math.min(100, (100 * (day - first)) / (last - first)))}%`;
  const words = dateWords(group.from, group.to), { data } = engine;
  const choices = {};
  if (colour) choices[colour.name] = colour.values[group.code];
  if (label && !Array.isArray(label.codes[group.first])) choices[label.name] = group.name;
  const kind = colour ? colour.values[group.code] : "";
  const name = [words, group.name, kind === group.name ? "" : kind].filter(Boolean).join(", ");
  const track = make("span", { class: "fl-track", "aria-hidden": "true" });
  const inside = group.to >= first && group.from <= last;
  const mark = make("span", { class: `fl-interval fl-colour-${group.code % COLOURS}` });
  if (!inside) mark.classList.add("fl-outside");
  else if (group.from === group.to) mark.classList.add("fl-day");
  if (group.from < first) mark.classList.add("fl-earlier");
  if (group.to > last) mark.classList.add("fl-later");
  mark.style.left = place(group.from);
  mark.style.right = `calc(100% - ${place(group.to)})`;
  if (group.from === group.to) mark.append(symbol(group.code));
  track.append(mark);
  const pick = { label: name, choices, dates: [isoDay(group.from), isoDay(group.to)] };
  return pickButton(engine, pick, { class: "fl-time-row", "data-key": group.key,
    "aria-label": `${name}: ${engine.countUnits(count)}` },
  make("span", { class: "fl-time-date" }, words),
  make("span", { class: "fl-time-name" }, colour ? symbol(group.code) : "", make("span", {}, group.name || kind || data.articles[data.article[group.first]].outlet),
    count > 1 ? make("span", { class: "fl-times" }, `× ${count}`) : ""), track);
}

function drawTimeline(engine, model, el, signal) {
  heading(el, model.get("title"), model.get("note"));
  const colour = engine.dimensions.get(model.get("colour")), label = engine.dimensions.get(model.get("label"));
  const key = make("ul", { class: "fl-legend" }), axisBox = make("div", { class: "fl-axis", "aria-hidden": "true" });
  const list = make("div", { class: "fl-time-list" }), foot = make("div", { class: "fl-time-foot" });
  const more = make("button", { type: "button", class: "fl-more", "data-key": "more" });
  el.append(key, axisBox, list, foot);
  let limit = MOST_BARS, cache = null;
  const draw = () => {
    if (cache?.generation !== engine.generation) cache = { generation: engine.generation, ...groupByDate(engine, label, colour) };
    const counts = new Int32Array(cache.sorted.length), rows = engine.rows();
    for (const row of rows) counts[cache.of[row]]++;
    const groups = cache.sorted.filter((group) => counts[group.index] && group.from != null);
    const undated = rows.filter((row) => engine.data.from[row] == null).length;
    const axis = groups.length ? axisDays(groups, engine.filters) : [0, 1];
    const shown = groups.slice(0, limit);
    keepFocus(el, () => {
      key.replaceChildren(...(colour ? legend(colour, new Set(groups.map((group) => group.code))) : []));
      axisBox.replaceChildren(make("span", { class: "fl-axis-track" }, ...(groups.length ? axisTicks(...axis) : []).filter(([day]) => day < axis[1] - (axis[1] - axis[0]) / 25).map(([day, text]) => {
        const tick = make("span", { class: "fl-tick" }, text);
        tick.style.left = `${(100 * (day - axis[0])) / (axis[1] - axis[0])}%`;
        return tick;
      })));
      list.replaceChildren(...shown.map((group) => timelineRow(engine, group, counts[group.index], colour, label, axis)));
      foot.replaceChildren();
      if (groups.length > shown.length) { more.textContent = `Show ${Math.min(MOST_BARS, groups.length - shown.length)} more of ${groups.length - shown.length}`; foot.append(more); }
      if (undated) foot.append(pickButton(engine, { label: "no date", undated: true }, { class: "fl-undated", "data-key": "undated" }, `${engine.countUnits(undated)} without a date`));
      if (!rows.length) foot.append(emptyNote(engine));
    });
    showPressed(el, engine);
  };
  more.addEventListener("click", () => { limit += MOST_BARS; draw(); });
  engine.watch(draw, signal);
}
