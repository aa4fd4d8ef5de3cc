"""What axe finds wrong in a page: every rule, of whatever impact."""

from __future__ import annotations

from importlib import resources
from typing import Any

# The package is used for this one file.
SOURCE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
# The rules whose answer depends on the colours.
COLOURS = ("color-contrast", "link-in-text-block")
# What is folded is shown, or nobody would look at it; of what is alike the first few are looked at.
PREPARE = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const panel of document.querySelectorAll("[role=tabpanel][hidden]")) panel.hidden = false;
  const alike = ["tr:nth-child(n+4)", ":is(td, th):nth-child(n+9)", ".framelines-source li:nth-child(n+6)",
    "section.cell:nth-of-type(n+20) > details.code",
    ".fl-view :is(li, option, .fl-option, .fl-article, .fl-time-row, .fl-key-dot):nth-child(n+4)"];
  for (const node of document.querySelectorAll(alike)) node.remove();
  dispatchEvent(new Event("resize"));
}"""
RUN = """async ([within, rules]) => {
  const options = { resultTypes: ["violations"], ...(rules && { runOnly: { type: "rule", values: rules } }) };
  const { violations } = await axe.run(within ? { include: [within] } : document, options);
  return violations.flatMap(({ id, impact, nodes }) => nodes.map((node) =>
    [`${id} (${impact})`, node.target.join(" "), node.html.slice(0, 160), node.any[0]?.message].join(": ")));
}"""


def find_violations(page: Any, within: str | None = None, rules: tuple[str, ...] | None = None) -> list[str]:
    """Run axe in a page; the driver puts it there, as the page's policy lets no script in."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE)
    return page.evaluate(RUN, [within, rules and list(rules)])
