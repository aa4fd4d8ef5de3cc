// What stands in a lane: one mark an event, whatever number of sentences tell it, and where there is room for it.

const MOST_SYMBOLS_A_MARK = 4;
const SYMBOL_WIDTH = 14;
const LEAST_MARK = 24;
const MARK_GAP = 3;
const LEAST_WORDS = 90;
// How far a symbol may reach beyond the track.
const EDGE = 7;
// A bar that goes on beyond the track ends in a point of this length.
const POINT = 9;

/** How often each value occurs, the most frequent first. */
function countValues(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** How many of the rows have each code of a column: nothing is counted where they all have the same one. */
function countCodes({ first, flat, offsets }, rows) {
  const code = first[rows[0]];
  if (rows.every((row) => first[row] === code && offsets[row + 1] - offsets[row] === 1)) return [[code, rows.length]];
  return countValues(rows.flatMap((row) => [...flat.subarray(offsets[row], offsets[row + 1])]));
}

/**
 * The marks of a column's lanes. Dated by what happened, the tellings of one event are one mark a lane. Dated by
 * publication, a mark is one article: when which source says so. A row without either is a mark of its own. Which row
 * belongs to which mark is the same under all filters and worked out once; a mark is described anew when its rows change.
 */
class LaneMarks {
  constructor(engine, lane, colour) {
    const { data, size } = engine, column = engine.column("event_id"), none = column?.codeOf(data.unknown), found = new Map();
    Object.assign(this, { engine, lane, colour, column, starts: new Map(), marks: [], numbers: [], lanes: [] });
    this.what = engine.column("what");
    this.negated = engine.column("negated");
    // Numbers tell apart what marks are of: articles, or events and after them the rows that tell of none.
    this.told = data.event_dates ? column?.values.length || 0 : 0;
    this.limit = data.event_dates ? this.told + size : data.articles.length;
    this.places = new Int32Array(lane.flat.length);
    for (let row = 0; row < size; row++) {
      const code = this.told ? column.first[row] : -1;
      const number = !data.event_dates ? data.article[row] : code >= 0 && code !== none ? code : this.told + row;
      for (let place = lane.offsets[row]; place < lane.offsets[row + 1]; place++) {
        const pair = lane.flat[place] * this.limit + number;
        if (!found.has(pair)) { found.set(pair, found.size); this.numbers.push(number); this.lanes.push(lane.flat[place]); }
        this.places[place] = found.get(pair);
      }
    }
    this.counts = new Int32Array(found.size);
    this.changed = new Uint8Array(found.size);
  }

  /** The marks of some rows, in the order in which these name them; those whose rows are the same as before are the same. */
  gather(rows) {
    const { places, marks, counts, changed } = this, { offsets } = this.lane, order = [], fresh = [];
    for (const row of rows) {
      for (let place = offsets[row]; place < offsets[row + 1]; place++) {
        const at = places[place], index = counts[at]++;
        if (!index) order.push(at);
        if (marks[at]?.rows[index] !== row) changed[at] = 1;
      }
    }
    for (const at of order) {
      if (changed[at] || marks[at].rows.length !== counts[at]) { changed[at] = 1; fresh.push((marks[at] = this.draft(at))); }
      counts[at] = 0;
    }
    if (fresh.length) for (const row of rows) for (let place = offsets[row]; place < offsets[row + 1]; place++) if (changed[places[place]]) marks[places[place]].rows.push(row);
    for (const at of order) changed[at] = 0;
    for (const mark of fresh) this.describe(mark);
    return order.map((at) => marks[at]);
  }

  draft(at) {
    const { engine: { data }, column, told } = this, number = this.numbers[at], lane = this.lanes[at];
    const article = data.event_dates ? null : data.articles[number], event = article || number >= told ? undefined : column.values[number];
    const id = article ? `a ${article.id}` : event ? `e ${event}` : `r ${number - told}`;
    return { key: `${lane} ${id}`, number, lane, rows: [], event, article, shared: Boolean(article || event) };
  }

  /** When, what and of which kind the tellings say it is; where they differ, that stays in sight. */
  describe(mark) {
    const { engine, colour, what, starts } = this, { from } = engine.data, { rows } = mark;
    const dated = rows.every((row) => from[row] != null) ? rows : rows.filter((row) => from[row] != null);
    mark.codes = colour ? countCodes(colour, rows) : [];
    const told = this.negated ? rows.filter((row) => !engine.isDenied(row)) : rows;
    mark.denials = rows.length - told.length;
    mark.denied = !told.length;
    const said = what ? countCodes(what, mark.denied ? rows : told).map(([code]) => what.values[code]).find((each) => each !== engine.data.unknown) || "" : "";
    mark.what = shorten(said);
    if (mark.denied) mark.what = `denied: ${mark.what}`;
    mark.from = mark.to = null;
    if (dated.length) Object.assign(mark, engine.agreeDays(dated));
    const start = `${mark.from} ${mark.to} ${mark.article?.outlet || ""} ${mark.what}`;
    if (!starts.has(start)) starts.set(start, starts.size);
    mark.start = starts.get(start);
  }

  wordsOf(mark) { return (mark.words ??= markWords(this.engine, mark, this.lane, this.colour)); }

  /**
   * Each mark of a lane has words of its own: by them the views know which one is picked. Only marks that begin alike
   * are told apart before they are drawn: most of thousands of marks are never read.
   */
  name(marks) {
    const alike = new Int32Array(this.starts.size), seen = new Map();
    for (const { start } of marks) alike[start]++;
    for (const mark of marks) {
      mark.label = "";
      if (alike[mark.start] === 1) continue;
      const words = this.wordsOf(mark), times = (seen.get(words) || 0) + 1;
      seen.set(words, times);
      mark.label = times > 1 ? `${words} (${times})` : words;
    }
  }

  /** Which events or articles some marks are of, as a mask by their numbers, and how many these are. */
  count(marks) {
    const mask = new Uint8Array(this.limit);
    let size = 0;
    for (const { number } of marks) if (!mask[number]) { mask[number] = 1; size++; }
    return { mask, size };
  }
}

const listValues = (counts) => counts.map(([value, count]) => `${value} × ${count}`).join(", ");

/** Several outlets that tell of one event do not contradict each other; several statuses do. */
const severalWords = (colour) => (colour.name === "outlet" ? "several outlets" : `${colour.label.toLowerCase()} differs`);

/** The mark in words: when, what, of which kind, where, how many tellings, and what they differ in. */
function markWords(engine, mark, lane, colour) {
  const kinds = mark.codes.map(([code, count]) => [colour.values[code], count]), one = kinds.length === 1, { from, to } = engine.data;
  const dates = mark.rows.length < 2 ? [] : countValues(mark.rows.filter((row) => from[row] != null).map((row) => dateWords(from[row], to[row])));
  const outlet = mark.article && colour?.name !== "outlet" ? mark.article.outlet : "";
  return [
    [dateWords(mark.from, mark.to), mark.what, one ? kinds[0][0] : "", outlet, lane.values[mark.lane]].filter(Boolean).join(", "),
    mark.rows.length > 1 && mark.shared ? `${mark.rows.length} tellings` : "",
    mark.denials && !mark.denied ? `denied in ${mark.denials} of ${mark.rows.length}` : "",
    mark.carried,
    kinds.length > 1 ? `${severalWords(colour)}: ${listValues(kinds)}` : "",
    mark.disputed ? `dates differ: ${listValues(dates)}` : dates.length > 1 ? `dated as ${listValues(dates)}` : "",
  ].filter(Boolean).join("; ");
}

/** Lanes in the order given, else by their first day, then by their number of events; "Not stated" comes last. */
function sortLanes(engine, lane, marks, order) {
  const lanes = new Map();
  for (const mark of marks) {
    if (!lanes.has(mark.lane)) lanes.set(mark.lane, { code: mark.lane, name: lane.values[mark.lane], marks: [] });
    if (mark.from != null) lanes.get(mark.lane).marks.push(mark);
  }
  const place = (each) => [each.name === engine.data.unknown, (order.indexOf(each.name) + 1) || order.length + 1,
    each.marks[0]?.from ?? Infinity, -each.marks.length, each.name];
  for (const each of lanes.values()) each.marks.sort((a, b) => a.from - b.from || b.to - a.to || a.rows[0] - b.rows[0]);
  const sorted = [...lanes.values()].map((each) => [place(each), each]);
  sorted.sort(([a], [b]) => { const at = a.findIndex((value, index) => value !== b[index]); return at < 0 ? 0 : a[at] < b[at] ? -1 : 1; });
  return sorted.map(([, each]) => each);
}

/** Where a mark stands on a track of `width` pixels: its bar, if it has one, and its symbols. */
function placeMark(mark, [first, last], width) {
  const x = (day) => ((day - first) / (last + 1 - first)) * width, certain = mark.from === mark.to;
  const start = Math.max(0, x(mark.from)), end = Math.min(width, x(mark.to + 1));
  const symbols = Math.min(mark.codes.length || 1, MOST_SYMBOLS_A_MARK) * SYMBOL_WIDTH + (mark.codes.length > MOST_SYMBOLS_A_MARK ? 16 : 0);
  const times = mark.rows.length > 1 && mark.shared ? 12 + 7 * String(mark.rows.length).length : 0, content = symbols + times + 4;
  const wide = !certain && end - start >= content + 4, middle = (start + end) / 2;
  // The symbols of a day stand with their middle on that day, those of a long bar at its start.
  const middled = Math.max(-EDGE, Math.min(width + EDGE - symbols, middle - symbols / 2));
  // At the right edge the number of tellings stands on the left, so that no symbol leaves its day.
  const flipped = !wide && middled + content > width + EDGE, at = wide ? start + (mark.from < first ? POINT : 4) : flipped ? middled + symbols - content : middled;
  const left = Math.min(certain ? Infinity : start, at - 2, middle - LEAST_MARK / 2);
  const right = Math.max(certain ? -Infinity : end, at + content, middle + LEAST_MARK / 2);
  const words = wide && mark.what && end - start - content > LEAST_WORDS;
  return { mark, certain, left, width: right - left, bar: [start - left, Math.max(3, end - start)], content: at - left, words, flipped,
    earlier: mark.from < first, later: mark.to > last };
}

/** Give each place, from left to right, the first row where it overlaps nothing; what needs more than `most` rows is left over. */
function packPlaces(places, most) {
  const ends = [], packed = [], over = [];
  for (const place of places) {
    let row = ends.findIndex((end) => end + MARK_GAP <= place.left);
    if (row < 0) row = ends.length;
    if (row >= most) { over.push(place.mark); continue; }
    ends[row] = place.left + place.width;
    packed.push({ ...place, row });
  }
  return { packed, over, rows: ends.length };
}
