// Columns of words as numbers, and which rows pass the filters.

/**
 * A column: each value stands once in `values`, and row r has the codes `flat[offsets[r]]` to before
 * `flat[offsets[r + 1]]`; `first[r]` is the first of them, -1 where there is none.
 */
class Column {
  constructor({ name, label, values, codes }) {
    Object.assign(this, { name, label, values, codes });
    const size = codes.length, several = codes.some(Array.isArray);
    this.offsets = new Int32Array(size + 1);
    for (let row = 0; row < size; row++) this.offsets[row + 1] = this.offsets[row] + (several && Array.isArray(codes[row]) ? codes[row].length : 1);
    this.flat = several ? Int32Array.from(codes.flat()) : Int32Array.from(codes);
    this.first = several ? Int32Array.from(codes, (code) => (Array.isArray(code) ? code[0] ?? -1 : code)) : this.flat;
  }

  /** The codes of each row as lists, for views that draw few of them. */
  get lists() { return (this.madeLists ??= this.codes.map((code) => (Array.isArray(code) ? code : [code]))); }

  /** The code of a value; undefined where the column has no such value. */
  codeOf(value) {
    this.made ??= new Map(this.values.map((each, code) => [each, code]));
    return this.made.get(value);
  }

  /** Whether a row has a code. */
  has(row, code) {
    for (let at = this.offsets[row]; at < this.offsets[row + 1]; at++) if (this.flat[at] === code) return true;
    return false;
  }

  /** Add the rows to a count a code; a row counts as many times as its weight says. */
  count(rows, counts = new Int32Array(this.values.length), weights = null) {
    const { offsets, flat } = this;
    for (const row of rows) for (let at = offsets[row]; at < offsets[row + 1]; at++) counts[flat[at]] += weights ? weights[row] : 1;
    return counts;
  }

  /** A count a code of all rows. */
  countAll(weights = null) { return this.count(Int32Array.from(this.codes.keys()), undefined, weights); }

  /** A mask with 1 for each row that has one of the values. */
  having(values) {
    const { offsets, flat } = this, wanted = new Uint8Array(this.values.length), mask = new Uint8Array(this.codes.length);
    for (const value of values) if (this.codeOf(value) != null) wanted[this.codeOf(value)] = 1;
    for (let row = 0; row < mask.length; row++) for (let at = offsets[row]; at < offsets[row + 1]; at++) mask[row] |= wanted[flat[at]];
    return mask;
  }
}

/** The rows that pass all filters, and those that one filter alone keeps out: every count comes of this one pass. */
class Passing {
  constructor(size, masks) {
    this.names = [...masks.keys()];
    this.alone = this.names.map(() => []);
    this.rows = [];
    this.kept = new Map();
    this.counts = new Map();
    const fails = new Uint8Array(size), failed = new Uint8Array(size);
    [...masks.values()].forEach((mask, at) => {
      for (let row = 0; row < size; row++) if (!mask[row]) { fails[row]++; failed[row] = at; }
    });
    for (let row = 0; row < size; row++) {
      if (!fails[row]) this.rows.push(row);
      else if (fails[row] === 1) this.alone[failed[row]].push(row);
    }
  }

  /** Rows that no other filter keeps out than the named one. */
  only(name) { return this.alone[this.names.indexOf(name)] || []; }

  /** Rows that pass all filters but the named one. */
  without(name) {
    const more = this.only(name);
    if (!more.length) return this.rows;
    if (!this.kept.has(name)) this.kept.set(name, Array.from(Int32Array.from([...this.rows, ...more]).sort()));
    return this.kept.get(name);
  }
}
