"""What a corpus can and cannot tell, as a list of sentences."""

from __future__ import annotations

import html
import textwrap
from dataclasses import dataclass

from analysis.compare.framing_limits import say_limits
from analysis.tables import Tables


@dataclass(frozen=True)
class LimitsView:
    """Sentences, each computed from the tables."""

    sentences: tuple[str, ...]

    def _repr_html_(self) -> str:
        return f"<ul>{''.join(f'<li>{html.escape(sentence)}</li>' for sentence in self.sentences)}</ul>"

    def __repr__(self) -> str:
        return "\n".join(
            line
            for each in self.sentences
            for line in textwrap.wrap(f"- {each}", 100, subsequent_indent="  ")
        )


def show_limits(tables: Tables, codebook: str = "policy_frames") -> LimitsView:
    """Show what these pages can and cannot tell about framing.

    Args:
        tables: The extracted tables.
        codebook: The codebook of which it is said how many sentences have none of its frames.

    Raises:
        UnknownNameError: There is no such codebook.
    """
    return LimitsView(tuple(say_limits(tables, codebook)))
