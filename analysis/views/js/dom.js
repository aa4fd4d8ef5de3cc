// Small pieces of page. Text enters the page as text nodes only, never as markup.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = [
  "M6 1a5 5 0 1 0 .01 0z", "M1.5 1.5h9v9h-9z", "M6 1l5.2 9.6H.8z", "M6 .5L11.5 6 6 11.5.5 6z",
  "M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z", "M6 11L.8 1.4h10.4z",
  "M6 .6l1.6 3.6 3.9.4-2.9 2.6.8 3.9L6 9.1l-3.4 2 .8-3.9L.5 4.6l3.9-.4z",
];
const COLOURS = 7;
const DRAWN = new Map();
// Some hosts load this script once a view; no two views of a page may give one id.
const IDS = (globalThis[Symbol.for("framelines.ids.1")] ??= { made: 0 });

/** Make an element; `on…` properties become listeners, null and false are left out. */
function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

function newId(stem) { return `fl-${stem}-${IDS.made++}`; }

/** Colour and shape of the n-th value: colour is never the only signal. Words stand beside it. */
function symbol(index) {
  // Copying a drawn symbol is several times as fast as drawing hundreds anew at each keystroke.
  if (!DRAWN.has(index)) {
    const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    svg.setAttribute("viewBox", "0 0 12 12");
    svg.setAttribute("class", `fl-symbol fl-colour-${index % COLOURS}`);
    svg.setAttribute("aria-hidden", "true");
    // Shape moves on after each round of colours, so that the pairs repeat only after 49 values.
    path.setAttribute("d", SHAPES[(index + Math.floor(index / COLOURS)) % SHAPES.length]);
    svg.append(path);
    DRAWN.set(index, svg);
  }
  return DRAWN.get(index).cloneNode(true);
}

function legend(dimension, used) {
  const items = dimension.values.map((value, index) => [value, index]).filter(([, index]) => used.has(index));
  return items.map(([value, index]) => make("li", {}, symbol(index), make("span", {}, value)));
}

/** Let a box have these children in this order: only those that stand elsewhere are moved. */
function arrange(box, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...box.children]) if (!wanted.has(node)) node.remove();
  let at = box.firstChild;
  for (const node of nodes) if (node === at) at = at.nextSibling; else box.insertBefore(node, at);
}

/** Redraw inside `box` and give the focus back to the element with the same data-key. */
function keepFocus(box, redraw) {
  const active = document.activeElement;
  const key = box.contains(active) ? active.dataset.key : null;
  redraw();
  if (key != null && document.activeElement !== active) {
    [...box.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key)?.focus({ preventScroll: true });
  }
}

/** Say why nothing is shown, with the ways out: the one filter that is most in the way, or all of them. */
function emptyNote(engine) {
  const { data, picked } = engine, note = make("div", { class: "fl-empty" }), say = (words) => note.append(make("p", {}, words));
  const offer = (key, words, act) => note.append(make("button", { type: "button", "data-key": `empty-${key}`, onclick: act }, words));
  if (!engine.size) {
    say(data.empty || `This corpus has no ${data.units}.`);
    return note;
  }
  const left = engine.undatedLeftOut(), words = engine.filterWords(), tally = engine.tally(), more = left ? ` ${left} more have no date.` : "";
  const there = tally.passing.rows.length;
  if (tally !== engine.own && there && !engine.rows().length) {
    say(`None of the ${engine.countUnits(tally.number(tally.passing.rows))} with ${words.join("; ")} is in the sample of ${engine.numberWords(engine.size)}.`);
  } else if (picked.label && engine.rows().length) {
    say(`No ${data.units} for ${picked.label} under these filters.${more}`);
    offer("pick", `Let go of ${picked.label}`, () => engine.pick({}));
  } else {
    const way = engine.wayOut(), alone = way ? ` Without ${way.short} there ${way.number === 1 ? "is" : "are"} ${way.number}.`
      : words.length > 1 ? " To drop one of them alone does not help." : "";
    say(`No ${data.units} with ${words.join("; ") || "this choice"}.${alone} There are ${engine.numberWords(tally.total)} without filters.${more}`);
    if (way) offer("drop", `Drop ${way.short}`, () => engine.drop(way.name));
  }
  offer("reset", "Reset the filters", () => engine.reset());
  return note;
}

/** A click or Enter on a mark reads its sentences; the same mark again lets go of it. */
function pickButton(engine, what, properties, ...children) {
  const node = make("button", { type: "button", ...properties }, ...children);
  node.addEventListener("click", (event) => {
    const again = engine.picked.label === node.pick?.label;
    // A click made by the keyboard has no detail: then the focus follows to the sentences.
    engine.pick(again ? {} : node.pick, { read: !again && event.detail === 0 });
  });
  node.pick = what;
  return node;
}

/** Set only the marks whose state changed: each write costs the browser a new look at the style. */
function pressButtons(buttons, engine) {
  const { label } = engine.picked;
  for (const button of buttons) {
    if (!button.pick) continue;
    const pressed = button.pick.label === label;
    if (button.pressed !== pressed) button.setAttribute("aria-pressed", button.pressed = pressed);
  }
}

const showPressed = (box, engine) => pressButtons(box.querySelectorAll("button"), engine);

function heading(el, text, note) {
  const id = newId("title");
  el.setAttribute("role", "group");
  el.setAttribute("aria-labelledby", id);
  el.append(make("p", { class: "fl-title", id }, text));
  if (note) el.append(make("p", { class: "fl-note" }, note));
}
