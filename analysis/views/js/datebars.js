// The bars of a histogram of days: how wide they are, which bars a row could lie in, and what each holds.

const MOST_PERIODS = 62;
// Stands for no day at all in a column of numbers.
const UNDATED = -0x80000000;

const monthsPeriod = (name, one, months) => ({ name, one,
  at: (day) => { const { year, month } = splitDay(day); return Math.floor((year * 12 + month) / months); },
  start: (number) => Date.UTC(Math.floor((number * months) / 12), (number * months) % 12, 1) / DAY });

// From fine to coarse: which period a day lies in, and the first day of a period.
const PERIODS = [
  { name: "days", one: "day", at: (day) => day, start: (number) => number },
  { name: "weeks", one: "week", at: (day) => Math.floor((day - MONDAY) / 7), start: (number) => number * 7 + MONDAY },
  monthsPeriod("months", "month", 1), monthsPeriod("quarters", "quarter", 3), monthsPeriod("years", "year", 12),
  monthsPeriod("decades", "decade", 120), monthsPeriod("centuries", "century", 1200),
];
// What a Page key moves by: the month of a day or a week, the year of a month, the decade of a year.
const LARGER = { days: 2, weeks: 2, months: 4, quarters: 4, years: 5, decades: 6, centuries: 6 };

/**
 * Bars over some days. A row lies surely in a bar if its whole interval does; a wider interval could lie in each of
 * several, and is counted as such in all of them: that is what choosing the bar's days would give.
 */
class DateBars {
  constructor(tally, [first, last], finest) {
    const { from, to } = tally, known = PERIODS.slice(PERIODS.findIndex(({ name }) => name === finest));
    this.tally = tally;
    this.finest = finest;
    this.period = known.find(({ at }) => at(last) - at(first) < MOST_PERIODS) || PERIODS.at(-1);
    const { at, start } = this.period, begin = at(first);
    this.length = at(last) - begin + 1;
    this.edges = Int32Array.from({ length: this.length + 1 }, (_, bar) => start(begin + bar));
    this.from = from;
    this.to = to;
    this.low = Int16Array.from(from, (day) => this.barOf(day));
    this.high = Int16Array.from(to, (day) => this.barOf(day));
    this.all = this.count(null);
  }

  get first() { return this.edges[0]; }
  get last() { return this.edges[this.length] - 1; }

  /** The bar that a day lies in; -1 before the first one, `length` after the last one. */
  barOf(day) {
    const { edges } = this;
    if (day < edges[0]) return -1;
    let low = 0, high = edges.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (edges[middle] <= day) low = middle; else high = middle;
    }
    return low;
  }

  /** The edge nearest to a place on the axis, in days. */
  edgeNear(day) {
    const bar = Math.max(0, Math.min(this.length - 1, this.barOf(Math.floor(day))));
    return day - this.edges[bar] < this.edges[bar + 1] - day ? bar : bar + 1;
  }

  /** A day in words, or its month or year where no more is known of it. */
  dayWords(day) {
    const { at, start } = PERIODS.find(({ name }) => name === this.tally.period);
    return dateWords(start(at(day)), start(at(day) + 1) - 1);
  }

  words(bar) { return dateWords(this.edges[bar], this.edges[bar + 1] - 1); }

  /** The next edge where a larger period begins, a month or a year; the last one where there is none. */
  leap(edge, way) {
    const { at } = PERIODS[LARGER[this.period.name]], last = this.length;
    for (let next = edge + way; next > 0 && next < last; next += way) {
      if (at(this.edges[next]) !== at(this.edges[next - 1])) return next;
    }
    return way < 0 ? 0 : last;
  }

  /** What the bars hold of some rows, or of all of them: one pass. */
  count(rows) {
    const { length, low, high, from, to, tally } = this, { weights } = tally, sure = new Int32Array(length), maybe = new Int32Array(length + 1);
    const counted = { sure, maybe, size: rows ? tally.number(rows) : tally.total, dated: 0, wide: 0, earlier: 0, later: 0, first: Infinity, last: -Infinity };
    for (let at = 0, end = rows ? rows.length : from.length; at < end; at++) {
      const row = rows ? rows[at] : at, number = weights ? weights[row] : 1;
      if (from[row] === UNDATED) continue;
      counted.dated += number;
      if (from[row] < counted.first) counted.first = from[row];
      if (to[row] > counted.last) counted.last = to[row];
      if (high[row] < 0) counted.earlier += number;
      else if (low[row] >= length) counted.later += number;
      else if (low[row] === high[row]) sure[low[row]] += number;
      else {
        counted.wide += number;
        maybe[Math.max(0, low[row])] += number;
        maybe[Math.min(length, high[row] + 1)] -= number;
      }
    }
    for (let bar = 1; bar < length; bar++) maybe[bar] += maybe[bar - 1];
    counted.maybe = maybe.subarray(0, length);
    return counted;
  }
}

/** Days as numbers in a row of their own: a pass over them is a fraction of one over a list with nulls. */
function dayColumn(days) { return Int32Array.from(days, (day) => day ?? UNDATED); }

/** The bar that holds most, as it is drawn. */
function tallestBar({ sure, maybe }) {
  let best = 0;
  for (let bar = 1; bar < sure.length; bar++) if (sure[bar] + maybe[bar] > sure[best] + maybe[best]) best = bar;
  return best;
}

/** "214 sentences from 3 June 2024 to 9 July 2025; most in July 2025: 31." */
function datesSentence(engine, bars, counted) {
  const { size, dated } = counted, { filters } = engine;
  const start = dayNumber(filters.start), end = dayNumber(filters.end);
  const set = start != null && end != null && start <= end ? `${dateWords(start, end)}: `
    : start != null ? `From ${dateWords(start, start)}: ` : end != null ? `To ${dateWords(end, end)}: ` : "";
  const { total } = bars.tally, number = dated === total ? engine.countUnits(dated) : `${engine.numberWords(dated)} of ${engine.countUnits(total)}`;
  if (!size) return `${set}no ${engine.data.units} are selected.`.replace(/^n/, "N");
  if (!dated) return `${set}none of the ${engine.countUnits(size)} selected has a date.`.replace(/^n/, "N");
  const best = tallestBar(counted), most = counted.sure[best] + counted.maybe[best], unsure = counted.maybe[best];
  const alike = counted.sure.filter((number, bar) => number + counted.maybe[bar] === most).length;
  const peak = !most ? "" : alike > 1 ? `; at most ${engine.numberWords(most)} in a ${bars.period.one}`
    : `; most in ${bars.words(best)}: ${engine.numberWords(most)}${unsure ? `, of which ${engine.numberWords(unsure)} may lie elsewhere` : ""}`;
  const [first, last] = [counted.first, counted.last].map((day) => bars.dayWords(day));
  const when = start != null && end != null ? "" : first === last ? ` ${bars.tally.period === "days" ? "on" : "in"} ${first}` : ` from ${first} to ${last}`;
  return `${set}${number}${when}${peak}.`;
}

/** What the bars are, what is hatched, and what stands in none of them. */
function datesNote(engine, bars, counted) {
  const { all, period } = bars, { earlier, later } = counted, words = [`Each bar is a ${period.one}.`];
  const left = engine.undatedLeftOut();
  if (all.wide) {
    words.push(`${engine.countUnits(all.wide)} could lie in more than one ${period.one}: `
      + `${all.wide === 1 ? "it stands" : "each stands"}, hatched, in every ${period.one} where it could.`);
  }
  if (earlier || later) words.push(`Beyond this axis: ${[earlier && `${earlier} earlier`, later && `${later} later`].filter(Boolean).join(", ")}.`);
  if (left) words.push(`${left} without a date left out.`);
  return words.join(" ");
}

/** The bars as a table, written when it is opened; its cells are used again. */
class DatesTable {
  constructor(engine, title, fill) {
    this.engine = engine;
    this.body = make("tbody");
    this.heads = make("tr");
    this.box = make("details", { class: "fl-dates-table" }, make("summary", {}, "Show as a table"),
      make("div", { class: "fl-scroll", tabindex: 0, role: "region", "aria-label": `${title}, table` },
        make("table", {}, make("thead", {}, this.heads), this.body)));
    this.box.addEventListener("toggle", () => { if (this.box.open) fill(); });
  }

  fill(bars, counted) {
    const { units } = this.engine.data, { name, one } = bars.period;
    if (this.bars !== bars) {
      this.bars = bars;
      const heads = [`${name[0].toUpperCase()}${name.slice(1)}`, `All ${units}`, "Selected", ...(bars.all.wide ? [`Selected that may lie in another ${one}`] : [])];
      this.cells = Array.from({ length: bars.length }, () => heads.slice(1).map(() => make("td")));
      this.heads.replaceChildren(...heads.map((words) => make("th", { scope: "col" }, words)));
      this.body.replaceChildren(...this.cells.map((cells, bar) => make("tr", {}, make("th", { scope: "row" }, bars.words(bar)), ...cells)));
    }
    this.cells.forEach((cells, bar) => {
      const numbers = [bars.all.sure[bar] + bars.all.maybe[bar], counted.sure[bar] + counted.maybe[bar], counted.maybe[bar]];
      cells.forEach((cell, at) => { if (cell.shown !== numbers[at]) cell.textContent = this.engine.numberWords(cell.shown = numbers[at]); });
    });
  }
}
