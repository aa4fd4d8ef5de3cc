// The exported page's stand-in for JupyterLab: it gives the views a model without a kernel. It asks the network
// for nothing; the page's policy forbids it.

const root = document.documentElement;
const readJson = (id) => JSON.parse(document.getElementById(id)?.textContent || "null");
const saved = readJson("framelines-state") || { models: {}, shared: {} };
const blobUrl = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));

/** A widget's model: the part of the Jupyter interface that anywidget promises, on saved state. */
class SavedModel {
  constructor(id) {
    const state = saved.models[id];
    if (!state) throw new Error(`the view ${id} was not saved with the notebook`);
    this.state = Object.fromEntries(Object.entries(state).map(([name, value]) => [name, value?.$shared ? saved.shared[value.$shared] : value]));
    this.listeners = new Map();
    this.widget_manager = { get_model: async (other) => findModel(other) };
  }
  get(name) { return this.state[name]; }
  set(name, value) {
    const changes = typeof name === "string" ? { [name]: value } : name;
    for (const [key, next] of Object.entries(changes)) {
      if (this.state[key] === next) continue;
      this.state[key] = next;
      this.tell(`change:${key}`, next);
    }
    this.tell("change");
  }
  save_changes() {}
  send() {}
  on(names, listener) {
    for (const name of names.split(" ")) {
      if (!this.listeners.has(name)) this.listeners.set(name, new Set());
      this.listeners.get(name).add(listener);
    }
  }
  off(name, listener) {
    if (name == null) this.listeners.clear();
    else if (listener) this.listeners.get(name)?.delete(listener);
    else this.listeners.delete(name);
  }
  tell(name, value) { for (const listener of [...(this.listeners.get(name) || [])]) listener(this, value); }
}

const models = new Map(), modules = new Map(), styles = new Set();

function findModel(id) {
  if (!models.has(id)) models.set(id, new SavedModel(id));
  return models.get(id);
}

function loadModule(source) {
  if (!modules.has(source)) {
    modules.set(source, import(blobUrl(source)).then(({ default: made }) => (typeof made === "function" ? made() : made)));
  }
  return modules.get(source);
}

function addStyle(text) {
  if (!text || styles.has(text)) return;
  styles.add(text);
  const style = document.createElement("style");
  style.textContent = text;
  document.head.append(style);
}

function refuse(box, error) {
  console.error(error);
  const note = document.createElement("p");
  note.className = "notice";
  note.textContent = `This view could not start: ${error.message}.`;
  box.replaceChildren(note);
}

async function startView(box) {
  try {
    const model = findModel(box.dataset.framelinesView), widget = await loadModule(model.get("_esm"));
    addStyle(model.get("_css"));
    const signal = new AbortController().signal;
    const host = { getModel: async (reference) => findModel(reference.replace(/^anywidget:/, "")) };
    const el = document.createElement("div");
    await widget.initialize?.({ model, signal, experimental: {} });
    box.replaceChildren(el);
    await widget.render?.({ model, el, host, signal, experimental: {} });
  } catch (error) { refuse(box, error); }
  // Until here the place kept a height for the view, so that the page below does not jump far.
  box.dataset.drawn = "yes";
}
