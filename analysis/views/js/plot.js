// Numbers on a chart: in words, on an axis with rounded ticks, and labels that do not cover each other.

// A unit is a word of a stranger's page: in a plain object "constructor" would be found, too.
const MONEY = new Map([["pound sterling", "£"], ["dollar", "$"], ["US dollar", "$"], ["euro", "€"]]);
const SCALES = [[1e12, "trillion", "tn"], [1e9, "billion", "bn"], [1e6, "million", "m"]];

const WRITERS = [2, 3].map((places) => new Intl.NumberFormat("en-GB", { maximumFractionDigits: places }));

/** "21,977", "75 million"; a number that its scale would round stays whole. */
function numberWords(value, short = false) {
  const scale = SCALES.find(([size]) => Math.abs(value) >= size);
  if (!scale || Math.abs(Math.round(value / scale[0] * 1000) * scale[0] / 1000 - value) > 1e-9 * Math.abs(value)) return WRITERS[0].format(value);
  return WRITERS[1].format(value / scale[0]) + (short ? scale[2] : ` ${scale[1]}`);
}

function pluralWords(noun) {
  const [head, tail] = / of /.test(noun) ? [noun.slice(0, noun.indexOf(" of ")), noun.slice(noun.indexOf(" of "))] : [noun, ""];
  if (/(^| )(people|police)$/.test(head)) return noun;
  if (/(^| |wo)man$/.test(head)) return `${head.slice(0, -2)}en${tail}`;
  if (/(^| )person$/.test(head)) return `${head.slice(0, -6)}people${tail}`;
  if (/(^| )child$/.test(head)) return `${head}ren${tail}`;
  if (/[^aeiou]y$/.test(head)) return `${head.slice(0, -1)}ies${tail}`;
  return `${head}${/(s|x|z|ch|sh)$/.test(head) ? "es" : "s"}${tail}`;
}

/** A number with its unit: "£75 million", "51%", "20,000 people", "50 migrants per week". */
function amountWords(value, high, unit, short = false) {
  const at = unit.indexOf(" per "), head = at < 0 ? unit : unit.slice(0, at), per = at < 0 ? "" : unit.slice(at);
  const write = (number) => `${MONEY.get(head) || ""}${numberWords(number, short)}${head === "percent" ? "%" : ""}`;
  const number = high == null || high === value ? write(value) : `${write(value)} to ${write(high)}`;
  if (head === "rank") return `rank ${number}`;
  if (head === "ratio") return `${number} times`;
  if (short || !head || MONEY.has(head) || head === "percent") return number + (short ? "" : per);
  return `${number} ${value === 1 && high == null ? head : pluralWords(head)}${per}`;
}

/** Rounded ticks that hold all values; from zero, unless the values lie so close that it would hide them. */
function valueAxis(values) {
  const low = Math.min(...values), high = Math.max(...values), whole = values.every(Number.isInteger);
  const narrow = low > 0 && high > low && high - low < low / 4;
  const bottom = narrow ? low - (high - low) / 2 : Math.min(0, low), top = Math.max(narrow ? low : 0, high);
  const raw = (top - bottom || 1) / 4, power = 10 ** Math.floor(Math.log10(raw));
  const steps = whole && power <= 1 ? [1, 2, 5, 10] : [1, 2, 2.5, 5, 10];
  const step = Math.max(whole ? 1 : 0, power * steps.find((size) => size * power >= raw * 0.999));
  const first = Math.floor(bottom / step + 1e-9), last = Math.max(first + 1, Math.ceil(top / step - 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
  return { ticks, low: ticks[0], high: ticks.at(-1) };
}

const overlap = (a, b) => a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;

/** The first of several boxes that covers none of the taken ones and lies within the frame. */
function freeBox(boxes, taken, frame) {
  return boxes.find((box) => box.left >= frame.left && box.right <= frame.right && box.bottom >= frame.bottom
    && box.top <= frame.top && !taken.some((other) => overlap(box, other)));
}
