"""Chromium for the tests: a page that may reach nothing, and what it complained of."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

# Chromium as root, as in CI, needs no sandbox; the rest keeps it from calling home.
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# What is out of sight is not laid out, and has no words that a browser calls visible: here all of it is read.
LAID_OUT = ".fl-view, .fl-view * { content-visibility: visible !important; }"
LAY_OUT = """(rules) => {
  document.head.append(Object.assign(document.createElement("style"), { textContent: rules }));
}"""
# A page may do what an act asks of it with the next refresh of the screen, and some of that with the one
# after; on a busy machine both come late. A page that is out of sight gets none.
SETTLED = """() => new Promise((settled) => {
  const refreshed = (then) => requestAnimationFrame(() => setTimeout(then));
  refreshed(() => refreshed(settled));
  setTimeout(settled, 5000);
})"""
ACTS = {
    "locator": (
        "blur", "check", "clear", "click", "fill", "focus", "hover", "press", "scroll_into_view_if_needed",
        "select_option", "uncheck",
    ),
    "keyboard": ("down", "press", "type", "up"),
    "mouse": ("click", "down", "move", "up", "wheel"),
    "page": ("emulate_media", "set_viewport_size"),
}  # fmt: skip
READY = "() => document.documentElement.hasAttribute('data-framelines-ready')"
# What waits asks the page itself, so that a slow machine and a fast one see the same.
POLL = """async (limit, ...given) => {
  const met = %s, end = performance.now() + limit;
  for (;;) {
    const answer = await met(...given);
    if (answer || performance.now() > end) return answer instanceof Node || answer || null;
    await new Promise((next) => setTimeout(next, 25));
  }
}"""
# The first match that is drawn: in closed details, Firefox gives places to what nobody sees.
FIRST = """(css) => [...document.querySelectorAll(css)]
  .find((node) => node.checkVisibility({ visibilityProperty: true }))"""
BOX = f"""(css) => {{
  const node = ({FIRST})(css);
  if (!node) return null;
  node.scrollIntoView({{ block: "center", inline: "nearest", behavior: "instant" }});
  const {{ x, y, width, height }} = node.getClientRects()[0];
  return {{ x, y, width, height }};
}}"""


class Driven(ABC):
    """A page that a test drives as a reader does, in whichever browser; places are CSS selectors."""

    complaints: list[str]
    requests: list[str]

    @abstractmethod
    def visit(self, path: Path, *, fragment: str = "", ready: bool = True) -> None:
        """Open a file and wait until all its views stand."""

    @abstractmethod
    def evaluate(self, script: str, *given: Any) -> Any:
        """What a function of the page gives back, as JSON would keep it."""

    @abstractmethod
    def click(self, css: str) -> None:
        """Click the first visible match with the mouse."""

    @abstractmethod
    def hover(self, css: str) -> None:
        """Put the pointer on the first visible match."""

    @abstractmethod
    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press the mouse at a point of the window, move it and let go."""

    @abstractmethod
    def press(self, key: str, css: str | None = None) -> None:
        """Press a key ("Tab", "Shift+Tab", "Enter"), after the focus was put on a match."""

    @abstractmethod
    def write(self, text: str) -> None:
        """Type letters where the focus is."""

    @abstractmethod
    def download(self, css: str) -> Path:
        """Click, and give the file that was saved."""

    @abstractmethod
    def screenshot(self, path: Path) -> None:
        """Save a picture of the window as PNG."""

    def type(self, text: str, css: str) -> None:
        """Type over what stands in a field."""
        self.focus(css)
        self.evaluate("() => document.activeElement.select()")
        self.press("Delete")
        self.write(text)

    def focus(self, css: str) -> None:
        """Put the focus on the first visible match."""
        script = f"(css) => {{ const node = ({FIRST})(css); node?.focus(); return !!node; }}"
        assert self.evaluate(script, css), f"nothing to be seen at {css}"

    def choose(self, css: str, value: str) -> None:
        """Choose an option of a list, or set a date, and tell the page so."""
        self.evaluate(
            """(css, value) => {
              const node = document.querySelector(css);
              node.value = value;
              for (const name of ["input", "change"]) node.dispatchEvent(new Event(name, { bubbles: true }));
            }""",
            css,
            value,
        )
        self.settle()

    def text(self, css: str) -> str:
        """The words of the first match, in sight or not: what is not may not be laid out."""
        return self.evaluate("(css) => document.querySelector(css).textContent", css)

    def texts(self, css: str) -> list[str]:
        """The words of every match."""
        return self.evaluate(
            "(css) => [...document.querySelectorAll(css)].map((node) => node.textContent)", css
        )

    def count(self, css: str) -> int:
        """How many matches there are."""
        return self.evaluate("(css) => document.querySelectorAll(css).length", css)

    def box(self, css: str) -> dict[str, float]:
        """Where the first visible match lies in the window, once it was brought there."""
        found = self.evaluate(BOX, css)
        assert found, f"nothing to be seen at {css}"
        return found

    def settle(self) -> None:
        """Wait until the page has done what was asked of it."""
        self.evaluate(SETTLED)

    def wait_for(self, script: str, *given: Any, seconds: float = 20) -> Any:
        """Ask a function of the page until it gives something."""
        found = self.evaluate(POLL % script, 1000 * seconds, *given)
        assert found, f"never came true: {script} {given}"
        return found


@dataclass
class Watched:
    """A page with what it asked the network for and what it wrote to the console."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def hear(self, said: Any) -> None:
        """Keep what the console was told as an error or a warning."""
        if said.type in ("error", "warning"):
            self.complaints.append(said.text)

    def refuse(self, dialog: Any) -> None:
        """Keep that a dialog was opened: no page of ours opens one."""
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def view(self, kind: str, number: int = 0) -> Any:
        """The n-th view of a kind, in the order of the page."""
        return self.page.locator(f".fl-view-{kind}").nth(number)


class ChromiumPage(Driven):
    """A page in Chromium, through playwright."""

    def __init__(self, watched: Watched) -> None:
        self.page, self.watched = watched.page, watched

    @property
    def requests(self) -> list[str]:
        return self.watched.requests

    @property
    def complaints(self) -> list[str]:
        return self.watched.complaints

    def visit(self, path: Path, *, fragment: str = "", ready: bool = True) -> None:
        self.page.goto(path.as_uri() + fragment)
        if ready:
            self.wait_for(READY, seconds=60)
            self.evaluate(LAY_OUT, LAID_OUT)
            self.settle()

    def evaluate(self, script: str, *given: Any) -> Any:
        return self.page.evaluate(f"given => ({script})(...given)", list(given))

    def click(self, css: str) -> None:
        self.page.locator(css).locator("visible=true").first.click()

    def hover(self, css: str) -> None:
        self.page.locator(css).locator("visible=true").first.hover()

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move(*end, steps=5)
        mouse.up()

    def press(self, key: str, css: str | None = None) -> None:
        if css:
            self.focus(css)
        self.page.keyboard.press("Space" if key == " " else key)

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)

    def download(self, css: str) -> Path:
        with self.page.expect_download() as started:
            self.click(css)
        return Path(started.value.path())

    def screenshot(self, path: Path) -> None:
        self.page.screenshot(path=path)


@contextmanager
def open_browser(executable: str) -> Iterator[Any]:
    """Start headless Chromium with an empty profile."""
    from playwright.sync_api import Locator, sync_playwright

    for name in ACTS["locator"]:
        setattr(Locator, name, settling(getattr(Locator, name), lambda locator: locator.page))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


def settle_acts(page: Any) -> None:
    """Let every act on a page end when the page has done what it asks for."""
    page.settles = True
    for part, of in (("keyboard", page.keyboard), ("mouse", page.mouse), ("page", page)):
        for name in ACTS[part]:
            setattr(of, name, settling(getattr(of, name), lambda *_: page))


def settling(act: Callable, page_of: Callable[..., Any]) -> Callable:
    """An act of playwright that waits for the page afterwards, where the page is one that settles."""
    from playwright.sync_api import Error

    @wraps(act)
    def act_and_settle(*given: Any, **options: Any) -> Any:
        answer, page = act(*given, **options), page_of(*given[:1])
        if getattr(page, "settles", False):
            try:
                page.evaluate(SETTLED)
            except Error:
                # It led to another page, or shut this one.
                if not page.is_closed():
                    page.wait_for_load_state()
        return answer

    return act_and_settle


@contextmanager
def watch_page(browser: Any, **options: Any) -> Iterator[Watched]:
    """A new page with the network shut."""
    context = browser.new_context(**options)
    context.route("**/*", lambda route: route.continue_() if is_local(route.request.url) else route.abort())
    watched = Watched(context.new_page())
    page = watched.page
    settle_acts(page)
    page.on("request", lambda request: is_local(request.url) or watched.requests.append(request.url))
    page.on("console", watched.hear)
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on("dialog", watched.refuse)
    yield watched
    context.close()


@contextmanager
def open_file(browser: Any, path: Path, **options: Any) -> Iterator[Watched]:
    """Open a page from disk with the network shut, and wait until all its views stand."""
    with watch_page(browser, **options) as watched:
        watched.page.goto(path.as_uri())
        watched.page.wait_for_selector("html[data-framelines-ready]", state="attached")
        watched.page.add_style_tag(content=LAID_OUT)
        watched.page.evaluate(SETTLED)
        yield watched


@contextmanager
def drive_chromium(
    browser: Any, *, width: int = 1280, height: int = 900, scheme: str = "light"
) -> Iterator[Driven]:
    """A new page of Chromium to be driven."""
    size = {"width": width, "height": height}
    with watch_page(browser, viewport=size, color_scheme=scheme, reduced_motion="reduce") as watched:
        yield ChromiumPage(watched)


def is_local(address: str) -> bool:
    """Whether an address leads to the page itself."""
    return address.startswith(("file:", "blob:", "data:", "about:"))
