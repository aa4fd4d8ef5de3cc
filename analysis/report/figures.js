// The charts of an exported page.

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
