// Lines of words in context, in the order of the words that stand beside them: by letters and digits, whatever their
// case, accents and the marks between them. Only as many lines are sorted as are shown.

const END = -(2 ** 31);

/** The words of all sentences as numbers in the order of the alphabet, and where each begins in its folded sentence. */
class WordIndex {
  constructor(folded, wanted) {
    const words = [], codes = new Map(), places = [];
    this.starts = new Int32Array(folded.length);
    this.ends = new Int32Array(folded.length);
    for (const code of wanted) {
      const text = folded[code];
      this.starts[code] = words.length;
      for (let at = 0; at < text.length; at++) {
        if (!isWord(text, at)) continue;
        const start = at;
        while (at < text.length && isWord(text, at)) at += text.charCodeAt(at) >> 10 === 0x36 ? 2 : 1;
        const word = text.slice(start, at);
        if (!codes.has(word)) codes.set(word, codes.size);
        words.push(codes.get(word));
        places.push(start);
      }
      this.ends[code] = words.length;
    }
    const known = [...codes.keys()], ranks = new Int32Array(known.length);
    [...known].sort().forEach((word, rank) => { ranks[codes.get(word)] = rank; });
    this.ranks = Int32Array.from(words, (code) => ranks[code]);
    this.places = Int32Array.from(places);
  }

  /** The first word of a sentence that begins at an offset or after it. */
  from(code, offset) {
    let low = this.starts[code], high = this.ends[code];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.places[middle] < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Lines as columns: the row of each, which of its hits it is, and the first word from its start and after its end. */
class ContextLines {
  constructor(sentences, index) {
    Object.assign(this, { sentences, index, rows: [], nth: [], starts: [], after: [] });
  }

  get length() { return this.rows.length; }

  add(row, nth, from, to) {
    const code = this.sentences[row];
    this.rows.push(row);
    this.nth.push(nth);
    this.starts.push(this.index.from(code, from));
    this.after.push(this.index.from(code, to));
  }

  /** The number of the word that stands so many words to the right of a line, or to the left. */
  right(line, steps) {
    const at = this.after[line] + steps;
    return at < this.index.ends[this.sentences[this.rows[line]]] ? this.index.ranks[at] : END;
  }

  left(line, steps) {
    const at = this.starts[line] - 1 - steps;
    return at >= this.index.starts[this.sentences[this.rows[line]]] ? this.index.ranks[at] : END;
  }

  /** The words of the line, then those on its right. */
  words(line, steps) {
    const own = this.after[line] - this.starts[line];
    return steps < own ? this.index.ranks[this.starts[line] + steps] : steps === own ? END + 1 : this.right(line, steps - own - 1);
  }
}

/**
 * The first lines by keys of which each is a number a depth: first by that at depth 0, then at 1, until END. At each
 * depth only those are looked at that may still be among the first.
 */
function firstLines(count, most, key) {
  const taken = [];
  let among = Int32Array.from({ length: count }, (_, line) => line);
  for (let depth = 0; among.length > most - taken.length; depth++) {
    const keys = among.map((line) => key(line, depth)), edge = keys.slice().sort()[most - taken.length - 1];
    for (let at = 0; at < among.length; at++) if (keys[at] < edge) taken.push(among[at]);
    among = among.filter((_, at) => keys[at] === edge);
    if (edge === END) break;
  }
  taken.push(...among.subarray(0, most - taken.length));
  return taken.sort((a, b) => {
    for (let depth = 0; ; depth++) {
      const [first, second] = [key(a, depth), key(b, depth)];
      if (first !== second) return first - second;
      if (first === END) return a - b;
    }
  });
}

/** Where the terms of a search occur in folded text, from left to right; what overlaps is one. */
function findFolded(text, terms) {
  const found = [], hits = [];
  for (const term of terms) {
    for (let at = findTerm(text, term); at >= 0; at = findTerm(text, term, at + term.words.length)) found.push([at, at + term.words.length]);
  }
  if (terms.length > 1) found.sort((a, b) => a[0] - b[0]);
  for (const [start, end] of found) {
    const last = hits.at(-1);
    if (last && start < last[1]) last[1] = Math.max(last[1], end);
    else hits.push([start, end]);
  }
  return hits;
}
