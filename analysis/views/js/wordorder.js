// Lines of words in context, in the order of the words that stand beside them: by letters and digits, whatever their
// case, accents and the marks between them. Only as many lines are sorted as are shown.

const END = -(2 ** 31);

/** Words, each with a number. They are looked up where they stand: a copy of each of 400,000 words would be slow. */
class WordTable {
  constructor() { Object.assign(this, { known: [], hashes: [], slots: new Int32Array(1 << 12).fill(-1) }); }

  /** The number of the word from `start` to `end` of a text; it is made where the word is new. */
  numberOf(text, start, end, hash) {
    const { known, hashes, slots } = this, last = slots.length - 1;
    let slot = hash & last;
    for (; slots[slot] >= 0; slot = (slot + 1) & last) {
      const number = slots[slot];
      if (hashes[number] === hash && known[number].length === end - start && text.startsWith(known[number], start)) return number;
    }
    slots[slot] = known.length;
    known.push(text.slice(start, end));
    hashes.push(hash);
    if (known.length > slots.length / 2) this.grow();
    return known.length - 1;
  }

  grow() {
    const slots = new Int32Array(this.slots.length * 4).fill(-1), last = slots.length - 1;
    this.hashes.forEach((hash, number) => {
      let slot = hash & last;
      while (slots[slot] >= 0) slot = (slot + 1) & last;
      slots[slot] = number;
    });
    this.slots = slots;
  }
}

/** The words of all sentences as numbers in the order of the alphabet, and where each begins in its folded sentence. */
class WordIndex {
  constructor(folded, wanted) {
    // A word and the gap after it take two letters or more.
    const most = wanted.reduce((sum, code) => sum + (folded[code].length >> 1) + 1, 0);
    const words = new Int32Array(most), places = new Int32Array(most), table = new WordTable();
    let count = 0;
    this.starts = new Int32Array(folded.length);
    this.ends = new Int32Array(folded.length);
    for (const code of wanted) {
      const text = folded[code];
      this.starts[code] = count;
      for (let at = 0; at < text.length; at++) {
        const start = at;
        let hash = 0;
        for (; at < text.length && isWord(text, at); at++) {
          const unit = text.charCodeAt(at);
          hash = Math.imul(hash ^ unit, 0x1000193) ^ (hash >>> 13);
          // The second half of a pair goes with the first.
          if (unit >> 10 === 0x36) at++;
        }
        if (at === start) continue;
        words[count] = table.numberOf(text, start, at, hash);
        places[count++] = start;
      }
      this.ends[code] = count;
    }
    const { known } = table, ranks = new Int32Array(known.length), order = Int32Array.from(known.keys());
    order.sort((a, b) => (known[a] < known[b] ? -1 : 1)).forEach((number, rank) => { ranks[number] = rank; });
    this.known = Array.from(order, (number) => known[number]);
    this.ranks = words.subarray(0, count).map((number) => ranks[number]);
    this.places = places.slice(0, count);
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

/** A mark for each word that begins as one of the terms does. */
function wordsBeginning(known, terms) {
  const marks = new Uint8Array(known.length);
  const before = (word) => {
    let low = 0, high = known.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (known[middle] < word) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  for (const { words } of terms) marks.fill(1, before(words), before(`${words}\uffff`));
  return marks;
}

/** Lines as columns: the row of each, which of its hits it is, and the first word from its start and after its end. */
class ContextLines {
  constructor(sentences, index) {
    Object.assign(this, { sentences, index, rows: [], nth: [], starts: [], after: [] });
  }

  get length() { return this.rows.length; }

  add(row, nth, first, after) {
    this.rows.push(row);
    this.nth.push(nth);
    this.starts.push(first);
    this.after.push(after);
  }

  /** A line by its place in the folded sentence. */
  place(row, nth, from, to) {
    const code = this.sentences[row];
    this.add(row, nth, this.index.from(code, from), this.index.from(code, to));
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

/** The n-th smallest of some numbers, which are moved for it. */
function nthSmallest(numbers, n) {
  let low = 0, high = numbers.length - 1;
  while (low < high) {
    const pivot = numbers[(low + high) >> 1];
    let left = low, right = high;
    while (left <= right) {
      while (numbers[left] < pivot) left++;
      while (numbers[right] > pivot) right--;
      if (left > right) break;
      const other = numbers[left];
      numbers[left++] = numbers[right];
      numbers[right--] = other;
    }
    if (n <= right) high = right;
    else if (n >= left) low = left;
    else break;
  }
  return numbers[n];
}

/**
 * The first lines by keys of which each is a number a depth: first by that at depth 0, then at 1, until END. At each
 * depth only those are looked at that may still be among the first.
 */
function firstLines(count, most, key) {
  const taken = [];
  let among = new Int32Array(count);
  for (let line = 0; line < count; line++) among[line] = line;
  for (let depth = 0; among.length > most - taken.length; depth++) {
    const keys = new Int32Array(among.length);
    for (let at = 0; at < among.length; at++) keys[at] = key(among[at], depth);
    const edge = nthSmallest(keys.slice(), most - taken.length - 1);
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
