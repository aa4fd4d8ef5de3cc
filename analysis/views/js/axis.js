// The axis of time: its first and last day, its ticks, and a window on it that can be zoomed and moved.

const LEAST_DAYS = 6;
const DAY_STEPS = [1, 2, 7, 14];
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120, 240, 480, 1200];
// Day 4 since 1970 was a Monday: ticks of weeks stand on Mondays.
const MONDAY = 4;

/** First and last of many days, in order. One far-off date must not press all others into a corner. */
function coreDays(days) {
  const first = days[0], last = days[days.length - 1];
  const trim = Math.floor(days.length / 10), low = days[trim], high = days[days.length - 1 - trim];
  if (days.length <= 9 || high - low >= (last - first) / 4) return [first, last];
  const room = Math.max(15, Math.round((high - low) / 4));
  return [Math.max(first, low - room), Math.min(last, high + room)];
}

/** First and last day of the axis, within the days that are filtered. */
function axisDays(groups, filters) {
  const days = new Int32Array(groups.length * 2);
  groups.forEach(({ from, to }, at) => { days[at * 2] = from; days[at * 2 + 1] = to; });
  return withinFilters(coreDays(days.sort()), filters);
}

function withinFilters([first, last], filters) {
  const start = Math.max(first, dayNumber(filters.start) ?? first), end = Math.min(last, dayNumber(filters.end) ?? last);
  return withMargin(start, Math.max(start, end));
}

/** First and last day of all the groups. */
function markedDays(groups) {
  let first = Infinity, last = -Infinity;
  for (const { from, to } of groups) { first = Math.min(first, from); last = Math.max(last, to); }
  return [first, last];
}

/** The axis that leaves none of them out. */
function wholeDays(groups) { return withMargin(...markedDays(groups)); }

function withMargin(first, last) {
  const margin = Math.max(2, Math.round((last - first) / 40));
  return [first - margin, last + margin];
}

/** At most `most` ticks (and one more at an edge), each on the first of a day, a week, a month or a year. */
function axisTicks(first, last, most = 7) {
  const span = last - first, ticks = [], month3 = (month) => MONTHS[month].slice(0, 3), step = DAY_STEPS.find((days) => span / days <= most);
  if (step) {
    for (let day = Math.ceil(first); day <= last; day++) {
      if ((day - MONDAY) % step === 0) ticks.push([day, `${splitDay(day).day} ${month3(splitDay(day).month)}`]);
    }
    return ticks;
  }
  const months = MONTH_STEPS.find((size) => span / (size * 30) <= most) || 2400;
  let { year, month } = splitDay(first);
  if (months > 12) year = Math.floor(year / (months / 12)) * (months / 12);
  for (month = months > 12 ? 0 : Math.ceil(month / months) * months; ; month += months) {
    const day = Date.UTC(year, month, 1) / DAY;
    if (day > last) return ticks;
    const at = splitDay(day);
    if (day >= first) ticks.push([day, months >= 12 ? String(at.year) : `${month3(at.month)} ${at.year}`]);
  }
}

/** The days that are looked at, both ends counted: never narrower than a week, never beyond the whole. */
class TimeWindow {
  /** `whole` is as far as it goes; `start` is what is looked at before anything is chosen. */
  fit(whole, start) {
    this.whole = whole;
    this.start = [Math.max(whole[0], start[0]), Math.min(whole[1], start[1])];
  }

  get days() {
    const [low, high] = this.whole, [first, last] = this.chosen || this.start;
    if (this.exact) return [first, last];
    const length = Math.min(high - low, Math.max(LEAST_DAYS, Math.round(last - first)));
    const from = Math.round(Math.min(high - length, Math.max(low, (first + last - length) / 2)));
    return [from, from + length];
  }

  get length() { return this.days[1] - this.days[0]; }
  get isWhole() { return this.isFirst && this.isLast; }
  get isClosest() { return this.length <= LEAST_DAYS; }
  get isFirst() { return this.days[0] <= this.whole[0]; }
  get isLast() { return this.days[1] >= this.whole[1]; }

  /** Look at these days; `exact` ones may reach beyond the whole, as a month does whose first days have no mark. */
  show(first, last, { exact = false } = {}) { Object.assign(this, { chosen: [first, last], exact }); }
  showStart() { Object.assign(this, { chosen: null, exact: false }); }
  showWhole() { this.show(-1e7, 1e7); }

  /** Keep the day `about` where it stands, as a map does. */
  zoom(factor, about) {
    const [first, last] = this.days, day = about ?? (first + last) / 2;
    this.show(day - (day - first) * factor, day + (last - day) * factor);
  }

  shift(part) {
    const [first, last] = this.days, step = Math.sign(part) * Math.max(1, Math.round(this.length * Math.abs(part)));
    this.show(first + step, last + step);
  }

  /** Bring a day into the middle without zooming. */
  reach(day) { this.show(day - this.length / 2, day + this.length / 2); }
}
