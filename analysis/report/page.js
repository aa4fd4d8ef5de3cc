// The page around the views: boxes of tabs, the list of contents, code folded away, words to copy.

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

/** Mark in the list of contents which section is read. */
function followContents() {
  const nav = document.querySelector(".contents");
  const links = new Map([...(nav?.querySelectorAll("a") || [])].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
    const here = links.get(passed.at(-1)?.id);
    if (here?.hasAttribute("aria-current")) return;
    for (const link of links.values()) link.removeAttribute("aria-current");
    if (!here) return;
    here.setAttribute("aria-current", "true");
    const box = nav.getBoundingClientRect(), line = here.getBoundingClientRect();
    if (line.top < box.top || line.bottom > box.bottom) nav.scrollTop += line.top - box.top - box.height / 3;
  };
  // The watched band ends at a third of the window: a heading that enters or leaves it begins or ends a section.
  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  headings.forEach((heading) => observer.observe(heading));
}

/** One switch opens or folds away the code of every cell; each can still be opened by itself. */
function startCodeSwitch() {
  const button = document.querySelector(".code-switch"), cells = document.querySelectorAll("details.code");
  if (!button || !cells.length) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(shown));
    for (const cell of cells) cell.open = shown;
  });
}

/** Copy the words of an element; where the browser does not allow it, select them for the reader's own keys. */
async function copyWords(button) {
  const source = document.getElementById(button.dataset.framelinesCopy);
  const told = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(source.textContent);
    told.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(source);
    told.textContent = "Selected: press Ctrl+C to copy.";
  }
}

const PAPER = 680;

/** Shrink the tables that paper is too narrow for: there nobody can scroll to what is cut off. */
function fitTables() {
  const tables = [...document.querySelectorAll(".page table")];
  addEventListener("beforeprint", () => tables.forEach((table) => {
    const box = table.parentElement, kept = [box.style.width, table.style.fontSize];
    [box.style.width, table.style.fontSize] = [`${PAPER}px`, "9pt"];
    const width = table.scrollWidth;
    [box.style.width, table.style.fontSize] = kept;
    if (width > PAPER) table.style.zoom = PAPER / width;
  }));
  addEventListener("afterprint", () => tables.forEach((table) => { table.style.zoom = ""; }));
}

/** What the page does without its views. */
function startPage() {
  // On a narrow window an open list of contents would push the page itself out of sight.
  if (innerWidth < 800) document.querySelector(".contents details")?.removeAttribute("open");
  document.querySelectorAll("[data-framelines-tabs]").forEach(startTabs);
  followContents();
  startCodeSwitch();
  fitTables();
  for (const button of document.querySelectorAll("[data-framelines-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copyWords(button));
  }
}
