"""Chromium for the tests: a page that may reach nothing, and what it complained of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Chromium as root, as in CI, needs no sandbox; the rest keeps it from calling home.
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


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


@contextmanager
def open_browser(executable: str) -> Iterator[Any]:
    """Start headless Chromium with an empty profile."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def open_file(browser: Any, path: Path, **options: Any) -> Iterator[Watched]:
    """Open a page from disk with the network shut, and wait until all its views stand."""
    context = browser.new_context(**options)
    context.route("**/*", lambda route: route.continue_() if is_local(route.request.url) else route.abort())
    watched = Watched(context.new_page())
    page = watched.page
    page.on("request", lambda request: is_local(request.url) or watched.requests.append(request.url))
    page.on("console", watched.hear)
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on("dialog", watched.refuse)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-framelines-ready]", state="attached")
    yield watched
    context.close()


def is_local(address: str) -> bool:
    """Whether an address leads to the page itself."""
    return address.startswith(("file:", "blob:", "data:"))
