// A sample coded by hand, one passage at a time. Python writes the answers; only what it confirms is "saved".

// n, p and u move and undo; 0 is none of them.
const CODE_KEYS = "123456789abcdefghijklmoqrstvwxyz";
const NONE_KEY = "0";
// What assistive technology calls the keys whose sign is no name.
const SPOKEN = { "←": "ArrowLeft P", "→": "ArrowRight N", Esc: "Escape" };
const PATIENCE = 5000;
const NO_ANSWER = "The kernel does not answer: it may be busy, or stopped. If it has stopped, run the cell again; "
  + "if that does not help, restart the kernel.";

/** Questions to Python, each answered once; `late` hears of the one that has waited too long. */
class Kernel {
  constructor(model, late) {
    this.model = model;
    this.late = late;
    this.waiting = new Map();
    this.hear = (message) => {
      const ask = this.waiting.get(message.id);
      if (!ask) return;
      this.waiting.delete(message.id);
      clearTimeout(ask.timer);
      if (message.kind === "done") ask.done();
      else ask.refused(message.why);
    };
    model.on("msg:custom", this.hear);
  }
  ask(message, done, refused) {
    const id = newId("ask");
    this.waiting.set(id, { done, refused, timer: setTimeout(this.late, PATIENCE, message.kind) });
    // A kernel that is known to be gone is told by an error.
    try { this.model.send({ ...message, id }); } catch { this.late(message.kind); }
  }
  end() {
    this.model.off("msg:custom", this.hear);
    for (const ask of this.waiting.values()) clearTimeout(ask.timer);
  }
}

/** Where the coder stands: the item shown, what is chosen and not saved yet, what Python has saved. */
class Coding {
  constructor(model) {
    this.model = model;
    this.drafts = new Map();
    this.begin();
  }
  get items() { return this.model.get("items"); }
  get questions() { return this.model.get("questions"); }
  get codes() { return this.model.get("codes"); }
  get item() { return this.items[this.at]; }
  begin() {
    this.drafts.clear();
    this.at = Math.max(0, this.nextOpen(0));
    if (this.nextOpen(0) < 0) this.at = this.items.length;
  }
  valuesOf(question, item = this.item) { return item.values[question.name] || question.values; }
  isDone(item) {
    const saved = this.codes[item.item] || {};
    return this.questions.every(({ name }) => saved[name]);
  }
  countDone() { return this.items.filter((item) => this.isDone(item)).length; }
  /** The first item from `from` on without all answers, else the first at all; -1 where all have them. */
  nextOpen(from) {
    const open = (item, index) => index >= from && !this.isDone(item);
    const after = this.items.findIndex(open);
    return after >= 0 || from === 0 ? after : this.nextOpen(0);
  }
  /** The values chosen for a question; null where it is not answered. */
  chosen(question) {
    const draft = this.drafts.get(this.item.item) || {};
    return (question.name in draft ? draft[question.name] : this.codes[this.item.item]?.[question.name]) ?? null;
  }
  choose(question, value) {
    const chosen = this.chosen(question), has = chosen?.includes(value);
    let next = has ? chosen.filter((each) => each !== value) : question.multiple ? [...(chosen || []), value] : [value];
    next = this.valuesOf(question).filter((each) => next.includes(each));
    this.draft(question, next.length ? next : null);
  }
  chooseNone(question) { this.draft(question, this.chosen(question)?.length === 0 ? null : []); }
  draft(question, values) {
    const item = this.item.item;
    this.drafts.set(item, { ...this.drafts.get(item), [question.name]: values });
  }
  isChanged() {
    const saved = this.codes[this.item.item] || {}, draft = this.drafts.get(this.item.item) || {};
    return Object.keys(draft).some((name) => JSON.stringify(draft[name]) !== JSON.stringify(saved[name] ?? null));
  }
  answers() { return Object.fromEntries(this.questions.map((question) => [question.name, this.chosen(question)])); }
  unanswered() { return this.questions.find((question) => this.chosen(question) === null); }
}

/** Key to what it chooses, over all questions of an item. */
function shareKeys(coding) {
  const keys = new Map(), free = [...CODE_KEYS];
  for (const question of coding.questions) {
    for (const value of coding.valuesOf(question)) {
      if (free.length) keys.set(free.shift(), { question, value });
    }
  }
  const none = coding.questions.find(({ multiple }) => multiple);
  if (none) keys.set(NONE_KEY, { question: none, none: true });
  return keys;
}

function drawPassage(coding) {
  const { item, at, items } = coding;
  const done = coding.isDone(item) ? (coding.isChanged() ? "changed, not saved" : "coded") : "not coded";
  const label = `Item ${at + 1} of ${items.length}, ${done}`;
  return make("div", { class: "fl-passage", tabindex: 0, role: "group", "aria-label": label, "data-key": "passage" },
    make("p", { class: "fl-source" }, make("strong", {}, item.outlet || "Outlet unknown"),
      item.headline ? make("span", { class: "fl-headline" }, item.headline) : null),
    make("blockquote", {}, make("span", { class: "fl-context" }, (item.cut[0] ? "… " : "") + item.before), make("mark", {}, item.text),
      make("span", { class: "fl-context" }, item.after + (item.cut[1] ? " …" : ""))));
}

function drawOption(panel, question, option, key) {
  const { coding } = panel, chosen = coding.chosen(question);
  const name = option.none ? "none of them" : option.value, meaning = option.none ? "" : question.definitions[option.value];
  const id = newId("meaning");
  const input = make("input", {
    type: question.multiple ? "checkbox" : "radio", name: `${panel.id}-${question.name}`, "data-key": `${question.name}:${name}`,
    "aria-describedby": panel.explained && meaning ? id : null, "aria-keyshortcuts": key,
    onchange: () => panel.toggle({ question, ...option }),
  });
  input.checked = option.none ? chosen?.length === 0 : Boolean(chosen?.includes(option.value));
  return make("li", {},
    make("label", { class: "fl-code" }, input, make("kbd", { "aria-hidden": "true" }, key ? key.toUpperCase() : " "), make("span", {}, name)),
    panel.explained && meaning ? make("p", { class: "fl-meaning", id }, meaning) : null);
}

function drawQuestion(panel, question, keys) {
  const keyOf = (value, none) => [...keys].find(([, each]) => each.question === question && (none ? each.none : each.value === value))?.[0];
  const options = panel.coding.valuesOf(question).map((value) => drawOption(panel, question, { value }, keyOf(value)));
  if (question.multiple) options.push(drawOption(panel, question, { none: true }, keyOf(null, true)));
  const several = question.multiple ? make("span", { class: "fl-note" }, " Several may be chosen.") : null;
  return make("fieldset", { class: "fl-question", disabled: !panel.ready },
    make("legend", {}, question.prompt, several), make("ul", { class: "fl-codes" }, ...options));
}

class CodingView {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.id = newId("coding");
    this.coding = new Coding(model);
    this.ready = this.pending = this.explained = this.renaming = false;
    this.typed = [];
    this.kernel = new Kernel(model, (kind) => this.tellLate(kind));
    this.body = make("div");
    // Both stand from the beginning: a live region that comes with its words is not read out.
    this.said = make("p", { class: "fl-said", role: "status" });
    this.alarm = make("p", { class: "fl-alarm", role: "alert" });
    heading(el, "Code by hand");
    el.append(this.said, this.alarm, this.body);
    el.addEventListener("keydown", (event) => this.press(event));
    this.redraw = () => this.draw();
    // What one coder has chosen is nothing to the next, in whichever view the name was given.
    this.restart = () => { this.coding.begin(); this.draw(); };
    model.on("change:codes", this.redraw);
    model.on("change:coder", this.restart);
    this.said.textContent = "Waiting for the kernel …";
    this.kernel.ask({ kind: "hello" }, () => { this.ready = true; this.say(this.model.get("note")); this.draw(); }, (why) => this.warn(why));
    this.draw();
  }
  end() {
    this.kernel.end();
    this.model.off("change:codes", this.redraw);
    this.model.off("change:coder", this.restart);
  }
  say(text) { this.said.textContent = text; this.alarm.textContent = ""; }
  warn(text) {
    this.alarm.textContent = text;
    this.alarm.scrollIntoView({ block: "nearest" });
  }
  tellLate(kind) {
    this.said.textContent = "";
    if (kind === "save") this.stopSaving(`Not saved; what you chose is kept here. ${NO_ANSWER}`);
    else this.warn(NO_ANSWER);
  }
  stopSaving(why) {
    this.pending = false;
    this.typed = [];
    this.said.textContent = "";
    this.warn(why);
  }

  draw() {
    const focused = this.body.contains(document.activeElement);
    const scrolled = [...this.body.querySelectorAll(".fl-codes")].map((list) => list.scrollTop);
    keepFocus(this.body, () => {
      const parts = this.model.get("coder") && !this.renaming ? this.drawCoding() : [this.drawName()];
      this.body.replaceChildren(...parts);
      for (const [index, list] of this.body.querySelectorAll(".fl-codes").entries()) list.scrollTop = scrolled[index] ?? 0;
    });
    // Without the focus, the next key would be a command to the notebook.
    if (focused && !this.body.contains(document.activeElement)) this.body.querySelector(".fl-passage, input")?.focus({ preventScroll: true });
  }
  drawName() {
    const input = make("input", { type: "text", name: "coder", autocomplete: "off", maxlength: 40, "data-key": "name", disabled: !this.ready });
    input.value = this.model.get("coder");
    const submit = () => this.nameCoder(input.value);
    // JupyterLab keeps Enter from submitting a form.
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") submit();
      else if (event.key === "Escape" && this.renaming) this.goBack();
    });
    return make("div", { class: "fl-controls" },
      make("label", { class: "fl-field" }, make("span", {}, "Your name as coder: letters, digits, dashes"), input),
      make("button", { type: "button", disabled: !this.ready, "data-key": "begin", onclick: submit }, "Begin"),
      this.renaming ? this.button("cancel", "Cancel", "Esc", () => this.goBack()) : null);
  }
  drawCoding() {
    const { coding } = this, { items } = coding, done = coding.countDone();
    const here = coding.item ? `${coding.at + 1} of ${items.length}` : "The end";
    const unsaved = coding.item && coding.isChanged() ? make("strong", { class: "fl-unsaved" }, " · not saved") : null;
    const head = make("div", { class: "fl-progress" },
      make("p", { class: "fl-statement" }, here, make("span", { class: "fl-note" }, ` · ${done} coded, ${items.length - done} to go`), unsaved),
      make("progress", { max: items.length, value: done, "aria-label": `${done} of ${items.length} coded` }),
      make("p", { class: "fl-note" }, `Coder: ${this.model.get("coder")}, in ${this.model.get("place")} `,
        make("button", { type: "button", class: "fl-change", "data-key": "rename", onclick: () => this.rename() }, "Change coder")));
    return coding.item ? [head, ...this.drawItem()] : [head, this.drawEnd(items.length - done)];
  }
  drawItem() {
    const { coding } = this, keys = shareKeys(coding);
    return [
      drawPassage(coding),
      ...coding.questions.map((question) => drawQuestion(this, question, keys)),
      make("div", { class: "fl-controls fl-moves" },
        this.button("save", "Save and go on", "Enter", () => this.save(), { class: "fl-main", disabled: !this.ready }),
        this.button("back", "Back", "←", () => this.move(-1), { disabled: coding.at === 0 }),
        this.button("next", "Next", "→", () => this.move(1)),
        this.button("undo", "Undo", "U", () => this.undo(), { disabled: !coding.isChanged() }),
        this.button("explain", "What the values mean", "?", () => this.explain(), { "aria-expanded": String(this.explained) })),
      this.explained ? make("p", { class: "fl-note" }, "Keys, while the panel has the focus: the signs before the values choose, Enter saves "
        + "and goes on, ← → (or P, N) move, U puts back what is saved, ? shows or hides this.") : null,
    ].filter(Boolean);
  }
  drawEnd(left) {
    const words = !this.coding.items.length ? "The sample has no items: there is nothing to code." : left ? `This is the end of the sample; ${left} ${left === 1 ? "item is" : "items are"} not coded yet.` : `All ${this.coding.items.length} items are coded. Run the cells below again to see what follows from it.`;
    return make("div", { class: "fl-passage", tabindex: 0, role: "group", "aria-label": words, "data-key": "passage" },
      make("p", {}, words),
      make("div", { class: "fl-controls" },
        left ? this.button("open", "Go to the first that is not coded", "", () => this.goTo(this.coding.nextOpen(0))) : null,
        this.button("back", "Back", "←", () => this.move(-1))));
  }
  button(key, label, shortcut, onclick, properties = {}) {
    const keys = shortcut ? { "aria-keyshortcuts": SPOKEN[shortcut] || shortcut } : {};
    return make("button", { type: "button", "data-key": key, onclick, ...keys, ...properties }, label, shortcut ? make("kbd", { "aria-hidden": "true" }, shortcut) : null);
  }

  press(event) {
    const typing = event.target.type === "text";
    if (typing || event.ctrlKey || event.altKey || event.metaKey || !this.model.get("coder") || this.renaming) return;
    const acts = event.target.matches("button, summary, a");
    const action = this.actionOf(event.key, acts);
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    // Keys that come before the answer are meant for the next item.
    if (this.pending) this.typed.push(event.key);
    else action();
  }
  actionOf(key, acts) {
    const moves = { ArrowLeft: () => this.move(-1), ArrowRight: () => this.move(1), p: () => this.move(-1), n: () => this.move(1) };
    const others = { u: () => this.undo(), "?": () => this.explain(), ...(acts ? {} : { Enter: () => this.save() }) };
    const name = key.length === 1 ? key.toLowerCase() : key;
    const chosen = this.ready && this.coding.item && (this.pending ? CODE_KEYS.includes(name) || name === NONE_KEY : shareKeys(this.coding).get(name));
    return moves[name] || others[name] || (chosen ? () => this.toggle(shareKeys(this.coding).get(name)) : null);
  }
  toggle(option) {
    if (!option) return;
    if (option.none) this.coding.chooseNone(option.question);
    else this.coding.choose(option.question, option.value);
    const chosen = this.coding.chosen(option.question);
    this.draw();
    this.say(chosen === null ? "Nothing chosen." : `Chosen: ${chosen.length ? chosen.join(", ") : "none of them"}.`);
  }
  undo() {
    if (!this.coding.item) return;
    this.coding.drafts.delete(this.coding.item.item);
    this.draw();
    this.say("Put back.");
  }
  explain() { this.explained = !this.explained; this.draw(); }
  move(step) { this.goTo(Math.min(Math.max(this.coding.at + step, 0), this.coding.items.length), ""); }
  goTo(at, before = "") {
    this.coding.at = at;
    this.draw();
    this.body.querySelector(".fl-passage").focus({ preventScroll: true });
    const { item, items } = this.coding;
    this.say(`${before}${item ? `Item ${at + 1} of ${items.length}.` : "The end."}`);
    // The next passage may begin above the window where the last one was long.
    this.el.firstElementChild.scrollIntoView({ block: "nearest" });
  }
  save() {
    const { coding } = this, { item, at } = coding;
    if (!item || !this.ready || this.pending) return;
    const open = coding.unanswered();
    if (open) return this.warn(`Choose a value first${open.multiple ? ", or 0 for none of them" : ""}: ${open.prompt}`);
    const draft = coding.drafts.get(item.item);
    this.pending = true;
    this.say("Saving …");
    this.kernel.ask({ kind: "save", item: item.item, answers: coding.answers() }, () => this.goOn(item, at, draft), (why) => this.stopSaving(`Not saved. ${why}`));
  }
  goOn(item, at, draft) {
    this.pending = false;
    // The mouse may have changed the answer while it was on its way.
    if (this.coding.drafts.get(item.item) !== draft) return this.say(`Saved ${at + 1} as it was; what you changed since is not saved yet.`);
    this.coding.drafts.delete(item.item);
    const next = this.coding.nextOpen(at + 1), end = this.coding.items.length;
    // Who has moved on meanwhile stays there.
    if (this.coding.at === at) this.goTo(next < 0 ? end : next, `Saved ${at + 1}. `);
    else this.say(`Saved ${at + 1}.`);
    while (this.typed.length && !this.pending) this.actionOf(this.typed.shift())?.();
  }
  rename() {
    this.renaming = true;
    this.say("");
    this.draw();
    this.body.querySelector("input").focus();
  }
  nameCoder(name) {
    this.kernel.ask({ kind: "name", coder: name }, () => this.goBack(`${this.model.get("note")} `), (why) => this.warn(why));
  }
  goBack(before = "") {
    this.renaming = false;
    this.goTo(this.coding.at, before);
  }
}

export default {
  render({ model, el, signal }) {
    const box = make("section", { class: "fl-view fl-view-coding", "data-view": "coding", "data-lm-suppress-shortcuts": "true" });
    el.append(box);
    const view = new CodingView(model, box);
    signal?.addEventListener("abort", () => view.end());
    return () => view.end();
  },
};
