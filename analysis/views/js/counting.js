// Counts of rows or of articles by one or two dimensions, in one pass over the rows.

/** The values of a dimension by their number of rows in all the data, the largest first. */
function rankValues(dimension, totals = dimension.countAll()) {
  return Array.from(totals.keys()).sort((a, b) => totals[b] - totals[a] || a - b);
}

/** Rows in the order of their articles, so that each article is over before the next begins. */
function groupByArticle(engine, rows) {
  const { article, articles } = engine.data, next = new Int32Array(articles.length + 1), grouped = new Int32Array(rows.length);
  for (const row of rows) next[article[row] + 1]++;
  for (let at = 1; at < next.length; at++) next[at] += next[at - 1];
  for (const row of rows) grouped[next[article[row]]++] = row;
  return grouped;
}

/**
 * Count the rows that are selected, or their articles, in a table of all values of `rows` by those of `columns` that
 * have a column of their own (`wide`). What is counted counts once in a cell, also among the others.
 *
 * A line of `cells` has a number a column, then that of the other columns, then that of all. `foot` is such a line for
 * the whole, and `others(shown)` one for the rows of values that are not shown.
 */
function tallyCounts(tally, rows, columns, wide, byArticle) {
  const { rows: selected, ids, weights } = tally.counted(byArticle);
  const width = wide.length + 2, all = width - 1, slots = new Int32Array(columns ? columns.values.length : 0).fill(width - 2);
  wide.forEach((code, slot) => { slots[code] = slot; });
  const cells = new Int32Array(rows.values.length * width), stamps = new Int32Array(cells.length);
  const count = (numbers, last, at, id, weight) => {
    if (last[at] === id) return;
    last[at] = id;
    numbers[at] += weight;
  };
  const countLine = (numbers, last, start, at) => {
    const row = selected[at], id = (ids ? ids[at] : row) + 1, weight = weights ? weights[at] : 1;
    count(numbers, last, start + all, id, weight);
    if (columns) for (let of = columns.offsets[row]; of < columns.offsets[row + 1]; of++) count(numbers, last, start + slots[columns.flat[of]], id, weight);
  };
  const foot = new Int32Array(width), footStamps = new Int32Array(width);
  for (let at = 0; at < selected.length; at++) {
    const row = selected[at];
    countLine(foot, footStamps, 0, at);
    for (let of = rows.offsets[row]; of < rows.offsets[row + 1]; of++) countLine(cells, stamps, rows.flat[of] * width, at);
  }
  const others = (shown) => {
    const own = new Uint8Array(rows.values.length), numbers = new Int32Array(width), last = new Int32Array(width);
    for (const code of shown) own[code] = 1;
    for (let at = 0; at < selected.length; at++) {
      const row = selected[at];
      for (let of = rows.offsets[row]; of < rows.offsets[row + 1]; of++) if (!own[rows.flat[of]]) countLine(numbers, last, 0, at);
    }
    return numbers;
  };
  return { cells, foot, width, others };
}

/** A share in percent, in words: never 0 or 100 where it is not. */
function percentWords(number, total) {
  const share = (100 * number) / total;
  if (number && share < 0.5) return "<1 %";
  if (number < total && share > 99.5) return ">99 %";
  return `${Math.round(share)} %`;
}
