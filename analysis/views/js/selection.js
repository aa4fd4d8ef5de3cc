// A selection as a short string that can stand in a link: the same here and in Python (tokens.py). A token is a
// stranger's text: nothing of it is used that is not found in the data, and nothing of it can make this throw.

const TOKEN_VERSION = 1;
const LONGEST_TOKEN = 20000;
const LONGEST_WORDS = 500;
const MOST_TOKENS = 20;
// Row numbers say something about the very same rows alone, and many of them would make a link too long.
const MOST_TOLD_ROWS = 200;
const TOKEN_HASH = /^#framelines=(.+)$/;
const PICKED_PARTS = [["label", "l"], ["choices", "c"], ["article", "a"], ["dates", "d"], ["undated", "u"], ["rows", "r"]];

const isPlain = (value) => value != null && typeof value === "object" && !Array.isArray(value);
const isDayText = (value) => typeof value === "string" && /^[1-9]\d{3}-\d\d-\d\d$/.test(value) && isoDay(dayNumber(value)) === value;
const holds = (value) => (isPlain(value) ? Object.keys(value).length > 0 : Array.isArray(value) ? value.length > 0 : Boolean(value));
const cutWords = (value) => { const text = String(value); return text.length <= 60 ? text : `${text.slice(0, 59)}…`; };

/** Eight hexadecimal digits for a store's unit and dimensions (FNV-1a, 32 bits); how many rows it has is no part of it. */
function storeKey(data) {
  let key = 0x811c9dc5;
  for (const byte of new TextEncoder().encode([data.unit, ...data.dimensions.map(({ name }) => name)].join("\n"))) key = Math.imul(key ^ byte, 0x01000193);
  return (key >>> 0).toString(16).padStart(8, "0");
}

/** What is filtered and picked, by its words: it outlives a new run on more pages. */
function selectionToken(engine) {
  const { filters, picked } = engine, choices = {};
  for (const { name, values } of engine.data.dimensions) {
    const chosen = new Set(filters.choices?.[name] || []);
    if (chosen.size) choices[name] = values.filter((value) => chosen.has(value));
  }
  const told = (picked.rows?.length || 0) <= MOST_TOLD_ROWS;
  const mark = Object.fromEntries(PICKED_PARTS.filter(([name]) => told && holds(picked[name])).map(([name, short]) => [short, picked[name]]));
  const parts = { v: TOKEN_VERSION, k: storeKey(engine.data), n: engine.size, c: choices, s: filters.start, e: filters.end, q: (filters.search || "").trim(), p: mark };
  const bytes = new TextEncoder().encode(JSON.stringify(Object.fromEntries(Object.entries(parts).filter(([name, part]) => name === "n" || holds(part)))));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The parts of a token; null where it is none. */
function readToken(token) {
  if (typeof token !== "string" || token.length > LONGEST_TOKEN || !/^[\w-]+$/.test(token)) return null;
  try {
    const letters = atob(token.replaceAll("-", "+").replaceAll("_", "/"));
    const made = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0))));
    return isPlain(made) && typeof made.k === "string" ? made : null;
  } catch { return null; }
}

/** The picked mark of a token; null where any part of it is not there. */
function tokenMark(engine, parts) {
  const { data } = engine, given = parts.p, picked = {};
  for (const [name, short] of PICKED_PARTS) if (Object.hasOwn(given, short) && holds(given[short])) picked[name] = given[short];
  const { label, choices = {}, article, dates, undated = true, rows = [] } = picked;
  const sound = typeof label === "string" && isPlain(choices)
    && Object.entries(choices).every(([name, value]) => engine.column(name)?.values.includes(value))
    && (article == null || data.articles.some(({ id }) => id === article))
    && (dates == null || (Array.isArray(dates) && dates.length === 2 && dates.every(isDayText)))
    && undated === true && Array.isArray(rows)
    && rows.every((row) => Number.isInteger(row) && row >= 0 && row < engine.size) && (!rows.length || parts.n === engine.size);
  return sound ? { ...picked, label: label.slice(0, LONGEST_WORDS) } : null;
}

/** What a token selects here: filters, a picked mark, what of it is not there, and how much it asked for. */
function tokenSelection(engine, parts) {
  const filters = { choices: {}, start: "", end: "", search: "" }, missing = [], known = new Map(engine.data.dimensions.map((dimension) => [dimension.name, dimension]));
  let wanted = 0, picked = {};
  for (const [name, values] of isPlain(parts.c) ? Object.entries(parts.c) : []) {
    const words = new Set(Array.isArray(values) ? values.filter((value) => typeof value === "string") : []), there = known.get(name)?.values || [];
    const kept = there.filter((value) => words.has(value)), found = new Set(kept);
    wanted += words.size;
    missing.push(...[...words].filter((value) => !found.has(value)));
    if (kept.length) filters.choices[name] = kept;
  }
  for (const [short, name] of [["s", "start"], ["e", "end"]]) {
    if (!holds(parts[short])) continue;
    wanted++;
    if (isDayText(parts[short])) filters[name] = parts[short]; else missing.push(`${name} ${cutWords(parts[short])}`);
  }
  if (typeof parts.q === "string") filters.search = parts.q.slice(0, LONGEST_WORDS);
  if (isPlain(parts.p) && holds(parts.p)) {
    wanted++;
    const mark = tokenMark(engine, parts);
    if (mark) picked = mark; else missing.push(cutWords(typeof parts.p.l === "string" ? parts.p.l : "the mark that was picked"));
  }
  return { filters, picked, missing, wanted };
}

/** Select what a token says: whether that was done, and in words what could not be. */
function applyToken(engine, token) {
  const parts = readToken(token);
  if (!parts) return { restored: false, words: "The selection in this link cannot be read: the link may have been cut short." };
  if (parts.k !== storeKey(engine.data)) return { restored: false, words: "The selection in this link belongs to another page." };
  if (parts.v !== TOKEN_VERSION) return { restored: false, words: "The selection in this link was made by another version of Framelines." };
  const { filters, picked, missing, wanted } = tokenSelection(engine, parts), { length } = missing;
  engine.setFilters(filters);
  if (picked.label) engine.pick(picked);
  return { restored: true, words: length ? `${length} of ${wanted} ${wanted === 1 ? "choice" : "choices"} ${length === 1 ? "is" : "are"} not in this page: ${missing.map(cutWords).slice(0, 10).join(", ")}${length > 10 ? " …" : ""}.` : "" };
}

// ---- links of an exported page

const PAGE_VIEWS = new Map();
const isOwnPage = () => document.documentElement.classList.contains("framelines-page");

/** Once all views of an exported page stand, its link may select something in them. */
function meetView(engine, view) {
  if (!isOwnPage()) return;
  const first = !PAGE_VIEWS.size;
  if (!PAGE_VIEWS.has(engine)) PAGE_VIEWS.set(engine, []);
  PAGE_VIEWS.get(engine).push(view);
  if (!first) return;
  addEventListener("hashchange", takeTokens);
  const root = document.documentElement;
  const ready = new MutationObserver(() => { if (root.dataset.framelinesReady) { ready.disconnect(); takeTokens(); } });
  ready.observe(root, { attributes: true, attributeFilter: ["data-framelines-ready"] });
}

/** Each token goes to the engine with its key, if there are several to the one with as many rows. */
function takeTokens() {
  const tokens = TOKEN_HASH.exec(location.hash)?.[1].split(".").slice(0, MOST_TOKENS) || [];
  let shown = false;
  for (const token of tokens) {
    const parts = readToken(token), engines = [...PAGE_VIEWS.keys()].filter((engine) => parts && storeKey(engine.data) === parts.k);
    const engine = engines.find(({ size }) => size === parts.n) || engines[0];
    const { restored, words } = applyToken(engine || [...PAGE_VIEWS.keys()][0], token);
    const views = (engine ? PAGE_VIEWS.get(engine) : [...PAGE_VIEWS.values()].flat()).filter((view) => view.isConnected);
    const inOrder = views.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    const view = inOrder.find((each) => each.getClientRects().length) || inOrder[0];
    if (!view) continue;
    // Once the views are drawn again, the counts are those of the selection.
    queueMicrotask(() => showRestored(engine, view, [restored ? `A selection was restored from the link: ${engine.statement(engine.rows())}.` : "", words].filter(Boolean).join(" ")));
    if (!shown) { shown = true; requestAnimationFrame(() => (view.previousElementSibling || view).scrollIntoView({ block: "start" })); }
  }
}

/** A line above the first view that the link changed, with the way back. */
function showRestored(engine, view, words) {
  const before = view.previousElementSibling?.classList.contains("fl-restored") ? view.previousElementSibling : null;
  const said = make("p", { role: "status" }), box = before || make("div", { class: "fl-view fl-restored" });
  box.replaceChildren(said, engine ? make("button", { type: "button", onclick: () => { engine.reset(); box.remove(); } }, "Show everything") : "",
    make("button", { type: "button", onclick: () => box.remove() }, "Hide this line"));
  if (!before) view.before(box);
  said.textContent = words;
}

/** A button that copies the selection; where the browser refuses, the words stand in a field to be copied by hand. */
function copySelection(engine) {
  const isLink = isOwnPage(), field = make("input", { type: "text", readonly: true }), said = make("output", { class: "fl-copied" });
  const label = make("label", { class: "fl-field", hidden: true }, make("span", {}, `Copy this with Ctrl and C (⌘ and C on a Mac)`), field);
  const after = !isLink ? " In Python: explorer.use_token(\"…\") with the token between the marks."
    : location.protocol === "file:" ? " It opens this file where it lies now. Whoever has the file elsewhere adds the part from # on to its address." : "";
  const copy = async () => {
    const token = selectionToken(engine), text = isLink ? `${location.href.split("#")[0]}#framelines=${token}` : token;
    let copied = false;
    try { await navigator.clipboard.writeText(text); copied = true; } catch { /* Refused, or not to be had: the field is for that. */ }
    label.hidden = copied;
    field.value = text;
    said.textContent = `${copied ? `The ${isLink ? "link" : "token"} is copied.` : "The browser does not let this page copy: the words are marked in the field."}${after}`;
    if (!copied) { field.focus(); field.select(); }
  };
  const button = make("button", { type: "button", class: "fl-copy", "data-key": "copy", onclick: copy }, isLink ? "Copy a link to this selection" : "Copy a token of this selection");
  return { button, rest: [said, label] };
}
