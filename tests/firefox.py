"""Firefox for the tests, as Debian packages it: driven over WebDriver BiDi, which it speaks by itself."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from browser import LAID_OUT, LAY_OUT, READY, Driven, is_local
from processes import end_process

# Nothing is fetched, reported or asked; what would be goes to a port that nobody listens at.
PREFERENCES: dict[str, bool | int | str] = {
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.aboutwelcome.enabled": False,
    # The list of downloads would take the keys away from the page.
    "browser.download.alwaysOpenPanel": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "layout.css.prefers-color-scheme.content-override": 1,
    "messaging-system.rsexperimentloader.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disabled": True,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.proxy.type": 1,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    "ui.prefersReducedMotion": 1,
}
EVENTS = (
    "log.entryAdded", "network.beforeRequestSent", "browsingContext.userPromptOpened",
    "browsingContext.downloadEnd",
)  # fmt: skip
# The code points that WebDriver gives to keys without a letter.
KEYS = {
    "Backspace": "\ue003", "Tab": "\ue004", "Enter": "\ue006", "Shift": "\ue008", "Control": "\ue009",
    "Alt": "\ue00a", "Escape": "\ue00c", "PageUp": "\ue00e", "PageDown": "\ue00f", "End": "\ue010",
    "Home": "\ue011", "ArrowLeft": "\ue012", "ArrowUp": "\ue013", "ArrowRight": "\ue014",
    "ArrowDown": "\ue015", "Delete": "\ue017", "Space": " ",
}  # fmt: skip
CALL = "async (given) => JSON.stringify(await (%s)(...JSON.parse(given)) ?? null)"


class Firefox:
    """A running Firefox: commands, each with its answer, and what it tells in between, kept by page."""

    def __init__(self, socket: Any, downloads: Path) -> None:
        self.socket, self.last = socket, 0
        self.pages: dict[str, FirefoxPage] = {}
        behaviour = {"unhandledPromptBehavior": {"default": "dismiss"}}
        self.call("session.new", capabilities={"alwaysMatch": behaviour})
        self.call("session.subscribe", events=list(EVENTS))
        saved = {"type": "allowed", "destinationFolder": str(downloads)}
        self.call("browser.setDownloadBehavior", downloadBehavior=saved)

    def call(self, method: str, **given: Any) -> Any:
        """Give a command and wait for its answer."""
        self.last += 1
        self.socket.send(json.dumps({"id": self.last, "method": method, "params": given}))
        while (told := self.hear()).get("id") != self.last:
            pass
        assert told["type"] == "success", f"{method}: {told.get('error')}: {told.get('message')}"
        return told["result"]

    def hear(self) -> dict[str, Any]:
        """The next that Firefox tells; an event goes to its page."""
        told = json.loads(self.socket.recv())
        if told["type"] == "event":
            about = told["params"]
            page = self.pages.get(about.get("context") or about.get("source", {}).get("context"))
            if page:
                page.hear(told["method"], about)
        return told


class FirefoxPage(Driven):
    """A page in Firefox, with the network shut."""

    def __init__(self, firefox: Firefox, width: int, height: int) -> None:
        self.firefox = firefox
        self.context = firefox.call("browsingContext.create", type="tab")["context"]
        self.asked: list[str] = []
        self.told: list[str] = []
        self.saved: list[str] = []
        firefox.pages[self.context] = self
        self.command("browsingContext.setViewport", viewport={"width": width, "height": height})
        firefox.call(
            "emulation.setNetworkConditions", networkConditions={"type": "offline"}, contexts=[self.context]
        )

    def command(self, method: str, **given: Any) -> Any:
        return self.firefox.call(method, context=self.context, **given)

    def hear(self, method: str, about: dict[str, Any]) -> None:
        """Keep what the page asked the network for, what it complained of and what it saved."""
        if method == "network.beforeRequestSent" and not is_local(about["request"]["url"]):
            self.asked.append(about["request"]["url"])
        elif method == "log.entryAdded" and about["level"] in ("error", "warn"):
            self.told.append(about["text"] or "")
        elif method == "browsingContext.userPromptOpened":
            self.told.append(f"dialog: {about['message']}")
        elif method == "browsingContext.downloadEnd":
            self.saved.append(about["filepath"])

    @property
    def requests(self) -> list[str]:
        self.evaluate("() => null")
        return self.asked

    @property
    def complaints(self) -> list[str]:
        self.evaluate("() => null")
        return self.told

    def visit(self, path: Path, *, fragment: str = "", ready: bool = True) -> None:
        self.command("browsingContext.navigate", url=path.as_uri() + fragment, wait="complete")
        if ready:
            self.wait_for(READY, seconds=60)
            self.evaluate(LAY_OUT, LAID_OUT)
            self.settle()

    def evaluate(self, script: str, *given: Any) -> Any:
        answer = self.firefox.call(
            "script.callFunction",
            functionDeclaration=CALL % script,
            arguments=[{"type": "string", "value": json.dumps(given)}],
            target={"context": self.context},
            awaitPromise=True,
            userActivation=True,
        )
        assert answer["type"] == "success", answer["exceptionDetails"]["text"]
        return json.loads(answer["result"]["value"])

    def act(self, kind: str, *steps: dict[str, Any], **about: Any) -> None:
        actions = [{"type": kind, "id": kind, "actions": list(steps), **about}]
        self.command("input.performActions", actions=actions)
        self.settle()

    def point(self, *steps: dict[str, Any]) -> None:
        self.act("pointer", *steps, parameters={"pointerType": "mouse"})

    def middle(self, css: str) -> tuple[float, float]:
        box = self.box(css)
        place = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        # A reader can click only what nothing lies over.
        there = """(css, x, y) => {
          const top = document.elementFromPoint(x, y);
          const found = [...document.querySelectorAll(css)];
          return found.some((node) => node.contains(top) || top?.contains(node));
        }"""
        assert self.evaluate(there, css, *place), f"something lies over {css}"
        return place

    def click(self, css: str) -> None:
        self.point(move_to(self.middle(css)), {"type": "pointerDown", "button": 0}, UP)

    def hover(self, css: str) -> None:
        self.point(move_to(self.middle(css)))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        between = [
            tuple(a + (b - a) * share for a, b in zip(start, end, strict=True)) for share in (0.3, 0.6, 1)
        ]
        down = {"type": "pointerDown", "button": 0}
        self.point(move_to(start), down, *(move_to(place) for place in between), UP)

    def press(self, key: str, css: str | None = None) -> None:
        if css:
            self.focus(css)
        keys = [KEYS.get(name, name) for name in (key.split("+") if len(key) > 1 else [key])]
        down = [{"type": "keyDown", "value": name} for name in keys]
        self.act("key", *down, *({"type": "keyUp", "value": name} for name in reversed(keys)))

    def write(self, text: str) -> None:
        steps = [{"type": kind, "value": letter} for letter in text for kind in ("keyDown", "keyUp")]
        self.act("key", *steps)

    def download(self, css: str) -> Path:
        before = len(self.saved)
        self.click(css)
        while len(self.saved) == before:
            self.firefox.hear()
        return Path(self.saved[-1])

    def screenshot(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.command("browsingContext.captureScreenshot")["data"]))


UP = {"type": "pointerUp", "button": 0}


def move_to(place: tuple[float, ...]) -> dict[str, Any]:
    return {"type": "pointerMove", "x": round(place[0]), "y": round(place[1])}


@contextmanager
def open_firefox(executable: str, folder: Path) -> Iterator[Firefox]:
    """Start headless Firefox with an empty profile in a folder."""
    from websocket import create_connection

    profile, downloads = folder / "profile", folder / "downloads"
    profile.mkdir()
    downloads.mkdir()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [
        executable,
        "--headless",
        "--no-remote",
        "--remote-debugging-port",
        "0",
        "--profile",
        str(profile),
    ]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8", errors="replace",
        env=os.environ | {"HOME": str(folder)},
    )  # fmt: skip
    try:
        socket = create_connection(f"{find_address(process)}/session", suppress_origin=True, timeout=120)
        yield Firefox(socket, downloads)
        socket.close()
    finally:
        end_process(process)


def find_address(process: subprocess.Popen, seconds: float = 60) -> str:
    """Where Firefox listens, which it says among other things; the rest is read too, or it would block."""
    said: Queue[str] = Queue()
    threading.Thread(target=lambda: [said.put(line) for line in process.stderr or ()], daemon=True).start()
    heard: list[str] = []
    try:
        while not (found := re.search(r"BiDi listening on (ws://\S+)", heard[-1] if heard else "")):
            heard.append(said.get(timeout=seconds))
    except Empty:
        raise AssertionError(f"Firefox does not listen: {''.join(heard)}") from None
    return found[1]


@contextmanager
def drive_firefox(firefox: Firefox, *, width: int = 1280, height: int = 900) -> Iterator[Driven]:
    """A new page of Firefox to be driven."""
    page = FirefoxPage(firefox, width, height)
    yield page
    del firefox.pages[page.context]
    page.command("browsingContext.close")
