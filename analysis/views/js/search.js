// Search in sentences: words at their beginning, "quoted words" as they stand, whatever their case, quotes and accents.
// analysis/views/searching.py does the same in Python; a test holds the two together.

// What stands for another letter, mark or space, beyond what Unicode takes apart.
const SAME = new Map(Object.entries({
  "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "ʼ": "'", "´": "'", "`": "'",
  "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"', "‐": "-",
  "\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": "", "\u0085": " ", "\u1680": " ", "\u2028": " ", "\u2029": " ",
  "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ς": "σ",
}));
const FOLDED = new Map();
const WORD = /^[\p{L}\p{N}\p{M}]$/u;

/** One character without case and accent: none, one or more characters. */
function foldCharacter(character) {
  let folded = FOLDED.get(character);
  if (folded == null) {
    folded = SAME.get(character) ?? character.toLowerCase().normalize("NFKD").toLowerCase()
      .replace(/[\u0300-\u036f]/g, "").replace(/[\0-\x1f]/g, " ").replace(/[^ -_a-~]/gu, (each) => SAME.get(each) ?? each);
    FOLDED.set(character, folded);
  }
  return folded;
}

/** Text as it is compared in a search: without case and accents, with one form of each mark and space. */
function fold(text) {
  const plain = text.replace(/[^ -_a-~]/gu, foldCharacter);
  return (plain.includes("  ") ? plain.replace(/ {2,}/g, " ") : plain).toLowerCase();
}

/** Folded text, and the offset in the text that each of its units comes from; one more for the end. */
function foldWithOffsets(text) {
  const offsets = [], folded = [];
  let start = 0;
  for (const character of text) {
    const part = character >= " " && character < "\x7f" && character !== "`" ? character.toLowerCase() : foldCharacter(character);
    // Unit by unit, as offsets in the browser count.
    for (let at = 0; at < part.length; at++) {
      const unit = part[at];
      if (unit === " " && folded.at(-1) === " ") continue;
      folded.push(unit);
      offsets.push(start);
    }
    start += character.length;
  }
  offsets.push(start);
  return { folded: folded.join(""), offsets };
}

function isWord(text, at) {
  const unit = at < 0 ? NaN : text.charCodeAt(at);
  // Text is folded: of the letters and digits before the first accented one, these are left.
  if (!(unit >= 0x80)) return (unit > 0x60 && unit < 0x7b) || (unit > 0x2f && unit < 0x3a);
  return WORD.test(String.fromCodePoint(text.codePointAt(at)));
}

function isWordBefore(text, at) {
  const unit = text.charCodeAt(at - 1);
  // The second half of a pair is no character of its own.
  return isWord(text, unit > 0xdbff && unit < 0xe000 && at > 1 ? at - 2 : at - 1);
}

/**
 * What a search asks for, all of which must occur: words that begin so, and phrases in quotation marks, whose words
 * are whole. While a phrase is not closed, its last word may go on.
 */
function parseSearch(search) {
  const terms = new Map(), parts = fold(search).split('"');
  const add = (words, whole) => {
    if (words) terms.set(`${words}"${whole}`, { words, whole, opens: isWord(words, 0), closes: whole && isWordBefore(words, words.length) });
  };
  parts.forEach((part, at) => {
    if (at % 2) add(part.trim(), at < parts.length - 1);
    else for (const word of part.split(" ")) add(word, false);
  });
  return [...terms.values()];
}

/** Where a term next occurs in folded text; -1 where it does not. */
function findTerm(text, { words, opens, closes }, from = 0) {
  let at = text.indexOf(words, from);
  while (at >= 0 && ((opens && isWordBefore(text, at)) || (closes && isWord(text, at + words.length)))) at = text.indexOf(words, at + 1);
  return at;
}

/** Whether nothing that meets `terms` can fail `wider`: each of the wider terms is the beginning of one of them. */
function isNarrower(terms, wider) {
  return wider.every((wide) => terms.some((term) => (wide.whole ? term.whole && term.words === wide.words : term.words.startsWith(wide.words))));
}

/** Where the terms occur in a text, as [start, end] in units of the text itself, none within another. */
function findHits(text, terms) {
  const { folded, offsets } = foldWithOffsets(text), found = [];
  for (const term of terms) {
    for (let at = findTerm(folded, term); at >= 0; at = findTerm(folded, term, at + term.words.length)) {
      let end = at + term.words.length;
      // What became several letters is marked whole.
      while (end < folded.length && offsets[end] === offsets[end - 1]) end++;
      found.push([offsets[at], offsets[end]]);
    }
  }
  const hits = [];
  for (const [start, end] of found.sort((a, b) => a[0] - b[0])) {
    const last = hits.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else hits.push([start, end]);
  }
  return hits;
}

/** A bit for each of the letters a to z with which a word of a folded text begins. */
function initialLetters(text) {
  let bits = 0, inside = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at), is = unit < 0x80 ? (unit > 0x60 && unit < 0x7b) || (unit > 0x2f && unit < 0x3a) : isWordBefore(text, at + 1);
    if (is && !inside && unit > 0x60 && unit < 0x7b) bits |= 1 << (unit - 0x61);
    inside = is;
  }
  return bits;
}

/** The bit of the letter that a term begins with, 0 where it is none of a to z. */
const initialBit = ({ words }) => (words[0] >= "a" && words[0] <= "z" ? 1 << (words.charCodeAt(0) - 0x61) : 0);

const MOST_SEARCHES = 40;

/**
 * Sentences folded once, in the browser's spare time. A search looks only at what an earlier, wider one found; what
 * was searched for before, as when letters are taken back, is still known.
 */
class SearchIndex {
  constructor(texts, wanted) {
    this.texts = texts;
    this.wanted = wanted;
    this.folded = new Array(texts.length);
    this.initials = new Int32Array(texts.length);
    this.done = 0;
    this.past = [];
    this.prepare();
  }

  prepare() {
    const soon = globalThis.requestIdleCallback || ((run) => setTimeout(() => run({ timeRemaining: () => 8 }), 30));
    soon((spare) => {
      const until = performance.now() + spare.timeRemaining();
      while (this.done < this.wanted.length && performance.now() < until) this.foldUntil(this.done + 50);
      if (this.done < this.wanted.length) this.prepare();
    });
  }

  foldUntil(end) {
    for (; this.done < Math.min(end, this.wanted.length); this.done++) {
      const code = this.wanted[this.done];
      this.folded[code] = fold(this.texts[code]);
      this.initials[code] = initialLetters(this.folded[code]);
    }
  }

  /** A mark for each text in which all the terms occur. */
  find(terms) {
    const key = JSON.stringify(terms), known = this.past.find((each) => each.key === key);
    if (known) return known.hits;
    this.foldUntil(this.wanted.length);
    const wider = this.past.filter((each) => isNarrower(terms, each.terms)).sort((a, b) => a.found.length - b.found.length);
    const found = this.among(wider[0]?.found || this.wanted, terms), hits = new Uint8Array(this.texts.length);
    for (const code of found) hits[code] = 1;
    this.past = [{ key, terms, found, hits }, ...this.past].slice(0, MOST_SEARCHES);
    return hits;
  }

  among(codes, terms) {
    const { folded, initials } = this, bits = terms.reduce((sum, term) => sum | initialBit(term), 0);
    // A letter by itself needs no look at the text: the words' first letters are known.
    const rest = terms.filter((term) => term.words.length > 1 || term.whole || !initialBit(term)), found = [];
    for (const code of codes) if ((initials[code] & bits) === bits && rest.every((term) => findTerm(folded[code], term) >= 0)) found.push(code);
    return found;
  }
}
