// All parts of the page, started.

startPage();
const views = [...document.querySelectorAll("[data-framelines-view]")];
await Promise.all([...views.map(startView), drawFigures()]);
root.dataset.framelinesReady = "yes";
