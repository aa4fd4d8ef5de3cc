// The charts of an exported page: drawn ones get their keys and their tooltip, others are left to Plotly.

const SVG_NAMES = "http://www.w3.org/2000/svg";
// How near to a mark a pointer counts as on it, in pixels.
const NEAR = 12;

const tip = { box: null, mark: null, timer: 0 };

function tipBox() {
  if (tip.box) return tip.box;
  const box = tip.box = document.createElement("div");
  box.className = "framelines-tip";
  box.hidden = true;
  // A mark's name has the same words.
  box.setAttribute("aria-hidden", "true");
  box.addEventListener("pointerenter", () => clearTimeout(tip.timer));
  box.addEventListener("pointerleave", hideTipSoon);
  document.body.append(box);
  addEventListener("keydown", (event) => event.key === "Escape" && hideTip());
  addEventListener("resize", hideTip);
  return box;
}

function showTip(mark) {
  const box = tipBox();
  clearTimeout(tip.timer);
  if (tip.mark === mark && !box.hidden) return;
  tip.mark = mark;
  box.textContent = mark.getAttribute("aria-label");
  box.hidden = false;
  const around = mark.getBoundingClientRect(), own = box.getBoundingClientRect();
  const above = around.top - own.height - 8;
  const left = Math.min(Math.max(8, around.left + around.width / 2 - own.width / 2), document.documentElement.clientWidth - own.width - 8);
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${(above > 4 ? above : around.bottom + 8) + scrollY}px`;
}

function hideTip() {
  clearTimeout(tip.timer);
  if (tip.box) tip.box.hidden = true;
  tip.mark = null;
}

/** Time to move the pointer onto the words. */
function hideTipSoon() {
  clearTimeout(tip.timer);
  tip.timer = setTimeout(() => document.activeElement === tip.mark || hideTip(), 250);
}

/** The mark under the pointer, or the nearest one that is nearly under it: some are a pixel wide. */
function markAt(marks, event) {
  const hit = event.target.closest("[role=img]");
  if (hit) return hit;
  let best = null, least = NEAR;
  for (const mark of marks) {
    const box = mark.getBoundingClientRect();
    const away = Math.hypot(
      Math.max(box.left - event.clientX, 0, event.clientX - box.right), Math.max(box.top - event.clientY, 0, event.clientY - box.bottom),
    );
    if (away < least) [best, least] = [mark, away];
  }
  return best;
}

/** The marks in two orders: row by row, and from left to right. */
function orderMarks(marks) {
  const placed = marks.map((mark) => {
    const box = mark.getBBox();
    return { mark, x: box.x + box.width / 2, y: box.y + box.height / 2 };
  });
  const by = (a, b) => (one, two) => Math.round((one[a] - two[a]) / 4) || one[b] - two[b];
  return { down: [...placed].sort(by("y", "x")), across: [...placed].sort(by("x", "y")) };
}

function startMarks(svg) {
  const marks = [...svg.querySelectorAll("[role=img]")];
  if (!marks.length) return;
  let orders = null;
  const stop = (mark) => {
    svg.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    mark.setAttribute("tabindex", "0");
    return mark;
  };
  stop(marks[0]);
  const said = svg.getAttribute("aria-label"), count = marks.length === 1 ? "1 mark" : `${marks.length} marks`;
  svg.setAttribute("aria-label", `${said} ${count}${marks.length > 1 ? "; the arrow keys move from one to the next" : ""}.`);
  // On the box around it: a drawing that listens for the focus is taken for a stop of its own by Chromium.
  const around = svg.parentElement;
  around.addEventListener("keydown", (event) => {
    const mark = event.target.closest("[role=img]");
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: 0, End: 0 }[event.key];
    if (!mark || step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    orders ??= orderMarks(marks);
    const order = /Left|Right/.test(event.key) ? orders.across : orders.down;
    const at = order.findIndex((one) => one.mark === mark) + step;
    const next = event.key === "Home" ? 0 : event.key === "End" ? order.length - 1 : Math.min(Math.max(at, 0), order.length - 1);
    stop(order[next].mark).focus();
  });
  around.addEventListener("focusin", (event) => { const mark = event.target.closest("[role=img]"); if (mark) showTip(stop(mark)); });
  around.addEventListener("focusout", hideTip);
  const follow = (event) => { const mark = markAt(marks, event); if (mark) showTip(mark); else if (tip.mark) hideTipSoon(); };
  svg.addEventListener("pointermove", follow);
  svg.addEventListener("pointerdown", follow);
  svg.addEventListener("pointerleave", hideTipSoon);
}

/** The title above a chart, and the sentence that says what it shows. */
function figureWords(box) {
  const figure = JSON.parse(box.querySelector("script").textContent);
  const said = String(figure.layout?.meta?.description || figure.layout?.title?.text || "");
  let title = "";
  for (const head of document.querySelectorAll(".framelines-chart-title")) {
    const before = head.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (before && said.startsWith(head.textContent)) title = head.textContent;
  }
  title ||= said.split(". ")[0] || "Chart";
  return { title, sentence: said.startsWith(`${title}. `) ? said.slice(title.length + 2) : said };
}

/** Keep a drawing as a file of its own: on white, in the colours of paper, with its title and its sentence. */
function saveSvg(svg, { title, sentence }) {
  const tag = (name, text) => {
    const node = document.createElementNS(SVG_NAMES, name);
    node.textContent = text;
    return node;
  };
  const ground = tag("rect", "");
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: "#fff" })) ground.setAttribute(name, value);
  svg.prepend(tag("title", title), tag("desc", sentence), ground);
  svg.querySelectorAll("[tabindex]").forEach((node) => node.removeAttribute("tabindex"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }));
  link.download = `${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 80) || "chart"}.svg`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** A button under a chart that keeps it as a file. */
function addSave(box, copySvg) {
  const button = document.createElement("button"), words = figureWords(box);
  button.type = "button";
  button.className = "framelines-save";
  button.textContent = "Download as SVG";
  button.setAttribute("aria-label", `Download as SVG: ${words.title}`);
  button.addEventListener("click", async () => saveSvg(await copySvg(), words));
  box.append(button);
}

function startDrawing(box) {
  const drawings = [...box.querySelectorAll("svg.framelines-drawing")];
  drawings.forEach(startMarks);
  addSave(box, () => drawings[0].cloneNode(true));
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

async function plotFigure(plotly, box) {
  const figure = JSON.parse(box.querySelector("script").textContent), place = document.createElement("div");
  const said = figure.layout?.meta?.description || figure.layout?.title?.text;
  box.setAttribute("role", "group");
  if (said) box.setAttribute("aria-label", `Chart. ${said}`);
  place.className = "framelines-plot";
  place.style.minWidth = `${figure.layout?.meta?.least_width || 0}px`;
  box.append(place);
  const config = { ...figure.config, responsive: true, displaylogo: false, plotlyServerURL: "" };
  if (place.clientWidth > box.clientWidth) box.tabIndex = 0;
  await plotly.newPlot(place, figure.data || [], { ...figure.layout, autosize: true }, config);
  addSave(box, async () => {
    const size = { width: place.clientWidth, height: place.clientHeight };
    const text = await plotly.toImage(place, { format: "svg", imageDataOnly: true, ...size });
    return new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  });
}

async function drawFigures() {
  const boxes = [...document.querySelectorAll("[data-framelines-figure]")];
  boxes.filter((box) => box.dataset.framelinesFigure === "drawn").forEach(startDrawing);
  const plotted = boxes.filter((box) => box.dataset.framelinesFigure !== "drawn");
  if (!plotted.length) return;
  let plotly;
  try { plotly = await loadPlotly(); } catch (error) { return plotted.forEach((box) => refuse(box, error)); }
  for (const box of plotted) {
    try { await plotFigure(plotly, box); } catch (error) { refuse(box, error); }
  }
  // Paper is narrower than the window: without this a printed chart is cut off.
  const resize = (change) => plotted.forEach((box) => {
    const place = box.querySelector(".framelines-plot");
    if (place) plotly.relayout(place, change);
  });
  addEventListener("beforeprint", () => resize({ width: 640, autosize: false }));
  addEventListener("afterprint", () => resize({ width: null, autosize: true }));
}
