// The page around the views: boxes of tabs and the list of contents.

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

/** What the page does without its views. */
function startPage() {
  // On a narrow window an open list of contents would push the page itself out of sight.
  if (innerWidth < 800) document.querySelector(".contents details")?.removeAttribute("open");
  document.querySelectorAll("[data-framelines-tabs]").forEach(startTabs);
}
