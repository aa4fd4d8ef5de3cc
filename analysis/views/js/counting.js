// Counts of rows or of articles by one or two dimensions, in one pass over the rows.

/** The values of a dimension by their number of rows in all the data, the largest first. */
function rankValues(dimension) {
  const totals = new Int32Array(dimension.values.length);
  for (const code of dimension.flat) totals[code]++;
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
function tallyCounts(engine, rows, columns, wide, byArticle) {
  const selected = byArticle ? groupByArticle(engine, engine.rows()) : engine.rows(), { article } = engine.data;
  const width = wide.length + 2, all = width - 1, slots = new Int32Array(columns ? columns.values.length : 0).fill(width - 2);
  wide.forEach((code, slot) => { slots[code] = slot; });
  const cells = new Int32Array(rows.values.length * width), stamps = new Int32Array(cells.length);
  const count = (numbers, last, at, id) => {
    if (last[at] === id) return;
    last[at] = id;
    numbers[at]++;
  };
  const countLine = (numbers, last, start, row, id) => {
    count(numbers, last, start + all, id);
    if (columns) for (let at = columns.offsets[row]; at < columns.offsets[row + 1]; at++) count(numbers, last, start + slots[columns.flat[at]], id);
  };
  const foot = new Int32Array(width), footStamps = new Int32Array(width);
  for (const row of selected) {
    const id = (byArticle ? article[row] : row) + 1;
    countLine(foot, footStamps, 0, row, id);
    for (let at = rows.offsets[row]; at < rows.offsets[row + 1]; at++) countLine(cells, stamps, rows.flat[at] * width, row, id);
  }
  const others = (shown) => {
    const own = new Uint8Array(rows.values.length), numbers = new Int32Array(width), last = new Int32Array(width);
    for (const code of shown) own[code] = 1;
    for (const row of selected) {
      for (let at = rows.offsets[row]; at < rows.offsets[row + 1]; at++) {
        if (!own[rows.flat[at]]) countLine(numbers, last, 0, row, (byArticle ? article[row] : row) + 1);
      }
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
