// Pieces of the lists: nodes that stay as long as their row stays, orders of rows, and what is said aloud.

/** The children of a box, by key. What is shown again is the same node: its focus stays, and what is opened in it. */
class KeyedList {
  constructor(box, build) { Object.assign(this, { box, build, nodes: new Map() }); }

  show(keys) {
    const wanted = new Set(keys);
    for (const [key, node] of this.nodes) {
      if (wanted.has(key)) continue;
      node.remove();
      this.nodes.delete(key);
    }
    let at = this.box.firstChild;
    for (const key of keys) {
      let node = this.nodes.get(key);
      if (!node) this.nodes.set(key, (node = this.build(key)));
      if (node === at) at = at.nextSibling;
      else this.box.insertBefore(node, at);
    }
  }

  clear() {
    this.nodes.clear();
    this.box.replaceChildren();
  }
}

/** A choice with its name beside it; `options` are pairs of a value and its words. */
function choiceField(name, options, change) {
  const select = make("select", { "aria-label": name, onchange: change }, ...options.map(([value, words]) => make("option", { value }, words)));
  return { select, box: make("label", { class: "fl-field fl-inline" }, make("span", {}, name), select) };
}

/** A region that is read aloud; the same words twice are said once. Filters announce what they leave by themselves. */
function announcer() {
  const node = make("p", { class: "fl-hidden", role: "status" });
  return { node, say: (words) => { if (node.textContent !== words) node.textContent = words; } };
}

/** Only on paper: that a list goes on. */
function setUnprinted(node, count, noun) {
  node.textContent = count > 0 ? `${count} more ${noun} are not printed.` : "";
}

/** Escape lets go of the mark that is picked, wherever in the box the focus is. */
function letGoByEscape(box, engine) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !engine.picked.label) return;
    event.stopPropagation();
    engine.pick({});
  });
}

/** The one of several marks that is in the order of Tab; arrow keys go to the others. */
class TabStop {
  /** Stay at the mark, or go to another where it is gone. */
  keep(mark = this.mark, otherwise = null) {
    const next = mark?.isConnected ? mark : otherwise;
    if (next === this.mark) return;
    this.mark?.setAttribute("tabindex", -1);
    next?.setAttribute("tabindex", 0);
    this.mark = next;
  }
}

// Where a key leads in a list: from a place, in a list that ends at another.
const LINE_STEPS = { ArrowDown: (at) => at + 1, ArrowUp: (at) => at - 1, Home: () => 0, End: (at, last) => last };

const ROW_SORTS = [["reading", "as in the articles"], ["newest", "newest first"], ["oldest", "oldest first"],
  ["outlet", "by outlet"], ["shortest", "shortest interval first"]];
const LATE = 1e9;

/** The orders of rows: each is made once and kept for as long as the data are the same. */
class RowOrders {
  constructor(engine) { Object.assign(this, { engine, generation: null }); }

  /** All rows in an order. What has no date stands last. */
  order(name) {
    const { engine } = this, { from, to, article, articles } = engine.data;
    if (this.generation !== engine.generation) Object.assign(this, { generation: engine.generation, kept: new Map(), wanted: new Uint8Array(engine.size) });
    if (this.kept.has(name)) return this.kept.get(name);
    const outlets = rankWords(articles.map((each) => each.outlet)), keys = {
      newest: [(row) => -(to[row] ?? -LATE), (row) => -(from[row] ?? -LATE)],
      oldest: [(row) => from[row] ?? LATE, (row) => to[row] ?? LATE],
      outlet: [(row) => outlets[article[row]]],
      shortest: [(row) => (from[row] == null ? LATE : to[row] - from[row]), (row) => from[row] ?? LATE],
    }[name].map((key) => Int32Array.from({ length: engine.size }, (_, row) => key(row)));
    const order = Int32Array.from({ length: engine.size }, (_, row) => row);
    order.sort((a, b) => keys[0][a] - keys[0][b] || (keys[1] ? keys[1][a] - keys[1][b] : 0) || a - b);
    this.kept.set(name, order);
    return order;
  }

  /** The first rows of a selection in an order, without sorting it anew. */
  first(name, rows, count) {
    if (name === "reading") return Array.from(rows.slice(0, count));
    const order = this.order(name), { wanted } = this, found = [];
    for (const row of rows) wanted[row] = 1;
    for (let at = 0; at < order.length && found.length < count; at++) if (wanted[order[at]]) found.push(order[at]);
    for (const row of rows) wanted[row] = 0;
    return found;
  }
}

/** Ranks of words by the alphabet, whatever their case; those of no outlet come last. */
function rankWords(words) {
  const ranked = [...new Set(words)].sort((a, b) => (a === NO_OUTLET) - (b === NO_OUTLET) || a.localeCompare(b, "en", { sensitivity: "base" }) || (a < b ? -1 : 1));
  const ranks = new Map(ranked.map((word, at) => [word, at]));
  return words.map((word) => ranks.get(word));
}
