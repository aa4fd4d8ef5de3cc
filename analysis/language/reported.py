"""Reported speech: a cue with a clause, not in quotation marks."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.language.antecedents import Resolver
from analysis.language.scene import Scene
from analysis.language.speakers import attribute_before, is_speech


@dataclass(frozen=True)
class Reported:
    """A clause that reports what somebody said; never counted as quotation."""

    start: int
    end: int
    text: str
    cue: str
    speaker_text: str | None = None
    speaker: str | None = None
    actor_id: str | None = None


def find_reported(scene: Scene, resolver: Resolver) -> list[Reported]:
    """Find each clause that a verb of speech governs and no quotation marks enclose.

    Args:
        scene: The Doc with its passages.
        resolver: Resolves who speaks, in reading order.
    """
    doc, found = scene.doc, []
    for cue in scene.cues:
        token = doc[cue]
        if not is_speech(token):
            continue
        clause = next((c for c in token.children if c.dep_ == "ccomp" and not scene.quoted[c.i]), None)
        if clause is None:
            continue
        span = doc[clause.left_edge.i : clause.right_edge.i + 1]
        if (span.start <= token.i < span.end) or not span.text.strip():
            continue
        attribution = attribute_before(scene, range(cue, cue + 1))
        speaker = resolver.speaker_of(attribution) if attribution else None
        start, end = span.start_char, span.end_char
        found.append(Reported(start, end, scene.text[start:end], token.text, speaker and speaker.text,
                              speaker and speaker.name, speaker and speaker.actor_id))  # fmt: skip
    return found
