// What Jupyter and the exported page call: draw the view that the model asks for.

const VIEWS = {
  filters: drawFilters, counts: drawCounts, timeline: drawTimeline, sentences: drawSentences, articles: drawArticles,
  lanes: drawLaneView, actor: drawActor, downloads: drawDownloads, claims: drawClaims, keyness: drawKeyness,
  story: drawStory, dates: drawDates, contexts: drawContexts, reader: drawReader,
};

// They say themselves what their counts are of.
const COUNTING = new Set(["filters", "counts", "dates", "sentences", "downloads"]);

export default {
  async render({ model, el, host, signal }) {
    const kind = model.get("kind"), view = document.createElement("div"), ended = new AbortController();
    const engine = await findEngine({ model, host });
    view.className = `fl-view fl-view-${kind}`;
    view.dataset.view = kind;
    // Typing in a view must not run the notebook's one-letter commands.
    view.setAttribute("data-lm-suppress-shortcuts", "true");
    el.append(view);
    meetView(engine, view);
    const drawView = VIEWS[kind] || drawFilters;
    engine.making = view;
    drawView(engine, model, view, ended.signal);
    if (!COUNTING.has(kind)) engine.watch(() => saySampled(engine, view, null), ended.signal);
    engine.making = null;
    signal?.addEventListener("abort", () => ended.abort());
    return () => ended.abort();
  },
};
