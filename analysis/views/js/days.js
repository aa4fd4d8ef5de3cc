// Days as numbers since 1970, and in words.

const DAY = 86400000;
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December"];

function dayNumber(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso || "");
  return parts ? Date.UTC(+parts[1], +parts[2] - 1, +parts[3]) / DAY : null;
}

function isoDay(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

function splitDay(number) {
  const date = new Date(number * DAY);
  return { day: date.getUTCDate(), month: date.getUTCMonth(), year: date.getUTCFullYear() };
}

// Views say the same days again and again, thousands of them at each keystroke.
const DAYS_IN_WORDS = new Map();
const MOST_DAYS_IN_WORDS = 20000;

/** An interval in words: "9 July 2025", "June 2024", "1–12 June 2024", "2024". */
function dateWords(from, to) {
  if (from == null) return "no date";
  const key = from * 2 ** 24 + to;
  if (!DAYS_IN_WORDS.has(key)) {
    if (DAYS_IN_WORDS.size >= MOST_DAYS_IN_WORDS) DAYS_IN_WORDS.clear();
    DAYS_IN_WORDS.set(key, sayDays(from, to));
  }
  return DAYS_IN_WORDS.get(key);
}

function sayDays(from, to) {
  const a = splitDay(from), b = splitDay(to);
  if (from === to) return `${a.day} ${MONTHS[a.month]} ${a.year}`;
  const last = splitDay(to + 1).day === 1;
  if (a.day === 1 && last && a.year === b.year) {
    if (a.month === b.month) return `${MONTHS[a.month]} ${a.year}`;
    if (a.month === 0 && b.month === 11) return String(a.year);
  }
  if (a.day === 1 && a.month === 0 && last && b.month === 11) return `${a.year}–${b.year}`;
  if (a.year !== b.year) return `${dateWords(from, from)} – ${dateWords(to, to)}`;
  if (a.month !== b.month) return `${a.day} ${MONTHS[a.month]} – ${b.day} ${MONTHS[b.month]} ${b.year}`;
  return `${a.day}–${b.day} ${MONTHS[b.month]} ${b.year}`;
}
