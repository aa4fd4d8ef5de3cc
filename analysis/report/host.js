// The exported page's stand-in for JupyterLab: it gives the views a model without a kernel, draws the
// Plotly figures, and turns boxes of tabs. It asks the network for nothing; the page's policy forbids it.

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
}

async function loadPlotly() {
  const packed = document.getElementById("framelines-plotly");
  const bytes = Uint8Array.from(atob(packed.textContent), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.src = blobUrl(await new Response(stream).text());
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error("the chart library did not load"));
    document.head.append(script);
  });
  return globalThis.Plotly;
}

async function drawFigures() {
  const boxes = [...document.querySelectorAll("[data-framelines-figure]")];
  if (!boxes.length) return;
  let plotly;
  try { plotly = await loadPlotly(); } catch (error) { return boxes.forEach((box) => refuse(box, error)); }
  for (const box of boxes) {
    try {
      const figure = JSON.parse(box.querySelector("script").textContent), place = document.createElement("div");
      const said = figure.layout?.meta?.description || figure.layout?.title?.text;
      box.setAttribute("role", "group");
      if (said) box.setAttribute("aria-label", `Chart. ${said}`);
      place.style.minWidth = `${figure.layout?.meta?.least_width || 0}px`;
      box.append(place);
      const config = { ...figure.config, responsive: true, displaylogo: false, plotlyServerURL: "" };
      if (place.clientWidth > box.clientWidth) box.tabIndex = 0;
      await plotly.newPlot(place, figure.data || [], { ...figure.layout, autosize: true }, config);
    } catch (error) { refuse(box, error); }
  }
  // Paper is narrower than the window: without this a printed chart is cut off.
  const resize = (width) => boxes.forEach((box) => box.lastElementChild && plotly.relayout(box.lastElementChild, width));
  addEventListener("beforeprint", () => resize({ width: 640, autosize: false }));
  addEventListener("afterprint", () => resize({ width: null, autosize: true }));
}

function startTabs(box) {
  const tabs = [...box.querySelectorAll(":scope > [role=tablist] > [role=tab]")];
  const panels = [...box.querySelectorAll(":scope > [role=tabpanel]")];
  const choose = (at, focus) => tabs.forEach((tab, index) => {
    tab.setAttribute("aria-selected", String(index === at));
    tab.tabIndex = index === at ? 0 : -1;
    panels[index].hidden = index !== at;
    if (index === at && focus) tab.focus();
    if (index === at) dispatchEvent(new Event("resize"));
  });
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => choose(index));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (step) choose((index + step + tabs.length) % tabs.length, true);
    });
  });
  choose(Math.max(0, tabs.findIndex((tab) => tab.getAttribute("aria-selected") === "true")));
}

// On a narrow window an open list of contents would push the page itself out of sight.
if (innerWidth < 800) document.querySelector(".contents details")?.removeAttribute("open");
document.querySelectorAll("[data-framelines-tabs]").forEach(startTabs);
const views = [...document.querySelectorAll("[data-framelines-view]")];
await Promise.all([...views.map(startView), drawFigures()]);
root.dataset.framelinesReady = "yes";
